"""The one place where plans are enforced: features, seats and predictions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from libs.errors import InvalidInput
from services.gateway.domain import Claim
from services.gateway.plans.catalogue import IN_WORDS, PLANS, Feature, Plan, PlanId, plan_named
from services.gateway.plans.domain import (
    FeatureLocked,
    QuotaShort,
    SeatsTaken,
    Standing,
    Subscription,
    Usage,
    month_of,
)
from services.gateway.plans.ports import Subscriptions

WHERE = "an owner can change it in the settings"
CHOOSE = "an owner can choose it in the settings"


class ByAgreement(InvalidInput):
    """A plan that nobody chooses alone."""


class Plans:
    """Says no, kindly: each PlanEnds names what is used, what is there, and what would do."""

    def __init__(self, subscriptions: Subscriptions, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._subscriptions = subscriptions
        self._clock = clock

    def standing(self, tenant_id: str) -> Standing:
        """Raises NotFound."""
        subscription = self._subscriptions.of_tenant(tenant_id)
        return Standing(plan_named(subscription.plan_id), subscription.trial_ends_at, self._clock())

    def usage(self, tenant_id: str) -> Usage:
        """Of this month."""
        return self._subscriptions.usage(tenant_id, month_of(self._clock()))

    def choose(self, tenant_id: str, plan_id: PlanId) -> Standing:
        """Takes the plan, and ends a trial. Raises ByAgreement for a larger one that is not sold by itself."""
        now, wanted = self.standing(tenant_id), plan_named(plan_id)
        if wanted.price_usd_month is None and now.plan != wanted:
            raise ByAgreement(f"{wanted.name} is agreed in person; write to us, or ask who runs this service")
        self._subscriptions.choose(tenant_id, Subscription(plan_id))
        return self.standing(tenant_id)

    def require(self, tenant_id: str, feature: Feature) -> None:
        """Raises FeatureLocked."""
        now = self.standing(tenant_id)
        if feature in now.features:
            return
        unlocking = _smallest(lambda plan: feature in plan.features)
        if now.trial_over:
            raise FeatureLocked(_over(now), unlocking.id)
        raise FeatureLocked(
            f"{unlocking.name} opens {IN_WORDS[feature]}; your plan is {now.plan.name}, and {WHERE}", unlocking.id
        )

    def seats_max(self, tenant_id: str) -> int | None:
        """How many people may have a seat; None for as many as one likes."""
        return self.standing(tenant_id).seats

    def seats_taken(self, tenant_id: str, wanted: int) -> SeatsTaken:
        """What to raise where the plan has fewer seats than are wanted."""
        now = self.standing(tenant_id)
        unlocking = _smallest(lambda plan: plan.seats is None or plan.seats >= wanted)
        if now.trial_over:
            return SeatsTaken(_over(now), unlocking.id)
        people = "1 person" if now.seats == 1 else f"{now.seats} people"
        return SeatsTaken(
            f"your plan, {now.plan.name}, has room for {people}, invited ones included; "
            f"{unlocking.name} has more, and {WHERE}",
            unlocking.id,
        )

    def reserve(self, claim: Claim, customers: int) -> None:
        """Sets predictions aside for the job, once, however often it is tried. Raises QuotaShort, LeaseLost."""
        now = self.standing(claim.job.tenant_id)
        left = self._subscriptions.reserve(claim, month_of(now.now), customers, now.predictions_month)
        if left is not None:
            raise _short(now, customers, left, self.usage(claim.job.tenant_id))

    def check(self, tenant_id: str, customers: int) -> None:
        """Whether they could be reserved now. Raises QuotaShort."""
        now, used = self.standing(tenant_id), self.usage(tenant_id)
        if now.predictions_month is not None:
            left = now.predictions_month - used.predictions - used.reserved
            if left < customers:
                raise _short(now, customers, max(0, left), used)


def _smallest(does: Callable[[Plan], bool]) -> Plan:
    """The smallest plan that does; the largest does everything."""
    return next(plan for plan in PLANS if does(plan))


def _short(now: Standing, customers: int, left: int, usage: Usage) -> QuotaShort:
    quota = now.predictions_month or 0
    used = usage.predictions + usage.reserved  # more than the quota, where a larger plan was left for a smaller one
    unlocking = _smallest(lambda plan: plan.predictions_month is None or plan.predictions_month - used >= customers)
    if now.trial_over:
        return QuotaShort(f"{_over(now)} The file is ready to be scored then.", unlocking.id)
    file = f"This file has {customers:,} {'customer' if customers == 1 else 'customers'}"
    there = f"{left:,} of the {quota:,} predictions a month of your plan, {now.plan.name}, are left"
    there += f": {customers - left:,} too few"
    more = f"{unlocking.name} has {_told(unlocking)}"
    if customers > quota:
        return QuotaShort(f"{file}, and {there}. {more}; {CHOOSE}, and the file is then scored.", unlocking.id)
    new_month = (now.now.astimezone(UTC).replace(day=1) + timedelta(days=32)).replace(day=1)
    return QuotaShort(
        f"{file}, and {there}. {more}; {CHOOSE}. Or go on from 1 {new_month:%B}, when a new month begins.",
        unlocking.id,
    )


def _told(plan: Plan) -> str:
    return "no limit" if plan.predictions_month is None else f"{plan.predictions_month:,}"


def _over(now: Standing) -> str:
    assert now.trial_ends_at is not None
    ended = f"{now.trial_ends_at.day} {now.trial_ends_at:%B %Y}"
    return f"Your trial ended on {ended}; once an owner has chosen a plan in the settings, you go on where you were."
