"""Advice: every action of the catalogue that applies, scored by the model itself; the one that saves most is named.

What is said is the model's estimate of what such customers do, not a promise that the action causes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import REVENUE
from services.scoring.catalogue import CATALOGUE, Action
from services.scoring.domain import Span, Spans
from services.scoring.features import Cells, Floats, Matrix
from services.scoring.levers import Changed, Customers, reencoded
from services.scoring.model import Metadata

LOW_RISK = "No action needed: the risk is low, and no action in the catalogue would lower it."
NOTHING_HELPS = "No action in the catalogue lowers this risk by the model's estimate: ask how things are going."

CREDIT_MIN = 0.001
"""An action must lower the probability by at least this to be named: a smaller change would not show when printed."""

ChancesAfter = Callable[[np.ndarray, Matrix], Floats]
"""(m,) places of customers, (m, n_columns) as a change would encode them -> (m,) their calibrated churn probability."""


@dataclass(frozen=True)
class Advice:
    """The best action of n customers.

    action: (n,) index into the industry's catalogue, -1 where the model credits none.
    probability: (n,) the churn probability after it. saved_revenue: (n,) what it is expected to keep a month,
    price reductions deducted; NaN where the revenue is not known. Both are the customer's own without an action.
    """

    action: np.ndarray
    probability: Floats
    saved_revenue: Floats


LEVEL_SHARE_MIN = 0.005
"""A level that fewer of the training customers had is nothing to offer."""


def known_spans(metadata: Metadata, own: Spans) -> Spans:
    """The tenant's own spans, and where a column has none, that of the model's training customers."""
    learnt = {
        name: Span(each.low, each.typical, each.high, tuple(k for k, v in each.levels.items() if v >= LEVEL_SHARE_MIN))
        for name, each in metadata.profile.items()
    }
    return {**learnt, **own}


def advised(
    chances_after: ChancesAfter,
    metadata: Metadata,
    table: pa.RecordBatch,
    encoded: Matrix,
    probability: Floats,
    spans: Spans,
) -> Advice:
    """The action of most expected saved revenue, by customer.

    encoded, probability: of the rows of `table`, as the same model gives them.
    Expected saved revenue is the revenue expected after the action less that without: r' (1 - p') - r (1 - p).
    Where no revenue is known all are taken to pay the same. Ties go to the lower probability, then to the
    earlier action. An action that gives up more revenue than it saves is not named.
    """
    customers = Customers(table, metadata.features, spans)
    paid = REVENUE[metadata.industry]
    revenue = customers.number(paid)
    weight = np.where(np.isnan(revenue), 1.0, revenue)
    best = Advice(np.full(len(encoded), -1), probability.copy(), np.zeros(len(encoded)))
    for place, action in enumerate(CATALOGUE[metadata.industry]):
        changed = customers.after(action)
        if changed is None:
            continue
        rows = changed.rows
        after = chances_after(rows, reencoded(encoded, table, metadata.features, changed))
        kept = _paid_after(changed, paid, weight[rows]) * (1 - after)
        saved = kept - weight[rows] * (1 - probability[rows])
        credited = after <= probability[rows] - CREDIT_MIN
        equal = (saved == best.saved_revenue[rows]) & (after < best.probability[rows])
        better = credited & ((saved > best.saved_revenue[rows]) | equal)
        here = rows[better]
        best.action[here] = place
        best.probability[here] = after[better]
        best.saved_revenue[here] = saved[better]
    best.saved_revenue[np.isnan(revenue)] = np.nan
    return best


def columns(advice: Advice, metadata: Metadata, probability: Floats, low: np.ndarray) -> Mapping[str, Cells]:
    """The results' columns on actions, each (n,); all but the sentence null where there is none.

    probability: (n,) without an action. low: (n,) whether the risk is low.
    """
    actions = CATALOGUE[metadata.industry]
    none = advice.action < 0
    names = pa.array([*(action.name for action in actions), None], pa.string())
    return {
        "recommendation": _sentences(advice, actions, probability, low),
        "action": names.take(np.where(none, len(actions), advice.action)),
        "action_probability": pa.array(advice.probability, mask=none),
        "saved_revenue": pa.array(advice.saved_revenue, mask=none | np.isnan(advice.saved_revenue)),
    }


def _paid_after(changed: Changed, paid: str, before: Floats) -> Floats:
    if paid not in changed.columns:
        return before
    after = changed.columns[paid].to_numpy(zero_copy_only=False)
    return np.where(np.isnan(after), before, after)


_WHOLE = pa.array([f"{t / 10:.1f} %" if t < 100 else f"{t / 10:.0f} %" for t in range(1001)], pa.string())
_EXACT = pa.array([f"{t / 10:.1f} %" for t in range(1001)], pa.string())
"""Percent by tenths: whole ones from 10 % on, or never."""


def _sentences(advice: Advice, actions: tuple[Action, ...], probability: Floats, low: np.ndarray) -> Cells:
    """(n,) string."""
    before, after = (np.rint(chances * 1000).astype(np.int64) for chances in (probability, advice.probability))
    shown = [_WHOLE.take(before), _WHOLE.take(after)]
    same = pc.equal(*shown)
    from_, to = (
        pc.if_else(same, _EXACT.take(tenths), text) for tenths, text in zip((before, after), shown, strict=True)
    )
    starts = [f"{action.advice}: by the model's estimate the risk falls from " for action in actions]
    none = advice.action < 0
    start = pa.array([*starts, ""], pa.string()).take(np.where(none, len(actions), advice.action))
    sentences = pc.binary_join_element_wise(start, from_, " to ", to, ".", "")
    nothing = pc.if_else(pa.array(low), LOW_RISK, NOTHING_HELPS)
    chosen: Cells = pc.if_else(pa.array(none), nothing, sentences)
    return chosen
