"""What the contract suites share: a migrated database of either kind, and jobs to put in it."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.gateway.database.engine import Database, open_database
from services.gateway.database.tenants import TenantTable
from services.gateway.database.upgrading import upgrade
from services.gateway.domain import Artifact, Job, JobKind, JobStatus, Pins, PredictOptions, Tenant


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/retainwise.db"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database without rows."""
    upgrade(database_url)
    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def tenant(database: Database) -> Tenant:
    """A tenant of the database."""
    return TenantTable(database).create("Acme")[0]


@pytest.fixture
def make_job_of() -> Callable[[str], Job]:
    """Makes a queued job of the tenant with that id, with its upload; it is not stored yet."""

    def make(tenant_id: str) -> Job:
        now = datetime.now(UTC)
        return Job(
            id=uuid.uuid4().hex,
            tenant_id=tenant_id,
            kind=JobKind.PREDICT,
            status=JobStatus.QUEUED,
            filename="customers.csv",
            options=PredictOptions(industry="saas", churn_rate=0.05),
            pins=Pins(snapshot_date=date(2026, 1, 31)),
            created_at=now,
            updated_at=now,
            artifacts={"upload": Artifact("tenants/t/jobs/j/upload/customers.csv", 12, "ab" * 32)},
            request_id="r1",
            trace={"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
        )

    return make
