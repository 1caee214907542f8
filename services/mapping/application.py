"""A plan put to a table: batches of text become batches of canonical columns."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from libs.tables.columns import COLUMNS, EXTRA_PREFIX, SOURCE_ROW, UNCONVERTED
from services.mapping.derivations.rule import Context
from services.mapping.derivations.rules import RULES, later
from services.mapping.domain import ApplyReport, ConversionFailure, Grain, Plan, PlanMismatch
from services.mapping.fitting import check
from services.mapping.folding import Folder
from services.mapping.rowstage import FAILED, ORDER, RowStage

_KEY = "customer_id"


class Application:
    """One plan put to one table.

    schema: of the batches that come out: `source_row`, the canonical columns in their order,
    `unconverted`, and the file's other columns as text, named with the prefix "extra.".
    Raises PlanMismatch when the plan does not fit the table's schema.
    """

    def __init__(self, plan: Plan, schema: pa.Schema) -> None:
        check(plan, schema)
        self._plan, self._taken = plan, schema
        self._rows = RowStage(plan)
        self._folder = self._new_folder(plan.grain) if plan.grain else None
        self._later = [each for each in plan.derivations if later(each)]
        given = {*self._rows.schema.names, *(each.canonical for each in self._later)}
        self._given = [column for column in COLUMNS[plan.industry] if column.name in given]
        self.schema = pa.schema(
            [
                pa.field(SOURCE_ROW, pa.int64()),
                *(pa.field(column.name, column.arrow_type) for column in self._given),
                pa.field(UNCONVERTED, pa.list_(pa.string())),
                *(pa.field(EXTRA_PREFIX + name, pa.string()) for name in plan.extras),
            ]
        )

    def converted(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """A canonical batch for each batch, in order; a cell that cannot be converted is null and named in its row.

        Where rows are folded, batches of a fixed size, however the rows come: each customer's must be adjacent.
        Raises PlanMismatch for a batch of another schema.
        """
        rows = (self._rows.read(self._checked(batch)) for batch in batches)
        for batch in self._folder.folded(rows) if self._folder else rows:
            yield self._finished(batch)

    def report(self) -> ApplyReport:
        """What became of the batches so far."""
        failures = self._rows.failures
        return ApplyReport(
            self._rows.row_count,
            tuple(
                ConversionFailure(column.name, failures[column.name], column.kind.value)
                for column in self._given
                if failures[column.name]
            ),
            self._folder.folded_count if self._folder else 0,
            {reason: count for reason, count in self._rows.left_out.items() if count},
        )

    def _new_folder(self, grain: Grain) -> Folder:
        names = self._rows.schema.names
        order = next((name for name in (ORDER, grain.order) if name in names), "")
        return Folder(self._rows.schema, _KEY, order, {**self._rows.folds, **grain.folds})

    def _checked(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        if not batch.schema.equals(self._taken, check_metadata=False):
            raise PlanMismatch("a batch has other columns than the schema that was sent before it")
        return batch

    def _finished(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with what is derived last, and the names of the columns that failed in place of their bits."""
        values = dict(zip(batch.schema.names, batch.columns, strict=True))
        for derivation in self._later:
            rule = RULES[derivation.rule]
            places = range(len(rule.reads_canonical or derivation.columns))
            inputs = [values[self._rows.input_name(derivation, place)] for place in places]
            context = Context(self._plan.snapshot_date, derivation.parameters)
            values[derivation.canonical] = rule.compute(inputs, context)
        values[UNCONVERTED] = _unconverted(values, [column.name for column in self._given], self._rows.bits)
        return pa.RecordBatch.from_arrays([values[name] for name in self.schema.names], schema=self.schema)


def _unconverted(values: dict[str, pa.Array[Any]], names: Sequence[str], bits: Mapping[str, int]) -> pa.Array[Any]:
    """For each row the names of its columns that failed and are still blank, in canonical order."""
    failed = values[FAILED].to_numpy()
    some = [name for name in names if (failed & np.uint64(1 << bits[name])).any()]
    by_row = np.zeros((len(failed), len(some)), dtype=bool)
    for place, name in enumerate(some):
        blank = values[name].is_null().to_numpy(zero_copy_only=False)
        by_row[:, place] = blank & ((failed & np.uint64(1 << bits[name])) > 0)
    offsets = np.concatenate([[0], np.cumsum(by_row.sum(axis=1))]).astype(np.int32)
    listed = pa.array([some[place] for place in np.nonzero(by_row)[1]], pa.string())
    # The stubs take every array made from numpy for one of booleans.
    lists: pa.Array[Any] = pa.ListArray.from_arrays(pa.array(offsets), listed)  # type: ignore[call-overload]
    return lists
