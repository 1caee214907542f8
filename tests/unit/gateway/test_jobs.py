"""Tests of services.gateway.jobs (and of the pipeline it runs), with a real database and store and fake stages."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from libs.errors import Forbidden, Internal, InvalidInput, NotFound, OutOfTime, Unauthenticated, Unavailable
from services.gateway import attempts
from services.gateway.attempts import Limits
from services.gateway.database.engine import Database
from services.gateway.decisions import header_signature
from services.gateway.domain import Artifact, Claim, Decision, Job, JobKind, JobOptions, JobStatus, LeaseLost, Pins
from services.gateway.pipeline.kinds import KINDS
from tests.unit.gateway.desk import Desk
from tests.unit.gateway.fakes import failing

DOWN = Unavailable("scoring does not answer")


@pytest.fixture
def desk(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A runner that hardly waits between tries."""
    monkeypatch.setattr(attempts, "BACKOFF_S", 0.001)
    return Desk(database, tmp_path)


def test_a_job_runs_through_and_is_acknowledged(desk: Desk, job: Job, tmp_path: Path) -> None:
    """Every step's artifacts stand on the row, the hint is gone and scratch is empty."""
    desk.submit(job)
    desk.run()
    done = desk.jobs.get(job.id)
    assert (JobStatus.COMPLETED, "3 customers scored, 1 at high risk") == (done.status, done.message)
    wanted = [step for step in KINDS[JobKind.PREDICT].steps if step.wanted(done)]
    assert {"upload"}.union(*(step.makes for step in wanted)) == set(done.artifacts)
    assert [("acknowledged", job.id)] == desk.queue.done
    assert [] == list((tmp_path / "scratch").iterdir())


def test_model_and_time_are_pinned_before_scoring(desk: Desk, job: Job) -> None:
    """What scoring was told is what the row says."""
    desk.submit(job)
    desk.run()
    pins = desk.jobs.get(job.id).pins
    assert [pins] == desk.stages.seen_pins
    assert ("baseline-saas", "v1", "ab" * 32, 30) == (
        pins.model_family,
        pins.model_version,
        pins.model_digest,
        pins.horizon_days,
    )


@pytest.mark.parametrize("method", ["parse", "suggest", "apply", "validate", "score", "current_model"])
@pytest.mark.parametrize("error", [DOWN, OutOfTime("too slow")])
def test_what_may_pass_is_tried_again(desk: Desk, job: Job, method: str, error: Any) -> None:
    """A stage that is down for a moment costs no attempt."""
    desk.stages.faults[method] = failing(error, 2)
    desk.submit(job)
    desk.run()
    done = desk.jobs.get(job.id)
    assert (JobStatus.COMPLETED, 1) == (done.status, done.attempts)
    assert 3 == desk.stages.calls.count(method)


@pytest.mark.parametrize(
    "error", [DOWN, Unauthenticated("wrong token"), Forbidden("foreign signature"), NotFound("no such family")]
)
def test_an_outage_of_ours_postpones_the_job(database: Database, tmp_path: Path, job: Job, error: Any) -> None:
    """However often a stage is out of reach, the file is not blamed: it goes on from its last artifact."""
    desk = Desk(database, tmp_path, Limits(lease_s=0.05, pass_tries=1))
    desk.stages.faults["score"] = failing(error, 4)
    desk.submit(job)
    for _ in range(4):
        desk.run()
        waiting = desk.jobs.get(job.id)
        assert (JobStatus.QUEUED, 0, None) == (waiting.status, waiting.attempts, waiting.error)
        assert "trying again" in waiting.message
        threading.Event().wait(0.06)
    desk.run()
    done = desk.jobs.get(job.id)
    assert (JobStatus.COMPLETED, 1) == (done.status, done.attempts)
    assert 1 == desk.stages.calls.count("parse")
    assert ("acknowledged", job.id) == desk.queue.done[-1]
    assert {("extended", job.id)} == set(desk.queue.done[:-1])


def test_an_outage_is_not_waited_out_for_ever(database: Database, tmp_path: Path, job: Job) -> None:
    """A job older than the patience fails with a sentence that blames no file."""
    desk = Desk(database, tmp_path, Limits(pass_tries=1, patience_s=0.0))
    desk.stages.faults["parse"] = failing(DOWN, 1)
    desk.submit(job)
    desk.run()
    failed = desk.jobs.get(job.id)
    assert failed.error is not None
    assert (JobStatus.FAILED, "Unavailable") == (failed.status, failed.error.kind)
    assert "upload the file again" in failed.error.message


def test_a_full_scratch_disk_postpones_the_job(desk: Desk, job: Job) -> None:
    """A fault of the worker's disk is an outage like another."""
    desk.stages.faults["parse"] = [OSError(28, "No space left on device")]
    desk.submit(job)
    desk.run()
    waiting = desk.jobs.get(job.id)
    assert (JobStatus.QUEUED, 0) == (waiting.status, waiting.attempts)


def test_a_job_deleted_under_way_leaves_nothing(desk: Desk, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the worker stored after its row was deleted is deleted too."""
    desk.submit(job)
    keep = desk.jobs.keep

    def deleted_first(claim: Claim, artifacts: dict[str, Artifact]) -> None:
        desk.jobs.delete(job.tenant_id, job.id)
        keep(claim, artifacts)

    monkeypatch.setattr(desk.jobs, "keep", deleted_first)
    desk.run()
    assert [] == list(desk.store.list("tenants/"))


def test_pins_hold_within_an_attempt(desk: Desk, job: Job) -> None:
    """A step that is tried again keeps the model and the time of its first try."""
    desk.stages.faults["score"] = failing(DOWN, 2)
    desk.submit(job)
    desk.run()
    assert 1 == desk.stages.calls.count("current_model")
    seen: list[Pins] = desk.stages.seen_pins
    assert [desk.jobs.get(job.id).pins] == seen


def test_bad_input_fails_the_job_with_its_sentence(desk: Desk, job: Job) -> None:
    """What can never work is not tried again, and the person reads why."""
    desk.stages.faults["parse"] = failing(InvalidInput("the file is empty"), 1)
    desk.submit(job)
    desk.run()
    failed = desk.jobs.get(job.id)
    assert failed.error is not None
    assert (JobStatus.FAILED, "InvalidInput", "the file is empty") == (
        failed.status,
        failed.error.kind,
        failed.error.message,
    )
    assert [("acknowledged", job.id)] == desk.queue.done


def test_a_bug_fails_the_job_without_detail(desk: Desk, job: Job) -> None:
    """What went wrong inside stays inside; the person gets the request id."""
    desk.stages.faults["suggest"] = [ValueError("secret detail")]
    desk.submit(job)
    desk.run()
    error = desk.jobs.get(job.id).error
    assert error is not None
    assert ("Internal", "ValueError") == (error.kind, error.code)
    assert "secret" not in error.message and "r1" in error.message


def test_a_bug_in_a_stage_is_tried_twice(desk: Desk, job: Job) -> None:
    """A dying stage can look like a bug, so one more try is given, and no more."""
    desk.stages.faults["parse"] = failing(Internal("stage fell over"), 5)
    desk.submit(job)
    desk.run()
    assert JobStatus.FAILED == desk.jobs.get(job.id).status
    assert 2 == desk.stages.calls.count("parse")


def test_questions_make_the_job_wait_and_an_answer_resumes_it(desk: Desk, job: Job) -> None:
    """The file is not read again, and what was decided reaches the plan."""
    desk.stages.asks = True
    desk.submit(job)
    desk.run()
    waiting = desk.jobs.get(job.id)
    assert (JobStatus.NEEDS_MAPPING, "mrr") == (waiting.status, waiting.questions[0]["canonical"])
    desk.jobs.answer(job.tenant_id, job.id, (Decision("mrr", None),))
    desk.run()
    assert JobStatus.COMPLETED == desk.jobs.get(job.id).status
    assert 1 == desk.stages.calls.count("parse")


@pytest.mark.parametrize("encoding", [None, "windows-1252"])
def test_a_stated_encoding_reaches_ingest(desk: Desk, job: Job, encoding: str | None) -> None:
    """What the uploader said of the bytes is not guessed anew."""
    desk.submit(replace(job, options=JobOptions(encoding=encoding)))
    desk.run()
    assert encoding == desk.stages.seen_encoding


def test_what_was_said_holds_for_the_next_file(desk: Desk, job: Job) -> None:
    """An answer is told to mapping again, with its day, when a file with the same header row arrives."""
    desk.stages.asks = True
    desk.submit(job)
    desk.run()
    assert {"proposal"} == set(desk.jobs.get(job.id).artifacts) - {"upload", "table", "profile"}
    desk.jobs.answer(job.tenant_id, job.id, (Decision("mrr", None),))
    desk.run()

    later = replace(job, id="f" * 32)
    desk.submit(later)
    desk.run()

    assert JobStatus.COMPLETED == desk.jobs.get(later.id).status
    (told,) = desk.stages.seen_decisions[-1]
    assert ("mrr", None) == (told.canonical, told.column)
    assert told.told_on == datetime.now(UTC).date().isoformat()


def test_an_older_word_that_no_longer_fits_fails_no_file(desk: Desk, job: Job) -> None:
    """What mapping cannot follow any more is as if it had not been said."""
    remembered = {
        "filename": "may.csv",
        "columns": ("id",),
        "decisions": (Decision("mrr", None, "cents", "2026-05-01"),),
    }
    desk.profiles.remember(job.tenant_id, header_signature(["id"]), **remembered)
    desk.stages.faults["suggest"] = [InvalidInput("'cents' is no option any more")]
    desk.submit(job)
    desk.run()
    assert JobStatus.COMPLETED == desk.jobs.get(job.id).status
    assert [()] == desk.stages.seen_decisions


def test_a_word_that_mapping_refuses_is_not_remembered(desk: Desk, job: Job) -> None:
    """The file fails, and the next one is not told."""
    desk.stages.faults["suggest"] = [InvalidInput("the file has no column of that name")]
    desk.submit(replace(job, options=JobOptions(decisions=(Decision("mrr", "Amont"),))))
    desk.run()
    assert JobStatus.FAILED == desk.jobs.get(job.id).status
    assert [] == desk.profiles.of_tenant(job.tenant_id)


def test_a_file_without_customers_says_why(desk: Desk, job: Job) -> None:
    """When validation leaves nothing, its findings are the sentence."""
    desk.submit(job, b"")
    desk.run()
    error = desk.jobs.get(job.id).error
    assert error is not None
    assert ("InvalidInput", "NothingToScore") == (error.kind, error.code)
    assert "Three rows are odd." in error.message


def test_a_worker_that_stops_gives_the_job_back(desk: Desk, job: Job) -> None:
    """A job given back counts no attempt and can be had at once."""
    desk.submit(job)
    desk.stopping.set()
    desk.run()
    given_back = desk.jobs.get(job.id)
    assert (JobStatus.QUEUED, 0) == (given_back.status, given_back.attempts)
    desk.stopping.clear()
    desk.run()
    assert JobStatus.COMPLETED == desk.jobs.get(job.id).status


def test_a_lost_lease_writes_nothing(desk: Desk, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose job was taken over leaves the row to the other."""
    desk.submit(job)

    def lost(*_: Any) -> None:
        raise LeaseLost("another worker took the job")

    monkeypatch.setattr(desk.jobs, "keep", lost)
    desk.run()
    assert JobStatus.PROCESSING == desk.jobs.get(job.id).status


def test_hints_without_a_job_are_removed(desk: Desk, job: Job) -> None:
    """A hint whose job is over, or deleted, is acknowledged and nothing runs."""
    desk.submit(job)
    desk.run()
    calls = len(desk.stages.calls)
    desk.hint(job)
    desk.jobs.delete(job.tenant_id, job.id)
    desk.hint(job)
    assert [("acknowledged", job.id)] * 3 == desk.queue.done
    assert calls == len(desk.stages.calls)


def test_a_second_hint_tidies_up_after_a_dead_worker(desk: Desk, job: Job) -> None:
    """What an earlier attempt left behind goes, even if the worker died right after the last commit."""
    desk.submit(job)
    desk.run()
    desk.store.put(f"tenants/{job.tenant_id}/jobs/{job.id}/attempts/0/table.parquet", b"left behind")
    desk.hint(job)
    named = {artifact.key for artifact in desk.jobs.get(job.id).artifacts.values()}
    assert named == {info.key for info in desk.store.list("tenants/")}


def test_a_job_in_other_hands_is_left_there(desk: Desk, job: Job) -> None:
    """A hint for a job that another worker holds is hidden for as long as a lease."""
    desk.submit(job)
    assert desk.jobs.claim(job.id, "other", 60.0, 3) is not None
    desk.hint(job)
    assert [("extended", job.id)] == desk.queue.done


def test_a_job_out_of_attempts_is_buried(desk: Desk, job: Job) -> None:
    """Three claims whose leases lapse end in the dead letter."""
    desk.submit(job)
    for _ in range(3):
        assert desk.jobs.claim(job.id, "dying", 0.0, 3) is not None
    desk.hint(job)
    dead = desk.jobs.get(job.id)
    assert (JobStatus.FAILED, True) == (dead.status, dead.dead_letter)
    assert [("buried", job.id)] == desk.queue.done
