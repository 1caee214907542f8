"""Takes one job as far as it goes: claims it, keeps the lease, runs its steps, records how it ended."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from libs import telemetry
from libs.errors import Internal, NotFound, RetainWiseError, kind_of
from libs.objects.store import ObjectStore
from services.gateway import pipeline
from services.gateway.artifacts import Artifacts
from services.gateway.domain import (
    CLAIMABLE,
    Artifact,
    Claim,
    Delivery,
    Job,
    JobError,
    Jobs,
    LeaseLost,
    Pass,
    Pins,
    Queue,
)
from services.gateway.pipeline import Questions, Stages, Step, Work

PROGRESS_S = 1.0
"""Seconds between two writes of progress to the job row, at least."""

BACKOFF_S = 0.5
BACKOFF_S_MAX = 16.0
"""Before a step is tried again: doubling from the first to the second."""

INTERNAL_TRIES = 2
"""Tries of a step that ended in somebody's bug: a stage that dies can look like one."""

_log = telemetry.logger(__name__)
_seconds = telemetry.histogram("retainwise.prediction.seconds", "s", "from the claim of a prediction to its end")
_ended = telemetry.counter("retainwise.jobs.ended", "1", "jobs that ended an attempt, by how")
_errors = telemetry.counter("retainwise.jobs.errors", "1", "jobs that failed, by kind of error")


class Stopping(Exception):
    """The worker was told to stop; the job goes back to the queue."""


@dataclass(frozen=True)
class Limits:
    """lease_s: how long a claim lasts unrenewed. attempts_max: claims before a job is set aside.
    pass_tries: tries of one step within an attempt. threads: for DuckDB."""

    lease_s: float = 30.0
    attempts_max: int = 3
    pass_tries: int = 6
    threads: int = 2


class JobRunner:
    """Works on one job at a time."""

    def __init__(
        self,
        jobs: Jobs,
        queue: Queue,
        store: ObjectStore,
        stages: Stages,
        *,
        worker: str,
        scratch: Path,
        limits: Limits,
        stopping: threading.Event,
    ) -> None:
        self._jobs = jobs
        self._queue = queue
        self._store = store
        self._stages = stages
        self._worker = worker
        self._scratch = scratch
        self._limits = limits
        self._stopping = stopping

    def handle(self, delivery: Delivery) -> None:
        """Runs the job that the hint names, if it may be had, and takes care of the hint."""
        claim = self._jobs.claim(delivery.job_id, self._worker, self._limits.lease_s, self._limits.attempts_max)
        if claim is None:
            self._turn_away(delivery)
            return
        job = claim.job
        with (
            telemetry.continued(job.trace),
            telemetry.request(job.request_id),
            telemetry.span("job", job_id=job.id, attempt=job.attempts),
        ):
            self._run(claim, delivery)

    def _turn_away(self, delivery: Delivery) -> None:
        """A hint whose job cannot be claimed: over, gone, set aside, or in other hands."""
        try:
            job = self._jobs.get(delivery.job_id)
        except NotFound:  # deleted since it was announced
            self._queue.acknowledge(delivery)
            return
        if job.status in CLAIMABLE:
            self._queue.extend(delivery, self._limits.lease_s)
        elif job.dead_letter:
            _log.error("job set aside", extra={"job_id": job.id, "attempts": job.attempts})
            self._queue.bury(delivery)
        else:
            self._queue.acknowledge(delivery)

    def _run(self, claim: Claim, delivery: Delivery) -> None:
        started = time.monotonic()
        job = claim.job
        _log.info("job claimed", extra={"job_id": job.id, "attempt": job.attempts, "worker": self._worker})
        outcome = "lost"
        try:
            with self._lease(claim, delivery) as lost, self._scratch_for(job) as scratch:
                outcome = self._advance(claim, scratch, lost)
            self._queue.acknowledge(delivery)
        except LeaseLost:
            _log.warning("job lost to another worker", extra={"job_id": job.id})
        except Stopping:
            outcome = "released"
            self._jobs.release(claim)
            _log.info("job given back", extra={"job_id": job.id})
        except RetainWiseError as error:
            # What may work later is left to a later attempt, when the lease has run out.
            if error.retryable:
                outcome = "postponed"
                _log.warning("job postponed", extra={"job_id": job.id, "kind": kind_of(error).__name__})
            else:
                outcome = "failed"
                self._fail(claim, error)
                self._queue.acknowledge(delivery)
        except Exception as error:  # noqa: BLE001 (the border: a poisoned file fails its own job only)
            outcome = "failed"
            _log.exception("job failed by a fault of ours", extra={"job_id": job.id})
            self._fail(claim, Internal(f"something went wrong on our side; quote request {job.request_id}"), error)
            self._queue.acknowledge(delivery)
        _ended.add(1, outcome=outcome)
        _seconds.record(time.monotonic() - started, outcome=outcome)
        _log.info("job ended", extra={"job_id": job.id, "outcome": outcome, "seconds": time.monotonic() - started})

    def _fail(self, claim: Claim, error: RetainWiseError, cause: Exception | None = None) -> None:
        kind = kind_of(error).__name__
        _errors.add(1, kind=kind)
        code = type(cause or error).__name__
        try:
            self._jobs.fail(claim, JobError(kind=kind, code=code, message=error.message))
        except LeaseLost:
            _log.warning("job lost to another worker", extra={"job_id": claim.job.id})

    def _advance(self, claim: Claim, scratch: Path, lost: threading.Event) -> str:
        """Runs the steps that are left and records the end; returns its name."""
        artifacts = Artifacts(self._store, claim.job, claim.fence, scratch)
        job = claim.job
        while (step := pipeline.next_step(job)) is not None:
            desk = _Desk(self._jobs, replace(claim, job=job), lost, self._stopping)
            work = Work(job, self._stages, artifacts, desk.told, desk.pin, _now, self._limits.threads)
            made = self._persist(step, work)
            job = desk.job
            if isinstance(made, Questions):
                self._jobs.ask(claim, made.questions, made.message)
                return "asked"
            job = replace(job, artifacts={**job.artifacts, **made})
            self._jobs.keep(claim, made)
        summary = artifacts.document(job.artifacts["summary"])
        self._jobs.complete(claim, {}, _sentence(summary))
        artifacts.remove_others(job.artifacts)
        return "completed"

    def _persist(self, step: Step, work: Work) -> dict[str, Artifact] | Questions:
        """Runs a step, again after a growing pause when what stopped it may pass."""
        for attempt in range(1, self._limits.pass_tries + 1):
            try:
                with telemetry.span("step", makes=step.makes[0], attempt=attempt):
                    return step.run(work)
            except RetainWiseError as error:
                patience = self._limits.pass_tries if error.retryable else INTERNAL_TRIES
                if attempt >= patience or not (error.retryable or kind_of(error) is Internal):
                    raise
                _log.warning(
                    "step to be tried again",
                    extra={"job_id": work.job.id, "kind": kind_of(error).__name__, "attempt": attempt},
                )
                if self._stopping.wait(min(BACKOFF_S * 2 ** (attempt - 1), BACKOFF_S_MAX)):
                    raise Stopping from error
        raise AssertionError("unreachable: the last try returns or raises")

    @contextmanager
    def _lease(self, claim: Claim, delivery: Delivery) -> Iterator[threading.Event]:
        """Renews lease and hint while the body runs; sets the event it gives when the lease is lost."""
        over, lost = threading.Event(), threading.Event()

        def keep() -> None:
            while not over.wait(self._limits.lease_s / 3):
                try:
                    self._jobs.renew(claim, self._limits.lease_s)
                    self._queue.extend(delivery, self._limits.lease_s)
                except LeaseLost:
                    lost.set()
                    return
                except RetainWiseError as error:
                    # The lease outlives two missed renewals; the next one may get through.
                    _log.warning("lease not renewed", extra={"job_id": claim.job.id, "kind": kind_of(error).__name__})

        thread = threading.Thread(target=keep, name="lease", daemon=True)
        thread.start()
        try:
            yield lost
        finally:
            over.set()
            thread.join()

    @contextmanager
    def _scratch_for(self, job: Job) -> Iterator[Path]:
        self._scratch.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{job.id}-", dir=self._scratch))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


class _Desk:
    """What a step writes on the job row: progress, now and then, and pins."""

    def __init__(self, jobs: Jobs, claim: Claim, lost: threading.Event, stopping: threading.Event) -> None:
        self.job = claim.job
        self._jobs = jobs
        self._claim = claim
        self._lost = lost
        self._stopping = stopping
        self._written_at = 0.0
        self._pass: Pass | None = None

    def told(self, current_pass: Pass, rows_done: int, rows_total: int | None, message: str) -> None:
        """Raises LeaseLost or Stopping when the work is to end here."""
        if self._lost.is_set():
            raise LeaseLost("another worker took the job")
        if self._stopping.is_set():
            raise Stopping
        now = time.monotonic()
        if current_pass is not self._pass or now - self._written_at >= PROGRESS_S:
            self._jobs.progress(self._claim, current_pass, rows_done, rows_total, message)
            self._pass, self._written_at = current_pass, now

    def pin(self, pins: Pins) -> None:
        self._jobs.pin(self._claim, pins)
        self.job = replace(self.job, pins=pins)


def sweep(jobs: Jobs, queue: Queue, limit: int = 100) -> int:
    """Announces the outbox: jobs the queue was not told of, or whose lease ran out. Returns how many."""
    waiting = jobs.unannounced(limit)
    for job_id in waiting:
        queue.announce(job_id)
    jobs.announced(waiting)
    return len(waiting)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _sentence(summary: pipeline.Document) -> str:
    rows, high = int(summary["row_count"]), int(summary["high_count"])
    return f"{rows:,} {'customer' if rows == 1 else 'customers'} scored, {high:,} at high risk"
