"""A file comes in and becomes a prediction."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.gateway.domain import JobKind, JobOptions
from services.gateway.routes.access import PartsHere, TenantHere
from services.gateway.routes.bodies import Prediction, prediction_of
from services.gateway.routes.options import UploadOptions, UploadQuery
from services.gateway.routes.submitting import IdempotencyKey, Submission, form_schema, submitted

router = APIRouter(tags=["predictions"])


@router.post(
    "/api/csv", status_code=202, openapi_extra=form_schema(UploadOptions), summary="Upload a file to predict on"
)
async def create_prediction(
    request: Request,
    response: Response,
    parts: PartsHere,
    tenant: TenantHere,
    query: Annotated[UploadQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Prediction:
    """Takes a form with the part `file`, or the file as the body, and answers as soon as it is stored.

    Follow the Location until the status is COMPLETED, FAILED, NEEDS_MAPPING or NEEDS_PLAN.
    """
    submission = Submission(
        JobKind.PREDICT,
        UploadOptions,
        lambda said, decisions: JobOptions(said.industry, said.churn_rate, decisions, said.encoding),
    )
    job = await submitted(request, parts, tenant, query, submission, idempotency_key)
    response.headers["Location"] = f"/api/predictions/{job.id}"
    return prediction_of(job)
