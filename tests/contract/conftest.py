"""What the contract suites share: a migrated database of either kind, and jobs to put in it."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete

from services.gateway.database.engine import Database, open_database
from services.gateway.database.tables import tenants
from services.gateway.database.tenants import TenantTable
from services.gateway.database.upgrading import upgrade
from services.gateway.domain import Artifact, Job, JobKind, JobOptions, JobStatus, Pins, Tenant
from tests import emulators


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{tmp_path}/retainwise.db"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied: migrating anew for each test takes ten times as long."""
    file = tmp_path_factory.mktemp("migrated") / "retainwise.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """A Postgres database with all tables, to be emptied: a new one is 8 MB on disk."""
    url = emulators.new_database_url(postgres_server)
    upgrade(url)
    return url


@pytest.fixture
def migrated_sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite database without rows."""
    shutil.copy(migrated_sqlite, tmp_path / "migrated.db")
    return f"sqlite:///{tmp_path}/migrated.db"


@pytest.fixture
def migrated_postgres_url(migrated_postgres: str) -> str:
    """The address of a migrated Postgres database without rows."""
    database = open_database(migrated_postgres)
    with database.write() as connection:
        connection.execute(delete(tenants))  # everything else belongs to one, and goes along
    database.close()
    return migrated_postgres


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database without rows."""
    database = open_database(request.getfixturevalue(f"migrated_{request.param}_url"))
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
            options=JobOptions(industry="saas", churn_rate=0.05),
            pins=Pins(snapshot_date=date(2026, 1, 31)),
            created_at=now,
            updated_at=now,
            artifacts={"upload": Artifact("tenants/t/jobs/j/upload/customers.csv", 12, "ab" * 32)},
            request_id="r1",
            trace={"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
        )

    return make
