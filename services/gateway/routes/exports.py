"""Exports: customers as files for people, made by a worker."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from services.gateway.choosing import Sort
from services.gateway.domain import Export as Wanted
from services.gateway.domain import ExportFormat, Job, JobKind, JobStatus, NotCompleted
from services.gateway.exporting.naming import disposition
from services.gateway.exports import begun, export_of, export_of_all
from services.gateway.latest import latest
from services.gateway.parts import Parts
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, TenantHere, kept, known_form
from services.gateway.routes.bodies import Failure
from services.gateway.routes.customers import results_of
from services.gateway.routes.filters import FilterHere, SortHere, UploadedFilterHere
from services.gateway.routes.going_on import removed
from services.gateway.routes.paging import LIMIT_MAX, cursor_of, place_of
from services.gateway.routes.submitting import announce

router = APIRouter(tags=["exports"])

MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BINARY = {"schema": {"type": "string", "format": "binary"}}


class Export(BaseModel):
    """A file of customers, and how far it is."""

    id: str
    status: JobStatus
    prediction_id: str | None = Field(description="Null for every customer's latest score.")
    format: ExportFormat
    filename: str
    rows: int = Field(description="Customers that it holds, counted when it was asked for.")
    rows_done: int
    message: str = Field(description="Where it stands, in a sentence.")
    error: Failure | None
    size_bytes: int | None = Field(description="Of the file, once it is there.")
    created_at: datetime
    completed_at: datetime | None
    kept_until: datetime


class ExportPage(BaseModel):
    """One page of exports, newest first. next: pass it as `after` for the next page; null on the last."""

    exports: list[Export]
    next: str | None


FormatHere = Annotated[ExportFormat, Query(description="xlsx for Excel.")]


def _export_job(export_id: str, parts: PartsHere, tenant: TenantHere) -> Job:
    return parts.jobs.of_tenant(tenant.id, known_form(export_id), JobKind.EXPORT)


ExportHere = Annotated[Job, Depends(_export_job)]


@router.post("/api/predictions/{prediction_id}/exports", status_code=202, summary="Export a prediction's customers")
def export_prediction(
    job: JobHere,
    parts: PartsHere,
    results: ResultsHere,
    response: Response,
    chosen: FilterHere,
    format: FormatHere = ExportFormat.XLSX,
    sort: SortHere = Sort.PROBABILITY_DOWN,
) -> Export:
    """Has a worker write the customers that the filter lets through, in this order, to a file.

    Follow the Location until the status is COMPLETED or FAILED. Asking for the same on the same day finds the first.
    """
    artifact = results_of(job)
    rows = results.count(artifact, chosen)
    return _begun(export_of(job, artifact, chosen, sort, format, rows), parts, response)


@router.post("/api/exports", status_code=202, summary="Export every customer's latest prediction")
def export_latest(
    parts: PartsHere,
    tenant: TenantHere,
    results: ResultsHere,
    response: Response,
    chosen: UploadedFilterHere,
    format: FormatHere = ExportFormat.XLSX,
    sort: SortHere = Sort.PROBABILITY_DOWN,
) -> Export:
    """The same over each customer's latest score in all completed uploads."""
    uploads = parts.jobs.scored(tenant.id)
    rows = results.count(latest(results, tenant.id, uploads), chosen)
    return _begun(export_of_all(tenant.id, uploads, chosen, sort, format, rows), parts, response)


@router.get("/api/exports", summary="List exports")
def list_exports(
    parts: PartsHere,
    tenant: TenantHere,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 50,
    after: Annotated[str | None, Query(max_length=100, description="`next` of the page before.")] = None,
) -> ExportPage:
    """The exports whose files are kept, newest first."""
    place = None if after is None else place_of(after, JobKind.EXPORT, parts, tenant)
    jobs = parts.jobs.page(tenant.id, limit=limit + 1, after=place, kind=JobKind.EXPORT)
    shown = [_told(job, parts) for job in jobs[:limit]]
    return ExportPage(exports=shown, next=cursor_of(jobs[limit - 1]) if len(jobs) > limit else None)


@router.get("/api/exports/{export_id}", summary="Status and progress of an export")
def get_export(job: ExportHere, parts: PartsHere) -> Export:
    """One export as it stands now."""
    return _told(job, parts)


@router.get(
    "/api/exports/{export_id}/file",
    response_class=StreamingResponse,
    responses={200: {"content": dict.fromkeys((kind.partition(";")[0] for kind in MEDIA_TYPES.values()), BINARY)}},
    summary="Download an export",
)
def download_export(job: ExportHere, parts: PartsHere) -> StreamingResponse:
    """The file, once the status is COMPLETED.

    Text that a spreadsheet would run as a formula is preceded by an apostrophe; in Excel it is marked as text instead.
    """
    artifact = job.artifacts.get("export")
    if job.status is not JobStatus.COMPLETED or artifact is None:
        raise NotCompleted(f"this export is {job.status.value}; its file is there once it is COMPLETED")
    with kept():
        chunks = parts.store.chunks(artifact.key)
    headers = {"Content-Length": str(artifact.size), "Content-Disposition": disposition(job.filename)}
    return StreamingResponse(chunks, media_type=MEDIA_TYPES[_wanted(job).format], headers=headers)


@router.delete("/api/exports/{export_id}", status_code=204, summary="Delete an export")
def delete_export(export_id: str, parts: PartsHere, tenant: TenantHere, results: ResultsHere) -> Response:
    """Stops it if it is under way, and removes its file."""
    removed(known_form(export_id), JobKind.EXPORT, parts, tenant, results)
    return Response(status_code=204)


def _begun(job: Job, parts: Parts, response: Response) -> Export:
    there, new = begun(parts.jobs, job)
    if new:
        announce(parts, there)
    response.headers["Location"] = f"/api/exports/{there.id}"
    return _told(there, parts)


def _told(job: Job, parts: Parts) -> Export:
    wanted, artifact = _wanted(job), job.artifacts.get("export")
    return Export(
        id=job.id,
        status=job.status,
        prediction_id=job.options.prediction_id or None,
        format=wanted.format,
        filename=job.filename,
        rows=wanted.rows,
        rows_done=wanted.rows if job.status is JobStatus.COMPLETED else job.rows_done,
        message=job.message,
        error=Failure(kind=job.error.kind, code=job.error.code, message=job.error.message) if job.error else None,
        size_bytes=artifact.size if artifact else None,
        created_at=job.created_at,
        completed_at=job.completed_at,
        kept_until=job.created_at + timedelta(seconds=parts.settings.exports_kept_s),
    )


def _wanted(job: Job) -> Wanted:
    assert job.options.export is not None, "an export says what it is to hold"
    return job.options.export
