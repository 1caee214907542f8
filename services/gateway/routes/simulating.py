"""What if: one customer of a prediction under changes, and what can be changed."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, field_validator

from services.gateway.caching import Gone
from services.gateway.canonical import canonical_row
from services.gateway.domain import Artifact, Job
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere
from services.gateway.routes.bodies import RiskLevel, product
from services.gateway.routes.customers import results_of

router = APIRouter(tags=["customers"])

CHANGES_MAX = 100
TEXT_MAX = 200

Value = float | bool | str


class Changes(BaseModel):
    """What is to be other than it is. Without any the answer explains the customer as it stands."""

    model_config = ConfigDict(extra="forbid")

    changes: dict[str, Value] = Field(
        default_factory=dict,
        max_length=CHANGES_MAX,
        description='From canonical column to a number, true or false, or one of its words: {"support_tickets": 0}. '
        "The answer's `levers` say what can be changed and how far.",
    )

    @field_validator("changes")
    @classmethod
    def _short(cls, changes: dict[str, Value]) -> dict[str, Value]:
        longest = max((len(text) for pair in changes.items() for text in pair if isinstance(text, str)), default=0)
        if longest > TEXT_MAX:
            raise ValueError(
                f"holds a text of {longest:,} characters; a column or one of its words has at most {TEXT_MAX}"
            )
        return changes


class Outcome(BaseModel):
    """The customer's prediction under some values."""

    churn_probability: float
    probability_low: float | None = Field(description="Lower end of the interval; null where the model gives none.")
    probability_high: float | None
    risk_level: RiskLevel
    monthly_revenue: float | None
    revenue_at_risk: float | None = Field(description="Monthly revenue times the probability of leaving.")
    revenue_at_risk_low: float | None = Field(description="The same at the lower end of the interval.")
    revenue_at_risk_high: float | None


class SimulatedBar(BaseModel):
    """What one feature adds to the probability, in points as a fraction, before and after the changes."""

    feature: str
    title: str
    value: str = Field(description="The customer's own after the changes, in words.")
    label: str = Field(description="As a reason is said.")
    impact_before: float
    impact: float
    actionable: bool = Field(description="Whether the company can change it.")


class Moved(BaseModel):
    """One column that differs between before and after."""

    column: str
    before: Value | None
    after: Value | None
    because: str = Field(description="Why it moved although it was not asked for; empty if it was.")


class Lever(BaseModel):
    """One column that can be changed for this customer: a slider, a switch or a list."""

    column: str = Field(description="What to name in `changes`.")
    feature: str = Field(description="The bar that shows it.")
    label: str
    meaning: str = Field(description="Empty for a column of your own.")
    kind: Literal["number", "yes or no", "category"]
    unit: str
    current: Value | None = Field(description="As the customer stands; null where not known.")
    minimum: float | None = Field(description="Numbers outside are refused; null: no bound.")
    maximum: float | None
    step: float | None = Field(description="What a slider may move by.")
    low: float | None = Field(description="5 % of your customers lie below; a slider may begin here.")
    typical: float | None
    high: float | None = Field(description="5 % of your customers lie above; a slider may end here.")
    choices: list[str] = Field(description='For "yes or no" and "category": what may be sent.')
    actionable: bool = Field(description="Whether the company could change it; what a customer is, it cannot.")


class Simulation(BaseModel):
    """One customer as it stands and as changed.

    base_probability + all impacts = churn_probability after; + all impact_before = before. The model's estimate of what
    such customers do, not a promise that a change causes it.
    """

    customer_id: str
    before: Outcome
    after: Outcome
    base_probability: float = Field(description="Of the typical customer.")
    impacts: list[SimulatedBar] = Field(description="Greatest first; empty where the reasons are not personal.")
    moved: list[Moved] = Field(description="What was changed, and what moved along.")
    levers: list[Lever]
    model_version: str | None
    horizon_days: int | None


@router.post(
    "/api/predictions/{prediction_id}/customers/{customer_id:path}/simulate", summary="Ask what if, of one customer"
)
def simulate_customer(
    job: JobHere,
    parts: PartsHere,
    results: ResultsHere,
    customer_id: Annotated[str, Path(description="As in the file.")],
    asked: Changes,
) -> Simulation:
    """The customer's prediction if things were other than they are, by the model that scored the file.

    Nothing is stored; asking again gives the same. What depends on a change moves along and is said in `moved`.
    """
    results_of(job)
    customer = canonical_row(results, _kept(job, "canonical"), customer_id)
    spans = results.document(_kept(job, "spans"))
    shift = float(results.document(_kept(job, "summary"))["level_shift"])
    answer = parts.simulate(customer, asked.changes, job.pins, spans, shift)
    return simulation_of(answer, job)


def simulation_of(answer: Mapping[str, Any], job: Job) -> Simulation:
    """answer: scoring's SimulatedCustomer, as a document."""
    moved = [{**each, "before": _cell(each["before"]), "after": _cell(each["after"])} for each in answer["moved"]]
    levers = [{**_LEVER, **each, "current": _cell(each["current"])} for each in answer["levers"]]
    return Simulation.model_validate(
        {
            **answer,
            **{side: _outcome(answer[side]) for side in ("before", "after")},
            "moved": moved,
            "levers": levers,
            "model_version": job.pins.model_version,
            "horizon_days": job.pins.horizon_days,
        }
    )


def _outcome(answer: Mapping[str, Any]) -> dict[str, Any]:
    outcome = {**_OUTCOME, **answer}
    for end in ("low", "high"):
        outcome[f"revenue_at_risk_{end}"] = product(outcome["monthly_revenue"], outcome[f"probability_{end}"])
    return outcome


_OUTCOME = dict.fromkeys(("probability_low", "probability_high", "monthly_revenue", "revenue_at_risk"))
_LEVER = dict.fromkeys(("minimum", "maximum", "step", "low", "typical", "high"))
"""What a document leaves out where it is absent."""


def _cell(value: Mapping[str, Any]) -> Value | None:
    """scoring's Value, of which one kind is there, or none."""
    cell: Value | None = next(iter(value.values()), None)
    return cell


def _kept(job: Job, name: str) -> Artifact:
    if name not in job.artifacts:
        raise Gone("this prediction no longer has the rows that it was made from; upload the file again")
    return job.artifacts[name]
