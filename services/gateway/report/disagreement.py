"""How far two model versions disagree on the same customers, from their probabilities and risk levels alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from services.gateway.report.accuracy import TOP_SHARE

LEVELS = ("high", "medium", "low")

READ_ROWS = 65_536
"""Rows of the results in memory at once."""


class Misaligned(ValueError):
    """The two versions scored different numbers of customers, or give a level that is none."""


@dataclass(frozen=True)
class Disagreement:
    """What the version in use and the shadow say of the same customers.

    mean_absolute_difference: of the two probabilities, 0-1. rank_correlation: Spearman's, equal probabilities sharing
    their mean rank, -1 to 1; None where a version says the same of everybody. levels: customers by risk level, rows by
    the version in use and columns by the shadow, both in the order of LEVELS. top_tenth_shared: of the tenth of
    customers most at risk by the one, the share that is also by the other; of equal ones those that stand first in the
    file. revenue_at_risk, shadow_revenue_at_risk: monthly revenue times probability over the customers whose revenue
    is known; None where it is of nobody.
    """

    rows: int
    mean_absolute_difference: float
    rank_correlation: float | None
    levels: tuple[tuple[int, ...], ...]
    top_tenth_shared: float
    revenue_at_risk: float | None
    shadow_revenue_at_risk: float | None


class Scores:
    """The probability (8 bytes) and the risk level (1 byte) of each customer, as batches of results bring them."""

    def __init__(self, rows: int) -> None:
        self.probability = np.empty(rows)
        self.level = np.empty(rows, dtype=np.int8)
        self.rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """batch: the next results, with `churn_probability` and `risk_level`. Raises Misaligned."""
        end = self.rows + batch.num_rows
        if end > len(self.probability):
            raise Misaligned(f"more than the {len(self.probability)} rows expected")
        level = pc.index_in(batch.column("risk_level"), value_set=pa.array(LEVELS))
        if level.null_count:
            raise Misaligned(f"a risk level is none of {', '.join(LEVELS)}")
        self.probability[self.rows : end] = batch.column("churn_probability").to_numpy(zero_copy_only=False)
        self.level[self.rows : end] = level.to_numpy()
        self.rows = end


def disagreement(results: Path, shadow: Scores) -> Disagreement:
    """results: of the version in use, at least one. shadow: of the same customers in the same order.

    Raises Misaligned.
    """
    in_use = Scores(len(shadow.probability))
    revenue: list[tuple[float, float]] = []
    for batch in _batches(results):
        start = in_use.rows
        in_use.add(batch)
        revenue.append(_at_risk(batch, shadow.probability[start : in_use.rows]))
    if in_use.rows != shadow.rows:
        raise Misaligned(f"{in_use.rows} rows by the version in use, {shadow.rows} by its shadow")
    known = any(not np.isnan(part) for part, _ in revenue)
    counts = np.bincount(in_use.level.astype(int) * len(LEVELS) + shadow.level, minlength=len(LEVELS) ** 2)
    ours, theirs = in_use.probability, shadow.probability
    return Disagreement(
        rows=shadow.rows,
        mean_absolute_difference=float(np.abs(ours - theirs).mean()),
        rank_correlation=_correlation(_ranks(ours), _ranks(theirs)),
        levels=tuple(tuple(row) for row in counts.reshape(len(LEVELS), -1).tolist()),
        top_tenth_shared=float((_top(ours) & _top(theirs)).sum() / _top_count(len(ours))),
        revenue_at_risk=float(np.nansum([part for part, _ in revenue])) if known else None,
        shadow_revenue_at_risk=float(np.nansum([part for _, part in revenue])) if known else None,
    )


def _batches(results: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(results, pre_buffer=False) as file:
        columns = ["churn_probability", "risk_level", "monthly_revenue"]
        yield from file.iter_batches(batch_size=READ_ROWS, columns=columns)


def _at_risk(batch: pa.RecordBatch, theirs: np.ndarray) -> tuple[float, float]:
    """Revenue at risk by the version in use, and by the shadow; not a number where no revenue is known."""
    monthly = batch.column("monthly_revenue").to_numpy(zero_copy_only=False).astype(float)
    known = ~np.isnan(monthly)
    if not known.any():
        return float("nan"), float("nan")
    ours = batch.column("churn_probability").to_numpy(zero_copy_only=False)
    return float((monthly * ours)[known].sum()), float((monthly * theirs)[known].sum())


def _ranks(probability: np.ndarray) -> np.ndarray:
    """(n,) ranks from 1; equal ones share the mean of theirs."""
    column = pa.array(probability)
    first, last = (pc.rank(column, tiebreaker=side).to_numpy() for side in ("min", "max"))
    mean: np.ndarray = (first + last) / 2
    return mean


def _correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    """Pearson's of the two; None where one of them does not vary."""
    first -= first.mean()
    second -= second.mean()
    spread = float(np.sqrt((first**2).sum()) * np.sqrt((second**2).sum()))
    # Sums over products, not dot: its threads add in an order of their own, and the figures are to come out the same.
    return float(np.clip((first * second).sum() / spread, -1, 1)) if spread > 0 else None


def _top(probability: np.ndarray) -> np.ndarray:
    """(n,) whether the customer is among the tenth most at risk."""
    chosen = np.zeros(len(probability), dtype=bool)
    chosen[np.argsort(-probability, kind="stable")[: _top_count(len(probability))]] = True
    return chosen


def _top_count(rows: int) -> int:
    return max(1, round(TOP_SHARE * rows))
