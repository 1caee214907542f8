"""A file comes in and becomes a prediction."""

import hashlib
import json
import re
import uuid
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from libs import telemetry
from libs.errors import Conflict, RetainWiseError
from services.gateway.artifacts import job_prefix
from services.gateway.domain import Artifact, Job, JobKind, JobStatus, Pins, PredictOptions, Tenant
from services.gateway.parts import Parts
from services.gateway.routes.access import PartsHere, TenantHere
from services.gateway.routes.bodies import Prediction, prediction_of
from services.gateway.routes.options import (
    BadOption,
    UploadOptions,
    UploadQuery,
    decisions_in,
    display_name,
    key_name,
    merged,
)
from services.gateway.routes.receiving import Received, received

router = APIRouter(tags=["predictions"])
log = telemetry.logger(__name__)

IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def form_schema(options: type[UploadOptions]) -> dict[str, Any]:
    """The OpenAPI of a body that is a form with a file, or the file itself."""
    fields = {
        name: {"type": "number" if name == "churn_rate" else "string", "description": field.description or ""}
        for name, field in options.model_fields.items()
    }
    binary = {"type": "string", "format": "binary"}
    form = {"type": "object", "required": ["file"], "properties": {"file": binary, **fields}}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {"schema": form},
                "text/csv": {"schema": binary},
                "application/octet-stream": {"schema": binary},
            },
        }
    }


@router.post(
    "/api/csv", status_code=202, openapi_extra=form_schema(UploadOptions), summary="Upload a file to predict on"
)
async def create_prediction(
    request: Request,
    response: Response,
    parts: PartsHere,
    tenant: TenantHere,
    query: Annotated[UploadQuery, Query()],
    idempotency_key: Annotated[
        str | None,
        Header(description="Sending the same file and options again under the same key makes one prediction."),
    ] = None,
) -> Prediction:
    """Takes a form with the part `file`, or the file as the body, and answers as soon as it is stored.

    Follow the Location until the status is COMPLETED, FAILED or NEEDS_MAPPING.
    """
    if idempotency_key is not None and not IDEMPOTENCY_KEY.fullmatch(idempotency_key):
        raise BadOption("Idempotency-Key must be 1 to 255 visible ASCII characters")
    decisions_in(query.decisions, query.industry)  # what is wrong already is said before the file is sent
    folder, settings = parts.settings.scratch_dir / "uploads", parts.settings
    async with received(request, folder, settings.upload_bytes_max, settings.upload_idle_s) as upload:
        options = merged(query, upload.fields)
        filename = display_name(query.filename or upload.filename)
        job = await run_in_threadpool(_stored, parts, tenant, upload, options, filename, idempotency_key)
    response.headers["Location"] = f"/api/predictions/{job.id}"
    return prediction_of(job)


def announce(parts: Parts, job: Job) -> None:
    """Hints at the job. A hint that fails is not lost: the row is the outbox, and the worker sweeps it."""
    try:
        parts.queue.announce(job.id)
        parts.jobs.announced({job.id: job.fence})
    except RetainWiseError as error:
        log.warning("a job was not announced; the sweeper will", extra={"job_id": job.id, "kind": type(error).__name__})


def _stored(
    parts: Parts, tenant: Tenant, upload: Received, options: UploadOptions, filename: str, idempotency_key: str | None
) -> Job:
    """The job of these bytes: a new one, or the one that the key made before."""
    job_id, now = uuid.uuid4().hex, datetime.now(UTC)
    decisions = decisions_in(options.decisions, options.industry)
    key = f"{job_prefix(tenant.id, job_id)}upload/{key_name(filename)}"
    job = Job(
        id=job_id,
        tenant_id=tenant.id,
        kind=JobKind.PREDICT,
        status=JobStatus.QUEUED,
        filename=filename,
        options=PredictOptions(options.industry, options.churn_rate, decisions, options.encoding),
        pins=Pins(snapshot_date=options.snapshot_date or now.date()),
        created_at=now,
        updated_at=now,
        message="Waiting for a worker",
        artifacts={"upload": Artifact(key, upload.size, upload.sha256)},
        request_id=telemetry.request_id(),
        trace=telemetry.carrier(),
    )
    with telemetry.span("store upload", bytes=upload.size):
        parts.store.put_file(key, upload.path)
    try:
        made = parts.jobs.create(
            job, idempotency_key=idempotency_key, request_digest=_digest(upload, options, job.options, filename)
        )
    except Conflict:  # nothing else is sure to have left no row, and a row needs its upload
        parts.store.delete_prefix(job_prefix(tenant.id, job_id))
        raise
    if made.id != job_id:
        parts.store.delete_prefix(job_prefix(tenant.id, job_id))
        return made
    announce(parts, made)
    return made


def _digest(upload: Received, stated: UploadOptions, options: PredictOptions, filename: str) -> str:
    """What makes two requests the same. The date as stated: a retry after midnight is still the same request."""
    said = {
        "sha256": upload.sha256,
        "filename": filename,
        "snapshot_date": stated.snapshot_date.isoformat() if stated.snapshot_date else None,
        **asdict(options),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
