"""Layer 4: what must hold between a customer's dates, the label and the day that the file describes."""

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from services.validation.checks.row import Block, Flags, RowCheck, flags, holds
from services.validation.domain import Effect, Layer

DAYS_PER_MONTH = 30.4375

TENURE_SLACK_DAYS = 62.0
"""Days by which tenure may reach back before the first day: it counts in whole months."""

ACTIVE = ("active", "live", "current", "paying", "subscribed", "renewing")
"""Words of status that say that the subscription runs."""


def checks(snapshot: date | None) -> list[RowCheck]:
    """The rules on dates. Without a snapshot date only those between two dates of the file."""
    ordered = [
        _not_before("canceled_at", "signup_date", "canceled_before_signup"),
        _not_before("last_login_at", "signup_date", "login_before_signup"),
    ]
    if snapshot is None:
        return ordered
    return [
        *ordered,
        _not_after("signup_date", snapshot, "signup_in_future"),
        _not_after("last_login_at", snapshot, "login_in_future"),
        _active_but_canceled(snapshot),
        _label_against_cancellation(snapshot),
        _tenure_before_signup(snapshot),
    ]


def _rule(id: str, columns: tuple[str, ...], failing: Callable[[Block], Flags], fault: str, advice: str) -> RowCheck:
    return RowCheck(f"rule.{id}", Layer.BUSINESS_RULES, columns, failing, fault, advice, Effect.KEPT)


def _not_before(later: str, earlier: str, id: str) -> RowCheck:
    def failing(block: Block) -> Flags:
        return flags(pc.less(block.column(later), block.column(earlier)))

    return _rule(
        id,
        (later, earlier),
        failing,
        f"{later} is before {earlier}",
        f"Check the order of day and month in {later} and {earlier}, and that they were not swapped.",
    )


def _not_after(name: str, snapshot: date, id: str) -> RowCheck:
    day = pa.scalar(snapshot, pa.date32())

    def failing(block: Block) -> Flags:
        return flags(pc.greater(block.column(name), day))

    return _rule(
        id,
        (name,),
        failing,
        f"{name} is after {snapshot}, the day the file describes",
        f"Check the order of day and month in {name}, or give the day the file was exported as its snapshot date.",
    )


def _active_but_canceled(snapshot: date) -> RowCheck:
    words, day = pa.array(ACTIVE), pa.scalar(snapshot, pa.date32())

    def failing(block: Block) -> Flags:
        active = flags(pc.is_in(block.column("status"), value_set=words))
        return active & flags(pc.less(block.column("canceled_at"), day))

    return _rule(
        "active_but_canceled",
        ("status", "canceled_at"),
        failing,
        f"status says that the subscription runs, and canceled_at lies before {snapshot}",
        "Check whether these customers came back, or whether status is older than canceled_at.",
    )


def _label_against_cancellation(snapshot: date) -> RowCheck:
    day = pa.scalar(snapshot, pa.date32())

    def failing(block: Block) -> Flags:
        label, canceled = block.column("churned"), block.column("canceled_at")
        early = holds(label, True) & flags(pc.greater(canceled, day))
        return early | (holds(label, False) & flags(pc.less(canceled, day)))

    return _rule(
        "label_against_cancellation",
        ("churned", "canceled_at"),
        failing,
        f"churned contradicts canceled_at as of {snapshot}",
        "A customer whose cancellation lies ahead has not left yet; one whose cancellation is past has, unless it"
        " came back.",
    )


def _tenure_before_signup(snapshot: date) -> RowCheck:
    day = pa.scalar(snapshot, pa.date32()).cast(pa.int32()).as_py()

    def failing(block: Block) -> Flags:
        signup = block.column("signup_date").cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False)
        # A comparison with NaN is false, so a row that lacks one of the two is not judged.
        found: Flags = block.numbers("tenure_months") * DAYS_PER_MONTH > day - signup + TENURE_SLACK_DAYS
        return found

    return _rule(
        "tenure_before_signup",
        ("tenure_months", "signup_date"),
        failing,
        "tenure_months is longer than the time since signup_date",
        "Check that tenure_months counts months, and that signup_date is the first day, not the latest renewal's.",
    )
