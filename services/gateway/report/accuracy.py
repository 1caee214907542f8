"""What the probabilities themselves say of how right they will be, before anyone has left.

It is an estimate without labels, as in confidence-based performance estimation (CBPE): each customer leaves with the
stated probability, and every figure is its expectation over that. It is as good as the calibration is for this file.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

TOP_SHARE = 0.1

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
    """The outlook of a file of results, which holds at least one customer; it reads one column (8 bytes a row)."""
    table = pq.read_table(results, columns=["churn_probability"], pre_buffer=False)
    rising = np.sort(table["churn_probability"].to_numpy())
    leavers = float(rising.sum())
    top = rising[-max(1, round(TOP_SHARE * len(rising))) :]
    return Outlook(
        right_share=float(np.maximum(rising, 1 - rising).mean()),
        leavers=leavers,
        top_tenth_share=float(top.sum()) / leavers if leavers > 0 else None,
        auc=_auc(rising),
        brier=float((rising * (1 - rising)).mean()),
    )


def _auc(rising: np.ndarray) -> float | None:
    """Of all pairs of customers, weighted by how likely the one leaves and the other stays, those ranked right.

    rising: (n,) probabilities. Equal ones count half. Nobody is paired with himself.
    """
    starts = np.flatnonzero(np.append(True, rising[1:] > rising[:-1]))
    leaving, staying = np.add.reduceat(rising, starts), np.add.reduceat(1 - rising, starts)
    himself = float((rising * (1 - rising)).sum())
    pairs = float(leaving.sum() * staying.sum()) - himself
    below = np.cumsum(staying) - staying
    right = float((leaving * (below + staying / 2)).sum()) - himself / 2
    return right / pairs if pairs > 1e-12 else None
