"""Job <-> row."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

from services.gateway.database.rows import job_of, values_of
from services.gateway.database.tables import jobs
from services.gateway.domain import (
    Artifact,
    Decision,
    Job,
    JobError,
    JobKind,
    JobOptions,
    JobStatus,
    Pass,
    Pins,
)

NOW = datetime(2026, 1, 31, tzinfo=UTC)

FULL = Job(
    id="j1",
    tenant_id="t1",
    kind=JobKind.PREDICT,
    status=JobStatus.FAILED,
    filename="customers.csv",
    options=JobOptions("saas", 0.05, (Decision("mrr", "Revenue"), Decision("plan", None))),
    pins=Pins(date(2026, 1, 31), "2026-01-31T00:00:00Z", "baseline-saas", "v1", "ab", 30),
    created_at=NOW,
    updated_at=NOW,
    current_pass=Pass.SCORE,
    rows_done=7,
    rows_total=9,
    message="words",
    attempts=2,
    fence=3,
    lease_until=NOW,
    artifacts={"upload": Artifact("k", 1, "ab")},
    questions=({"canonical": "mrr"},),
    error=JobError("Internal", "Bug", "words"),
    dead_letter=True,
    completed_at=NOW,
    request_id="r1",
    trace={"traceparent": "00"},
)


def test_there_and_back() -> None:
    """A job survives the way to its row and back."""
    bare = replace(FULL, error=None, questions=(), lease_until=None, completed_at=None, rows_total=None)
    for job in (FULL, bare):
        assert job == job_of(values_of(job))


def test_every_field_has_its_column() -> None:
    """A field that is added to Job cannot be forgotten on the row."""
    names = {field.name for field in fields(Job)}
    assert names == set(values_of(FULL))
    assert names <= {column.name for column in jobs.columns}
