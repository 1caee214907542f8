"""What the job rows promise, tried on SQLite and on Postgres."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from libs.errors import Conflict, NotFound
from services.gateway.database.engine import Database
from services.gateway.database.jobs import JobTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import (
    Artifact,
    Claim,
    Decision,
    Job,
    JobError,
    JobKind,
    JobOptions,
    JobStatus,
    LeaseLost,
    NotWaiting,
    Pass,
    Pins,
    Place,
    Scored,
    Tenant,
)

LEASE_S = 30.0
LAPSED_S = -1.0  # a lease that ran out before it began
ATTEMPTS_MAX = 3
PLAN = Artifact("tenants/t/jobs/j/attempts/1/plan.json", 2, "cd" * 32)
TABLE = Artifact("tenants/t/jobs/j/attempts/1/table.parquet", 3, "ef" * 32)


@pytest.fixture
def jobs(database: Database) -> JobTable:
    """The job rows of an empty database."""
    return JobTable(database)


@pytest.fixture
def tenant(database: Database) -> Tenant:
    """A tenant of the database."""
    return TenantTable(database).create("Acme")[0]


@pytest.fixture
def job(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> Job:
    """A stored job."""
    return jobs.create(make_job_of(tenant.id), idempotency_key=None, request_digest="")


def claimed(jobs: JobTable, job: Job, *, worker: str = "w1", lease_s: float = LEASE_S) -> Claim:
    """A claim on the job, which must be free."""
    claim = jobs.claim(job.id, worker, lease_s, ATTEMPTS_MAX)
    assert claim is not None
    return claim


def raced(threads: int, attempt: Callable[[int], object]) -> list[object]:
    """What each of several threads that start together came back with."""
    together = threading.Barrier(threads)

    def run(number: int) -> object:
        together.wait()
        return attempt(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


WRITES: dict[str, Callable[[JobTable, Claim], None]] = {
    "renew": lambda jobs, claim: jobs.renew(claim, LEASE_S),
    "progress": lambda jobs, claim: jobs.progress(claim, Pass.SCORE, 1, 2, "late"),
    "pin": lambda jobs, claim: jobs.pin(claim, Pins(snapshot_date=date(2020, 1, 1))),
    "keep": lambda jobs, claim: jobs.keep(claim, {"table": TABLE}),
    "ask": lambda jobs, claim: jobs.ask(claim, ({"canonical": "mrr"},), "late"),
    "complete": lambda jobs, claim: jobs.complete(claim, {"table": TABLE}, "late"),
    "fail": lambda jobs, claim: jobs.fail(claim, JobError("Internal", "Late", "late")),
    "release": lambda jobs, claim: jobs.release(claim),
}
"""Every write that a worker makes under its claim."""


def test_a_job_comes_back_as_it_was_stored(jobs: JobTable, tenant: Tenant, job: Job) -> None:
    """All of a job is on its row."""
    assert job == jobs.get(job.id)
    assert job == jobs.of_tenant(tenant.id, job.id)


def test_missing_job(jobs: JobTable, tenant: Tenant) -> None:
    """A job that never was is not found, whoever asks, and nobody can claim it."""
    for ask in (
        jobs.get,
        lambda job_id: jobs.of_tenant(tenant.id, job_id),
        lambda job_id: jobs.delete(tenant.id, job_id),
    ):
        with pytest.raises(NotFound, match="no prediction"):
            ask("missing")
    assert jobs.claim("missing", "w1", LEASE_S, ATTEMPTS_MAX) is None


def test_unstorable_characters(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Characters that Postgres cannot hold become the sign for unreadable ones, and fail nothing."""
    odd = replace(make_job_of(tenant.id), filename="a\0\ud800b.csv")
    jobs.create(odd, idempotency_key=None, request_digest="")
    jobs.ask(claimed(jobs, odd), ({"columns": ["na\0me"], "k\0": 1.5},), "which\0?")
    asked = jobs.get(odd.id)
    assert ("a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}b.csv", "which\N{REPLACEMENT CHARACTER}?") == (
        asked.filename,
        asked.message,
    )
    assert ({"columns": ["na\N{REPLACEMENT CHARACTER}me"], "k\N{REPLACEMENT CHARACTER}": 1.5},) == asked.questions
    with pytest.raises(NotFound):
        jobs.of_tenant(tenant.id, "x\0\ud800")


def test_a_job_needs_its_tenant(jobs: JobTable, make_job_of: Callable[[str], Job]) -> None:
    """No job without a tenant."""
    with pytest.raises(Conflict):
        jobs.create(make_job_of("nobody"), idempotency_key=None, request_digest="")


# Idempotency


def test_a_key_makes_one_job(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """The same request under the same key gives the first job again."""
    first = jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d")
    assert first == jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d")
    assert [first] == jobs.page(tenant.id, limit=10, after=None)


def test_a_key_takes_one_request(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Another request under a used key is refused, and nothing of it stays."""
    first = jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d")
    with pytest.raises(Conflict, match="Idempotency-Key"):
        jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="other")
    assert [first] == jobs.page(tenant.id, limit=10, after=None)


def test_requests_that_race_under_one_key(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Of requests that come at once under one key, one makes its job and all get it."""
    made = raced(6, lambda _: jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d"))
    assert [made[0]] * 6 == made
    assert [made[0]] == jobs.page(tenant.id, limit=10, after=None)


def test_keys_belong_to_their_tenant(
    database: Database, jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]
) -> None:
    """Two tenants may use the same key."""
    other, _ = TenantTable(database).create("Other")
    mine = jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d")
    theirs = jobs.create(make_job_of(other.id), idempotency_key="k", request_digest="d2")
    assert mine.id != theirs.id


def test_a_deleted_job_frees_its_key(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Nothing of a deleted job stays, its key neither."""
    first = jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d")
    jobs.delete(tenant.id, first.id)
    again = jobs.create(make_job_of(tenant.id), idempotency_key="k", request_digest="d")
    assert first.id != again.id


# Whose job it is, and lists


def test_another_tenants_job_is_not_there(database: Database, jobs: JobTable, job: Job) -> None:
    """For another tenant the job does not exist, whatever is done."""
    other, _ = TenantTable(database).create("Other")
    claim = claimed(jobs, job)
    jobs.ask(claim, (), "?")
    for use in (
        lambda: jobs.of_tenant(other.id, job.id),
        lambda: jobs.answer(other.id, job.id, ()),
        lambda: jobs.delete(other.id, job.id),
    ):
        with pytest.raises(NotFound):
            use()
    assert [] == jobs.page(other.id, limit=10, after=None)
    assert [] == jobs.page(other.id, limit=10, after=Place(datetime.now(UTC), job.id))
    assert JobStatus.NEEDS_MAPPING == jobs.get(job.id).status


def test_pages_go_back_in_time(jobs: JobTable, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Newest first; of jobs made in one instant none is skipped or shown twice."""
    instant = datetime(2026, 1, 31, 12, 0, 0, 123456, tzinfo=UTC)
    times = [instant - timedelta(days=1), instant, instant, instant, instant + timedelta(microseconds=1)]
    made = [replace(make_job_of(tenant.id), created_at=time) for time in times]
    for job in made:
        jobs.create(job, idempotency_key=None, request_digest="")
    expected = sorted(made, key=lambda job: (job.created_at, job.id), reverse=True)
    paged: list[Job] = []
    after: Place | None = None
    while page := jobs.page(tenant.id, limit=2, after=after):
        paged += page
        after = Place(page[-1].created_at, page[-1].id)
        jobs.delete(tenant.id, page[-1].id)  # the place stays where it was
    assert expected == paged


def test_counts_by_status(jobs: JobTable, tenant: Tenant, job: Job, make_job_of: Callable[[str], Job]) -> None:
    """Every status is counted, those without jobs as 0."""
    jobs.complete(claimed(jobs, job), {}, "done")
    jobs.create(make_job_of(tenant.id), idempotency_key=None, request_digest="")
    expected = dict.fromkeys(JobStatus, 0) | {JobStatus.COMPLETED: 1, JobStatus.QUEUED: 1}
    assert expected == jobs.counts()


# Claims, leases and fences


def test_a_claim(jobs: JobTable, job: Job) -> None:
    """A claim takes the job, counts the attempt and raises the fence."""
    claim = claimed(jobs, job, worker="w7")
    assert ("w7", 1) == (claim.worker, claim.fence)
    assert (JobStatus.PROCESSING, 1, 1) == (claim.job.status, claim.job.attempts, claim.job.fence)
    assert claim.job == jobs.get(job.id)
    assert claim.job.lease_until is not None
    assert timedelta(seconds=25) < claim.job.lease_until - datetime.now(UTC) <= timedelta(seconds=31)


def test_a_held_job_cannot_be_claimed(jobs: JobTable, job: Job) -> None:
    """While the lease runs nobody else gets the job, nor is anything written."""
    held = claimed(jobs, job).job
    assert jobs.claim(job.id, "w2", LEASE_S, ATTEMPTS_MAX) is None
    assert held == jobs.get(job.id)


def test_of_workers_that_race_one_gets_the_job(jobs: JobTable, job: Job) -> None:
    """Exactly one of several workers that claim at once succeeds."""
    claims = raced(8, lambda number: jobs.claim(job.id, f"w{number}", LEASE_S, ATTEMPTS_MAX))
    assert 7 == claims.count(None)
    assert (1, 1) == (jobs.get(job.id).attempts, jobs.get(job.id).fence)


def test_of_workers_that_race_for_a_lapsed_job_one_gets_it(jobs: JobTable, job: Job) -> None:
    """The same when the job's worker died."""
    claimed(jobs, job, lease_s=LAPSED_S)
    claims = raced(8, lambda number: jobs.claim(job.id, f"w{number}", LEASE_S, ATTEMPTS_MAX))
    assert 7 == claims.count(None)
    assert 2 == jobs.get(job.id).fence


def test_a_lapsed_job_may_be_claimed(jobs: JobTable, job: Job) -> None:
    """When the lease ran out the next worker takes over, with a higher fence and what was kept."""
    first = claimed(jobs, job, lease_s=LAPSED_S)
    jobs.keep(first, {"table": TABLE})
    second = claimed(jobs, job, worker="w2")
    assert (2, 2) == (second.fence, second.job.attempts)
    assert {"upload", "table"} == set(second.job.artifacts)


def test_renewing_prolongs_the_lease(jobs: JobTable, job: Job) -> None:
    """A lease that was about to end runs on."""
    claim = claimed(jobs, job, lease_s=LAPSED_S)
    jobs.renew(claim, LEASE_S)
    assert jobs.claim(job.id, "w2", LEASE_S, ATTEMPTS_MAX) is None


@pytest.mark.parametrize("write", WRITES)
def test_a_fenced_off_worker_writes_nothing(jobs: JobTable, job: Job, write: str) -> None:
    """Once another worker has the job, whatever the first one still writes is refused and leaves no trace."""
    late = claimed(jobs, job, lease_s=LAPSED_S)
    claimed(jobs, job, worker="w2")
    stands = jobs.get(job.id)
    with pytest.raises(LeaseLost, match=job.id):
        WRITES[write](jobs, late)
    assert stands == jobs.get(job.id)


@pytest.mark.parametrize("write", WRITES)
def test_a_job_that_ended_takes_no_writes(jobs: JobTable, job: Job, write: str) -> None:
    """After the end even its own worker writes nothing more."""
    claim = claimed(jobs, job)
    jobs.complete(claim, {"table": TABLE}, "done")
    stands = jobs.get(job.id)
    with pytest.raises(LeaseLost):
        WRITES[write](jobs, claim)
    assert stands == jobs.get(job.id)


@pytest.mark.parametrize("write", WRITES)
def test_a_deleted_job_fences_its_worker_off(jobs: JobTable, tenant: Tenant, job: Job, write: str) -> None:
    """Deleting removes the row and returns it; its worker finds out at the next write."""
    claim = claimed(jobs, job)
    assert claim.job == jobs.delete(tenant.id, job.id)
    with pytest.raises(LeaseLost):
        WRITES[write](jobs, claim)
    with pytest.raises(NotFound):
        jobs.get(job.id)


def test_a_job_out_of_attempts_is_buried(jobs: JobTable, job: Job) -> None:
    """A job that stopped three workers is set aside with a sentence, and the last of them is fenced off."""
    for _ in range(ATTEMPTS_MAX):
        last = claimed(jobs, job, lease_s=LAPSED_S)
    assert jobs.claim(job.id, "w4", LEASE_S, ATTEMPTS_MAX) is None
    dead = jobs.get(job.id)
    assert (JobStatus.FAILED, True, 3, None) == (dead.status, dead.dead_letter, dead.attempts, dead.lease_until)
    message = (
        "This file stopped its worker 3 times and was set aside; nothing was charged. "
        "Try a smaller export or contact support with the request id."
    )
    assert JobError("Internal", "DeadLetter", message) == dead.error
    assert message == dead.message
    with pytest.raises(LeaseLost):
        jobs.complete(last, {}, "late")
    assert jobs.claim(job.id, "w4", LEASE_S, ATTEMPTS_MAX) is None


def test_the_last_attempt_is_not_buried_while_it_runs(jobs: JobTable, job: Job) -> None:
    """A job on its last attempt stays its worker's as long as the lease runs."""
    for _ in range(ATTEMPTS_MAX - 1):
        claimed(jobs, job, lease_s=LAPSED_S)
    last = claimed(jobs, job)
    assert jobs.claim(job.id, "w4", LEASE_S, ATTEMPTS_MAX) is None
    jobs.complete(last, {}, "done")
    assert (JobStatus.COMPLETED, False) == (jobs.get(job.id).status, jobs.get(job.id).dead_letter)


# What workers write


def test_progress(jobs: JobTable, job: Job) -> None:
    """Progress is on the row, and a total once known is not forgotten."""
    claim = claimed(jobs, job)
    jobs.progress(claim, Pass.PREPARE, 10, 5_000_000_000, "reading")
    jobs.progress(claim, Pass.SCORE, 20, None, "scoring")
    now = jobs.get(job.id)
    expected = (Pass.SCORE, 20, 5_000_000_000, "scoring")
    assert expected == (now.current_pass, now.rows_done, now.rows_total, now.message)
    assert now.updated_at >= job.updated_at


def test_pins_stay(jobs: JobTable, job: Job) -> None:
    """What is pinned in one attempt stands in the next."""
    pins = Pins(date(2026, 1, 31), "2026-02-01T00:00:00Z", "baseline-saas", "v1", "ab" * 32, 30)
    jobs.pin(claimed(jobs, job, lease_s=LAPSED_S), pins)
    assert pins == claimed(jobs, job).job.pins


def test_keeping_from_several_threads_loses_nothing(jobs: JobTable, job: Job) -> None:
    """Artifacts that are kept at once are all there in the end."""
    claim = claimed(jobs, job)
    raced(6, lambda number: jobs.keep(claim, {f"a{number}": TABLE}))
    assert {"upload", *(f"a{number}" for number in range(6))} == set(jobs.get(job.id).artifacts)


def test_completing(jobs: JobTable, job: Job) -> None:
    """The end of a job is one write: status, artifacts, sentence and time; nobody holds it any more."""
    jobs.complete(claimed(jobs, job), {"table": TABLE}, "12 customers scored")
    done = jobs.get(job.id)
    assert (JobStatus.COMPLETED, "12 customers scored", None) == (done.status, done.message, done.lease_until)
    assert TABLE == done.artifacts["table"]
    assert done.completed_at == done.updated_at
    assert jobs.claim(job.id, "w2", LEASE_S, ATTEMPTS_MAX) is None


@pytest.mark.parametrize(("told", "rows_total"), [((106_250, 140_000), 140_000), ((12, None), None)])
def test_a_completed_job_is_through_all_its_rows(
    jobs: JobTable, job: Job, told: tuple[int, int | None], rows_total: int | None
) -> None:
    """However far the last word of progress was from the end; what never had a total keeps what was told."""
    claim = claimed(jobs, job)
    jobs.progress(claim, Pass.SCORE, *told, "scoring")
    jobs.complete(claim, {}, "done")
    done = jobs.get(job.id)
    assert (rows_total or told[0], rows_total) == (done.rows_done, done.rows_total)


def test_failing(jobs: JobTable, job: Job) -> None:
    """A failed job says why, is no dead letter and is not tried again."""
    error = JobError("InvalidInput", "EmptyTable", "the file has a header and no rows")
    jobs.fail(claimed(jobs, job), error)
    failed = jobs.get(job.id)
    assert (JobStatus.FAILED, error, error.message, False) == (
        failed.status,
        failed.error,
        failed.message,
        failed.dead_letter,
    )
    assert jobs.claim(job.id, "w2", LEASE_S, ATTEMPTS_MAX) is None


def test_releasing(jobs: JobTable, job: Job) -> None:
    """A job given back is queued as if it had not been claimed, but for the fence, and announced again."""
    jobs.announced(jobs.unannounced(10))
    jobs.release(claimed(jobs, job))
    queued = jobs.get(job.id)
    assert (JobStatus.QUEUED, 0, 1, None) == (queued.status, queued.attempts, queued.fence, queued.lease_until)
    assert [job.id] == list(jobs.unannounced(10))
    assert 2 == claimed(jobs, job).fence


# A person's word


def test_asking_and_answering(jobs: JobTable, tenant: Tenant, job: Job) -> None:
    """A question ends the attempt without counting it; the answer queues the job again, without its plan."""
    claim = claimed(jobs, job)
    jobs.keep(claim, {"table": TABLE, "plan": PLAN})
    jobs.ask(claim, ({"canonical": "mrr"},), "Which column is the revenue?")
    asked = jobs.get(job.id)
    assert (JobStatus.NEEDS_MAPPING, 0, None) == (asked.status, asked.attempts, asked.lease_until)
    assert (({"canonical": "mrr"},), "Which column is the revenue?") == (asked.questions, asked.message)
    assert jobs.claim(job.id, "w2", LEASE_S, ATTEMPTS_MAX) is None

    answered = jobs.answer(tenant.id, job.id, (Decision("mrr", "Revenue"), Decision("plan", None)))
    assert answered == jobs.get(job.id)
    assert (JobStatus.QUEUED, ()) == (answered.status, answered.questions)
    assert {"upload", "table"} == set(answered.artifacts)
    decisions = (Decision("mrr", "Revenue"), Decision("plan", None))
    assert JobOptions("saas", 0.05, decisions) == answered.options
    assert [job.id] == list(jobs.unannounced(10))


def test_the_newest_answer_counts(jobs: JobTable, tenant: Tenant, job: Job) -> None:
    """A second word on a column replaces the first; other decisions stay."""
    jobs.ask(claimed(jobs, job), (), "?")
    jobs.answer(tenant.id, job.id, (Decision("mrr", "Revenue"), Decision("plan", None)))
    jobs.ask(claimed(jobs, job), (), "?")
    answered = jobs.answer(tenant.id, job.id, (Decision("mrr", "Amount"),))
    assert (Decision("mrr", "Amount"), Decision("plan", None)) == answered.options.decisions


def test_only_a_waiting_job_takes_answers(jobs: JobTable, tenant: Tenant, job: Job) -> None:
    """An answer nobody asked for is refused."""
    with pytest.raises(NotWaiting, match="QUEUED"):
        jobs.answer(tenant.id, job.id, (Decision("mrr", "Revenue"),))


# The outbox


def test_the_outbox(jobs: JobTable, job: Job, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """New jobs wait to be announced, oldest first and at most so many; once announced they do not."""
    second = jobs.create(make_job_of(tenant.id), idempotency_key=None, request_digest="")
    assert [job.id, second.id] == list(jobs.unannounced(10))
    assert [job.id] == list(jobs.unannounced(1))
    jobs.announced({job.id: job.fence})
    assert [second.id] == list(jobs.unannounced(10))


def test_a_lapsed_job_is_announced_again_once(jobs: JobTable, job: Job) -> None:
    """When a lease runs out the queue is told again, and not with every sweep."""
    jobs.announced(jobs.unannounced(10))
    claim = claimed(jobs, job)
    assert [] == list(jobs.unannounced(10))
    jobs.renew(claim, 0.0)
    assert [job.id] == list(jobs.unannounced(10))
    jobs.announced(jobs.unannounced(10))
    assert [] == list(jobs.unannounced(10))


def test_a_job_given_back_before_it_was_noted_is_announced_again(jobs: JobTable, job: Job) -> None:
    """A worker that takes the hint and gives the job back, all before the announcement is noted, leaves no stall."""
    told = jobs.unannounced(10)
    jobs.release(claimed(jobs, job))
    jobs.announced(told)
    assert {job.id: 1} == jobs.unannounced(10)
    jobs.announced(jobs.unannounced(10))
    assert {} == jobs.unannounced(10)


def test_which_jobs_have_no_row(jobs: JobTable, job: Job) -> None:
    """Of several ids, those that are no jobs; of a tenant that is not known, nothing is said."""
    assert {"0" * 32} == jobs.rowless(job.tenant_id, [job.id, "0" * 32])
    assert set() == jobs.rowless("nobody", [job.id, "0" * 32])


@pytest.mark.parametrize("end", ["ask", "complete", "fail"])
def test_what_nobody_may_claim_is_not_announced(jobs: JobTable, job: Job, end: str) -> None:
    """Jobs that ended or wait for a person are no news for the queue."""
    WRITES[end](jobs, claimed(jobs, job))
    assert [] == list(jobs.unannounced(10))


def test_what_is_scored(jobs: JobTable, database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]) -> None:
    """Completed predictions that have results, the last uploaded first; no other kind, status or tenant."""
    results, now = replace(TABLE, key="results"), datetime.now(UTC)
    other = TenantTable(database).create("Globex")[0]

    def made(age_days: int, *, of: Tenant = tenant, kind: JobKind = JobKind.PREDICT, **kept: Artifact) -> Job:
        dated = replace(make_job_of(of.id), kind=kind, created_at=now - timedelta(days=age_days))
        jobs.create(dated, idempotency_key=None, request_digest="")
        if kept:
            jobs.complete(claimed(jobs, dated), kept, "done")
        return dated

    old, new = made(3, results=results), made(1, results=results, plan=PLAN)
    made(2)  # still queued
    made(2, plan=PLAN)  # its results are not there
    made(2, kind=JobKind.TRAIN, results=results)
    made(2, of=other, results=results)
    assert [
        Scored(new.id, new.filename, new.pins.snapshot_date, new.created_at, results, PLAN),
        Scored(old.id, old.filename, old.pins.snapshot_date, old.created_at, results, None),
    ] == jobs.scored(tenant.id)


def test_jobs_of_a_kind_that_are_older(
    jobs: JobTable, database: Database, tenant: Tenant, make_job_of: Callable[[str], Job]
) -> None:
    """Of every tenant, the oldest first, as many as are asked for."""
    now, other = datetime.now(UTC), TenantTable(database).create("Globex")[0]

    def made(age_days: int, of: Tenant = tenant, kind: JobKind = JobKind.EXPORT) -> str:
        dated = replace(make_job_of(of.id), kind=kind, created_at=now - timedelta(days=age_days))
        return jobs.create(dated, idempotency_key=None, request_digest="").id

    wanted = [made(9), made(8, other), made(7)]
    made(1)
    made(9, kind=JobKind.PREDICT)
    assert wanted == [job.id for job in jobs.made_before(JobKind.EXPORT, now - timedelta(days=5), 10)]
    assert wanted[:2] == [job.id for job in jobs.made_before(JobKind.EXPORT, now - timedelta(days=5), 2)]
