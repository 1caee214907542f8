"""The queue on the job table: its line, and what it leaves on the row."""

import uuid
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from services.gateway.database.engine import Database, open_database
from services.gateway.database.jobs import JobTable
from services.gateway.database.tables import jobs
from services.gateway.database.tenants import TenantTable
from services.gateway.database.upgrading import upgrade
from services.gateway.domain import Job, JobKind, JobOptions, JobStatus, Pins
from services.gateway.ports import Delivery
from services.gateway.queue.table import TableQueue


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A migrated SQLite database."""
    url = f"sqlite:///{tmp_path}/x.db"
    upgrade(url)
    return open_database(url)


@pytest.fixture
def job_ids(database: Database) -> list[str]:
    """The ids of two stored jobs."""
    tenant, _ = TenantTable(database).create("Acme")
    now = datetime.now(UTC)
    made = [
        Job(
            id=uuid.uuid4().hex,
            tenant_id=tenant.id,
            kind=JobKind.PREDICT,
            status=JobStatus.QUEUED,
            filename="customers.csv",
            options=JobOptions(),
            pins=Pins(snapshot_date=date(2026, 1, 31)),
            created_at=now,
            updated_at=now,
        )
        for _ in range(2)
    ]
    return [JobTable(database).create(job, idempotency_key=None, request_digest="").id for job in made]


def taken(queue: TableQueue) -> Delivery:
    """The next hint, which must be there."""
    delivery = queue.receive(0)
    assert delivery is not None
    return delivery


def test_first_come_first_served(database: Database, job_ids: list[str]) -> None:
    """Hints come out in the order they went in; announcing one again does not send it to the back."""
    queue = TableQueue(database)
    for job_id in (*job_ids, job_ids[0]):
        queue.announce(job_id)
    assert job_ids == [taken(queue).job_id for _ in job_ids]


def test_a_job_that_is_gone(database: Database, job_ids: list[str]) -> None:
    """Announcing a deleted job is no error, and gives nobody a hint."""
    queue = TableQueue(database)
    queue.announce("missing")
    assert queue.receive(0) is None


def test_burying_is_on_the_row(database: Database, job_ids: list[str]) -> None:
    """An operator finds dead letters by the time they were buried; a new announcement takes it back."""
    queue = TableQueue(database)
    queue.announce(job_ids[0])
    queue.bury(taken(queue))

    def buried() -> list[str]:
        with database.read() as connection:
            return list(connection.execute(select(jobs.c.id).where(jobs.c.buried_at.is_not(None))).scalars())

    assert [job_ids[0]] == buried()
    queue.announce(job_ids[0])
    assert [] == buried()


def test_the_queue_does_not_touch_the_job(database: Database, job_ids: list[str]) -> None:
    """A hint is only a hint: the job itself stays as it was, from announcement to acknowledgement."""
    queue, table = TableQueue(database), JobTable(database)
    before = table.get(job_ids[0])
    queue.announce(job_ids[0])
    queue.extend(taken(queue), 60)
    assert before == table.get(job_ids[0])
