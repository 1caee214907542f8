"""What follows by itself from a job that is done: a file that tells who left judges the prediction before it."""

import json
from contextlib import suppress

from libs import telemetry
from libs.errors import RetainWiseError
from libs.objects.store import ObjectStore
from services.gateway.comparisons import NothingBefore, comparison, previous, started
from services.gateway.domain import Job, JobKind, JobStatus
from services.gateway.ports import Jobs, Queue

LABEL = "churned"

_log = telemetry.logger(__name__)


def follow(job: Job, jobs: Jobs, queue: Queue, store: ObjectStore) -> None:
    """Has a completed prediction whose file says who left compared with the one before it.

    It never fails: what cannot be done now can still be asked for.
    """
    if job.kind is not JobKind.PREDICT or job.status is not JobStatus.COMPLETED:
        return
    try:
        if not _tells_who_left(job, store):
            return
        with suppress(NothingBefore):
            made, new = started(jobs, comparison(job, previous(jobs, store, job)))
            if new:
                queue.announce(made.id)
                jobs.announced({made.id: made.fence})
    except RetainWiseError as error:
        _log.warning("no comparison was begun", extra={"job_id": job.id, "kind": type(error).__name__})


def _tells_who_left(job: Job, store: ObjectStore) -> bool:
    plan = json.loads(store.get(job.artifacts["plan"].key))
    given = (each["canonical"] for part in ("mappings", "derivations") for each in plan.get(part, ()))
    return LABEL in given
