"""Predictions against a plan, as the worker has them: reserved after pass 1, held, resumed, given back."""

from pathlib import Path
from typing import Any

import pytest

from libs.errors import InvalidInput, Unavailable
from services.gateway import attempts
from services.gateway.database.engine import Database
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.domain import Job, JobStatus
from services.gateway.plans import plans
from services.gateway.plans.catalogue import PLANS, Plan, PlanId
from services.gateway.plans.domain import Subscription
from tests.unit.gateway.desk import Desk
from tests.unit.gateway.fakes import failing


@pytest.fixture
def desk(database: Database, tmp_path: Path, job: Job, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A runner for a tenant with the smallest plan, which has room for four customers."""
    monkeypatch.setattr(attempts, "BACKOFF_S", 0.001)
    small = Plan(PlanId.STARTER, "Starter", 79, 4, 1, frozenset())
    monkeypatch.setattr(plans, "PLANS", (small, *PLANS[1:]))
    monkeypatch.setattr(plans, "plan_named", lambda wanted: next(p for p in plans.PLANS if p.id is wanted))
    desk = Desk(database, tmp_path)
    choose(database, job, PlanId.STARTER)
    return desk


def choose(database: Database, job: Job, plan_id: PlanId) -> None:
    """The job's tenant takes the plan."""
    SubscriptionTable(database).choose(job.tenant_id, Subscription(plan_id))


def used(desk: Desk, job: Job) -> tuple[int, int]:
    """Predictions that count, and reserved ones."""
    usage = desk.plans.usage(job.tenant_id)
    return usage.predictions, usage.reserved


def test_what_is_scored_counts_once(desk: Desk, job: Job) -> None:
    """However often scoring had to be tried."""
    desk.stages.faults["score"] = failing(Unavailable("down"), 2)
    desk.submit(job)
    desk.run()
    assert (JobStatus.COMPLETED, (3, 0)) == (desk.jobs.get(job.id).status, used(desk, job))


def test_a_shortage_holds_the_job_before_it_is_scored(desk: Desk, job: Job, database: Database) -> None:
    """The file was read and checked, so that its customers are known; with a larger plan only scoring is left."""
    desk.submit(job, b"ann bob cyd dee eve")
    desk.run()
    held = desk.jobs.get(job.id)
    assert (JobStatus.NEEDS_PLAN, None, 0) == (held.status, held.error, held.attempts)
    assert "5 customers, and 4 of the 4" in held.message
    assert {"canonical", "quarantine", "findings"} <= set(held.artifacts)
    assert (0, 0) == used(desk, job)
    assert [("acknowledged", job.id)] == desk.queue.done
    choose(database, job, PlanId.PROFESSIONAL)
    desk.jobs.resume(job.tenant_id, job.id)
    before = list(desk.stages.calls)
    assert "score" not in before
    desk.run()
    assert (JobStatus.COMPLETED, (5, 0)) == (desk.jobs.get(job.id).status, used(desk, job))
    assert {"current_model", "score"} == set(desk.stages.calls[len(before) :])


def test_resumed_too_early_it_waits_on(desk: Desk, job: Job) -> None:
    """Nothing is lost by asking again."""
    desk.submit(job, b"ann bob cyd dee eve")
    desk.run()
    for _ in range(3):
        desk.jobs.resume(job.tenant_id, job.id)
        desk.run()
        assert JobStatus.NEEDS_PLAN is desk.jobs.get(job.id).status


@pytest.mark.parametrize("error", [InvalidInput("no"), RuntimeError("bug")])
def test_a_failure_gives_the_predictions_back(desk: Desk, job: Job, error: Any) -> None:
    """A file that came to nothing costs nothing."""
    desk.stages.faults["score"] = [error] * 3
    desk.submit(job)
    desk.run()
    assert (JobStatus.FAILED, (0, 0)) == (desk.jobs.get(job.id).status, used(desk, job))


def test_an_outage_keeps_them_reserved(desk: Desk, job: Job) -> None:
    """The file is still to be scored, and nobody else may take its place."""
    desk.stages.faults["score"] = failing(Unavailable("down"), 6)
    desk.submit(job)
    desk.run()
    assert (JobStatus.QUEUED, (0, 3)) == (desk.jobs.get(job.id).status, used(desk, job))
