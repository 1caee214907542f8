"""How good a prediction's file was: the report, and the rows set aside."""

from io import BytesIO
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from libs.tables.columns import REASON, SOURCE_ROW
from services.gateway.domain import Job, JobStatus, NotCompleted
from services.gateway.report.document import Report
from services.gateway.report.page import POLICY, report_page
from services.gateway.results import Csv
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, kept
from services.gateway.routes.customers import csv_response

router = APIRouter(tags=["data quality"])


@router.get(
    "/api/predictions/{prediction_id}/report",
    response_model=Report,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
    summary="The data quality report",
)
def get_report(
    job: JobHere,
    parts: PartsHere,
    request: Request,
    format: Annotated[
        Literal["json", "html"] | None, Query(description="Without it, what the header Accept asks for; else JSON.")
    ] = None,
) -> Response:
    """What was understood of the file, how good it was, and what would make the predictions better.

    As HTML it is one page without scripts that can be saved, printed and forwarded.
    """
    artifact = job.artifacts.get("report")
    if artifact is None:
        raise _not_there(job, "report")
    with kept():
        stored = parts.store.get(artifact.key)
    if (format or _preferred(request.headers.get("accept", ""))) == "json":
        return Response(stored, media_type="application/json", headers={"Vary": "Accept"})
    page = report_page(Report.model_validate_json(stored), job.filename)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Vary": "Accept"})


def _preferred(accept: str) -> str:
    """ "html" for a browser, which names it before JSON or instead of it; "json" for all others."""
    kinds = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    return next((kind[-4:] for kind in kinds if kind in ("text/html", "application/json")), "json")


@router.get(
    "/api/predictions/{prediction_id}/quarantine",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    summary="Download the rows that were set aside",
)
def download_quarantine(job: JobHere, results: ResultsHere) -> StreamingResponse:
    """Each row with the reason why it was not scored, as CSV; only a header if none was.

    There as soon as the rows were checked, also when the prediction failed after that. Text that a
    spreadsheet would run as a formula is preceded by an apostrophe.
    """
    filename = f"set-aside-{job.id}.csv"
    artifact = job.artifacts.get("quarantine")
    if artifact is not None:
        return csv_response(results.rows(artifact), filename)
    if job.status is JobStatus.COMPLETED:
        return csv_response(Csv(f"{SOURCE_ROW},{REASON}\n".encode(), BytesIO()), filename)
    raise _not_there(job, "rows that were checked")


def _not_there(job: Job, what: str) -> NotCompleted:
    return NotCompleted(f"this prediction is {job.status.value} and has no {what} yet")
