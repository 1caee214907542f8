"""Trainings: who left must be known, leaks are left out, and the better model is put to use."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.gateway.database.engine import Database
from services.gateway.domain import Artifact, Decision, Job, JobKind, JobOptions, JobStatus, Promotion
from services.gateway.pipeline.kinds import KINDS
from services.gateway.pipeline.training import excluded
from tests.unit.gateway.desk import Desk


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """A runner with everything around it."""
    return Desk(database, tmp_path)


@pytest.fixture
def training(job: Job) -> Job:
    """A queued training."""
    return replace(job, kind=JobKind.TRAIN)


def document(desk: Desk, job: Job, name: str) -> dict[str, Any]:
    """What the job made under the name."""
    made: dict[str, Any] = json.loads(desk.store.get(desk.jobs.get(job.id).artifacts[name].key))
    return made


def prediction_after(desk: Desk, job: Job) -> Job:
    """A prediction of the same tenant, completed after whatever ran before."""
    upload = job.artifacts["upload"]
    key = upload.key.replace(job.id, "0" * 32)
    later = replace(job, id="0" * 32, kind=JobKind.PREDICT, artifacts={"upload": Artifact(key, 5, upload.sha256)})
    desk.submit(later)
    desk.run()
    return desk.jobs.get(later.id)


def test_a_better_model_is_put_to_use_and_scores_from_then_on(desk: Desk, training: Job) -> None:
    """Under a family whose name tells nothing of the tenant; the next prediction pins its version and digest."""
    desk.submit(training)
    desk.run()
    done = desk.jobs.get(training.id)
    assert (JobStatus.COMPLETED, "Model t1 was trained and is in use from now on") == (done.status, done.message)
    assert {"upload"}.union(*(step.makes for step in KINDS[JobKind.TRAIN].steps)) == set(done.artifacts)
    family = desk.families.own(training.tenant_id, "saas")
    assert {family: "t1"} == desk.stages.promoted
    assert training.tenant_id not in family
    assert ("t1", "ef" * 32) == (done.pins.trained_version, done.pins.trained_digest)
    assert 3 == document(desk, training, "report")["customers"]
    pins = prediction_after(desk, training).pins
    assert (family, "t1", "cd" * 32, 60) == (
        pins.model_family,
        pins.model_version,
        pins.model_digest,
        pins.horizon_days,
    )


def test_it_is_compared_with_the_model_in_use(desk: Desk, training: Job) -> None:
    """The first with the baseline, the next with the one that won; both lean on the baseline."""
    family = desk.families.own(training.tenant_id, "saas")
    desk.submit(training)
    desk.run()
    desk.stages.trained |= {"version": "t2"}
    again = replace(training, id="1" * 32)
    desk.submit(again)
    desk.run()
    assert [("baseline-saas", "v1"), (family, "t1")] == [order.in_use for order in desk.stages.orders]
    assert {("baseline-saas", "v1")} == {order.baseline for order in desk.stages.orders}
    assert {family: "t2"} == desk.stages.promoted


@pytest.mark.parametrize(
    ("ended", "promote", "why"),
    [
        ({"better": False}, Promotion.AUTO, "does not beat"),
        ({}, Promotion.NEVER, "as was asked"),
        ({"version": "", "digest": "", "better": False, "declined": "Only 12 left."}, Promotion.AUTO, "Only 12 left."),
    ],
)
def test_what_is_not_better_or_not_wanted_is_not_put_to_use(
    desk: Desk, training: Job, ended: dict[str, Any], promote: Promotion, why: str
) -> None:
    """The training is completed all the same, and says why; predictions go on with the baseline."""
    desk.stages.trained |= ended
    desk.submit(replace(training, options=JobOptions(promote=promote)))
    desk.run()
    done = desk.jobs.get(training.id)
    assert JobStatus.COMPLETED == done.status
    assert why in done.message
    assert {} == desk.stages.promoted
    assert not document(desk, training, "promotion")["promoted"]
    assert "baseline-saas" == prediction_after(desk, training).pins.model_family


def test_a_promotion_that_lost_is_no_failure(desk: Desk, training: Job) -> None:
    """Somebody put another model to use meanwhile: theirs stays."""
    family = desk.families.own(training.tenant_id, "saas")
    desk.stages.promoted[family] = "t0"
    plain = desk.stages.train

    def overtaken(*order: Any) -> Any:
        desk.stages.promoted[family] = "theirs"
        return plain(*order)

    desk.stages.train = overtaken  # type: ignore[method-assign]
    desk.submit(training)
    desk.run()
    done = desk.jobs.get(training.id)
    assert (JobStatus.COMPLETED, {family: "theirs"}) == (done.status, desk.stages.promoted)
    assert "another model was put to use" in done.message


def test_a_promotion_after_going_back_to_the_baseline_is_no_failure(desk: Desk, training: Job) -> None:
    """The owner did not want the model that this one was compared with: the baseline stays."""
    family = desk.families.own(training.tenant_id, "saas")
    desk.stages.promoted[family] = "t0"
    plain = desk.stages.train

    def taken_back(*order: Any) -> Any:
        del desk.stages.promoted[family]
        return plain(*order)

    desk.stages.train = taken_back  # type: ignore[method-assign]
    desk.submit(training)
    desk.run()
    done = desk.jobs.get(training.id)
    assert (JobStatus.COMPLETED, {}) == (done.status, desk.stages.promoted)
    assert "another model was put to use" in done.message


def test_a_promotion_that_was_done_already_counts(desk: Desk, training: Job) -> None:
    """An attempt died between the promotion and its record; the next one finds its own version in use."""
    family = desk.families.own(training.tenant_id, "saas")
    desk.stages.promoted[family] = "t0"
    plain = desk.stages.promote

    def done_before(*change: Any) -> Any:
        desk.stages.promoted[family] = "t1"
        return plain(*change)

    desk.stages.promote = done_before  # type: ignore[method-assign]
    desk.submit(training)
    desk.run()
    assert document(desk, training, "promotion")["promoted"]
    assert "is in use from now on" in desk.jobs.get(training.id).message


def test_who_left_is_asked_if_no_column_says_it(desk: Desk, training: Job) -> None:
    """As mapping's own questions are; the answer goes on, and "not in this file" ends it with a reason."""
    desk.stages.labels = False
    desk.submit(training)
    desk.run()
    waiting = desk.jobs.get(training.id)
    assert (JobStatus.NEEDS_MAPPING, "churned") == (waiting.status, waiting.questions[0]["canonical"])
    desk.jobs.answer(training.tenant_id, training.id, (Decision("churned", "gone"),))
    desk.run()
    assert JobStatus.COMPLETED == desk.jobs.get(training.id).status
    without = replace(training, id="1" * 32, options=JobOptions(decisions=(Decision("churned", None),)))
    desk.submit(without)
    desk.run()
    error = desk.jobs.get(without.id).error
    assert error is not None
    assert ("InvalidInput", "NothingToLearn") == (error.kind, error.code)


def test_a_file_without_rows_says_why(desk: Desk, training: Job) -> None:
    """When validation leaves nothing, its findings are the sentence."""
    desk.submit(training, b"")
    desk.run()
    error = desk.jobs.get(training.id).error
    assert error is not None
    assert "can be learnt from" in error.message


def test_what_gives_the_label_away_is_not_learnt_from() -> None:
    """Columns known by name as well as those whose values are too good, if the finding failed; nothing else."""

    def check(name: str, passed: bool, *columns: str) -> dict[str, Any]:
        return {"id": name, "passed": passed, "message": f"{name} said so", "columns": list(columns)}

    found = [
        check("readiness.leak", True, "canceled_at"),
        check("readiness.other_score", False, "extra.Score"),
        check("readiness.leak.extra.Reason", False, "extra.Reason"),
        check("readiness.leak.tenure_months", True, "tenure_months"),
        check("readiness.missing.mrr", False, "mrr"),
    ]
    assert {"canceled_at", "extra.Score", "extra.Reason"} == set(excluded({"checks": found}))
