"""Small canonical tables, and one run of the stage over them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pytest

from libs.tables.columns import COLUMNS, REVENUE, SOURCE_ROW, UNCONVERTED, Industry
from services.validation.domain import Finding, Findings, Options
from services.validation.stage import Verdict, validate


@dataclass(frozen=True)
class Outcome:
    """What one run gave."""

    clean: pa.Table
    quarantined: pa.Table
    findings: Findings

    def __getitem__(self, id: str) -> Finding:
        return next(check for check in self.findings.checks if check.id == id)

    @property
    def ids(self) -> set[str]:
        return {check.id for check in self.findings.checks}

    @property
    def reasons(self) -> dict[int, str]:
        """Reason by source row."""
        return dict(zip(self.quarantined[SOURCE_ROW].to_pylist(), self.quarantined["reason"].to_pylist(), strict=True))


def make_table(
    industry: Industry, row_count: int, unconverted: dict[int, list[str]] | None = None, /, **cells: Any
) -> pa.Table:
    """A sound table of `row_count` rows; `cells` add or replace whole columns, None takes one away.

    unconverted: canonical names by row number, from 1.
    """
    sound: dict[str, Any] = {
        "customer_id": [f"c{n}" for n in range(row_count)],
        "tenure_months": [float(n % 48 + 1) for n in range(row_count)],
        REVENUE[industry]: [20.0 + n % 7 for n in range(row_count)],
    }
    if industry is Industry.TELECOM:
        sound["contract"] = [("month-to-month", "one year", "two year")[n % 3] for n in range(row_count)]
    types = {column.name: column.arrow_type for column in COLUMNS[industry]}
    arrays: dict[str, pa.Array] = {SOURCE_ROW: pa.array(range(1, row_count + 1), pa.int64())}
    for name, values in {**sound, **cells}.items():
        if values is not None:
            arrays[name] = values if isinstance(values, pa.Array) else pa.array(values, types.get(name, pa.string()))
    lists = [(unconverted or {}).get(n + 1, []) for n in range(row_count)]
    arrays[UNCONVERTED] = pa.array(lists, pa.list_(pa.string()))
    return pa.table(arrays)


def run_stage(
    table: pa.Table, industry: Industry = Industry.SAAS, waived: Sequence[str] = (), sizes: Sequence[int] = ()
) -> Outcome:
    """The stage over the table, cut into batches of `sizes` and the rest."""
    batches, start = [], 0
    for size in [*sizes, table.num_rows]:
        batches += table.slice(start, size).combine_chunks().to_batches()
        start += size
    validation = validate(batches, Options(industry, table.schema, tuple(waived)))
    rows: dict[Verdict, list[pa.RecordBatch]] = {Verdict.CLEAN: [], Verdict.QUARANTINED: []}
    for verdict, batch in validation:
        rows[verdict].append(batch)
    return Outcome(
        pa.Table.from_batches(rows[Verdict.CLEAN], validation.clean_schema),
        pa.Table.from_batches(rows[Verdict.QUARANTINED], validation.quarantined_schema),
        validation.findings(),
    )


@pytest.fixture(scope="session")
def table() -> Callable[..., pa.Table]:
    """make_table"""
    return make_table


@pytest.fixture(scope="session")
def run() -> Callable[..., Outcome]:
    """run_stage"""
    return run_stage


@pytest.fixture(scope="session")
def saas() -> Callable[..., Outcome]:
    """A run over a SaaS table: rows, unconverted and cells as make_table takes them."""
    return lambda row_count, unconverted=None, /, **cells: run_stage(
        make_table(Industry.SAAS, row_count, unconverted, **cells)
    )


@pytest.fixture(scope="session")
def telecom() -> Callable[..., Outcome]:
    """A run over a telecom table: rows, unconverted and cells as make_table takes them."""
    return lambda row_count, unconverted=None, /, **cells: run_stage(
        make_table(Industry.TELECOM, row_count, unconverted, **cells), Industry.TELECOM
    )
