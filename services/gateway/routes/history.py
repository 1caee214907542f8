"""One customer from upload to upload."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from libs.errors import NotFound
from services.gateway.history import history
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere
from services.gateway.routes.bodies import RiskLevel
from services.gateway.routes.customers import results_of

router = APIRouter(tags=["customers"])


class ScoreThen(BaseModel):
    """The customer in one upload. snapshot_date: the day that its file describes."""

    prediction_id: str
    filename: str
    snapshot_date: date
    uploaded_at: datetime
    churn_probability: float | None
    probability_low: float | None = Field(description="Lower end of the interval; null where the model gives none.")
    probability_high: float | None
    risk_level: RiskLevel | None = Field(description="By the thresholds of that time.")
    top_risk_factor: str | None
    monthly_revenue: float | None
    revenue_at_risk: float | None
    model_version: str | None


class CustomerHistory(BaseModel):
    """scores: by upload, the first one first."""

    customer_id: str
    scores: list[ScoreThen]


# Above the route of one customer, whose id may hold slashes.
@router.get(
    "/api/predictions/{prediction_id}/customers/{customer_id:path}/history", summary="A customer's scores over uploads"
)
def get_customer_history(
    job: JobHere,
    parts: PartsHere,
    results: ResultsHere,
    customer_id: Annotated[str, Path(description="As in the file.")],
) -> CustomerHistory:
    """The customer in every completed upload of the prediction's industry, at most the last 120."""
    results_of(job)  # refuses while there are none
    points = history(results, parts.jobs.scored(job.tenant_id), job.id, customer_id)
    if not points:
        raise NotFound("this prediction has no customer with that id")
    return CustomerHistory(
        customer_id=customer_id,
        scores=[
            ScoreThen(
                prediction_id=point.upload.prediction_id,
                filename=point.upload.filename,
                snapshot_date=point.upload.snapshot_date,
                uploaded_at=point.upload.uploaded_at,
                **point.values,
            )
            for point in points
        ],
    )
