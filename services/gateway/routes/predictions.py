"""Predictions as rows: list, look at, answer, delete."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.gateway.comparisons import involving
from services.gateway.domain import JobKind
from services.gateway.exports import holding
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, TenantHere, known_form
from services.gateway.routes.bodies import Prediction, PredictionPage, prediction_of
from services.gateway.routes.going_on import Answer, let_go_on, removed, resumed
from services.gateway.routes.paging import LIMIT_MAX, cursor_of, place_of

router = APIRouter(tags=["predictions"])


@router.get("/api/predictions/", summary="List predictions")
@router.get("/api/predictions", include_in_schema=False)
def list_predictions(
    parts: PartsHere,
    tenant: TenantHere,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 50,
    after: Annotated[str | None, Query(max_length=100, description="`next` of the page before.")] = None,
) -> PredictionPage:
    """The caller's predictions, newest first."""
    place = None if after is None else place_of(after, JobKind.PREDICT, parts, tenant)
    jobs = parts.jobs.page(tenant.id, limit=limit + 1, after=place, kind=JobKind.PREDICT)
    shown = jobs[:limit]
    return PredictionPage(
        predictions=[prediction_of(job) for job in shown], next=cursor_of(shown[-1]) if len(jobs) > limit else None
    )


@router.get("/api/predictions/{prediction_id}", summary="Status and progress of a prediction")
def get_prediction(job: JobHere) -> Prediction:
    """One prediction as it stands now."""
    return prediction_of(job)


@router.delete("/api/predictions/{prediction_id}", status_code=204, summary="Delete a prediction")
def delete_prediction(prediction_id: str, parts: PartsHere, tenant: TenantHere, results: ResultsHere) -> Response:
    """Removes the prediction, the upload and everything made from it, comparisons and exports that have its customers
    too."""
    for comparison in involving(parts.jobs, tenant.id, known_form(prediction_id)):
        removed(comparison.id, JobKind.CHANGES, parts, tenant, results)
    for export in holding(parts.jobs, tenant.id, prediction_id):
        removed(export.id, JobKind.EXPORT, parts, tenant, results)
    removed(known_form(prediction_id), JobKind.PREDICT, parts, tenant, results)
    return Response(status_code=204)


@router.put("/api/predictions/{prediction_id}/mapping", status_code=202, summary="Answer a prediction's questions")
def answer_mapping(answer: Answer, job: JobHere, parts: PartsHere) -> Prediction:
    """Says what columns are, or how they are read, while the status is NEEDS_MAPPING; the prediction then goes on.

    The answers are remembered for the next file with the same header row. Sending the same answer again is safe.
    """
    return prediction_of(resumed(answer, job, parts))


@router.post("/api/predictions/{prediction_id}/resume", status_code=202, summary="Go on with a prediction that waited")
def resume_prediction(job: JobHere, parts: PartsHere) -> Prediction:
    """For the status NEEDS_PLAN, after the plan was changed or a new month began; what was made of the file is kept.

    402 while there are still too few predictions left. Sending it again is safe.
    """
    return prediction_of(let_go_on(job, parts))
