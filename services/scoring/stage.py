"""The stage: a clean canonical table in, results and a summary out; pure, and flat in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import numpy as np
import pyarrow as pa

from libs.tables.columns import CUSTOMER_NAME, PLAN, REVENUE, SOURCE_ROW
from services.scoring.ahead import ahead
from services.scoring.calibrate import prior_shift, probability
from services.scoring.domain import (
    Effect,
    RiskLevel,
    ScoreOptions,
    ScoreSummary,
    UnexpectedBatch,
    check_columns,
)
from services.scoring.estimate import estimated, shift_for
from services.scoring.features import Floats, Matrix, matrix, missing_features
from services.scoring.model import Metadata, Model
from services.scoring.recommend import advised, known_spans
from services.scoring.results import Scores, assembled
from services.scoring.walk import Walk
from services.scoring.witness import Seen, Witness
from services.scoring.wording import Words

BLOCK_ROWS = 25_000
"""Rows that are held to begin with; what the options add to every log-odds is found from the first block."""

SCORED_ROWS = 12_500
"""Rows scored at once, whatever the sizes of the incoming batches: the same rows always give the same bytes.

Half a block: with whole ones, what is in the making took 80 MiB more of a large table than of 25,000 rows.
"""


@dataclass
class _Tally:
    rows: int = 0
    probability_sum: float = 0.0
    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(RiskLevel, 0))
    exact: bool = True
    seen: Seen = field(default_factory=Seen)

    def add(self, results: pa.RecordBatch, scores: Scores, seen: Seen) -> None:
        self.seen.add(seen)
        self.rows += results.num_rows
        self.probability_sum += float(scores.probability.sum())
        self.exact = self.exact and bool(scores.explanation.exact.all())
        levels: Any = results.column("risk_level")
        for counted in levels.value_counts().to_pylist():
            self.levels[counted["values"]] += counted["counts"]


def run(
    model: Model, schema: pa.Schema, batches: Iterable[pa.RecordBatch], options: ScoreOptions
) -> Iterator[pa.RecordBatch | ScoreSummary]:
    """Results in blocks of at most SCORED_ROWS (schema: results.schema), rows in their order; last, the summary.

    schema: of every batch; features may be absent, customer_id may not.
    Raises MissingCustomerId, UnreadableColumn, UnexpectedBatch, BadChurnRate, BadPerturbation.
    """
    check_columns(schema.names)
    blocks = _numbered(_blocks(batches, schema, _needed(schema, model.metadata)))
    first = list(islice(blocks, 1))
    # Without a row the rate is still looked at: a bad one is refused.
    shift = prior_shift(options.churn_rate, model.metadata.base_rate)
    shift = shift_for(model, first[0], options) if first else shift

    witness = Witness(model, schema.names, shift, options)
    words = Words(model.metadata.profile)

    def scored(table: pa.RecordBatch) -> tuple[pa.RecordBatch, Scores, Seen]:
        encoded = matrix(table, model.metadata.features)
        walk = model.walk(encoded)
        scores = _scores(model, table, encoded, walk, shift, options)
        seen = witness.seen(table, encoded, walk, scores.probability)
        return assembled(table, scores, model.metadata, options, words), scores, seen

    tally = _Tally()
    # One at a time: a block is thousands of short steps, over which two threads would mostly wait for each other.
    for results, scores, seen in ahead(scored, _parts(chain(first, blocks))):
        tally.add(results, scores, seen)
        yield results
    yield _summary(model, schema, tally, shift, witness, options)


def _scores(
    model: Model, table: pa.RecordBatch, encoded: Matrix, walk: Walk, shift: float, options: ScoreOptions
) -> Scores:
    def chances_after(rows: np.ndarray, changed: Matrix) -> Floats:
        return probability(model.metadata.calibration.log_odds(walk.after(rows, changed), shift))

    found = estimated(model, walk, encoded, shift)
    spans = known_spans(model.metadata, options.spans)
    advice = advised(chances_after, model.metadata, table, encoded, found.probability, spans)
    return Scores(found.probability, found.base, found.explanation, advice, found.interval)


def _needed(schema: pa.Schema, metadata: Metadata) -> list[str]:
    """Columns worth holding for a whole block."""
    wanted = {"customer_id", CUSTOMER_NAME, SOURCE_ROW, REVENUE[metadata.industry], PLAN[metadata.industry]}
    wanted.update(column for feature in metadata.features for column in feature.columns)
    return [name for name in schema.names if name in wanted]


def _blocks(batches: Iterable[pa.RecordBatch], schema: pa.Schema, needed: list[str]) -> Iterator[pa.RecordBatch]:
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        if not batch.schema.equals(schema):
            raise UnexpectedBatch("a batch has other columns than the table's schema; send the schema the batches have")
        if batch.num_rows:
            # A copy: columns that are not needed lie in the same message, and would be held with the others.
            held.append(_one(pa.Table.from_batches([batch.select(needed)])))
        rows += batch.num_rows
        while rows >= BLOCK_ROWS:
            table = pa.Table.from_batches(held)
            yield _one(table.slice(0, BLOCK_ROWS))
            held = table.slice(BLOCK_ROWS).to_batches()
            rows -= BLOCK_ROWS
    if rows:
        yield _one(pa.Table.from_batches(held))


def _parts(blocks: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for block in blocks:
        for start in range(0, block.num_rows, SCORED_ROWS):
            yield _one(pa.Table.from_batches([block.slice(start, SCORED_ROWS)]))


def _one(table: pa.Table) -> pa.RecordBatch:
    """The rows in arrays of their own: a slice of a larger array is written to the wire in other bytes."""
    return table.take(np.arange(table.num_rows)).combine_chunks().to_batches()[0]


def _numbered(blocks: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The blocks with source_row: a caller that has no file behind its table gets rows counted from 1."""
    rows = 0
    for block in blocks:
        if SOURCE_ROW not in block.schema.names:
            numbers = pa.array(np.arange(rows + 1, rows + block.num_rows + 1), pa.int64())
            block = block.append_column(SOURCE_ROW, numbers)
        rows += block.num_rows
        yield block


def _summary(
    model: Model, schema: pa.Schema, tally: _Tally, shift: float, witness: Witness, options: ScoreOptions
) -> ScoreSummary:
    missing = missing_features(model.metadata.features, schema.names)
    costs = model.metadata.missing_cost
    return ScoreSummary(
        row_count=tally.rows,
        family=model.metadata.family,
        version=model.metadata.version,
        digest=model.digest,
        horizon_days=model.metadata.horizon_days,
        high_count=tally.levels[RiskLevel.HIGH],
        medium_count=tally.levels[RiskLevel.MEDIUM],
        low_count=tally.levels[RiskLevel.LOW],
        probability_mean=tally.probability_sum / tally.rows if tally.rows else 0.0,
        missing_features=missing,
        reasons_exact=tally.exact,
        level_shift=shift,
        drift=witness.drift(tally.seen),
        missing_costs={name: costs[name] for name in missing if name in costs},
        effects=tuple(tally.seen.effects or (Effect(each.id) for each in options.perturbations)),
    )
