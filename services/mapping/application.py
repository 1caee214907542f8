"""A plan put to a table: batches of text become batches of canonical columns, one for one."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from libs.tables.columns import COLUMNS, EXTRA_PREFIX, SOURCE_ROW, UNCONVERTED, Column, by_name
from services.mapping.convert import converted
from services.mapping.domain import ApplyReport, ConversionFailure, Plan, PlanMismatch


@dataclass(frozen=True)
class _Source:
    """One canonical column and the file's column that gives it."""

    column: Column
    header: str


class Application:
    """One plan put to one table.

    schema: of the batches that come out: `source_row`, the canonical columns in their order,
    `unconverted`, and the file's other columns as text, named with the prefix "extra.".
    Raises PlanMismatch when the plan does not fit the table's schema.
    """

    def __init__(self, plan: Plan, schema: pa.Schema) -> None:
        _check(plan, schema)
        sources = plan.sources
        self._taken = schema
        self._extras = plan.extras
        self._sources = [
            _Source(column, sources[column.name]) for column in COLUMNS[plan.industry] if column.name in sources
        ]
        self._row_count = 0
        self._failures: Counter[str] = Counter()
        self.schema = pa.schema(
            [
                pa.field(SOURCE_ROW, pa.int64()),
                *(pa.field(source.column.name, source.column.arrow_type) for source in self._sources),
                pa.field(UNCONVERTED, pa.list_(pa.string())),
                *(pa.field(EXTRA_PREFIX + name, pa.string()) for name in self._extras),
            ]
        )

    def converted(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """A canonical batch for each batch, in order; a cell that cannot be converted is null and named in its row.

        Raises PlanMismatch for a batch of another schema.
        """
        for batch in batches:
            yield self._converted(batch)

    def report(self) -> ApplyReport:
        """What became of the batches so far."""
        failures = (
            ConversionFailure(source.column.name, self._failures[source.column.name], source.column.kind.value)
            for source in self._sources
            if self._failures[source.column.name]
        )
        return ApplyReport(self._row_count, tuple(failures))

    def _converted(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if not batch.schema.equals(self._taken, check_metadata=False):
            raise PlanMismatch("a batch has other columns than the schema that was sent before it")
        results = [converted(source.column, source.header, _text(batch, source.header)) for source in self._sources]
        failed = {
            source.column.name: result.failed
            for source, result in zip(self._sources, results, strict=True)
            if result.failed is not None
        }
        self._row_count += batch.num_rows
        self._failures.update({name: int(cells.sum()) for name, cells in failed.items()})
        arrays = [
            batch.column(SOURCE_ROW).cast(pa.int64()),
            *(result.values for result in results),
            _unconverted(failed, batch.num_rows),
            *(_text(batch, name) for name in self._extras),
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)


def _text(batch: pa.RecordBatch, name: str) -> pa.Array[Any]:
    cells = batch.column(name)
    return cells if cells.type == pa.string() else cells.cast(pa.string())


def _unconverted(failed: dict[str, npt.NDArray[np.bool_]], row_count: int) -> pa.Array[Any]:
    """For each row the names of its columns that failed, in canonical order."""
    names = list(failed)
    by_row = np.column_stack(list(failed.values())) if failed else np.zeros((row_count, 0), dtype=bool)
    offsets = np.concatenate([[0], np.cumsum(by_row.sum(axis=1))]).astype(np.int32)
    values = pa.array([names[place] for place in np.nonzero(by_row)[1]], pa.string())
    # The stubs take every array made from numpy for one of booleans.
    lists: pa.Array[Any] = pa.ListArray.from_arrays(pa.array(offsets), values)  # type: ignore[call-overload]
    return lists


def _check(plan: Plan, schema: pa.Schema) -> None:
    if SOURCE_ROW not in schema.names:
        raise PlanMismatch(f"the table has no column '{SOURCE_ROW}', which says each row's place in the file")
    if not pa.types.is_integer(schema.field(SOURCE_ROW).type):
        raise PlanMismatch(f"'{SOURCE_ROW}' holds {schema.field(SOURCE_ROW).type}; it should hold whole numbers")
    _check_names([mapping.column for mapping in plan.mappings], [name for name in schema.names if name != SOURCE_ROW])
    canonical = [mapping.canonical for mapping in plan.mappings if mapping.canonical]
    unknown = next((name for name in canonical if name not in by_name(plan.industry)), None)
    if unknown is not None:
        raise PlanMismatch(f"the plan maps to '{unknown}', which is no canonical column of {plan.industry.value}")
    twice = next((name for name, count in Counter(canonical).items() if count > 1), None)
    if twice is not None:
        raise PlanMismatch(f"the plan maps two columns to '{twice}'")
    for field in schema:
        if pa.types.is_nested(field.type) or pa.types.is_binary(field.type):
            raise PlanMismatch(f"column '{field.name}' holds {field.type}, which cannot be read as text")


def _check_names(planned: Sequence[str], present: Sequence[str]) -> None:
    if len(set(planned)) < len(planned) or len(set(present)) < len(present):
        raise PlanMismatch("a column name stands twice; names must be unique")
    absent = next((name for name in planned if name not in set(present)), None)
    if absent is not None:
        raise PlanMismatch(f"the plan has a column '{absent}' that the table has not")
    unplanned = next((name for name in present if name not in set(planned)), None)
    if unplanned is not None:
        raise PlanMismatch(f"the table has a column '{unplanned}' that the plan has not")
