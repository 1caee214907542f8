"""What changed between two uploads of the same customers, and what came true of the earlier one."""

import json
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from libs.errors import NotFound
from services.gateway.comparison.document import Changes, Outcomes
from services.gateway.comparisons import (
    NothingBefore,
    check_completed,
    comparison,
    comparison_id,
    industry_of,
    involving,
    previous,
    started,
)
from services.gateway.domain import Job, JobKind, JobStatus, NotCompleted
from services.gateway.parts import Parts
from services.gateway.routes.access import JobHere, PartsHere, kept, known_form
from services.gateway.routes.bodies import Failure
from services.gateway.routes.customers import parquet_response
from services.gateway.routes.options import BadOption
from services.gateway.routes.submitting import announce

router = APIRouter(tags=["changes"])

AgainstHere = Annotated[
    str | None, Query(max_length=100, description="The id of an earlier prediction of the same customers.")
]


class Comparison(BaseModel):
    """Two predictions beside each other. changes: null until the status is COMPLETED."""

    prediction_id: str
    against_id: str
    status: JobStatus
    message: str = Field(description="Where it stands, in a sentence; at the end what came of it.")
    error: Failure | None
    changes: Changes | None


class Earlier(BaseModel):
    """The upload before a prediction's, and what is known of the two.

    status: of their comparison; null where nobody has asked for it.
    """

    prediction_id: str
    filename: str
    uploaded_at: datetime
    snapshot_date: date
    status: JobStatus | None


class EarlierUpload(BaseModel):
    """previous: null where the prediction is the first of its industry."""

    previous: Earlier | None


class OutcomeList(BaseModel):
    """What later uploads tell of a prediction, the newest comparison first; empty while none tells who left."""

    outcomes: list[Outcomes]


@router.post("/api/predictions/{prediction_id}/changes", status_code=202, summary="Compare with an earlier prediction")
def create_comparison(job: JobHere, parts: PartsHere, response: Response, against: AgainstHere = None) -> Comparison:
    """Splits each customer's move since an earlier upload into what the model and what the customer's data did.

    Without `against` it is the last completed prediction of the same industry before this one. Repeating it is safe:
    there is one comparison of two predictions.
    """
    check_completed(job)
    before = previous(parts.jobs, parts.store, job) if against is None else _against(job, against, parts)
    there, new = started(parts.jobs, comparison(job, before))
    if new:
        announce(parts, there)
    response.headers["Location"] = f"/api/predictions/{job.id}/changes?against={before.id}"
    return _comparison(there, parts)


@router.get("/api/predictions/{prediction_id}/previous", summary="The upload before a prediction's")
def get_previous(job: JobHere, parts: PartsHere) -> EarlierUpload:
    """What `POST …/changes` compares with where nothing is named, without beginning anything."""
    try:
        before = previous(parts.jobs, parts.store, job)
    except NothingBefore:
        return EarlierUpload(previous=None)
    status = None
    with suppress(NotFound):
        status = parts.jobs.of_tenant(job.tenant_id, comparison_id(job.tenant_id, job.id, before.id)).status
    return EarlierUpload(
        previous=Earlier(
            prediction_id=before.id,
            filename=before.filename,
            uploaded_at=before.created_at,
            snapshot_date=before.pins.snapshot_date,
            status=status,
        )
    )


@router.get("/api/predictions/{prediction_id}/changes", summary="What changed since an earlier prediction")
def get_comparison(job: JobHere, parts: PartsHere, against: AgainstHere = None) -> Comparison:
    """How the comparison stands, and once it is COMPLETED what changed. Without `against`, the newest comparison."""
    return _comparison(_existing(job, against, parts), parts)


@router.get(
    "/api/predictions/{prediction_id}/changes.parquet",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}}}}
    },
    summary="Download every customer's change as Parquet",
)
def download_changes(job: JobHere, parts: PartsHere, against: AgainstHere = None) -> StreamingResponse:
    """One row for each customer of either upload: both probabilities, and the move by model and by feature.

    Rows stand as in the later upload; those who are no longer there come last.
    """
    found = _existing(job, against, parts)
    if "changes" not in found.artifacts:
        raise NotCompleted(f"this comparison is {found.status.value}; its changes are there once it is COMPLETED")
    return parquet_response(parts.store, found.artifacts["changes"], f"changes-{job.id}.parquet")


@router.get("/api/predictions/{prediction_id}/outcomes", summary="What came true of a prediction")
def list_outcomes(job: JobHere, parts: PartsHere) -> OutcomeList:
    """How the prediction did, by each later upload that was compared with it and tells who left."""
    told = [
        _document(each, "outcomes", parts)
        for each in involving(parts.jobs, job.tenant_id, job.id)
        if each.options.against_id == job.id and each.status is JobStatus.COMPLETED
    ]
    found = [Outcomes.model_validate(each) for each in told]
    return OutcomeList(outcomes=[each for each in found if each.n and each.days >= 0])


def _against(job: Job, against: str, parts: Parts) -> Job:
    before = parts.jobs.of_tenant(job.tenant_id, known_form(against), JobKind.PREDICT)
    if before.id == job.id:
        raise BadOption("a prediction is not compared with itself; send the id of an earlier one")
    check_completed(before)
    if industry_of(before, parts.store) != industry_of(job, parts.store):
        raise BadOption("the two predictions are of files of two industries; their customers are not the same")
    return before


def _existing(job: Job, against: str | None, parts: Parts) -> Job:
    """The comparison. Raises NotFound."""
    if against is not None:
        wanted = comparison_id(job.tenant_id, job.id, known_form(against))
        return parts.jobs.of_tenant(job.tenant_id, wanted, JobKind.CHANGES)
    found = [each for each in involving(parts.jobs, job.tenant_id, job.id) if each.options.prediction_id == job.id]
    if not found:
        raise NotFound("this prediction was not compared with another yet; POST to the same address first")
    return found[0]


def _comparison(job: Job, parts: Parts) -> Comparison:
    done = job.status is JobStatus.COMPLETED
    return Comparison(
        prediction_id=job.options.prediction_id,
        against_id=job.options.against_id,
        status=job.status,
        message=job.message,
        error=Failure(kind=job.error.kind, code=job.error.code, message=job.error.message) if job.error else None,
        changes=Changes.model_validate(_document(job, "comparison", parts)) if done else None,
    )


def _document(job: Job, name: str, parts: Parts) -> Any:
    with kept():
        return json.loads(parts.store.get(job.artifacts[name].key))
