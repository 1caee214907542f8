"""A check of single rows, as data: which rows fail, what it means for them, and how to say it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from services.validation.domain import ROWS_MAX, Effect, Finding, Layer, Repair, Severity, cost

Flags = npt.NDArray[np.bool_]
"""(n_rows,) one flag for each row of a block."""

Cells: TypeAlias = "pa.Array[Any]"
"""(n_rows,) the cells of one column."""


@dataclass(frozen=True)
class Block:
    """Some rows with canonical types, and where their cells could not be converted, by column."""

    rows: pa.RecordBatch
    unconverted: Mapping[str, Flags] = field(default_factory=dict)

    def column(self, name: str) -> Cells:
        return self.rows.column(name)

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """(n_rows,) the column's numbers; NaN where it is missing."""
        return self.rows.column(name).to_numpy(zero_copy_only=False)

    def none(self) -> Flags:
        return np.zeros(self.rows.num_rows, dtype=np.bool_)


@dataclass(frozen=True)
class Cases:
    """Rows that failed a check so far: how many, and the source rows of the first. Sums are in row order."""

    count: int = 0
    rows: tuple[int, ...] = ()

    @staticmethod
    def of(failing: Flags, source_rows: Cells) -> "Cases":
        count = int(np.count_nonzero(failing))
        if count == 0:
            return Cases()
        first = np.flatnonzero(failing)[:ROWS_MAX]
        return Cases(count, tuple(int(row) for row in source_rows.to_numpy(zero_copy_only=False)[first]))

    def __add__(self, later: "Cases") -> "Cases":
        return Cases(self.count + later.count, (self.rows + later.rows)[:ROWS_MAX])


@dataclass(frozen=True)
class RowCheck:
    """One check of each row.

    fault: what is wrong with a row that fails, as a clause ("mrr is below 0"); also its reason
        when it is set aside. It names columns, never cells.
    weight: scales the cost, see domain.COSTS. repair: what would mend the rows that fail.
    """

    id: str
    layer: Layer
    columns: tuple[str, ...]
    failing: Callable[[Block], Flags]
    fault: str
    advice: str
    effect: Effect
    weight: float = 1.0
    severity: Severity = Severity.WARNING
    repair: Repair | None = None

    def finding(self, cases: Cases, row_count: int) -> Finding:
        share = cases.count / row_count if row_count else 0.0
        if cases.count == 0:
            seen = f"{self.fault}: in none of {counted(row_count, 'row')}."
        else:
            seen = f"{self.fault}: in {cases.count:,} of {counted(row_count, 'row')}, {self.effect}."
        return Finding(
            id=self.id,
            layer=self.layer,
            severity=self.severity,
            passed=cases.count == 0,
            count=cases.count,
            share=share,
            message=seen,
            advice=self.advice if cases.count else "",
            cost=cost(self.severity, share, self.weight),
            columns=self.columns,
            rows=cases.rows,
            repair=self.repair if cases.count else None,
        )


def counted(number: int, noun: str) -> str:
    """The number and the noun, which takes an s behind it but of one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def flags(booleans: Any) -> Flags:
    """(n,) the Arrow booleans as flags; a null is no."""
    # pyarrow-stubs type most of pyarrow.compute as object, hence Any.
    known = pc.fill_null(booleans, False) if booleans.null_count else booleans
    found: Flags = known.to_numpy(zero_copy_only=False)
    return found


def holds(cells: Cells, value: str | bool) -> Flags:
    """Which cells are `value`; a missing cell is not."""
    return flags(pc.equal(cells, pa.scalar(value, cells.type)))


def missing(cells: Cells) -> Flags:
    """Which cells are null."""
    return flags(cells.is_null())
