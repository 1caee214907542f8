"""The plans, as data: what each costs, how much it gives, what it opens."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Feature(StrEnum):
    """What a plan may open; whatever is not named here, every plan has."""

    DASHBOARD = "dashboard"
    FILTERS = "filters"
    EXCEL = "excel"
    API_KEYS = "api_keys"
    OWN_MODELS = "own_models"


IN_WORDS = {
    Feature.DASHBOARD: "the dashboard",
    Feature.FILTERS: "filtering",
    Feature.EXCEL: "export to Excel",
    Feature.API_KEYS: "the API with keys",
    Feature.OWN_MODELS: "models of your own",
}
"""Each as the subject of a sentence."""


class PlanId(StrEnum):
    STARTER = "starter"
    PROFESSIONAL = "professional"
    BUSINESS = "business"
    ENTERPRISE = "enterprise"


@dataclass(frozen=True)
class Plan:
    """price_usd_month: None where it is agreed. predictions_month, seats: None for as many as one likes.

    One prediction is one customer scored; a month is one of the calendar, in UTC. A seat is an account or an open
    invitation.
    """

    id: PlanId
    name: str
    price_usd_month: int | None
    predictions_month: int | None
    seats: int | None
    features: frozenset[Feature]


_PROFESSIONAL = frozenset({Feature.DASHBOARD, Feature.FILTERS, Feature.EXCEL})
_BUSINESS = _PROFESSIONAL | {Feature.API_KEYS}

PLANS = (
    Plan(PlanId.STARTER, "Starter", 79, 1_000, 1, frozenset()),
    Plan(PlanId.PROFESSIONAL, "Professional", 149, 5_000, 3, _PROFESSIONAL),
    Plan(PlanId.BUSINESS, "Business", 249, 20_000, 10, _BUSINESS),
    Plan(PlanId.ENTERPRISE, "Enterprise", None, None, None, frozenset(Feature)),
)
"""From the smallest to the largest: each gives all that those before it give."""

TRIAL_PLAN = PlanId.PROFESSIONAL
TRIAL = timedelta(days=14)
"""What a company that signs up gets, and for how long."""


def plan_named(plan_id: PlanId) -> Plan:
    return next(plan for plan in PLANS if plan.id is plan_id)
