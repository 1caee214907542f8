"""kill -9 at bad moments: the job completes, once, with the bytes of a job nobody disturbed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from deploy.local import layout
from deploy.local.product import Product
from services.gateway.database.tables import jobs as jobs_table
from services.gateway.domain import Job, JobStatus, Pass
from tests.chaos.truth import Place, Truth
from tests.journey import telecom_csv

ROWS = 30_000
ROOT = Path(__file__).parents[2]
PASSES = (Pass.UNDERSTAND, Pass.PREPARE, Pass.SCORE)
"""Those of a prediction."""

OVER = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.NEEDS_MAPPING)


def over(truth: Truth, job_id: str, timeout_s: float = 90) -> Job:
    """The job once it has ended."""
    deadline = time.monotonic() + timeout_s
    while (job := truth.jobs.get(job_id)).status not in OVER:
        assert time.monotonic() < deadline, f"{job.status} after {timeout_s} s: {job.message}"
        time.sleep(0.05)
    return job


@pytest.fixture(scope="module")
def undisturbed(mortal: Product, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Digests of the artifacts of a job left in peace."""
    truth = Truth.of(mortal)
    job = over(truth, truth.submit(telecom_csv(ROWS), tmp_path_factory.mktemp("undisturbed")).id)
    assert (JobStatus.COMPLETED, 1) == (job.status, job.attempts)
    return truth.digests(job.id)


def in_pass(truth: Truth, job_id: str, wanted: Pass, jitter_s: float) -> None:
    """Returns a moment after the job's worker entered the pass, and while it is still under way."""
    deadline = time.monotonic() + 60
    while (job := truth.jobs.get(job_id)).status is not JobStatus.PROCESSING or job.current_pass is not wanted:
        assert time.monotonic() < deadline and job.status not in OVER, job
        time.sleep(0.01)
    time.sleep(jitter_s)
    assert JobStatus.PROCESSING == truth.jobs.get(job_id).status


@pytest.mark.parametrize("victim", ["worker-1", *layout.STAGES])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_process_killed_at_a_random_instant(
    mortal: Product, undisturbed: dict[str, str], tmp_path: Path, victim: str, seed: int
) -> None:
    """Twice per process, at a seeded instant in a seeded pass: the same bytes come out, and nothing is left behind."""
    draw = random.Random(f"{victim} {seed}")
    truth = Truth.of(mortal)
    job = truth.submit(telecom_csv(ROWS), tmp_path)
    in_pass(truth, job.id, draw.choice(PASSES), draw.uniform(0, 0.15))
    os.kill(mortal.processes[victim], signal.SIGKILL)

    job = over(truth, job.id)

    assert (JobStatus.COMPLETED, 2 if victim == "worker-1" else 1) == (job.status, job.attempts), job.error
    assert undisturbed == truth.digests(job.id)
    assert [] == left_behind(truth, job.id)
    mortal.wait_healthy(60)


def test_a_job_survives_two_dead_workers(mortal: Product, undisturbed: dict[str, str], tmp_path: Path) -> None:
    """Below three deaths the job completes, with the same bytes."""
    truth = Truth.of(mortal)
    job = truth.submit(telecom_csv(ROWS), tmp_path)
    for attempt, during in enumerate((Pass.UNDERSTAND, Pass.SCORE), 1):
        in_pass(truth, job.id, during, 0.05)
        assert attempt == truth.jobs.get(job.id).attempts
        os.kill(mortal.processes["worker-1"], signal.SIGKILL)
    job = over(truth, job.id)
    assert (JobStatus.COMPLETED, 3) == (job.status, job.attempts), job.error
    assert undisturbed == truth.digests(job.id)


def left_behind(truth: Truth, job_id: str) -> list[str]:
    """What lies in the store without a name on the row, once the worker had a moment to tidy up."""
    deadline = time.monotonic() + 10
    while (left := truth.attempts_left_behind(job_id)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


@pytest.mark.parametrize(
    "point", ["table.parquet", "canonical.parquet", "results.parquet", "report.json", "acknowledge"]
)
def test_a_worker_that_dies_at_a_bad_point(
    workerless: Place, undisturbed: dict[str, str], tmp_path: Path, point: str
) -> None:
    """Dead just after an artifact was stored, or after the final commit but before the queue heard of it."""
    truth = Truth.of(workerless)
    job = truth.submit(telecom_csv(ROWS), tmp_path)
    with worker(workerless, tmp_path, point) as dying:
        assert -signal.SIGKILL == dying.wait(60)
    if point == "acknowledge":
        committed = truth.jobs.get(job.id)
        assert JobStatus.COMPLETED == committed.status
    with worker(workerless, tmp_path, None):
        job = over(truth, job.id)
        # Only when the dead worker's hint was taken up again is it known to change nothing.
        hint_taken_up(truth, job.id)

    again = truth.jobs.get(job.id)
    assert (JobStatus.COMPLETED, 1 if point == "acknowledge" else 2) == (again.status, again.attempts)
    assert undisturbed == truth.digests(job.id)
    assert [] == truth.attempts_left_behind(job.id)


def test_a_job_that_kills_three_workers_is_set_aside(workerless: Place, tmp_path: Path) -> None:
    """The third death ends in the dead letter with a sentence, and the next job works."""
    truth = Truth.of(workerless)
    job = truth.submit(telecom_csv(50), tmp_path)
    for _ in range(3):
        with worker(workerless, tmp_path, "table.parquet") as dying:
            assert -signal.SIGKILL == dying.wait(60)
    with worker(workerless, tmp_path, None):
        job = over(truth, job.id)
        good = truth.submit(telecom_csv(50), tmp_path)
        assert JobStatus.COMPLETED == over(truth, good.id).status
    assert (JobStatus.FAILED, True, 3) == (job.status, job.dead_letter, job.attempts)
    assert job.error is not None and "3 times" in job.error.message


def hint_taken_up(truth: Truth, job_id: str) -> None:
    """Returns once no hint for the job is left in the queue, hidden or not."""
    deadline = time.monotonic() + 30
    hint = select(jobs_table.c.visible_at).where(jobs_table.c.id == job_id)
    while True:
        with truth.database.read() as connection:
            if connection.execute(hint).scalar_one() is None:
                return
        assert time.monotonic() < deadline, "the hint was never taken up again"
        time.sleep(0.1)


@contextmanager
def worker(place: Place, scratch: Path, point: str | None) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the place: a real one, or one that dies at `point`."""
    script = [str(ROOT / "tests/chaos/dying_worker.py"), point] if point else ["-m", "services.gateway.worker"]
    environment = {**os.environ, **place.worker_settings, "PYTHONPATH": str(ROOT)}
    with (scratch / "worker.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, *script], env=environment, cwd=ROOT, stderr=log, stdout=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
