"""The JSON bodies of predictions and customers, as the OpenAPI names them; and how domain objects become them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from services.gateway.canonical import UNITS
from services.gateway.choosing import TOP_FACTORS
from services.gateway.domain import Job, JobStatus, Pass
from services.gateway.mappings import Question, example_decisions, question_of
from services.gateway.results import Impact
from services.gateway.thresholds import HIGH_ABOVE, MEDIUM_ABOVE

RiskLevel = Literal["high", "medium", "low"]
Direction = Literal["increases", "decreases", "influences"]


class Failure(BaseModel):
    """Why a prediction failed. kind: what can be done about it; code: its finer name; message: for a person."""

    kind: str
    code: str
    message: str


class AnswerRequest(BaseModel):
    """A request as it is to be sent, with the token."""

    method: Literal["PUT"] = "PUT"
    path: str
    body: dict[str, Any]


class Prediction(BaseModel):
    """One uploaded file and what became of it."""

    id: str
    status: JobStatus
    filename: str
    industry: str | None = Field(description="As stated with the upload; null where it is found from the columns.")
    churn_rate: float | None = Field(description="As stated with the upload, 0-1 over the horizon.")
    encoding: str | None = Field(description="As stated with the upload; null where it is found from the bytes.")
    snapshot_date: date = Field(description="The day the file describes.")
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    current_pass: Pass
    rows_done: int = Field(description="Rows through the current pass.")
    rows_total: int | None = Field(description="Null until the file was read once.")
    message: str = Field(description="Where it stands, in a sentence.")
    questions: list[Question] = Field(description="What a person must decide while the status is NEEDS_MAPPING.")
    answer_with: AnswerRequest | None = Field(
        description="While the status is NEEDS_MAPPING: a request that answers all questions; change what is wrong."
    )
    error: Failure | None
    size_bytes: int | None
    sha256: str | None = Field(description="Digest of the uploaded bytes, hex.")
    scored_at: str | None
    model_version: str | None
    horizon_days: int | None
    high_above: float = Field(description="Churn probability above which a risk is high, when the file was sent.")
    medium_above: float = Field(description="Above which it is medium, if it is not high.")


class PredictionPage(BaseModel):
    """One page of predictions, newest first. next: pass it as `after` for the next page; null on the last."""

    predictions: list[Prediction]
    next: str | None


class Factor(BaseModel):
    """One reason. impact: probability points as a fraction; 0.18 raises 40 % to 58 %."""

    feature: str
    label: str | None
    value: str | None
    direction: Direction | None = Field(description='"influences" only where the reason is not personal.')
    impact: float | None
    actionable: bool | None = Field(description="Whether the company can change it; what a customer is, it cannot.")


class Bar(BaseModel):
    """What one feature adds to the probability, in points as a fraction. title: the feature in a person's words."""

    feature: str
    title: str
    value: str | None = Field(description="The customer's own, in words; null where the rows are no longer kept.")
    unit: str = Field(description="Of a value that is a number, as in the data dictionary; empty where it has none.")
    impact: float
    actionable: bool = Field(description="Whether the company can change it.")


class Customer(BaseModel):
    """One customer's prediction. base_probability + impacts of the factors + other_impact = churn_probability."""

    customer_id: str | None
    customer_name: str | None = Field(description="Where the file had one.")
    plan: str | None = Field(description="What the customer is on: the plan, of telecom the contract.")
    churn_probability: float | None
    probability_low: float | None = Field(description="Lower end of the interval; null where the model gives none.")
    probability_high: float | None
    retention_probability: float | None
    risk_level: RiskLevel | None
    top_risk_factor: str | None
    top_factors: list[Factor]
    other_impact: float | None
    base_probability: float | None = Field(description="Of the typical customer.")
    recommendation: str | None
    action: str | None = Field(description="Name of the recommended action; null where none helps.")
    action_probability: float | None = Field(description="The churn probability after it, by the model's estimate.")
    model_version: str | None
    scored_at: str | None
    horizon_days: int | None
    monthly_revenue: float | None
    revenue_at_risk: float | None = Field(description="Monthly revenue times the probability of leaving.")
    revenue_at_risk_low: float | None = Field(description="The same at the lower end of the interval.")
    revenue_at_risk_high: float | None
    expected_saved_revenue: float | None = Field(
        description="Revenue a month that the action is expected to keep, price reductions deducted; null without one."
    )
    source_row: int | None = Field(description="Row of the file, counting data rows from 1.")


class LatestCustomer(Customer):
    """One customer's latest prediction, and the upload that it is of."""

    prediction_id: str
    uploaded_at: datetime


class CustomerDetail(Customer):
    """One customer with the whole waterfall: base_probability + the impacts of all bars = churn_probability."""

    waterfall: list[Bar] = Field(description="Greatest first; empty where the reasons are not personal.")


class CustomerPage(BaseModel):
    """One page of customers. total: in all pages."""

    customers: list[Customer]
    total: int
    page: int
    page_size: int


class LatestCustomerPage(BaseModel):
    """One page of customers over all uploads. total: in all pages."""

    customers: list[LatestCustomer]
    total: int
    page: int
    page_size: int


def prediction_of(job: Job) -> Prediction:
    upload = job.artifacts.get("upload")
    return Prediction(
        id=job.id,
        status=job.status,
        filename=job.filename,
        industry=job.options.industry,
        churn_rate=job.options.churn_rate,
        encoding=job.options.encoding,
        snapshot_date=job.pins.snapshot_date,
        created_at=job.created_at,
        updated_at=job.updated_at,
        completed_at=job.completed_at,
        current_pass=job.current_pass,
        rows_done=job.rows_done,
        rows_total=job.rows_total,
        message=job.message,
        questions=[question_of(question) for question in job.questions],
        answer_with=_answer_with(job),
        error=Failure(kind=job.error.kind, code=job.error.code, message=job.error.message) if job.error else None,
        size_bytes=upload.size if upload else None,
        sha256=upload.sha256 if upload else None,
        scored_at=job.pins.scored_at,
        model_version=job.pins.model_version,
        horizon_days=job.pins.horizon_days,
        high_above=HIGH_ABOVE if job.pins.high_above is None else job.pins.high_above,
        medium_above=MEDIUM_ABOVE if job.pins.medium_above is None else job.pins.medium_above,
    )


def _answer_with(job: Job) -> AnswerRequest | None:
    if job.status is not JobStatus.NEEDS_MAPPING:
        return None
    body = {"decisions": example_decisions(job.questions)}
    return AnswerRequest(path=f"/api/predictions/{job.id}/mapping", body=body)


def latest_customer_of(row: Mapping[str, Any]) -> LatestCustomer:
    """row: as `results.COLUMNS` and `results.UPLOAD_COLUMNS` name it."""
    uploaded_at = row["uploaded_at"].replace(tzinfo=UTC)
    return LatestCustomer(**customer_of(row).model_dump(), prediction_id=row["prediction_id"], uploaded_at=uploaded_at)


def customer_of(row: Mapping[str, Any]) -> Customer:
    """row: as `results.COLUMNS` names it."""
    factors = [
        Factor(**{field: row[f"factor_{rank}_{field}"] for field in Factor.model_fields})
        for rank in range(1, TOP_FACTORS + 1)
        if row[f"factor_{rank}_feature"]
    ]
    own = {name: row[name] for name in Customer.model_fields if name in row}
    return Customer(
        **own,
        top_factors=factors,
        revenue_at_risk_low=product(row["monthly_revenue"], row["probability_low"]),
        revenue_at_risk_high=product(row["monthly_revenue"], row["probability_high"]),
        expected_saved_revenue=row["saved_revenue"],
    )


def product(first: float | None, second: float | None) -> float | None:
    """None where either is not known."""
    return None if first is None or second is None else first * second


def detail_of(row: Mapping[str, Any], impacts: Sequence[Impact], known: Mapping[str, str]) -> CustomerDetail:
    """known: the customer's values in words, by feature; a reason's own words go before."""
    customer = customer_of(row)
    said = {**known, **{factor.feature: factor.value for factor in customer.top_factors}}
    bars = [
        Bar(**asdict(impact), value=said.get(impact.feature), unit=UNITS.get(impact.feature, "")) for impact in impacts
    ]
    return CustomerDetail(**customer.model_dump(), waterfall=bars)
