"""What reservations promise, tried on SQLite and on Postgres: never too many, once a job, gone with it."""

import threading
from collections.abc import Callable

import pytest

from libs.errors import NotFound
from services.gateway.database.engine import Database
from services.gateway.database.jobs import JobTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Claim, Job, JobError, JobStatus, LeaseLost, NotWaiting, Tenant
from services.gateway.plans.catalogue import PlanId
from services.gateway.plans.domain import Subscription, Usage

MONTH = "2026-11"


def claimed(database: Database, job: Job) -> Claim:
    """The job, stored and in the hands of a worker."""
    table = JobTable(database)
    table.create(job, idempotency_key=None, request_digest="d")
    claim = table.claim(job.id, "w", 30, 3)
    assert claim is not None
    return claim


def used(database: Database, tenant: Tenant, month: str = MONTH) -> tuple[int, int]:
    """Predictions that count, and reserved ones."""
    usage = SubscriptionTable(database).usage(tenant.id, month)
    assert month == usage.month
    return usage.predictions, usage.reserved


def test_an_operators_tenant_has_no_limits(database: Database, tenant: Tenant) -> None:
    """Unless another plan was named; it can be changed, for a tenant that there is."""
    table = SubscriptionTable(database)
    assert Subscription(PlanId.ENTERPRISE) == table.of_tenant(tenant.id)
    small, _ = TenantTable(database).create("Small", PlanId.STARTER)
    assert Subscription(PlanId.STARTER) == table.of_tenant(small.id)
    table.choose(small.id, Subscription(PlanId.BUSINESS))
    assert [PlanId.BUSINESS, PlanId.ENTERPRISE] == [table.of_tenant(each.id).plan_id for each in (small, tenant)]
    for act in (table.of_tenant, lambda unknown: table.choose(unknown, Subscription(PlanId.STARTER))):
        with pytest.raises(NotFound):
            act("nobody")


def test_a_job_reserves_once(database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """However often it is tried, in whichever month, and though nothing is left then."""
    claim, table = claimed(database, make_job_of(tenant.id)), SubscriptionTable(database)
    assert [None] * 3 == [table.reserve(claim, month, 100, 100) for month in (MONTH, MONTH, "2026-12")]
    assert ((0, 100), (0, 0)) == (used(database, tenant), used(database, tenant, "2026-12"))


def test_what_is_short_reserves_nothing(database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """What is left is told; counted and reserved ones both take from the month, and from that alone."""
    table = SubscriptionTable(database)
    assert table.reserve(claimed(database, make_job_of(tenant.id)), MONTH, 60, 100) is None
    second = claimed(database, make_job_of(tenant.id))
    assert 40 == table.reserve(second, MONTH, 41, 100)
    assert 0 == table.reserve(second, MONTH, 1, 50)  # after a move to a smaller plan
    assert (0, 60) == used(database, tenant)
    assert table.reserve(second, "2026-12", 41, 100) is None
    other, _ = TenantTable(database).create("Other")
    assert table.reserve(claimed(database, make_job_of(other.id)), MONTH, 100, 100) is None
    assert table.reserve(claimed(database, make_job_of(tenant.id)), MONTH, 10**12, None) is None


def test_jobs_at_once_do_not_reserve_too_many(
    database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]
) -> None:
    """Of five that want 40 of 100 two get them."""
    table, gate, told = SubscriptionTable(database), threading.Barrier(5), []
    claims = [claimed(database, make_job_of(tenant.id)) for _ in range(5)]

    def reserve(claim: Claim) -> None:
        gate.wait()
        told.append(table.reserve(claim, MONTH, 40, 100))

    threads = [threading.Thread(target=reserve, args=(claim,)) for claim in claims]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (2, [20, 20, 20]) == (told.count(None), [left for left in told if left is not None])
    assert (0, 80) == used(database, tenant)


@pytest.mark.parametrize("end", ["completed", "failed", "deleted", "set aside", "deleted afterwards"])
def test_the_end_of_a_job_decides(
    database: Database, tenant: Tenant, make_job_of: Callable[[str], Job], end: str
) -> None:
    """What was scored counts, though it is deleted later; a failure or an earlier deletion gives all back."""
    job = make_job_of(tenant.id)
    claim, jobs = claimed(database, job), JobTable(database)
    SubscriptionTable(database).reserve(claim, MONTH, 70, 100)
    if end in ("completed", "deleted afterwards"):
        jobs.complete(claim, {}, "Done")
    if end == "failed":
        jobs.fail(claim, JobError("Internal", "Internal", "no"))
    if end.startswith("deleted"):
        jobs.delete(tenant.id, job.id)
    if end == "set aside":
        jobs.renew(claim, -1)
        assert jobs.claim(job.id, "w2", 30, 1) is None
        assert jobs.get(job.id).dead_letter
    counts = end in ("completed", "deleted afterwards")
    assert ((70, 0) if counts else (0, 0)) == used(database, tenant)


def test_a_worker_that_lost_the_job_reserves_nothing(
    database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]
) -> None:
    """Neither after another's claim nor after the deletion, when nobody would give it back."""
    job = make_job_of(tenant.id)
    claim, jobs, table = claimed(database, job), JobTable(database), SubscriptionTable(database)
    jobs.renew(claim, -1)
    newer = jobs.claim(job.id, "w2", 30, 3)
    assert newer is not None
    with pytest.raises(LeaseLost):
        table.reserve(claim, MONTH, 1, None)
    jobs.delete(tenant.id, job.id)
    with pytest.raises(LeaseLost):
        table.reserve(newer, MONTH, 1, None)
    assert Usage(MONTH, 0, 0) == table.usage(tenant.id, MONTH)


def test_a_job_waits_for_a_plan(database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Held with a sentence, its attempts given back; resumed it is announced again, and waits no more."""
    first, second = make_job_of(tenant.id), make_job_of(tenant.id)
    jobs = JobTable(database)
    claim = claimed(database, first)
    jobs.keep(claim, {"canonical": first.artifacts["upload"]})
    jobs.hold(claim, "too few")
    jobs.hold(claimed(database, second), "too few")
    held = jobs.get(first.id)
    assert (JobStatus.NEEDS_PLAN, "too few", 0, None) == (held.status, held.message, held.attempts, held.lease_until)
    assert jobs.claim(first.id, "w", 30, 3) is None
    assert ({}, {first.id, second.id}) == (jobs.unannounced(9), set(jobs.held(tenant.id)))
    other, _ = TenantTable(database).create("Other")
    assert [] == jobs.held(other.id)
    with pytest.raises(NotFound):
        jobs.resume(other.id, first.id)
    resumed = jobs.resume(tenant.id, first.id)
    assert (JobStatus.QUEUED, "", {"upload", "canonical"}) == (resumed.status, resumed.message, set(resumed.artifacts))
    assert ([first.id], [second.id]) == (list(jobs.unannounced(9)), jobs.held(tenant.id))
    with pytest.raises(NotWaiting):
        jobs.resume(tenant.id, first.id)
    assert jobs.claim(first.id, "w", 30, 3) is not None
    assert 1 == jobs.counts()[JobStatus.NEEDS_PLAN]
