"""Predictions as rows: list, look at, answer, delete."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from libs.errors import NotFound
from libs.tables.columns import Industry
from services.gateway.artifacts import job_prefix
from services.gateway.domain import NotWaiting
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, TenantHere, known_form
from services.gateway.routes.bodies import Prediction, PredictionPage, prediction_of
from services.gateway.routes.options import decided
from services.gateway.routes.uploads import announce

router = APIRouter(tags=["predictions"])

LIMIT_MAX = 200


class Answer(BaseModel):
    """A person's answers to a prediction's questions."""

    model_config = ConfigDict(extra="forbid")

    decisions: dict[str, str | None] = Field(
        min_length=1,
        max_length=200,
        description="From canonical column to the file's column; null for one that is not in this file.",
    )


@router.get("/api/predictions/", summary="List predictions")
@router.get("/api/predictions", include_in_schema=False)
def list_predictions(
    parts: PartsHere,
    tenant: TenantHere,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 50,
    after: Annotated[str | None, Query(description="`next` of the page before.")] = None,
) -> PredictionPage:
    """The caller's predictions, newest first."""
    jobs = parts.jobs.page(tenant.id, limit=limit + 1, after=None if after is None else known_form(after))
    shown = jobs[:limit]
    return PredictionPage(
        predictions=[prediction_of(job) for job in shown], next=shown[-1].id if len(jobs) > limit else None
    )


@router.get("/api/predictions/{prediction_id}", summary="Status and progress of a prediction")
def get_prediction(job: JobHere) -> Prediction:
    """One prediction as it stands now."""
    return prediction_of(job)


@router.delete("/api/predictions/{prediction_id}", status_code=204, summary="Delete a prediction")
def delete_prediction(prediction_id: str, parts: PartsHere, tenant: TenantHere, results: ResultsHere) -> Response:
    """Removes the prediction, the upload and everything made from it."""
    prefix = job_prefix(tenant.id, known_form(prediction_id))
    try:
        # The row goes first: it fences off a worker that would write more.
        job = parts.jobs.delete(tenant.id, prediction_id)
    except NotFound:
        # A deletion that broke off after the row is finished by asking again.
        if next(iter(parts.store.list(prefix)), None) is None:
            raise
    else:
        for artifact in job.artifacts.values():
            results.forget(artifact)
    parts.store.delete_prefix(prefix)
    return Response(status_code=204)


@router.put("/api/predictions/{prediction_id}/mapping", status_code=202, summary="Answer a prediction's questions")
def answer_mapping(answer: Answer, job: JobHere, parts: PartsHere, tenant: TenantHere) -> Prediction:
    """Says what columns are while the status is NEEDS_MAPPING; the prediction then goes on.

    Sending the same answer again is safe.
    """
    industry = Industry(job.options.industry) if job.options.industry else None
    decisions = decided(answer.decisions, industry)
    try:
        answered = parts.jobs.answer(tenant.id, job.id, decisions)
    except NotWaiting:
        if not set(decisions) <= set(job.options.decisions):
            raise
        return prediction_of(job)
    announce(parts, answered.id)
    return prediction_of(answered)
