"""A file with options becomes a job of any kind: received, stored, written down and announced."""

import hashlib
import json
import re
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Header, Request
from fastapi.concurrency import run_in_threadpool

from libs import telemetry
from libs.errors import Conflict, RetainWiseError
from services.gateway.artifacts import job_prefix
from services.gateway.domain import Artifact, Decision, Job, JobKind, JobOptions, JobStatus, Pins, Tenant
from services.gateway.parts import Parts
from services.gateway.routes.options import BadOption, FileOptions, Named, decisions_in, display_name, key_name, merged
from services.gateway.routes.receiving import Received, received

log = telemetry.logger(__name__)

IdempotencyKey = Annotated[
    str | None,
    Header(description="Sending the same again under the same key does it once."),
]

_KEY = re.compile(r"[\x21-\x7e]{1,255}")

Options = TypeVar("Options", bound=FileOptions)


@dataclass(frozen=True)
class Submission(Generic[Options]):
    """What becomes of a file. options: of its form. wanted: the job's options, from the form's and the decisions."""

    kind: JobKind
    options: type[Options]
    wanted: Callable[[Options, tuple[Decision, ...]], JobOptions]


def form_schema(options: type[FileOptions]) -> dict[str, Any]:
    """The OpenAPI of a body that is a form with a file, or the file itself."""
    types = {"churn_rate": "number", "horizon_days": "integer"}
    fields = {
        name: {"type": types.get(name, "string"), "description": field.description or ""}
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


def checked_key(idempotency_key: str | None) -> str | None:
    """The key. Raises BadOption for one that cannot be kept."""
    if idempotency_key is not None and not _KEY.fullmatch(idempotency_key):
        raise BadOption("Idempotency-Key must be 1 to 255 visible ASCII characters")
    return idempotency_key


async def submitted(
    request: Request, parts: Parts, tenant: Tenant, query: FileOptions, submission: Submission[Options], key: str | None
) -> Job:
    """The job of the request's file; the one that the key made before, if it did. Raises BadOption, Conflict."""
    checked_key(key)
    decisions_in(query.decisions, query.industry)  # what is wrong already is said before the file is sent
    folder, settings = parts.settings.scratch_dir / "uploads", parts.settings
    async with received(request, folder, settings.upload_bytes_max, settings.upload_idle_s) as upload:
        said = merged(query, upload.fields, submission.options)
        named = query.filename if isinstance(query, Named) else None
        filename = display_name(named or upload.filename)
        return await run_in_threadpool(_stored, parts, tenant, upload, said, submission, filename, key)


def announce(parts: Parts, job: Job) -> None:
    """Hints at the job. A hint that fails is not lost: the row is the outbox, and the worker sweeps it."""
    try:
        parts.queue.announce(job.id)
        parts.jobs.announced({job.id: job.fence})
    except RetainWiseError as error:
        log.warning("a job was not announced; the sweeper will", extra={"job_id": job.id, "kind": type(error).__name__})


def _stored(
    parts: Parts,
    tenant: Tenant,
    upload: Received,
    said: Options,
    submission: Submission[Options],
    filename: str,
    idempotency_key: str | None,
) -> Job:
    """The job of these bytes: a new one, or the one that the key made before."""
    job_id, now = uuid.uuid4().hex, datetime.now(UTC)
    options = submission.wanted(said, decisions_in(said.decisions, said.industry))
    key = f"{job_prefix(tenant.id, job_id)}upload/{key_name(filename)}"
    job = Job(
        id=job_id,
        tenant_id=tenant.id,
        kind=submission.kind,
        status=JobStatus.QUEUED,
        filename=filename,
        options=options,
        pins=Pins(said.snapshot_date or now.date(), **asdict(parts.thresholds.of_tenant(tenant.id))),
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
            job, idempotency_key=idempotency_key, request_digest=_digest(upload, said, job, filename)
        )
    except Conflict:  # nothing else is sure to have left no row, and a row needs its upload
        parts.store.delete_prefix(job_prefix(tenant.id, job_id))
        raise
    if made.id != job_id:
        parts.store.delete_prefix(job_prefix(tenant.id, job_id))
        return made
    announce(parts, made)
    return made


def _digest(upload: Received, stated: FileOptions, job: Job, filename: str) -> str:
    """What makes two requests the same. The date as stated: a retry after midnight is still the same request."""
    said = {
        "kind": job.kind,
        "sha256": upload.sha256,
        "filename": filename,
        "snapshot_date": stated.snapshot_date.isoformat() if stated.snapshot_date else None,
        **asdict(job.options),
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
