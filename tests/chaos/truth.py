"""The job row and the artifacts behind a product, for tests that look past its HTTP API."""

import hashlib
import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from deploy.local.product import Product
from libs.objects.local import LocalStore
from services.gateway.artifacts import job_prefix
from services.gateway.database.engine import Database, open_database
from services.gateway.database.jobs import JobTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Artifact, Job, JobKind, JobOptions, JobStatus, Pins

SCORED_AT = "2026-01-31T12:00:00Z"
SAME_FOR_ALL = ("table", "profile", "plan", "canonical", "quarantine", "findings", "results", "summary", "report")


@dataclass(frozen=True)
class Place:
    """A database and a store of their own in the folder. product: the settings of a worker of the product beside it."""

    data: Path
    product: Mapping[str, str]

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data / 'retainwise.db'}"

    @property
    def worker_settings(self) -> dict[str, str]:
        """Of a worker that works here, with the product's stages."""
        here = {
            "DATABASE_URL": self.database_url,
            "STORE_URL": (self.data / "objects").as_uri(),
            "SCRATCH_DIR": str(self.data / "scratch"),
            "READY_FILE": str(self.data / "ready"),
        }
        return {**self.product, **{f"RETAINWISE_GATEWAY_{name}": value for name, value in here.items()}}


@dataclass(frozen=True)
class Truth:
    """The database and store of a place, or of a product, opened beside it."""

    database: Database
    jobs: JobTable
    store: LocalStore

    @classmethod
    def of(cls, place: Place | Product) -> "Truth":
        database = open_database(f"sqlite:///{place.data / 'retainwise.db'}")
        return cls(database, JobTable(database), LocalStore(place.data / "objects"))

    def submit(self, data: bytes, scratch: Path) -> Job:
        """Queues a job with pinned times, so that two of the same file must end in the same bytes."""
        tenant = TenantTable(self.database).all()[0]
        job_id = uuid.uuid4().hex
        path = scratch / job_id
        path.write_bytes(data)
        key = f"{job_prefix(tenant.id, job_id)}upload/customers.csv"
        info = self.store.put_file(key, path)
        now = datetime.now(UTC)
        job = Job(
            id=job_id,
            tenant_id=tenant.id,
            kind=JobKind.PREDICT,
            status=JobStatus.QUEUED,
            filename="customers.csv",
            options=JobOptions(),
            pins=Pins(snapshot_date=date(2026, 1, 31), scored_at=SCORED_AT),
            created_at=now,
            updated_at=now,
            artifacts={"upload": Artifact(key, info.size, hashlib.sha256(data).hexdigest())},
        )
        return self.jobs.create(job, idempotency_key=None, request_digest=job_id)

    def digests(self, job_id: str) -> dict[str, str]:
        """SHA-256 of each artifact as it lies in the store, after checking it against the row."""
        job = self.jobs.get(job_id)
        found = {}
        for name in SAME_FOR_ALL:
            file = io.BytesIO(self.store.get(job.artifacts[name].key))
            found[name] = hashlib.file_digest(file, "sha256").hexdigest()
            assert job.artifacts[name].sha256 == found[name], name
        return found

    def attempts_left_behind(self, job_id: str) -> list[str]:
        """Keys under the job that its row does not name."""
        job = self.jobs.get(job_id)
        named = {artifact.key for artifact in job.artifacts.values()}
        return [i.key for i in self.store.list(job_prefix(job.tenant_id, job_id)) if i.key not in named]
