"""One attempt at a job: keeps the lease, runs the steps that are left, tries again what may pass."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from libs import telemetry
from libs.errors import Internal, RetainWiseError, Unavailable, kind_of
from libs.objects.store import ObjectStore
from services.gateway.artifacts import Artifacts
from services.gateway.domain import Artifact, Claim, LeaseLost, Pass, Pins
from services.gateway.pipeline import kinds
from services.gateway.pipeline.ports import Stages
from services.gateway.pipeline.work import Questions, Step, Work
from services.gateway.plans.plans import Plans
from services.gateway.ports import Jobs, MappingProfiles, ModelFamilies

PROGRESS_S = 1.0
"""Seconds between two writes of progress to the job row, at least."""

BACKOFF_S = 0.5
BACKOFF_S_MAX = 16.0
"""Before a step is tried again: doubling from the first to the second."""

INTERNAL_TRIES = 2
"""Tries of a step that ended in somebody's bug: a stage that dies can look like one."""

_log = telemetry.logger(__name__)


class Stopping(Exception):
    """The worker was told to stop; the job goes back to the queue."""


@dataclass(frozen=True)
class Limits:
    """lease_s: how long a claim lasts unrenewed. attempts_max: claims before a job is set aside.
    pass_tries: tries of one step within an attempt. patience_s: age of a job up to which an outage is waited out.
    threads: for DuckDB. clustering_bytes_max: disk for bringing a customer's rows together."""

    lease_s: float = 30.0
    attempts_max: int = 3
    pass_tries: int = 6
    patience_s: float = 24 * 3600.0
    threads: int = 2
    clustering_bytes_max: int = 50 << 30


class Attempt:
    """What one claim does with its job. renewed: called after each renewal of the lease, with its seconds."""

    def __init__(
        self,
        claim: Claim,
        jobs: Jobs,
        store: ObjectStore,
        stages: Stages,
        profiles: MappingProfiles,
        families: ModelFamilies,
        plans: Plans,
        limits: Limits,
        stopping: threading.Event,
        renewed: Callable[[float], None],
    ) -> None:
        self._claim = claim
        self._jobs = jobs
        self._store = store
        self._stages = stages
        self._profiles = profiles
        self._families = families
        self._plans = plans
        self._limits = limits
        self._stopping = stopping
        self._renewed = renewed
        self._lost = threading.Event()
        self._job = claim.job
        self._written_at = 0.0
        self._pass: Pass | None = None

    def run(self, scratch: Path) -> str:
        """Takes the job as far as it goes and records the end; returns "completed" or "asked".

        scratch: an empty folder. Raises LeaseLost, Stopping, or what stopped the job; a fault of the
        scratch disk is Unavailable.
        """
        with self._lease(), _disk_faults():
            artifacts = Artifacts(self._store, self._job, self._claim.fence, scratch)
            while (step := kinds.next_step(self._job)) is not None:
                made = self._made(step, artifacts)
                if isinstance(made, Questions):
                    self._jobs.keep(self._claim, made.made)
                    self._jobs.ask(self._claim, made.questions, made.message)
                    return "asked"
                self._jobs.keep(self._claim, made)
                self._job = replace(self._job, artifacts={**self._job.artifacts, **made})
            self._jobs.complete(self._claim, {}, kinds.sentence(self._work(artifacts)))
        return "completed"

    def _made(self, step: Step, artifacts: Artifacts) -> dict[str, Artifact] | Questions:
        """What the step makes, tried again after a growing pause when what stopped it may pass."""
        for attempt in range(1, self._limits.pass_tries + 1):
            # Made anew each time: what an earlier try pinned stays pinned.
            work = self._work(artifacts)
            try:
                with telemetry.span("step", makes=step.makes[0], attempt=attempt):
                    return step.run(work)
            except RetainWiseError as error:
                patience = self._limits.pass_tries if error.retryable else INTERNAL_TRIES
                if attempt >= patience or not (error.retryable or kind_of(error) is Internal):
                    raise
                _log.warning(
                    "step to be tried again",
                    extra={"job_id": self._job.id, "kind": kind_of(error).__name__, "attempt": attempt},
                )
                if self._stopping.wait(min(BACKOFF_S * 2 ** (attempt - 1), BACKOFF_S_MAX)):
                    raise Stopping from error
        raise AssertionError("unreachable: the last try returns or raises")

    def _work(self, artifacts: Artifacts) -> Work:
        return Work(
            self._job,
            self._stages,
            artifacts,
            self._told,
            self._pin,
            _now,
            self._limits.threads,
            self._limits.clustering_bytes_max,
            self._profiles,
            self._families,
            partial(self._plans.reserve, self._claim),
        )

    def _told(self, current_pass: Pass, rows_done: int, rows_total: int | None, message: str) -> None:
        """Writes progress, now and then. Raises LeaseLost or Stopping when the work is to end here."""
        if self._lost.is_set():
            raise LeaseLost("another worker took the job")
        if self._stopping.is_set():
            raise Stopping
        now = time.monotonic()
        if current_pass is not self._pass or now - self._written_at >= PROGRESS_S:
            self._jobs.progress(self._claim, current_pass, rows_done, rows_total, message)
            self._pass, self._written_at = current_pass, now

    def _pin(self, pins: Pins) -> None:
        self._jobs.pin(self._claim, pins)
        self._job = replace(self._job, pins=pins)

    @contextmanager
    def _lease(self) -> Iterator[None]:
        """Renews the lease while the body runs."""
        over = threading.Event()
        thread = threading.Thread(target=self._keep_lease, args=(over,), name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _keep_lease(self, over: threading.Event) -> None:
        while not over.wait(self._limits.lease_s / 3):
            try:
                self._jobs.renew(self._claim, self._limits.lease_s)
                self._renewed(self._limits.lease_s)
            except LeaseLost:
                self._lost.set()
                return
            except RetainWiseError as error:
                # The lease outlives two missed renewals; the next one may get through.
                extra = {"job_id": self._job.id, "kind": kind_of(error).__name__}
                _log.warning("lease not renewed", extra=extra)


@contextmanager
def _disk_faults() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"the worker's scratch disk failed ({error.strerror}); it is tried again") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
