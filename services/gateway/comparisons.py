"""Comparisons as jobs: which two predictions, under which id, and what a comparison takes from them."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from libs import telemetry
from libs.errors import Conflict, NotFound
from libs.objects.store import ObjectStore
from services.gateway.domain import Artifact, Job, JobKind, JobOptions, JobStatus, NotCompleted, Place
from services.gateway.ports import Jobs

PAGE = 200

TAKEN = ("results", "summary", "canonical")
"""Artifacts that a comparison takes from each of its two predictions."""


class NothingBefore(NotCompleted):
    """There is no earlier prediction to compare with."""


def comparison_id(tenant_id: str, prediction_id: str, against_id: str) -> str:
    """The id of the one comparison of two predictions: asking again finds the first."""
    return hashlib.sha256(f"{tenant_id} {prediction_id} {against_id}".encode()).hexdigest()[:32]


def comparison(after: Job, before: Job) -> Job:
    """The job that compares two completed predictions of one tenant; it takes their artifacts as they are.

    Raises NotCompleted.
    """
    for job in (after, before):
        if job.status is not JobStatus.COMPLETED or not set(TAKEN) <= set(job.artifacts):
            raise NotCompleted(
                f"prediction {job.id} is {job.status.value} or too old; only completed ones are compared"
            )
    now = datetime.now(UTC)
    return Job(
        id=comparison_id(after.tenant_id, after.id, before.id),
        tenant_id=after.tenant_id,
        kind=JobKind.CHANGES,
        status=JobStatus.QUEUED,
        filename=after.filename,
        options=JobOptions(
            prediction_id=after.id, against_id=before.id, against_date=before.pins.snapshot_date.isoformat()
        ),
        pins=after.pins,
        created_at=now,
        updated_at=now,
        message="Waiting for a worker",
        artifacts={**_taken("after", after), **_taken("before", before)},
        request_id=telemetry.request_id(),
        trace=telemetry.carrier(),
    )


def check_completed(job: Job) -> None:
    """Raises NotCompleted for a prediction that has not what a comparison takes."""
    if job.status is not JobStatus.COMPLETED or not set(TAKEN) <= set(job.artifacts):
        raise NotCompleted(f"prediction {job.id} is {job.status.value}; only completed ones can be compared")


def started(jobs: Jobs, job: Job) -> tuple[Job, bool]:
    """The job under its id, and whether it is new: asked for twice it is made once, and one that failed anew."""
    with suppress(NotFound):
        there = jobs.of_tenant(job.tenant_id, job.id, job.kind)
        if there.status is not JobStatus.FAILED:
            return there, False
        jobs.delete(job.tenant_id, job.id, job.kind)
    try:
        return jobs.create(job, idempotency_key=None, request_digest=""), True
    except Conflict:  # somebody asked for the same at the same time
        return jobs.of_tenant(job.tenant_id, job.id, job.kind), False


def previous(jobs: Jobs, store: ObjectStore, job: Job) -> Job:
    """The tenant's last completed prediction of the same industry before this one. Raises NothingBefore."""
    industry = industry_of(job, store)
    for earlier in pages(jobs, job.tenant_id, JobKind.PREDICT, Place(job.created_at, job.id)):
        if earlier.status is JobStatus.COMPLETED and industry_of(earlier, store) == industry:
            return earlier
    raise NothingBefore("there is no earlier completed prediction of the same industry to compare this one with")


def industry_of(job: Job, store: ObjectStore) -> str:
    """Of a prediction's file, as it was read; empty while that is not known."""
    plan = job.artifacts.get("plan")
    return str(json.loads(store.get(plan.key))["industry"]) if plan else ""


def involving(jobs: Jobs, tenant_id: str, prediction_id: str) -> list[Job]:
    """Every comparison of the prediction with another, the newest first."""
    return [
        job
        for job in pages(jobs, tenant_id, JobKind.CHANGES)
        if prediction_id in (job.options.prediction_id, job.options.against_id)
    ]


def _taken(side: str, job: Job) -> dict[str, Artifact]:
    return {f"{side}_{name}": replace(job.artifacts[name]) for name in TAKEN}


def pages(jobs: Jobs, tenant_id: str, kind: JobKind, after: Place | None = None) -> Iterator[Job]:
    """Every job of the kind, the newest first, those behind the place `after`."""
    while page := jobs.page(tenant_id, limit=PAGE, after=after, kind=kind):
        yield from page
        after = Place(page[-1].created_at, page[-1].id)
