"""The JSON bodies of figures over customers, as the OpenAPI names them; and how domain objects become them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel, Field

from services.gateway.choosing import RETENTION_BINS
from services.gateway.contacts import Contacts
from services.gateway.domain import Scored
from services.gateway.summaries import Summary


class CustomersByRisk(BaseModel):
    """Customers by risk level."""

    high: int
    medium: int
    low: int


class Bin(BaseModel):
    """Customers whose retention probability is in [lower, upper), or [lower, upper] in the last bin."""

    lower: float
    upper: float
    customers: int


class Driver(BaseModel):
    """What one feature does over these customers, in probability points as a fraction. title: in a person's words."""

    feature: str
    title: str
    mean_impact_abs: float = Field(description="Mean size of what it adds or takes, over all of these customers.")
    mean_impact: float = Field(description="The same with its sign: above 0 it raises the risk more than it lowers it.")
    customers: int = Field(description="Customers whose risk it raises by a point or more.")
    actionable: bool = Field(description="Whether the company can change it.")


class PlanCustomers(BaseModel):
    """Customers on one plan."""

    plan: str
    customers: int


class ContactStep(BaseModel):
    """What contacting the best so many customers is expected to save a month."""

    contacts: int
    expected_saved_revenue: float


class ContactPlan(BaseModel):
    """What a budget of contacts buys: the first customers by `-expected_saved_revenue`.

    contacts: those worth making, at most the budget. curve: up to 20 points, the last of them all contacts.
    """

    budget: int
    contacts: int
    expected_saved_revenue: float
    curve: list[ContactStep]


class ResultsSummary(BaseModel):
    """Figures over the customers that the filter lets through; null where there is nothing to reckon with."""

    customers: int
    by_risk: CustomersByRisk
    mean_churn_probability: float | None
    average_retention: float | None
    monthly_revenue: float | None
    revenue_at_risk: float | None
    revenue_at_risk_low: float | None = Field(description="If every probability lay at the lower end of its interval.")
    revenue_at_risk_high: float | None
    expected_saved_revenue: float | None = Field(description="A month, with the recommended action for each customer.")
    retention_histogram: list[Bin]
    drivers: list[Driver] = Field(description="The strongest first; none where no reasons are stored.")
    plans: list[PlanCustomers] = Field(
        description="Values of `plan` to choose from, the most frequent first: under all filters but that of the plan."
    )
    contacts: ContactPlan | None = Field(description="Where `contact_budget` was given.")


class Uploads(BaseModel):
    """The completed uploads, whatever the filter. first_at, last_at: null where there is none."""

    count: int
    first_at: datetime | None
    last_at: datetime | None

    @classmethod
    def of(cls, uploads: Sequence[Scored]) -> "Uploads":
        """uploads: the last one first."""
        ends = (uploads[-1].uploaded_at, uploads[0].uploaded_at) if uploads else (None, None)
        return cls(count=len(uploads), first_at=ends[0], last_at=ends[1])


class LatestSummary(ResultsSummary):
    """Figures over each customer's latest score."""

    uploads: Uploads


def summary_of(summary: Summary, contacts: Contacts | None = None) -> ResultsSummary:
    return ResultsSummary(
        customers=summary.customers,
        by_risk=CustomersByRisk(**{level: summary.by_risk.get(level, 0) for level in CustomersByRisk.model_fields}),
        mean_churn_probability=summary.mean_churn_probability,
        average_retention=summary.average_retention,
        monthly_revenue=summary.monthly_revenue,
        revenue_at_risk=summary.revenue_at_risk,
        revenue_at_risk_low=summary.revenue_at_risk_low,
        revenue_at_risk_high=summary.revenue_at_risk_high,
        expected_saved_revenue=summary.saved_revenue,
        drivers=[Driver(**asdict(driver)) for driver in summary.drivers],
        plans=[PlanCustomers(plan=plan, customers=customers) for plan, customers in summary.plans],
        contacts=contacts and _plan(contacts),
        retention_histogram=[
            Bin(lower=place / RETENTION_BINS, upper=(place + 1) / RETENTION_BINS, customers=count)
            for place, count in enumerate(summary.histogram)
        ],
    )


def _plan(contacts: Contacts) -> ContactPlan:
    return ContactPlan(
        budget=contacts.budget,
        contacts=contacts.contacts,
        expected_saved_revenue=contacts.saved_revenue,
        curve=[
            ContactStep(contacts=step.contacts, expected_saved_revenue=step.saved_revenue) for step in contacts.curve
        ],
    )
