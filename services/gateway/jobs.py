"""Takes jobs from the queue: claims each, has an attempt made at it, and records how that ended."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from libs import telemetry
from libs.errors import Internal, InvalidInput, NotFound, PlanLimit, RetainWiseError, TooLarge, Unavailable, kind_of
from libs.objects.store import ObjectStore
from services.gateway.artifacts import job_prefix, remove_unnamed
from services.gateway.attempts import Attempt, Limits, Stopping
from services.gateway.domain import CLAIMABLE, Claim, Job, JobError, JobStatus, LeaseLost
from services.gateway.following import follow
from services.gateway.pipeline.ports import Stages
from services.gateway.plans.domain import PlanEnds
from services.gateway.plans.plans import Plans
from services.gateway.ports import Delivery, Jobs, MappingProfiles, ModelFamilies, Queue

FINAL = (InvalidInput, TooLarge, PlanLimit, Internal)
"""What ends a job at once: the file's own faults, which more tries will not lift, and bugs of ours.

Everything else is the house's trouble, an outage or a wrong key, and no reason to fail a customer's file.
"""

_log = telemetry.logger(__name__)
_seconds = telemetry.histogram("retainwise.prediction.seconds", "s", "from the claim of a job to its end, by its kind")
_ended = telemetry.counter("retainwise.jobs.ended", "1", "attempts at jobs that ended, by how")
_errors = telemetry.counter("retainwise.jobs.errors", "1", "jobs that failed or wait, by kind of error")


class JobRunner:
    """Works on one job at a time. scratch: a folder of this worker alone."""

    def __init__(
        self,
        jobs: Jobs,
        queue: Queue,
        store: ObjectStore,
        stages: Stages,
        profiles: MappingProfiles,
        families: ModelFamilies,
        plans: Plans,
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
        self._profiles = profiles
        self._families = families
        self._plans = plans
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
            if job.status is JobStatus.COMPLETED:
                # Its worker may have died between the last commit and tidying up.
                remove_unnamed(self._store, job)
            self._queue.acknowledge(delivery)

    def _run(self, claim: Claim, delivery: Delivery) -> None:
        started, job = time.monotonic(), claim.job
        _log.info("job claimed", extra={"job_id": job.id, "attempt": job.attempts, "worker": self._worker})
        outcome = self._outcome(claim, delivery)
        seconds = time.monotonic() - started
        _ended.add(1, outcome=outcome, kind=job.kind.value)
        _seconds.record(seconds, outcome=outcome, kind=job.kind.value)
        _log.info("job ended", extra={"job_id": job.id, "outcome": outcome, "seconds": seconds})
        if outcome == "completed":
            done = self._jobs.get(job.id)
            remove_unnamed(self._store, done)
            follow(done, self._jobs, self._queue, self._store)
        if outcome in ("completed", "asked", "held", "failed"):
            self._queue.acknowledge(delivery)

    def _outcome(self, claim: Claim, delivery: Delivery) -> str:
        """How the attempt ended, after it was recorded on the row."""
        attempt = Attempt(
            claim,
            self._jobs,
            self._store,
            self._stages,
            self._profiles,
            self._families,
            self._plans,
            self._limits,
            self._stopping,
            lambda seconds: self._queue.extend(delivery, seconds),
        )
        try:
            with self._scratch_for(claim.job) as scratch:
                return attempt.run(scratch)
        except LeaseLost:
            return self._lost(claim.job)
        except Stopping:
            self._jobs.release(claim)
            return "released"
        except PlanEnds as error:
            return self._held(claim, error)
        except RetainWiseError as error:
            if isinstance(error, FINAL) or self._is_too_old(claim.job):
                return self._failed(claim, error)
            return self._postponed(claim, delivery, error)
        except Exception as error:  # noqa: BLE001 (the border: a poisoned file fails its own job only)
            _log.exception("job failed by a fault of ours", extra={"job_id": claim.job.id})
            blamed = Internal(f"something went wrong on our side; quote request {claim.job.request_id}")
            return self._failed(claim, blamed, code=type(error).__name__)

    def _failed(self, claim: Claim, error: RetainWiseError, code: str = "") -> str:
        kind, message = kind_of(error), error.message
        if not issubclass(kind, FINAL):
            kind, message = Unavailable, "a part of the service was out of reach for too long; upload the file again"
        _errors.add(1, kind=kind.__name__)
        try:
            self._jobs.fail(claim, JobError(kind=kind.__name__, code=code or type(error).__name__, message=message))
        except LeaseLost:
            return self._lost(claim.job)
        return "failed"

    def _held(self, claim: Claim, error: PlanEnds) -> str:
        """The job waits for a larger plan or a new month; what was made of the file so far is kept."""
        try:
            self._jobs.hold(claim, error.message)
        except LeaseLost:
            return self._lost(claim.job)
        return "held"

    def _postponed(self, claim: Claim, delivery: Delivery, error: RetainWiseError) -> str:
        """The job waits for what is out of reach; the attempt does not count, since the file did nothing wrong."""
        kind = kind_of(error).__name__
        _errors.add(1, kind=kind)
        log = _log.warning if error.retryable else _log.error
        log("job postponed", extra={"job_id": claim.job.id, "kind": kind, "code": type(error).__name__})
        try:
            self._jobs.postpone(claim, self._limits.lease_s, "A part of the service is out of reach; trying again")
        except LeaseLost:
            return self._lost(claim.job)
        self._queue.extend(delivery, self._limits.lease_s)
        return "postponed"

    def _lost(self, job: Job) -> str:
        """Another worker has the job, or its owner deleted it; then what this attempt stored must go too."""
        try:
            self._jobs.get(job.id)
        except NotFound:
            self._store.delete_prefix(job_prefix(job.tenant_id, job.id))
        return "lost"

    def _is_too_old(self, job: Job) -> bool:
        return (datetime.now(UTC) - job.created_at).total_seconds() > self._limits.patience_s

    @contextmanager
    def _scratch_for(self, job: Job) -> Iterator[Path]:
        try:
            folder = Path(tempfile.mkdtemp(prefix=f"{job.id}-", dir=self._scratch))
        except OSError as error:
            raise Unavailable(f"the worker's scratch disk failed ({error.strerror}); it is tried again") from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(jobs: Jobs, queue: Queue, limit: int = 100) -> int:
    """Announces the outbox: jobs the queue was not told of, or whose lease ran out. Returns how many."""
    waiting = jobs.unannounced(limit)
    for job_id in waiting:  # told first: a job that was noted and then not told would wait in vain
        queue.announce(job_id)
    jobs.announced(waiting)
    return len(waiting)
