"""What the probabilities themselves say of how right they will be, before anyone has left.

It is an estimate without labels, as in confidence-based performance estimation (CBPE): each customer leaves with the
stated probability, and every figure is its expectation over that. It is as good as the calibration is for this file.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

TOP_SHARE = 0.1

BINS = 1 << 16
"""Probabilities this close (1.5e-5) count as equal, so that memory does not grow with the customers."""

ASSUMPTION = (
    "An estimate from the probabilities alone: it holds if, of customers said to leave with 30 %, 30 % do leave, here "
    "as where the model was judged. No outcome is known yet."
)


@dataclass(frozen=True)
class Outlook:
    """Expectations over all customers, if the probabilities are calibrated for them; no label is used.

    right_share: of calls "leaves" (above one half) or "stays", the share that will be right: the mean of max(p, 1-p).
    leavers: how many customers will leave: the sum of p. top_tenth_share: the share of those among the tenth of
    customers with the highest p; None where nobody is expected to leave.
    auc: chance that one who leaves is ranked above one who stays; None where all are expected to do the same.
    brier: the mean of p (1 - p), the squared error of probabilities that hold.
    """

    right_share: float
    leavers: float
    top_tenth_share: float | None
    auc: float | None
    brier: float


def estimated(results: Path) -> Outlook:
    """The outlook of a file of results, which holds at least one customer; one column is read, in pieces."""
    counts, leaving = np.zeros(BINS), np.zeros(BINS)
    right = brier = 0.0
    with pq.ParquetFile(results, pre_buffer=False) as file:
        for batch in file.iter_batches(columns=["churn_probability"]):
            p = batch.column(0).to_numpy()
            bins = np.minimum((p * BINS).astype(np.int64), BINS - 1)
            counts += np.bincount(bins, minlength=BINS)
            leaving += np.bincount(bins, weights=p, minlength=BINS)
            right += float(np.maximum(p, 1 - p).sum())
            brier += float((p * (1 - p)).sum())
    customers, leavers = int(counts.sum()), float(leaving.sum())
    return Outlook(
        right_share=right / customers,
        leavers=leavers,
        top_tenth_share=_top(counts, leaving, max(1, round(TOP_SHARE * customers))) / leavers if leavers > 0 else None,
        auc=_auc(leaving, counts - leaving, brier),
        brier=brier / customers,
    )


def _top(counts: np.ndarray, leaving: np.ndarray, customers: int) -> float:
    """Leavers among as many customers with the highest probabilities; within a bin all are alike."""
    held = np.minimum(np.cumsum(counts[::-1]), customers)
    taken = np.diff(held, prepend=0.0)
    each = np.divide(leaving, counts, out=np.zeros(BINS), where=counts > 0)
    return float(taken @ each[::-1])


def _auc(leaving: np.ndarray, staying: np.ndarray, himself: float) -> float | None:
    """Of all pairs of customers, weighted by how likely the one leaves and the other stays, those ranked right.

    leaving, staying: (BINS,) sums of p and of 1-p, by rising p. Equal ones count half. himself: the sum of p (1-p),
    since nobody is paired with himself.
    """
    pairs = float(leaving.sum() * staying.sum()) - himself
    below = np.cumsum(staying) - staying
    right = float((leaving * (below + staying / 2)).sum()) - himself / 2
    return right / pairs if pairs > 1e-12 else None
