"""The gateway's other process: takes jobs from the queue and runs them, one at a time."""

import signal
import socket
import threading
import uuid
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from libs import telemetry
from libs.errors import RetainWiseError, kind_of
from libs.objects.opening import open_store
from libs.objects.store import ObjectStore
from services.gateway.attempts import Limits
from services.gateway.database.engine import open_database
from services.gateway.database.families import FamilyTable
from services.gateway.database.jobs import JobTable
from services.gateway.database.profiles import ProfileTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.exports import remove_old_exports
from services.gateway.jobs import JobRunner, sweep
from services.gateway.leftovers import OwnFolder
from services.gateway.orphans import remove_orphans
from services.gateway.pipeline.ports import Stages
from services.gateway.plans.plans import Plans
from services.gateway.ports import Jobs, MappingProfiles, ModelFamilies, Queue
from services.gateway.queue.opening import open_queue
from services.gateway.settings import Settings
from services.gateway.stages import StageClients

_log = telemetry.logger(__name__)


@dataclass(frozen=True)
class Parts:
    """What a worker works with; a test may replace any of it."""

    jobs: Jobs
    queue: Queue
    store: ObjectStore
    stages: Stages
    profiles: MappingProfiles
    families: ModelFamilies
    plans: Plans


def build_parts(settings: Settings) -> Parts:
    """The real parts, at the configured addresses."""
    database = open_database(settings.database_url)
    telemetry.gauge("retainwise.database.pool.in_use", "1", "database connections in use", database.pool_in_use)
    return Parts(
        jobs=JobTable(database),
        queue=open_queue(settings.queue_url, database),
        store=open_store(settings.store_url),
        stages=StageClients(settings),
        profiles=ProfileTable(database),
        families=FamilyTable(database),
        plans=Plans(SubscriptionTable(database)),
    )


def work(settings: Settings, parts: Parts, stopping: threading.Event) -> None:
    """Runs jobs until `stopping` is set; a fault of queue or database is waited out."""
    folder = OwnFolder(settings.scratch_dir, "jobs-")
    runner = JobRunner(
        parts.jobs,
        parts.queue,
        parts.store,
        parts.stages,
        parts.profiles,
        parts.families,
        parts.plans,
        worker=f"{socket.gethostname()}-{uuid.uuid4().hex[:8]}",
        scratch=folder.path,
        limits=Limits(
            settings.lease_s,
            settings.attempts_max,
            settings.pass_tries,
            settings.patience_s,
            settings.threads,
            settings.clustering_bytes_max,
        ),
        stopping=stopping,
    )
    telemetry.gauge("retainwise.queue.depth", "1", "hints waiting in the queue", lambda: _depth(parts.queue))
    telemetry.gauges("retainwise.jobs", "1", "jobs of all tenants, by status", "status", lambda: _counts(parts.jobs))
    sweeper = threading.Thread(target=_sweep, args=(settings, parts, stopping), name="sweeper", daemon=True)
    sweeper.start()
    threading.Thread(target=_tidy, args=(settings, parts, stopping), name="tidier", daemon=True).start()
    _log.info("worker ready")
    while not stopping.is_set():
        try:
            if (delivery := parts.queue.receive(settings.poll_s)) is not None:
                runner.handle(delivery)
        except RetainWiseError as error:
            _log.warning("worker waits", extra={"kind": kind_of(error).__name__})
            stopping.wait(settings.poll_s)
    sweeper.join(timeout=settings.sweep_s)
    folder.remove()


def _sweep(settings: Settings, parts: Parts, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            if announced := sweep(parts.jobs, parts.queue):
                _log.info("jobs announced", extra={"count": announced})
            if settings.ready_file is not None:
                _touch(settings.ready_file)
        except RetainWiseError as error:
            _log.warning("sweep failed", extra={"kind": kind_of(error).__name__})
        stopping.wait(settings.sweep_s)


def _tidy(settings: Settings, parts: Parts, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            remove_old_exports(parts.store, parts.jobs, settings.exports_kept_s)
            remove_orphans(parts.store, parts.jobs)
        except RetainWiseError as error:
            _log.warning("tidying up failed", extra={"kind": kind_of(error).__name__})
        stopping.wait(settings.tidy_s)


def _touch(ready_file: Path) -> None:
    try:
        ready_file.parent.mkdir(parents=True, exist_ok=True)
        ready_file.touch()
    except OSError as error:
        _log.warning("the ready file cannot be written", extra={"reason": error.strerror})


def _counts(jobs: Jobs) -> dict[str, float]:
    try:
        return {status.value: float(number) for status, number in jobs.counts().items()}
    except RetainWiseError:
        return {}  # unknown, as below


def _depth(queue: Queue) -> float:
    try:
        return float(queue.depth())
    except RetainWiseError:
        return float("nan")  # unknown: a metric must not take the worker down


def main() -> None:
    settings = Settings()
    telemetry.start("worker", otlp_endpoint=settings.otlp_endpoint, log_level=settings.log_level)
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    work(settings, build_parts(settings), stopping)
    telemetry.shutdown()


if __name__ == "__main__":
    main()
