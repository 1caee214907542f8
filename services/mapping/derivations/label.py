"""Whether a customer has left, by a tool's own words for the subscription's state and by cancellation dates."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import Kind
from services.mapping import words
from services.mapping.derivations.rule import Context, Rule, Values

ENDED = words.listed(
    "expired, ended, terminated, closed, deleted, lapsed, lost, churned, churned voluntary, "
    "churned delinquent, churned involuntary, deactivated, left, former, former customer, past customer, "
    "gekündigt, gekundigt, beendet, inaktiv, résilié, resilie, inactif, baja, inactivo, disdetto, cancelado, opgezegd, "
    "finished, gone, stopped, unsubscribed, expire, cancelled immediately, completed"
)
"""Folded words of a subscription that runs no more, in every tool."""

LIVE = words.listed(
    "aktiv, actif, activo, attivo, ativo, actief, halted, active, live, past due, pastdue, unpaid, non renewing, "
    "nonrenewing, paused, current, enabled, renewing, "
    "ongoing, running, paying, overdue, delinquent, grace, in grace, customer, subscribed, retained, "
    "existing, open, suspended, on hold, soft failure, will cancel, pending cancellation, pending cancel, "
    "cancelling, canceling"
)
"""Folded words of a subscription that still runs, whatever has been said about its end."""

CANCELED = words.listed("canceled, cancelled, cancel, cancellation")
"""Words that mean ended in most tools; in Recurly and ProfitWell such a subscription runs until its period ends."""

TRIAL = words.listed(
    "trial, trialing, trialling, in trial, on trial, free trial, trial active, trial expired, trial ended, "
    "churned trial, trial canceled, trial cancelled, expired trial"
)
LEAD = words.listed(
    "lead, leads, prospect, incomplete, incomplete expired, never subscribed, opportunity, future, pending, "
    "abandoned, not started, scheduled"
)
"""Words of those who have not been customers yet."""


def _by_status(columns: Sequence[Values], context: Context) -> Values:
    """Whether each row's subscription has ended as of the snapshot.

    columns: the state, then the cancellation date where there is one. Parameter "canceled": "ended", or "running"
    for tools where a canceled subscription runs on. A canceled one whose date is still to come has not ended;
    a blank or unknown state is judged by the date alone, and without one is not known.
    """
    encoded = columns[0].dictionary_encode()
    canceled_ended = context.parameters.get("canceled", "ended") == "ended"
    said = pa.array([_said(word, canceled_ended) for word in encoded.dictionary.to_pylist()], pa.bool_())
    ended: Values = said.take(encoded.indices)
    if len(columns) < 2:
        return ended
    past: Values = pc.less_equal(columns[1], pa.scalar(context.snapshot_date, pa.date32()))
    future_cancel = pc.and_(pc.fill_null(ended, False), pc.invert(pc.fill_null(past, True)))
    settled = pc.if_else(future_cancel, False, ended)
    return pc.coalesce(settled, past)


def _said(word: str | None, canceled_ended: bool) -> bool | None:
    folded = words.folded(word) if word is not None else ""
    if folded in ENDED:
        return True
    if folded in LIVE or folded in TRIAL:
        return False
    return canceled_ended if folded in CANCELED else None


def _by_date(columns: Sequence[Values], context: Context) -> Values:
    """Whether each row's date has come by the snapshot; a row without one runs on."""
    past: Values = pc.less_equal(columns[0], pa.scalar(context.snapshot_date, pa.date32()))
    return pc.fill_null(past, False)


BY_STATUS = Rule("churned_by_status", (Kind.TEXT, Kind.DATE), _by_status)
BY_DATE = Rule("churned_by_date", (Kind.DATE,), _by_date)
