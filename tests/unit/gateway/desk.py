"""A job runner with everything around it, over a real database and store and fake stages."""

import threading
from pathlib import Path

from libs.objects.local import LocalStore
from services.gateway.attempts import Limits
from services.gateway.database.engine import Database
from services.gateway.database.families import FamilyTable
from services.gateway.database.jobs import JobTable
from services.gateway.database.profiles import ProfileTable
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.domain import Job
from services.gateway.jobs import JobRunner, sweep
from services.gateway.plans.plans import Plans
from tests.unit.gateway.fakes import FakeStages, RecordingQueue


class Desk:
    """A runner with everything around it."""

    def __init__(self, database: Database, folder: Path, limits: Limits | None = None) -> None:
        self.jobs = JobTable(database)
        self.queue = RecordingQueue()
        (scratch := folder / "scratch").mkdir()
        self.store = LocalStore(folder / "store")
        self.stages = FakeStages()
        self.profiles = ProfileTable(database)
        self.families = FamilyTable(database)
        self.plans = Plans(SubscriptionTable(database))
        self.stopping = threading.Event()
        self.runner = JobRunner(
            self.jobs,
            self.queue,
            self.store,
            self.stages,
            self.profiles,
            self.families,
            self.plans,
            worker="w1",
            scratch=scratch,
            limits=limits or Limits(),
            stopping=self.stopping,
        )

    def submit(self, job: Job, data: bytes = b"ann bob cyd") -> None:
        self.store.put(job.artifacts["upload"].key, data)
        self.jobs.create(job, idempotency_key=None, request_digest="d")

    def run(self) -> None:
        """Sweeps the outbox and handles its one hint, as the worker does."""
        assert 1 == sweep(self.jobs, self.queue)
        self.handle()

    def hint(self, job: Job) -> None:
        """One more hint for the job, as an SQS that delivers twice may give."""
        self.queue.announce(job.id)
        self.handle()

    def handle(self) -> None:
        delivery = self.queue.receive(0)
        assert delivery is not None
        self.runner.handle(delivery)
