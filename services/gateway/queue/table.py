"""The queue on the job table itself: a hint is the row's `visible_at`, and a taken hint has a receipt."""

import time
import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select, update

from libs import telemetry
from services.gateway.database.engine import Database
from services.gateway.database.tables import jobs
from services.gateway.ports import Delivery

VISIBILITY_S = 900.0
POLL_S = 0.1
"""Between looks at an idle queue; of one core a waiting worker takes about a hundredth."""

NO_HINT: dict[str, Any] = {"visible_at": None, "receipt": None}


class TableQueue:
    """The port `Queue` of services.gateway.domain over the database.

    visibility_s: how long a taken hint is hidden from others, unless it is extended or acknowledged. What is done to a
    hint that was taken again, or announced again, in the meantime has no effect.
    """

    def __init__(self, database: Database, visibility_s: float = VISIBILITY_S) -> None:
        self._database = database
        self._visibility_s = visibility_s

    def announce(self, job_id: str) -> None:
        with telemetry.span("queue announce", role="client"), self._database.write() as connection:
            now = self._database.now(connection)
            # A hint that waits already keeps its place in the line. The receipt goes: whoever holds it took the hint
            # before this announcement, and must not remove it.
            place = case((jobs.c.visible_at <= now, jobs.c.visible_at), else_=now)
            hint = {"visible_at": place, "receipt": None, "buried_at": None}
            connection.execute(update(jobs).where(jobs.c.id == job_id).values(hint))

    def receive(self, wait_s: float) -> Delivery | None:
        until = time.monotonic() + wait_s
        while (delivery := self._take()) is None and (left_s := until - time.monotonic()) > 0:
            time.sleep(min(POLL_S, left_s))
        return delivery

    def extend(self, delivery: Delivery, seconds: float) -> None:
        with self._database.write() as connection:
            hidden = {"visible_at": self._database.now(connection) + timedelta(seconds=seconds)}
            connection.execute(update(jobs).where(_taken(delivery)).values(hidden))

    def acknowledge(self, delivery: Delivery) -> None:
        with telemetry.span("queue acknowledge"), self._database.write() as connection:
            connection.execute(update(jobs).where(_taken(delivery)).values(NO_HINT))

    def bury(self, delivery: Delivery) -> None:
        with telemetry.span("queue bury"), self._database.write() as connection:
            buried = NO_HINT | {"buried_at": self._database.now(connection)}
            connection.execute(update(jobs).where(_taken(delivery)).values(buried))

    def depth(self) -> int:
        with self._database.read(quiet=True) as connection:
            waiting = jobs.c.visible_at <= self._database.now(connection)
            return connection.execute(select(func.count()).where(waiting)).scalar_one()

    def _take(self) -> Delivery | None:
        # On an idle queue this is all that happens, so that polling never holds SQLite's one write lock.
        if not self.depth():
            return None
        receipt = uuid.uuid4().hex
        with self._database.write() as connection:
            now = self._database.now(connection)
            waiting = select(jobs.c.id).where(jobs.c.visible_at <= now).order_by(jobs.c.visible_at, jobs.c.id).limit(1)
            job_id = connection.execute(waiting.with_for_update(skip_locked=True)).scalar_one_or_none()
            if job_id is None:
                return None
            hidden = {"visible_at": now + timedelta(seconds=self._visibility_s), "receipt": receipt}
            connection.execute(update(jobs).where(jobs.c.id == job_id).values(hidden))
        return Delivery(job_id=job_id, receipt=receipt)


def _taken(delivery: Delivery) -> ColumnElement[bool]:
    return and_(jobs.c.id == delivery.job_id, jobs.c.receipt == delivery.receipt)
