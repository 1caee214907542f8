"""What the gateway needs of its database and its queue, whichever they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.gateway.domain import (
    Artifact,
    Claim,
    Decision,
    Job,
    JobError,
    JobKind,
    JobStatus,
    MappingProfile,
    Pass,
    Pins,
    Place,
    Scored,
    Shadow,
)


class Jobs(Protocol):
    """The job rows. Every write of a worker carries its claim and raises LeaseLost when fenced off."""

    def create(self, job: Job, *, idempotency_key: str | None, request_digest: str) -> Job:
        """Stores a QUEUED job with its "upload" artifact. A key seen before with the same digest gives the first
        job again; with another digest, Conflict."""
        ...

    def of_tenant(self, tenant_id: str, job_id: str, kind: JobKind | None = None, *, quiet: bool = False) -> Job:
        """The tenant's job. Raises NotFound, also for another tenant's or one of another kind.

        quiet: without trace spans, for polling."""
        ...

    def get(self, job_id: str) -> Job:
        """Any tenant's job, for the worker. Raises NotFound."""
        ...

    def page(self, tenant_id: str, *, limit: int, after: Place | None, kind: JobKind | None = None) -> list[Job]:
        """The tenant's jobs, of one kind or of all, newest first, those behind the place `after`."""
        ...

    def scored(self, tenant_id: str) -> list[Scored]:
        """Results of the tenant's completed predictions, the last uploaded first."""
        ...

    def claim(self, job_id: str, worker: str, lease_s: float, attempts_max: int) -> Claim | None:
        """Takes the job if it is claimable, its lease has run out and attempts are left; sets PROCESSING.
        None otherwise. A lapsed job without attempts left is buried here: FAILED, dead_letter, with a sentence."""
        ...

    def renew(self, claim: Claim, lease_s: float) -> None:
        """Prolongs the lease."""
        ...

    def progress(
        self, claim: Claim, current_pass: Pass, rows_done: int, rows_total: int | None, message: str
    ) -> None: ...

    def pin(self, claim: Claim, pins: Pins) -> None: ...

    def keep(self, claim: Claim, artifacts: dict[str, Artifact]) -> None:
        """Adds finished artifacts to the row."""
        ...

    def ask(self, claim: Claim, questions: tuple[dict[str, Any], ...], message: str) -> None:
        """Ends the attempt as NEEDS_MAPPING and gives the attempts back."""
        ...

    def hold(self, claim: Claim, message: str) -> None:
        """Ends the attempt as NEEDS_PLAN and gives the attempts back."""
        ...

    def resume(self, tenant_id: str, job_id: str) -> Job:
        """Queues a NEEDS_PLAN job again, from its last artifact. Raises NotWaiting."""
        ...

    def held(self, tenant_id: str) -> list[str]:
        """Ids of the tenant's NEEDS_PLAN jobs, oldest first."""
        ...

    def complete(self, claim: Claim, artifacts: dict[str, Artifact], message: str) -> None: ...

    def fail(self, claim: Claim, error: JobError) -> None: ...

    def release(self, claim: Claim) -> None:
        """Gives a claimed job back unfinished (a worker that is told to stop); the attempt does not count."""
        ...

    def postpone(self, claim: Claim, wait_s: float, message: str) -> None:
        """Gives a claimed job back, not to be had for `wait_s`: what it needs is out of reach. No attempt counts."""
        ...

    def answer(self, tenant_id: str, job_id: str, decisions: tuple[Decision, ...]) -> Job:
        """Adds decisions to a NEEDS_MAPPING job, drops its "plan" artifact and queues it again. Raises NotWaiting.

        A decision replaces the job's earlier one on the same column; an answer, those to the same question.
        """
        ...

    def delete(self, tenant_id: str, job_id: str, kind: JobKind | None = None) -> Job:
        """Removes the row and returns it as it was; a worker that holds it is fenced off."""
        ...

    def unannounced(self, limit: int) -> dict[str, int]:
        """The outbox: ids of claimable jobs not announced since they were queued, or since their lease ran out, oldest
        first, each with its fence."""
        ...

    def announced(self, fences: Mapping[str, int]) -> None:
        """Notes that the queue was told of these jobs. A job claimed since its fence was read is left as it is: its
        worker may have given it back already, and the hint that was told is in that worker's hands."""
        ...

    def made_before(self, kind: JobKind, moment: datetime, limit: int) -> list[Job]:
        """Jobs of the kind that are older, of all tenants, the oldest first."""
        ...

    def rowless(self, tenant_id: str, job_ids: Collection[str]) -> set[str]:
        """Those of the ids that no row has; none of them where the tenant is not known."""
        ...

    def counts(self) -> dict[JobStatus, int]:
        """Jobs in each status, those with none included, over all tenants: for metrics."""
        ...


class MappingProfiles(Protocol):
    """The mapping profiles of every tenant, at most one for a header row."""

    def remember(
        self,
        tenant_id: str,
        signature: str,
        *,
        filename: str,
        columns: tuple[str, ...],
        decisions: tuple[Decision, ...],
    ) -> None:
        """Adds decisions to the header row's profile, or makes one. A new word on a question replaces the old one;
        one that only repeats it keeps the day on which it was first given."""
        ...

    def recalled(self, tenant_id: str, signature: str) -> MappingProfile | None:
        """The tenant's profile of the header row, if it has one."""
        ...

    def of_tenant(self, tenant_id: str) -> list[MappingProfile]:
        """The tenant's profiles, the last changed first."""
        ...

    def get(self, tenant_id: str, profile_id: str) -> MappingProfile:
        """Raises NotFound, also for another tenant's."""
        ...

    def replace(self, tenant_id: str, profile_id: str, decisions: tuple[Decision, ...]) -> MappingProfile:
        """The profile with these decisions instead of its own. Raises NotFound."""
        ...

    def delete(self, tenant_id: str, profile_id: str) -> None:
        """Raises NotFound."""
        ...


class ModelFamilies(Protocol):
    """Which model family is whose, and what each tenant's predictions are compared with.

    A family's name is opaque: the registry learns nothing of a tenant from it.
    """

    def own(self, tenant_id: str, industry: str) -> str:
        """The tenant's family for files of the industry; made up the first time."""
        ...

    def known(self, tenant_id: str, industry: str) -> str | None:
        """The same, if it was made up before."""
        ...

    def of_tenant(self, tenant_id: str) -> dict[str, str]:
        """The tenant's families, by industry."""
        ...

    def shadow(self, tenant_id: str, industry: str, family: str, version: str, digest: str) -> Shadow:
        """From now on predictions of the industry are compared with this version, instead of any before it."""
        ...

    def unshadow(self, tenant_id: str, industry: str) -> None:
        """From now on they are compared with none; no error if they were not."""
        ...

    def shadows(self, tenant_id: str) -> dict[str, Shadow]:
        """The tenant's shadows, by industry."""
        ...


@dataclass(frozen=True)
class Delivery:
    """One hint taken from the queue. receipt: what the queue wants back to know it again."""

    job_id: str
    receipt: str


class Queue(Protocol):
    """Hints that a job may be claimable. Losing or doubling one does no harm: the job row is the truth."""

    def announce(self, job_id: str) -> None: ...

    def receive(self, wait_s: float) -> Delivery | None:
        """The next hint, hidden from others for the visibility timeout; None after `wait_s` without one."""
        ...

    def extend(self, delivery: Delivery, seconds: float) -> None:
        """Hides the hint for `seconds` more."""
        ...

    def acknowledge(self, delivery: Delivery) -> None:
        """Removes the hint."""
        ...

    def bury(self, delivery: Delivery) -> None:
        """Moves the hint to the dead letters."""
        ...

    def depth(self) -> int:
        """Hints waiting, about."""
        ...
