"""The first half of Apply: rows of text become typed rows, still one for each row of the file."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import COLUMNS, EXTRA_PREFIX, SOURCE_ROW, Column, Kind, by_name
from services.mapping import words
from services.mapping.convert import converted
from services.mapping.derivations.rule import Context
from services.mapping.derivations.rules import RULES, later
from services.mapping.domain import Derivation, Fold, Plan, Reading

FAILED = "~failed"
"""uint64 column: bit n is set where the cell of the n-th canonical column could not be converted."""

LIVE = "~live"
"""bool column: whether the row's subscription still runs at the snapshot."""

ORDER = "~order"
"""date32 column: what orders a customer's rows."""

HIDDEN = "~"
"""Prefix of columns that only Apply sees."""


@dataclass(frozen=True)
class _Source:
    """One column that comes out, and the file's column that gives it."""

    name: str
    column: Column
    header: str


class RowStage:
    """Reads rows by a plan.

    schema: `source_row`, canonical columns (mapped, or derived for each row), hidden columns that later rules read,
    `~failed`, `~live` and `~order` where rows are to be folded, and the extra columns.
    folds: of the hidden columns. left_out: rows by the reason of their exclusion. failures: cells by canonical column.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._canonical = by_name(plan.industry)
        self.bits = {column.name: place for place, column in enumerate(COLUMNS[plan.industry])}
        self._formats = plan.formats
        self._derived = [each for each in plan.derivations if not later(each)]
        derived = {each.canonical for each in plan.derivations}
        self._sources = [
            _Source(name, self._canonical[name], plan.sources[name])
            for name in self._canonical
            if name in plan.sources and name not in derived
        ]
        self.folds: dict[str, Fold] = {}
        self._add_hidden()
        if plan.grain and plan.grain.order and plan.grain.order not in self._canonical:
            self._sources.append(_Source(ORDER, _column(ORDER, Kind.DATE), plan.grain.order))
        self.row_count = 0
        self.left_out: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.schema = self._schema()

    def read(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows as typed columns, those left out gone."""
        self.row_count += batch.num_rows
        batch = self._kept(batch)
        failed = np.zeros(batch.num_rows, dtype=np.uint64)
        values: dict[str, pa.Array[Any]] = {SOURCE_ROW: batch.column(SOURCE_ROW).cast(pa.int64())}
        for source in self._sources:
            reading = self._formats.get(source.header, Reading.PLAIN)
            result = converted(source.column, source.header, text(batch, source.header), reading)
            values[source.name] = result.values
            if result.failed is not None and source.name in self.bits:
                self._fail(source.name, result.failed, failed)
        for derivation in self._derived:
            values[derivation.canonical], bad = self._computed(derivation, batch)
            if bad is not None:
                self._fail(derivation.canonical, bad, failed)
        values[FAILED] = pa.array(failed)
        if self._plan.grain:
            values[LIVE] = self._live(values, batch.num_rows)
        for name in self._plan.extras:
            values[EXTRA_PREFIX + name] = text(batch, name)
        return pa.RecordBatch.from_arrays([values[name] for name in self.schema.names], schema=self.schema)

    def input_name(self, derivation: Derivation, place: int) -> str:
        """The column of `schema` that holds the `place`-th column of a later derivation."""
        rule = RULES[derivation.rule]
        if rule.reads_canonical:
            return derivation.parameters[rule.reads_canonical[place]]
        header, kind = derivation.columns[place], rule.reads[place]
        mapped = next((s.name for s in self._sources if s.header == header and s.column.kind is kind), None)
        return mapped or HIDDEN + header

    def _add_hidden(self) -> None:
        for derivation in filter(later, self._plan.derivations):
            rule = RULES[derivation.rule]
            for place, header in enumerate(() if rule.reads_canonical else derivation.columns):
                name = self.input_name(derivation, place)
                if name.startswith(HIDDEN):
                    self._sources.append(_Source(name, _column(name, rule.reads[place]), header))
                    self.folds[name] = rule.folds[place]

    def _schema(self) -> pa.Schema:
        types = {source.name: source.column.arrow_type for source in self._sources}
        types |= {each.canonical: self._canonical[each.canonical].arrow_type for each in self._derived}
        own = [FAILED, *([LIVE] if self._plan.grain else [])]
        inner = {FAILED: pa.uint64(), LIVE: pa.bool_()}
        ordered = [name for name in self._canonical if name in types]
        hidden = [name for name in types if name not in self._canonical]
        return pa.schema(
            [
                pa.field(SOURCE_ROW, pa.int64()),
                *(pa.field(name, types[name]) for name in (*ordered, *hidden)),
                *(pa.field(name, inner[name]) for name in own),
                *(pa.field(EXTRA_PREFIX + name, pa.string()) for name in self._plan.extras),
            ]
        )

    def _kept(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows that no exclusion names; the others are counted under the first that does."""
        kept = np.ones(batch.num_rows, dtype=bool)
        for exclusion in self._plan.exclusions:
            encoded = text(batch, exclusion.column).fill_null("").dictionary_encode()
            named = [words.folded(str(cell)) in exclusion.values for cell in encoded.dictionary.to_pylist()]
            out = kept & np.array(named, dtype=bool)[encoded.indices.to_numpy()]
            self.left_out[exclusion.reason] += int(out.sum())
            kept &= ~out
        return batch if kept.all() else batch.filter(pa.array(kept))

    def _fail(self, name: str, cells: npt.NDArray[np.bool_], failed: npt.NDArray[np.uint64]) -> None:
        self.failures[name] += int(cells.sum())
        failed |= cells.astype(np.uint64) << np.uint64(self.bits[name])

    def _computed(
        self, derivation: Derivation, batch: pa.RecordBatch
    ) -> tuple[pa.Array[Any], npt.NDArray[np.bool_] | None]:
        """What the derivation gives, and where a cell it reads could not be read."""
        rule, bad = RULES[derivation.rule], np.zeros(batch.num_rows, dtype=bool)
        inputs = []
        for header, kind in zip(derivation.columns, rule.reads, strict=False):
            column = replace(_column(header, kind), unit=self._canonical[derivation.canonical].unit)
            result = converted(column, header, text(batch, header), self._formats.get(header, Reading.PLAIN))
            inputs.append(result.values)
            bad |= result.failed if result.failed is not None else False
        context = Context(self._plan.snapshot_date, derivation.parameters)
        values = rule.compute(inputs, context).cast(self._canonical[derivation.canonical].arrow_type)
        # A period that says nothing, beside an amount, leaves a blank that the file did not have.
        bad |= (values.is_null().to_numpy(zero_copy_only=False)) & inputs[0].is_valid().to_numpy(zero_copy_only=False)
        return values, bad if bad.any() else None

    def _live(self, values: dict[str, pa.Array[Any]], row_count: int) -> Any:
        """Whether each row's subscription runs: it is not lost, or else its end has not come."""
        live: Any = pa.nulls(row_count, pa.bool_())
        if "churned" in values:
            live = pc.invert(values["churned"])
        if "canceled_at" in values:
            still = pc.greater(values["canceled_at"], pa.scalar(self._plan.snapshot_date, pa.date32()))
            live = pc.coalesce(live, still)
        return pc.fill_null(live, True)


def text(batch: pa.RecordBatch, name: str) -> pa.Array[Any]:
    """A column as text, whatever an internal team's table holds."""
    cells = batch.column(name)
    return cells if cells.type == pa.string() else cells.cast(pa.string())


def _column(name: str, kind: Kind) -> Column:
    return Column(name, kind, "a column that a rule reads")
