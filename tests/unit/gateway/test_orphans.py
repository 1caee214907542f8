"""What no job names is removed from the store, once it is old enough."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from libs.objects.local import LocalStore
from libs.objects.store import ObjectInfo
from services.gateway import orphans
from services.gateway.database.engine import Database
from services.gateway.database.jobs import JobTable
from services.gateway.domain import Job
from services.gateway.orphans import remove_orphans

TOMORROW = datetime.now(UTC) + timedelta(days=1, hours=1)


@pytest.mark.parametrize("at_once", [1, 500])
def test_only_old_objects_of_no_job_go(
    database: Database, job: Job, tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job's objects stay, an upload that broke off goes with everything beside it, and so does one more."""
    monkeypatch.setattr(orphans, "JOBS_AT_ONCE", at_once)
    jobs, store = JobTable(database), LocalStore(tmp_path / "objects")
    jobs.create(job, idempotency_key=None, request_digest="")
    named = job.artifacts["upload"].key
    others = [f"tenants/{job.tenant_id}/profile", "models/saas/CURRENT", "tenants/nobody/jobs/j/upload/a.csv"]
    left = [
        f"tenants/{job.tenant_id}/jobs/{'0' * 32}/upload/a.csv",
        f"tenants/{job.tenant_id}/jobs/{'0' * 32}/attempts/1/table.parquet",
        f"tenants/{job.tenant_id}/jobs/{'f' * 32}/upload/a.csv",
    ]
    for key in (named, *others, *left):
        store.put(key, b"a")

    assert 0 == remove_orphans(store, jobs)
    assert 2 == remove_orphans(store, jobs, TOMORROW)

    assert sorted([named, *others]) == [info.key for info in store.list("")]
    assert 0 == remove_orphans(store, jobs, TOMORROW)


def test_one_new_object_keeps_its_neighbours(database: Database, job: Job, tmp_path: Path) -> None:
    """A prefix to which something was written today is still being made."""

    class Ages(LocalStore):
        def list(self, prefix: str) -> Iterator[ObjectInfo]:
            for info in super().list(prefix):
                yield replace(info, modified_at=None) if "new" in info.key else info

    jobs, store = JobTable(database), Ages(tmp_path / "objects")
    jobs.create(job, idempotency_key=None, request_digest="")
    for name in ("old", "new"):
        store.put(f"tenants/{job.tenant_id}/jobs/{'0' * 32}/upload/{name}", b"a")
    assert 0 == remove_orphans(store, jobs, TOMORROW)
