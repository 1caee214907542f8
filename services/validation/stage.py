"""The stage: a canonical table in, its clean rows and those set aside out, findings at the end; pure, one pass.

Each batch goes through the layers in order: canonical types, unconverted cells, ranges, identity;
what these set aside leaves the table. The rows that stay are checked against the business rules,
and summed up for the findings on the table as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import SOURCE_ROW
from services.validation.checks import ranges, readiness, rules, schema, types
from services.validation.checks.row import Block, Cases, Flags, RowCheck
from services.validation.checks.sentinel import Sentinel
from services.validation.checks.statistics import Statistics
from services.validation.checks.units import Units
from services.validation.domain import Effect, Finding, Findings, Layer, Options
from services.validation.gathering import gathered

_IDENTITY = [SOURCE_ROW, "customer_id"]


class Verdict(StrEnum):
    CLEAN = "clean"
    QUARANTINED = "quarantined"


def validate(batches: Iterable[pa.RecordBatch], options: Options) -> "Validation":
    """Checks the table that `batches` make up.

    Raises UncheckableTable at once for a schema it cannot check, UnfitBatch while iterated.
    """
    return Validation(batches, options)


class Validation:
    """One pass over a table: iterate it once for the rows, then ask for the findings.

    Rows keep their order within each verdict, and what is found does not depend on how the rows
    are cut into batches (correlations: up to rounding). Memory does not grow with the rows.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch], options: Options) -> None:
        self._batches = batches
        self._shape = schema.shape(options)
        self.clean_schema = self._shape.clean_schema
        self.quarantined_schema = self._shape.quarantined_schema
        columns, industry = self._shape.columns, options.industry
        self._sieve = [*types.checks(columns), *ranges.checks(columns), *readiness.IDENTITY]
        self._duplicates = readiness.duplicates(readiness.Repeats())
        self._observed = [*rules.checks(columns, industry, options.snapshot), *readiness.gaps(columns)]
        self._spanned = [column.name for column in columns if column.feature or column.name == "churned"]
        self._numeric = readiness.numeric(columns)
        self._cases: dict[str, Cases] = {check.id: Cases() for check in self._row_checks}
        self._statistics = Statistics.none(self._spanned, self._numeric)
        self._units = Units(columns, industry)
        self._sentinel = Sentinel(columns, self.clean_schema)
        self._row_count = 0

    def __iter__(self) -> Iterator[tuple[Verdict, pa.RecordBatch]]:
        for batch in gathered(map(self._shape.checked, self._batches)):
            for verdict, rows in self._split(self._shape.block(batch)):
                if rows.num_rows:
                    yield verdict, rows

    def findings(self) -> Findings:
        """The outcome of every check that ran, once the rows have been iterated."""
        clean = self._statistics.rows
        found = [
            *schema.findings(self._shape, self._row_count),
            *(check.finding(self._cases[check.id], self._row_count) for check in self._row_checks),
            *self._units.findings(self._statistics.spans, self._row_count),
            *readiness.findings(self._statistics, self._shape.columns, self._row_count, self._commonest_fault()),
            *self._sentinel.findings(),
        ]
        layers = list(Layer)
        ordered: list[Finding] = sorted(found, key=lambda finding: layers.index(finding.layer))
        return Findings(self._row_count, clean, self._row_count - clean, tuple(ordered))

    @property
    def _row_checks(self) -> list[RowCheck]:
        return [*self._sieve, self._duplicates, *self._observed]

    def _split(self, block: Block) -> Iterator[tuple[Verdict, pa.RecordBatch]]:
        self._row_count += block.rows.num_rows
        block, faults = self._sieved(block)
        kept = ~_any(faults, block)
        repeated = block.none()
        repeated[kept] = self._failing(self._duplicates, Block(_only(block.rows.select(_IDENTITY), kept)))
        faults.append((repeated, self._duplicates.fault))
        kept &= ~repeated
        clean = Block(_only(block.rows, kept))
        for check in self._observed:
            self._failing(check, clean)
        self._statistics += Statistics.of(clean.rows, self._spanned, self._numeric)
        self._units.observe(clean.rows)
        self._sentinel.observe(clean.rows)
        yield Verdict.CLEAN, clean.rows
        if clean.rows.num_rows < block.rows.num_rows:
            yield Verdict.QUARANTINED, self._quarantined(block.rows, ~kept, faults)

    def _sieved(self, block: Block) -> tuple[Block, list[tuple[Flags, str]]]:
        """The block with implausible optional cells made missing, and what sets rows aside."""
        faults: list[tuple[Flags, str]] = []
        for check in self._sieve:
            failing = self._failing(check, block)
            if not failing.any():
                continue
            if check.effect is Effect.SET_ASIDE:
                faults.append((failing, check.fault))
            elif check.layer is Layer.RANGES:
                block = _blanked(block, check.columns[0], failing)
        return block, faults

    def _failing(self, check: RowCheck, block: Block) -> Flags:
        """Which rows fail; those that do are counted."""
        failing = check.failing(block)
        self._cases[check.id] += Cases.of(failing, block.rows.column(SOURCE_ROW))
        return failing

    def _quarantined(self, rows: pa.RecordBatch, aside: Flags, faults: list[tuple[Flags, str]]) -> pa.RecordBatch:
        reasons = [
            pc.if_else(pa.array(failing[aside]), pa.scalar(fault), pa.scalar(None, pa.string()))
            for failing, fault in faults
            if failing.any()
        ]
        reason = pc.binary_join_element_wise(*reasons, "; ", null_handling="skip")
        arrays = [*_only(rows, aside).columns, reason]
        return pa.RecordBatch.from_arrays(arrays, schema=self.quarantined_schema)

    def _commonest_fault(self) -> str:
        counts = Counter({c.fault: self._cases[c.id].count for c in self._row_checks if c.effect is Effect.SET_ASIDE})
        return counts.most_common(1)[0][0]


def _any(faults: list[tuple[Flags, str]], block: Block) -> Flags:
    found = block.none()
    for failing, _ in faults:
        found |= failing
    return found


def _only(rows: pa.RecordBatch, kept: Flags) -> pa.RecordBatch:
    return rows if kept.all() else rows.filter(pa.array(kept))


def _blanked(block: Block, name: str, failing: Flags) -> Block:
    index = block.rows.schema.get_field_index(name)
    array = block.rows.column(index)
    blanked = pc.if_else(pa.array(failing), pa.scalar(None, array.type), array)
    return Block(block.rows.set_column(index, block.rows.schema.field(index), blanked), block.unconverted)
