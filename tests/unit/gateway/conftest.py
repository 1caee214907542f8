"""What the gateway's unit tests share: a gateway over HTTP, and a database with a tenant and a job to work on."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.gateway.database.engine import Database, open_database
from services.gateway.database.tenants import TenantTable
from services.gateway.database.upgrading import upgrade
from services.gateway.domain import Artifact, Job, JobKind, JobOptions, JobStatus, Pins, Tenant
from tests.http_gateway import Gateway, open_gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway of this module's tests, over a new SQLite database and a new directory."""
    return open_gateway(tmp_path_factory.mktemp("gateway"))


@pytest.fixture
def new_gateway(tmp_path: Path) -> Gateway:
    """A gateway of one test alone."""
    return open_gateway(tmp_path)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A migrated SQLite database without rows."""
    url = f"sqlite:///{tmp_path}/retainwise.db"
    upgrade(url)
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture
def tenant(database: Database) -> Tenant:
    """A tenant of the database."""
    return TenantTable(database).create("Acme")[0]


@pytest.fixture
def job(tenant: Tenant) -> Job:
    """A queued job of the tenant; neither it nor its upload is stored yet."""
    job_id, now = uuid.uuid4().hex, datetime.now(UTC)
    upload = Artifact(f"tenants/{tenant.id}/jobs/{job_id}/upload/customers.csv", 5, "ab" * 32)
    return Job(
        id=job_id,
        tenant_id=tenant.id,
        kind=JobKind.PREDICT,
        status=JobStatus.QUEUED,
        filename="customers.csv",
        options=JobOptions(),
        pins=Pins(snapshot_date=date(2026, 1, 31)),
        created_at=now,
        updated_at=now,
        artifacts={"upload": upload},
        request_id="r1",
    )
