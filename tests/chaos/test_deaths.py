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

from deploy.local import layout
from deploy.local.product import Product
from services.gateway.domain import Job, JobStatus
from tests.chaos.conftest import SHORT
from tests.chaos.truth import Truth
from tests.journey import telecom_csv

ROWS = 30_000
ROOT = Path(__file__).parents[2]
OVER = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.NEEDS_MAPPING)


def over(truth: Truth, job_id: str, timeout_s: float = 90) -> Job:
    """The job once it has ended."""
    deadline = time.monotonic() + timeout_s
    while (job := truth.jobs.get(job_id)).status not in OVER:
        assert time.monotonic() < deadline, f"{job.status} after {timeout_s} s: {job.message}"
        time.sleep(0.05)
    return job


@pytest.fixture(scope="module")
def undisturbed(mortal: Product, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    """Digests of the artifacts of a job left in peace, and the seconds it took."""
    truth = Truth.of(mortal)
    started = time.monotonic()
    job = over(truth, truth.submit(telecom_csv(ROWS), tmp_path_factory.mktemp("undisturbed")).id)
    assert (JobStatus.COMPLETED, 1) == (job.status, job.attempts)
    return truth.digests(job.id), time.monotonic() - started


@pytest.mark.timeout(240)
@pytest.mark.parametrize("victim", ["worker-1", *layout.STAGES])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_process_killed_at_a_random_instant(
    mortal: Product, undisturbed: tuple[dict[str, str], float], tmp_path: Path, victim: str, seed: int
) -> None:
    """Twice per process, at seeded instants within the job: the same bytes come out, and nothing is left behind."""
    digests, seconds = undisturbed
    instant = random.Random(f"{victim} {seed}").uniform(0, seconds)
    truth = Truth.of(mortal)
    job = truth.submit(telecom_csv(ROWS), tmp_path)
    time.sleep(instant)
    os.kill(mortal.processes[victim], signal.SIGKILL)

    job = over(truth, job.id)

    assert JobStatus.COMPLETED == job.status, job.error
    assert digests == truth.digests(job.id)
    assert [] == truth.attempts_left_behind(job.id)
    mortal.wait_healthy(60)


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "point", ["table.parquet", "canonical.parquet", "results.parquet", "report.json", "acknowledge"]
)
def test_a_worker_that_dies_at_a_bad_point(
    workerless: Product, undisturbed: tuple[dict[str, str], float], tmp_path: Path, point: str
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
        after = truth.submit(telecom_csv(20), tmp_path)
        assert JobStatus.COMPLETED == over(truth, after.id).status

    again = truth.jobs.get(job.id)
    assert (JobStatus.COMPLETED, 1 if point == "acknowledge" else 2) == (again.status, again.attempts)
    assert undisturbed[0] == truth.digests(job.id)
    assert [] == truth.attempts_left_behind(job.id)


@pytest.mark.timeout(240)
def test_a_job_that_kills_three_workers_is_set_aside(workerless: Product, tmp_path: Path) -> None:
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


@contextmanager
def worker(product: Product, scratch: Path, point: str | None) -> Iterator[subprocess.Popen[bytes]]:
    """A worker of the product: a real one, or one that dies at `point`."""
    script = [str(ROOT / "tests/chaos/dying_worker.py"), point] if point else ["-m", "services.gateway.worker"]
    environment = {**os.environ, **product.gateway_settings("worker-1"), **SHORT, "PYTHONPATH": str(ROOT)}
    with (scratch / "worker.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, *script], env=environment, cwd=ROOT, stderr=log, stdout=log)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
