"""What lies in the store under jobs that have no row: uploads that broke off, deletions that did; swept once a day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice

from libs import telemetry
from libs.objects.store import ObjectStore
from services.gateway.artifacts import job_prefix
from services.gateway.ports import Jobs

AGE = timedelta(days=1)
"""An upload is stored before its row is made: what is younger may still get one."""

JOBS_AT_ONCE = 500

_log = telemetry.logger(__name__)


def remove_orphans(store: ObjectStore, jobs: Jobs, now: datetime | None = None) -> int:
    """Removes everything under jobs without a row, once nothing of it was written for AGE; returns how many jobs.

    What belongs to a tenant that the database does not know is left alone: the store may serve another database.
    Memory is flat in what the store holds. Raises what store and database raise; doing it again goes on.
    """
    oldest_kept, removed = (now or datetime.now(UTC)) - AGE, 0
    for tenant_id, found in groupby(_quiet_since(store, oldest_kept), key=lambda job: job[0]):
        while job_ids := [job_id for _, job_id in islice(found, JOBS_AT_ONCE)]:
            for job_id in sorted(jobs.rowless(tenant_id, job_ids)):
                store.delete_prefix(job_prefix(tenant_id, job_id))
                _log.warning("removed what no job names", extra={"job_id": job_id})
                removed += 1
    return removed


def _quiet_since(store: ObjectStore, moment: datetime) -> Iterator[tuple[str, str]]:
    """Tenant and job of the prefixes under which nothing was written since, in the order of their keys."""
    named = ((info, info.key.split("/")) for info in store.list("tenants"))
    of_jobs = ((info, parts) for info, parts in named if len(parts) > 4 and parts[2] == "jobs")
    for (tenant_id, job_id), objects in groupby(of_jobs, key=lambda pair: (pair[1][1], pair[1][3])):
        # An object whose age the store does not tell counts as new.
        if all(info.modified_at is not None and info.modified_at < moment for info, _ in objects):
            yield tenant_id, job_id
