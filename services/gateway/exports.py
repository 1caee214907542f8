"""Exports as jobs: what each takes along, under which id, whose rows it holds, and how long its file is kept."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from libs import telemetry
from libs.errors import NotFound, RateLimited
from libs.objects.store import ObjectStore
from services.gateway.artifacts import job_prefix
from services.gateway.choosing import Filter, Sort
from services.gateway.comparisons import pages, started
from services.gateway.domain import (
    CLAIMABLE,
    Artifact,
    Export,
    ExportedUpload,
    ExportFormat,
    Job,
    JobKind,
    JobOptions,
    JobStatus,
    NotCompleted,
    Pins,
    Scored,
)
from services.gateway.exporting.naming import ALL, export_name
from services.gateway.exporting.workbook import check_fits
from services.gateway.ports import Jobs

WAITING_MAX = 5
"""Exports of a tenant that are not over; with more, one company would hold up the others' predictions."""

LOOKED_AT = 50
REMOVED_AT_ONCE = 100

_log = telemetry.logger(__name__)


def export_of(prediction: Job, results: Artifact, chosen: Filter, sort: Sort, file: ExportFormat, rows: int) -> Job:
    """The job that writes a prediction's chosen customers, of whom there are `rows`. Raises TooManyForExcel."""
    wanted = _wanted(prediction.filename, chosen, sort, file, rows)
    return _job(prediction.tenant_id, prediction.pins, wanted, {"results": results}, prediction.id)


def export_of_all(
    tenant_id: str, uploads: Sequence[Scored], chosen: Filter, sort: Sort, file: ExportFormat, rows: int
) -> Job:
    """The job that writes the chosen ones of every customer's latest score. uploads: the last one first.

    Raises TooManyForExcel, and NotCompleted where there is no upload.
    """
    if not uploads:
        raise NotCompleted("no upload is completed yet; there are no customers to export")
    told = tuple(ExportedUpload(each.prediction_id, each.uploaded_at.isoformat()) for each in reversed(uploads))
    wanted = _wanted(ALL, chosen, sort, file, rows, told)
    results = {f"results:{each.prediction_id}": each.results for each in uploads}
    plans = {f"plan:{each.prediction_id}": each.plan for each in uploads if each.plan}
    return _job(tenant_id, Pins(uploads[0].snapshot_date), wanted, results | plans)


def begun(jobs: Jobs, job: Job) -> tuple[Job, bool]:
    """The export under its id, and whether it is new.

    Raises RateLimited while the tenant has as many exports under way as it may, unless this is one of them.
    """
    latest = jobs.page(job.tenant_id, limit=LOOKED_AT, after=None, kind=JobKind.EXPORT)
    under_way = {each.id for each in latest if each.status in CLAIMABLE}
    if job.id not in under_way and len(under_way) >= WAITING_MAX:
        raise RateLimited(f"{WAITING_MAX} exports are under way already; wait for one of them", retry_after_s=10)
    return started(jobs, job)


def holding(jobs: Jobs, tenant_id: str, prediction_id: str) -> Iterator[Job]:
    """Every export that has customers of the prediction."""
    for job in pages(jobs, tenant_id, JobKind.EXPORT):
        named = [upload.prediction_id for upload in job.options.export.uploads] if job.options.export else []
        if prediction_id in (job.options.prediction_id, *named):
            yield job


def remove_old_exports(store: ObjectStore, jobs: Jobs, kept_s: float, now: datetime | None = None) -> int:
    """Removes exports that were asked for more than `kept_s` ago, files and rows; how many.

    Raises what store and database raise; doing it again goes on.
    """
    oldest_kept, removed = (now or datetime.now(UTC)) - timedelta(seconds=kept_s), 0
    while old := jobs.made_before(JobKind.EXPORT, oldest_kept, REMOVED_AT_ONCE):
        for job in old:
            try:
                jobs.delete(job.tenant_id, job.id, JobKind.EXPORT)
            except NotFound:  # its owner was quicker
                continue
            store.delete_prefix(job_prefix(job.tenant_id, job.id))
            removed += 1
    if removed:
        _log.info("removed old exports", extra={"count": removed})
    return removed


def _wanted(
    upload: str, chosen: Filter, sort: Sort, file: ExportFormat, rows: int, uploads: tuple[ExportedUpload, ...] = ()
) -> Export:
    if file is ExportFormat.XLSX:
        check_fits(rows)
    name = export_name(upload, datetime.now(UTC).date())
    return Export(file, sort.value, chosen.document(), rows, name, uploads)


def _job(tenant_id: str, pins: Pins, wanted: Export, taken: dict[str, Artifact], prediction_id: str = "") -> Job:
    now = datetime.now(UTC)
    return Job(
        id=_id(tenant_id, prediction_id, wanted, taken),
        tenant_id=tenant_id,
        kind=JobKind.EXPORT,
        status=JobStatus.QUEUED,
        filename=f"{wanted.name}.{wanted.format.value}",
        options=JobOptions(prediction_id=prediction_id, export=wanted),
        pins=pins,
        created_at=now,
        updated_at=now,
        rows_total=wanted.rows,
        message="Waiting for a worker",
        artifacts=taken,
        request_id=telemetry.request_id(),
        trace=telemetry.carrier(),
    )


def _id(tenant_id: str, prediction_id: str, wanted: Export, taken: dict[str, Artifact]) -> str:
    """Of one and the same export on one day: asking again finds the first."""
    said = [tenant_id, prediction_id, asdict(wanted), {name: artifact.sha256 for name, artifact in taken.items()}]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]
