"""How good a prediction's file was: the report, and the rows set aside."""

from io import BytesIO

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from libs.tables.columns import REASON, SOURCE_ROW
from services.gateway.domain import Job, JobStatus, NotCompleted
from services.gateway.report import Report
from services.gateway.results import Csv
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, kept
from services.gateway.routes.customers import csv_response

router = APIRouter(tags=["data quality"])


@router.get("/api/predictions/{prediction_id}/report", response_model=Report, summary="The data quality report")
def get_report(job: JobHere, parts: PartsHere) -> Response:
    """What was understood of the file, how good it was, and what would make the predictions better."""
    artifact = job.artifacts.get("report")
    if artifact is None:
        raise _not_there(job, "report")
    with kept():
        return Response(parts.store.get(artifact.key), media_type="application/json")


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
