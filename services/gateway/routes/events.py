"""Progress as it happens: server-sent events that follow a prediction's job row."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, Field

from libs import telemetry
from libs.errors import NotFound, RetainWiseError, kind_of
from services.gateway.domain import Job, JobKind, JobStatus
from services.gateway.listeners import Listeners
from services.gateway.routes.access import JobHere, PartsHere, TenantHere
from services.gateway.routes.bodies import Prediction, prediction_of

router = APIRouter(tags=["predictions"])

POLL_S = 1.0
"""Between two looks at the row: a worker writes progress as often."""

STREAM_S_MAX = 600.0
"""A stream is closed then, without an end; whoever still listens comes again by itself, and shows its rights again."""

RETRY_MS = 3_000
"""After which a browser comes again when the connection is lost."""

OVER = (JobStatus.COMPLETED, JobStatus.FAILED)

_log = telemetry.logger(__name__)


class End(BaseModel):
    """Nothing more will come."""

    status: JobStatus | None = Field(description="Null where the prediction was deleted.")


def _listeners(request: Request) -> Listeners:
    listeners: Listeners = request.app.state.listeners
    return listeners


ListenersHere = Annotated[Listeners, Depends(_listeners)]


def _place(job: JobHere, listeners: ListenersHere) -> Iterator[None]:
    # Held until the last byte is sent; taken before the first, so that a refusal is an answer of its own.
    with listeners.place(job.tenant_id):
        yield


@router.get(
    "/api/predictions/{prediction_id}/events",
    response_class=EventSourceResponse,
    dependencies=[Depends(_place)],
    summary="Follow a prediction's progress",
)
async def follow_prediction(
    job: JobHere,
    parts: PartsHere,
    tenant: TenantHere,
    listeners: ListenersHere,
    last_event_id: Annotated[str | None, Header(description="A browser sends it when it comes again.")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `progress` with the prediction as GET gives it, now and whenever it changes; last, `end`.

    The end comes with COMPLETED, FAILED or a deletion; while it waits for a person the stream stays. After ten minutes,
    and when the service restarts, it is closed without one: come again with the last id. Between events there are
    comments, so that nobody on the way takes the connection for dead.
    """
    started, told = time.monotonic(), last_event_id
    now: Job | None = job
    while now is not None:
        seen = prediction_of(now)
        if (state := _state(seen)) != told:
            told = state
            yield ServerSentEvent(event="progress", data=seen, id=state, retry=RETRY_MS)
        if now.status in OVER:
            break
        await asyncio.sleep(POLL_S)
        if listeners.closing.is_set() or time.monotonic() - started > STREAM_S_MAX:
            return
        try:
            now = await run_in_threadpool(parts.jobs.of_tenant, tenant.id, job.id, JobKind.PREDICT, quiet=True)
        except NotFound:
            now = None
        except RetainWiseError as error:
            _log.warning("a stream of events broke off", extra={"job_id": job.id, "kind": kind_of(error).__name__})
            return
    yield ServerSentEvent(event="end", data=End(status=now.status if now else None))


def _state(seen: Prediction) -> str:
    """Another one whenever a person would see something else; that a lease was renewed is nothing of that kind."""
    return hashlib.sha256(seen.model_dump_json(exclude={"updated_at"}).encode()).hexdigest()[:16]
