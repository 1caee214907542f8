"""The customers of a prediction: pages, one, figures, export."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Path
from fastapi.responses import StreamingResponse

from libs.errors import NotFound
from libs.objects.store import ObjectStore
from services.gateway.canonical import canonical_row, values_in_words
from services.gateway.choosing import Sort
from services.gateway.domain import Artifact, Job, JobStatus, NotCompleted
from services.gateway.results import Csv, Results
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, kept
from services.gateway.routes.bodies import (
    CustomerDetail,
    CustomerPage,
    customer_of,
    detail_of,
)
from services.gateway.routes.filters import BudgetHere, FilterHere, PageHere, PageSizeHere, SortHere
from services.gateway.routes.summary_bodies import ResultsSummary, summary_of
from services.gateway.summaries import summarised

router = APIRouter(tags=["customers"])

CHUNK_BYTES = 256 << 10


def results_of(job: Job) -> Artifact:
    """The job's results. Raises NotCompleted."""
    if job.status is not JobStatus.COMPLETED or "results" not in job.artifacts:
        raise NotCompleted(f"this prediction is {job.status.value}; results are there once it is COMPLETED")
    return job.artifacts["results"]


@router.get("/api/predictions/{prediction_id}/customers", summary="List a prediction's customers")
def list_customers(
    job: JobHere,
    results: ResultsHere,
    chosen: FilterHere,
    sort: SortHere = Sort.PROBABILITY_DOWN,
    page: PageHere = 1,
    page_size: PageSizeHere = 50,
) -> CustomerPage:
    """One page of the customers that the filter lets through."""
    total, rows = results.page(results_of(job), chosen, sort, page, page_size)
    return CustomerPage(customers=[customer_of(row) for row in rows], total=total, page=page, page_size=page_size)


@router.get("/api/predictions/{prediction_id}/customers/{customer_id:path}", summary="One customer with all reasons")
def get_customer(
    job: JobHere, results: ResultsHere, customer_id: Annotated[str, Path(description="As in the file.")]
) -> CustomerDetail:
    """The customer's prediction, the whole waterfall of reasons with the customer's values, and the recommendation."""
    row, impacts = results.customer(results_of(job), customer_id)
    return detail_of(row, impacts, _values(job, results, customer_id, [bar.feature for bar in impacts]))


def _values(job: Job, results: Results, customer_id: str, features: Sequence[str]) -> dict[str, str]:
    """The customer's values in words; none where the canonical rows are not kept: the prediction says enough."""
    if not features or "canonical" not in job.artifacts:
        return {}
    try:
        return values_in_words(canonical_row(results, job.artifacts["canonical"], customer_id), features)
    except NotFound:
        return {}


@router.get("/api/predictions/{prediction_id}/summary", summary="Figures over a prediction's customers")
def get_summary(
    job: JobHere,
    results: ResultsHere,
    chosen: FilterHere,
    contact_budget: BudgetHere = None,
) -> ResultsSummary:
    """Counts, means and a histogram over the customers that the filter lets through."""
    artifact = results_of(job)
    contacts = results.contacts(artifact, chosen, contact_budget) if contact_budget else None
    return summary_of(summarised(results, artifact, chosen), contacts)


@router.get(
    "/api/predictions/{prediction_id}/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    summary="Download a prediction's customers",
)
def export_customers(
    job: JobHere,
    results: ResultsHere,
    chosen: FilterHere,
    sort: SortHere = Sort.PROBABILITY_DOWN,
    format: Literal["csv"] = "csv",
) -> StreamingResponse:
    """The customers that the filter lets through, as CSV.

    Text that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    return csv_response(results.export(results_of(job), chosen, sort), f"predictions-{job.id}.{format}")


@router.get(
    "/api/predictions/{prediction_id}/results.parquet",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"application/vnd.apache.parquet": {"schema": {"type": "string", "format": "binary"}}}}
    },
    summary="Download a prediction's results as Parquet",
)
def download_results(job: JobHere, parts: PartsHere) -> StreamingResponse:
    """Every customer with every column, for programs: nothing is neutralised."""
    return parquet_response(parts.store, results_of(job), f"predictions-{job.id}.parquet")


def parquet_response(store: ObjectStore, artifact: Artifact, filename: str) -> StreamingResponse:
    """Streams the artifact from the store."""
    with kept():
        chunks = store.chunks(artifact.key)  # a missing object is noticed here, not by the first chunk
    return StreamingResponse(
        chunks,
        media_type="application/vnd.apache.parquet",
        headers={"Content-Length": str(artifact.size), **_attached(filename)},
    )


def csv_response(table: Csv, filename: str) -> StreamingResponse:
    """Streams the table and closes its file."""
    size = len(table.header) + table.rows.seek(0, 2)
    table.rows.seek(0)
    headers = {"Content-Length": str(size), **_attached(filename)}
    return StreamingResponse(_pieces(table), media_type="text/csv; charset=utf-8", headers=headers)


def _attached(filename: str) -> dict[str, str]:
    # Only names made here: a name from outside could smuggle header syntax.
    return {"Content-Disposition": f'attachment; filename="{filename}"'}


def _pieces(table: Csv) -> Iterator[bytes]:
    with table.rows:
        yield table.header
        while piece := table.rows.read(CHUNK_BYTES):
            yield piece
