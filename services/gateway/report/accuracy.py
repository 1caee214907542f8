"""What the probabilities themselves say of how right they will be, before anyone has left."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

TOP_SHARE = 0.1


@dataclass(frozen=True)
class Outlook:
    """Expectations over all customers, if the probabilities are calibrated for them; no label is used.

    right_share: of calls "leaves" (above one half) or "stays", the share that will be right: the mean of max(p, 1-p).
    leavers: how many customers will leave: the sum of p. top_tenth_share: the share of those among the tenth of
    customers with the highest p; None where nobody is expected to leave.
    """

    right_share: float
    leavers: float
    top_tenth_share: float | None


def estimated(results: Path) -> Outlook:
    """The outlook of a file of results, which holds at least one customer; it reads one column (8 bytes a row)."""
    table = pq.read_table(results, columns=["churn_probability"], pre_buffer=False)
    probability = table["churn_probability"].combine_chunks()
    right = pc.max_element_wise(probability, pc.subtract(1.0, probability))
    leavers: float = pc.sum(probability).as_py()
    top = probability.sort("descending").slice(0, max(1, round(TOP_SHARE * len(probability))))
    return Outlook(
        right_share=pc.mean(right).as_py(),
        leavers=leavers,
        top_tenth_share=pc.sum(top).as_py() / leavers if leavers > 0 else None,
    )
