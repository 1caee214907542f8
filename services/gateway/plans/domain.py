"""Where a company stands with its plan, and what to say when the plan ends somewhere."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from libs.errors import PlanLimit
from services.gateway.plans.catalogue import Feature, Plan, PlanId

SECONDS_A_DAY = 86_400


class PlanEnds(PlanLimit):
    """unlocks: the smallest plan that would do; None where none does, or none is needed."""

    def __init__(self, message: str, unlocks: PlanId | None) -> None:
        super().__init__(message)
        self.unlocks = unlocks


class FeatureLocked(PlanEnds):
    """The plan does not hold this feature."""


class QuotaShort(PlanEnds):
    """The month's predictions do not suffice for this file."""


class SeatsTaken(PlanEnds):
    """The plan has no seat left."""


@dataclass(frozen=True)
class Subscription:
    """What a company chose. trial_ends_at: of a plan that is only tried; None once it was chosen."""

    plan_id: PlanId
    trial_ends_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What a company may have now. A trial that is over gives no predictions, no features and no further seats."""

    plan: Plan
    trial_ends_at: datetime | None
    now: datetime

    @property
    def trial_over(self) -> bool:
        return self.trial_ends_at is not None and self.trial_ends_at <= self.now

    @property
    def trial_days_left(self) -> int | None:
        """Days begun; 0 once the trial is over. None where nothing is only tried."""
        if self.trial_ends_at is None:
            return None
        return max(0, math.ceil((self.trial_ends_at - self.now).total_seconds() / SECONDS_A_DAY))

    @property
    def predictions_month(self) -> int | None:
        """None for as many as one likes."""
        return 0 if self.trial_over else self.plan.predictions_month

    @property
    def seats(self) -> int | None:
        return 0 if self.trial_over else self.plan.seats

    @property
    def features(self) -> frozenset[Feature]:
        return frozenset() if self.trial_over else self.plan.features


@dataclass(frozen=True)
class Usage:
    """Predictions of one month. reserved: of files that are being scored; they count with the others."""

    month: str
    predictions: int
    reserved: int


def month_of(moment: datetime) -> str:
    """ "2026-11" """
    return f"{moment.astimezone(UTC):%Y-%m}"
