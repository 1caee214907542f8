"""The job rows: who may write to one, and what each write means."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, RowMapping, and_, delete, func, insert, or_, select, tuple_
from sqlalchemy import update as update_row

from libs.errors import Conflict, NotFound
from services.gateway.database import rows, usage
from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import idempotency, jobs, tenants
from services.gateway.decisions import answered
from services.gateway.domain import (
    CLAIMABLE,
    Artifact,
    Claim,
    Decision,
    Job,
    JobError,
    JobKind,
    JobStatus,
    LeaseLost,
    NotWaiting,
    Pass,
    Pins,
    Place,
    Scored,
)

ANNOUNCE_AGAIN_S = 900.0
"""A queued job still unclaimed after this is announced again: its hint may be lost, and a second one does no harm."""

DEAD = (
    "This file stopped its worker {attempts} times and was set aside; nothing was charged. "
    "Try a smaller export or contact support with the request id."
)

NOUNS = {
    None: "prediction",
    JobKind.PREDICT: "prediction",
    JobKind.TRAIN: "training",
    JobKind.CHANGES: "comparison",
    JobKind.EXPORT: "export",
}
"""What a job is called where it cannot be found, by the kind that was looked for."""

NO_LEASE: dict[str, Any] = {"lease_until": None, "worker": None}
NO_HINT: dict[str, Any] = {"announced_at": None}


class JobTable:
    """The port `Jobs` of services.gateway.domain over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, job: Job, *, idempotency_key: str | None, request_digest: str) -> Job:
        try:
            with self._database.write() as connection:
                first = self._first(connection, job.tenant_id, idempotency_key)
                if first is None:
                    connection.execute(insert(jobs).values(rows.values_of(job)))
                    if idempotency_key is not None:
                        connection.execute(_key(job, idempotency_key, request_digest))
                    return job
        except Clash as clash:
            # On Postgres two requests with one key may both find it new; the second then reads the first's job.
            with self._database.read() as connection:
                first = self._first(connection, job.tenant_id, idempotency_key)
            if first is None:
                raise Conflict(f"job {job.id} is there already, or its tenant is not") from clash
        if first["digest"] != request_digest:
            raise Conflict("this Idempotency-Key came before with another request; use a new key for a new request")
        return rows.job_of(first)

    def of_tenant(self, tenant_id: str, job_id: str, kind: JobKind | None = None, *, quiet: bool = False) -> Job:
        with self._database.read(quiet=quiet) as connection:
            return _one(connection, job_id, *_of(tenant_id, job_id, kind), kind=kind)

    def get(self, job_id: str) -> Job:
        with self._database.read() as connection:
            return _one(connection, job_id, jobs.c.id == job_id)

    def page(self, tenant_id: str, *, limit: int, after: Place | None, kind: JobKind | None = None) -> list[Job]:
        newest = select(jobs).where(jobs.c.tenant_id == tenant_id).order_by(jobs.c.created_at.desc(), jobs.c.id.desc())
        if kind is not None:
            newest = newest.where(jobs.c.kind == kind.value)
        if after is not None:
            newest = newest.where(tuple_(jobs.c.created_at, jobs.c.id) < tuple_(after.created_at, after.job_id))
        with self._database.read() as connection:
            return [rows.job_of(row) for row in connection.execute(newest.limit(limit)).mappings()]

    def scored(self, tenant_id: str) -> list[Scored]:
        told = select(jobs.c.id, jobs.c.filename, jobs.c.pins, jobs.c.created_at, jobs.c.artifacts).where(
            jobs.c.tenant_id == tenant_id,
            jobs.c.kind == JobKind.PREDICT.value,
            jobs.c.status == JobStatus.COMPLETED.value,
        )
        with self._database.read() as connection:
            found = connection.execute(told.order_by(jobs.c.created_at.desc(), jobs.c.id.desc())).mappings()
            return [rows.scored_of(row) for row in found if "results" in row["artifacts"]]

    def claim(self, job_id: str, worker: str, lease_s: float, attempts_max: int) -> Claim | None:
        with self._database.write() as connection:
            now = self._database.now(connection)
            free = and_(jobs.c.id == job_id, _claimable(now))
            claimed = {
                "status": JobStatus.PROCESSING.value,
                "attempts": jobs.c.attempts + 1,
                "fence": jobs.c.fence + 1,
                "lease_until": now + timedelta(seconds=lease_s),
                "worker": worker,
                "updated_at": now,
            }
            take = update_row(jobs).where(free, jobs.c.attempts < attempts_max).values(claimed).returning(jobs)
            row = connection.execute(take).mappings().one_or_none()
            if row is None:
                self._bury(connection, free, attempts_max, now)
                return None
        job = rows.job_of(row)
        return Claim(job=job, fence=job.fence, worker=worker)

    def renew(self, claim: Claim, lease_s: float) -> None:
        with self._database.write() as connection:
            now = self._database.now(connection)
            self._write(connection, claim, {"lease_until": now + timedelta(seconds=lease_s)}, now)

    def progress(self, claim: Claim, current_pass: Pass, rows_done: int, rows_total: int | None, message: str) -> None:
        values: dict[str, Any] = {"current_pass": current_pass.value, "rows_done": rows_done, "message": message}
        if rows_total is not None:  # a total that was found once is not forgotten
            values["rows_total"] = rows_total
        self._fenced(claim, values)

    def pin(self, claim: Claim, pins: Pins) -> None:
        self._fenced(claim, {"pins": rows.pins_json(pins)})

    def keep(self, claim: Claim, artifacts: dict[str, Artifact]) -> None:
        with self._database.write() as connection:
            self._write(connection, claim, {"artifacts": self._merged(connection, claim, artifacts)})

    def ask(self, claim: Claim, questions: tuple[dict[str, Any], ...], message: str) -> None:
        asked = {"questions": list(questions), "message": message, "attempts": 0}
        self._fenced(claim, asked | {"status": JobStatus.NEEDS_MAPPING.value} | NO_LEASE)

    def hold(self, claim: Claim, message: str) -> None:
        held = {"status": JobStatus.NEEDS_PLAN.value, "message": message, "attempts": 0}
        self._fenced(claim, held | NO_LEASE)

    def resume(self, tenant_id: str, job_id: str) -> Job:
        with self._database.write() as connection:
            job = _one(connection, job_id, *_of(tenant_id, job_id, None), lock=True)
            if job.status is not JobStatus.NEEDS_PLAN:
                raise NotWaiting(f"prediction {job_id} is {job.status.value} and waits for no plan")
            queued = {"status": JobStatus.QUEUED.value, "message": "", "updated_at": self._database.now(connection)}
            change = update_row(jobs).where(jobs.c.id == job_id).values(queued | NO_LEASE | NO_HINT).returning(jobs)
            return rows.job_of(connection.execute(change).mappings().one())

    def held(self, tenant_id: str) -> list[str]:
        waiting = select(jobs.c.id).where(jobs.c.tenant_id == tenant_id, jobs.c.status == JobStatus.NEEDS_PLAN.value)
        with self._database.read() as connection:
            return list(connection.execute(waiting.order_by(jobs.c.created_at, jobs.c.id)).scalars())

    def complete(self, claim: Claim, artifacts: dict[str, Artifact], message: str) -> None:
        with self._database.write() as connection:
            now = self._database.now(connection)
            done = {
                "status": JobStatus.COMPLETED.value,
                "artifacts": self._merged(connection, claim, artifacts),
                "message": message,
                # Progress is told now and then, so the last of it may be far from the end.
                "rows_done": func.coalesce(jobs.c.rows_total, jobs.c.rows_done),
                "completed_at": now,
            }
            self._write(connection, claim, done | NO_LEASE, now)
            usage.count(connection, claim.job.id)

    def fail(self, claim: Claim, error: JobError) -> None:
        failed = {"status": JobStatus.FAILED.value, "error": asdict(error), "message": error.message}
        with self._database.write() as connection:
            self._write(connection, claim, failed | NO_LEASE)
            usage.let_go(connection, claim.job.id)

    def release(self, claim: Claim) -> None:
        queued = {"status": JobStatus.QUEUED.value, "attempts": jobs.c.attempts - 1}
        self._fenced(claim, queued | NO_LEASE | NO_HINT)

    def postpone(self, claim: Claim, wait_s: float, message: str) -> None:
        with self._database.write() as connection:
            now = self._database.now(connection)
            # A lease that nobody holds: it keeps the job from being claimed until it runs out.
            waiting = {
                "status": JobStatus.QUEUED.value,
                "attempts": jobs.c.attempts - 1,
                "lease_until": now + timedelta(seconds=wait_s),
                "worker": None,
                "message": message,
            }
            self._write(connection, claim, waiting, now)

    def answer(self, tenant_id: str, job_id: str, decisions: tuple[Decision, ...]) -> Job:
        with self._database.write() as connection:
            job = _one(connection, job_id, jobs.c.id == job_id, jobs.c.tenant_id == tenant_id, lock=True)
            if job.status is not JobStatus.NEEDS_MAPPING:
                raise NotWaiting(f"prediction {job_id} is {job.status.value} and waits for no mapping")
            latest = answered(job.options.decisions, decisions, job.questions)
            queued = {
                "status": JobStatus.QUEUED.value,
                "options": rows.options_json(replace(job.options, decisions=latest)),
                "artifacts": rows.artifacts_json({n: a for n, a in job.artifacts.items() if n != "plan"}),
                "questions": [],
                "message": "",
                "updated_at": self._database.now(connection),
            }
            change = update_row(jobs).where(jobs.c.id == job_id).values(queued | NO_LEASE | NO_HINT).returning(jobs)
            return rows.job_of(connection.execute(change).mappings().one())

    def delete(self, tenant_id: str, job_id: str, kind: JobKind | None = None) -> Job:
        with self._database.write() as connection:
            job = _one(connection, job_id, *_of(tenant_id, job_id, kind), lock=True, kind=kind)
            connection.execute(delete(jobs).where(jobs.c.id == job_id))
            usage.let_go(connection, job_id)
            return job

    def unannounced(self, limit: int) -> dict[str, int]:
        with self._database.read(quiet=True) as connection:
            now = self._database.now(connection)
            stale = now - timedelta(seconds=ANNOUNCE_AGAIN_S)
            untold = or_(
                jobs.c.announced_at.is_(None),
                jobs.c.announced_at < jobs.c.lease_until,  # told before the lease ran out, not since
                jobs.c.announced_at < stale,
            )
            oldest = select(jobs.c.id, jobs.c.fence).where(_claimable(now), untold)
            found = connection.execute(oldest.order_by(jobs.c.created_at, jobs.c.id).limit(limit))
            return {row.id: row.fence for row in found}

    def announced(self, fences: Mapping[str, int]) -> None:
        if not fences:
            return
        with self._database.write() as connection:
            now = self._database.now(connection)
            unclaimed = tuple_(jobs.c.id, jobs.c.fence).in_(list(fences.items()))
            connection.execute(update_row(jobs).where(unclaimed).values(announced_at=now))

    def made_before(self, kind: JobKind, moment: datetime, limit: int) -> list[Job]:
        old = select(jobs).where(jobs.c.kind == kind.value, jobs.c.created_at < moment)
        with self._database.read(quiet=True) as connection:
            found = connection.execute(old.order_by(jobs.c.created_at, jobs.c.id).limit(limit)).mappings()
            return [rows.job_of(row) for row in found]

    def rowless(self, tenant_id: str, job_ids: Collection[str]) -> set[str]:
        with self._database.read(quiet=True) as connection:
            if connection.execute(select(tenants.c.id).where(tenants.c.id == tenant_id)).first() is None:
                return set()
            there = connection.execute(select(jobs.c.id).where(jobs.c.id.in_(job_ids))).scalars()
            return set(job_ids).difference(there)

    def counts(self) -> dict[JobStatus, int]:
        counted = select(jobs.c.status, func.count().label("number")).group_by(jobs.c.status)
        with self._database.read(quiet=True) as connection:
            found = {row.status: row.number for row in connection.execute(counted)}
        return {status: found.get(status.value, 0) for status in JobStatus}

    def _first(self, connection: Connection, tenant_id: str, idempotency_key: str | None) -> RowMapping | None:
        """The row of the job that the key made, with the digest of its request."""
        joined = select(jobs, idempotency.c.digest).join(idempotency, idempotency.c.job_id == jobs.c.id)
        mine = joined.where(idempotency.c.tenant_id == tenant_id, idempotency.c.key == idempotency_key)
        return connection.execute(mine).mappings().one_or_none() if idempotency_key is not None else None

    def _fenced(self, claim: Claim, values: Mapping[str, Any]) -> None:
        with self._database.write() as connection:
            self._write(connection, claim, values)

    def _write(
        self, connection: Connection, claim: Claim, values: Mapping[str, Any], now: datetime | None = None
    ) -> None:
        """Writes to the claim's row if the claim still stands. Raises LeaseLost otherwise."""
        stamped = dict(values) | {"updated_at": now or self._database.now(connection)}
        if connection.execute(update_row(jobs).where(_held(claim)).values(stamped)).rowcount == 0:
            raise _lost(claim)

    def _merged(self, connection: Connection, claim: Claim, artifacts: dict[str, Artifact]) -> dict[str, Any]:
        """The row's artifacts with these added; the row stays locked until the transaction ends."""
        held = select(jobs.c.artifacts).where(_held(claim)).with_for_update()
        stored: dict[str, Any] | None = connection.execute(held).scalar_one_or_none()
        if stored is None:
            raise _lost(claim)
        return stored | rows.artifacts_json(artifacts)

    def _bury(self, connection: Connection, free: ColumnElement[bool], attempts_max: int, now: datetime) -> None:
        """Fails a job that ran out of attempts. The fence grows, so that a worker back from the dead is refused."""
        message = DEAD.format(attempts=attempts_max)
        dead = {
            "status": JobStatus.FAILED.value,
            "dead_letter": True,
            "error": asdict(JobError(kind="Internal", code="DeadLetter", message=message)),
            "message": message,
            "fence": jobs.c.fence + 1,
            "updated_at": now,
        }
        spent = update_row(jobs).where(free, jobs.c.attempts >= attempts_max)
        for job_id in connection.execute(spent.values(dead | NO_LEASE).returning(jobs.c.id)).scalars().all():
            usage.let_go(connection, job_id)


def _claimable(now: datetime) -> ColumnElement[bool]:
    lapsed = or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
    return and_(jobs.c.status.in_([status.value for status in CLAIMABLE]), lapsed)


def _of(tenant_id: str, job_id: str, kind: JobKind | None) -> list[ColumnElement[bool]]:
    conditions = [jobs.c.id == job_id, jobs.c.tenant_id == tenant_id]
    return conditions if kind is None else [*conditions, jobs.c.kind == kind.value]


def _held(claim: Claim) -> ColumnElement[bool]:
    processing = jobs.c.status == JobStatus.PROCESSING.value
    return and_(jobs.c.id == claim.job.id, jobs.c.fence == claim.fence, processing)


def still_held(connection: Connection, claim: Claim) -> None:
    """Holds the claim's row until the transaction ends. Raises LeaseLost."""
    if connection.execute(select(jobs.c.id).where(_held(claim)).with_for_update()).first() is None:
        raise _lost(claim)


def _lost(claim: Claim) -> LeaseLost:
    return LeaseLost(f"job {claim.job.id} is no longer held under fence {claim.fence}")


def _key(job: Job, idempotency_key: str, digest: str) -> Insert:
    return insert(idempotency).values(
        tenant_id=job.tenant_id, key=idempotency_key, digest=digest, job_id=job.id, created_at=job.created_at
    )


def _one(
    connection: Connection,
    job_id: str,
    *conditions: ColumnElement[bool],
    lock: bool = False,
    kind: JobKind | None = None,
) -> Job:
    found = select(jobs).where(*conditions)
    row = connection.execute(found.with_for_update() if lock else found).mappings().one_or_none()
    if row is None:
        raise NotFound(f"there is no {NOUNS.get(kind, NOUNS[None])} {job_id!r}")
    return rows.job_of(row)
