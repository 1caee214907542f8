"""What the HTTP side is built from; any part can be replaced by a test in one argument."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from libs.objects.store import ObjectStore
from services.gateway.domain import Decision, Pins, Tenant
from services.gateway.identity.parts import Identity
from services.gateway.pipeline.understanding import Recall
from services.gateway.plans.catalogue import PlanId
from services.gateway.plans.plans import Plans
from services.gateway.ports import Jobs, MappingProfiles, ModelFamilies, Queue
from services.gateway.settings import Settings
from services.gateway.thresholds import Thresholds


class Tenants(Protocol):
    """The companies."""

    def create(self, name: str, plan: PlanId = PlanId.ENTERPRISE) -> tuple[Tenant, str]:
        """A new tenant and the secret of its first API key."""
        ...

    def rename(self, tenant_id: str, name: str) -> None: ...

    def all(self) -> list[Tenant]:
        """Every tenant, oldest first."""
        ...


class Preview(Protocol):
    """What pass 0 would make of the head of a file, without a job."""

    def __call__(
        self,
        chunks: Iterable[bytes],
        industry: str | None,
        snapshot_date: str,
        decisions: tuple[Decision, ...],
        recall: Recall,
        encoding: str | None,
        /,
    ) -> dict[str, Any]:
        """{"plan": …, "questions": […], "profile": …} with the names of the protos. snapshot_date: ISO 8601."""
        ...


class Simulate(Protocol):
    """What a pinned model would say of one customer under changes. Raises libs.errors' kinds."""

    def __call__(
        self,
        customer: pa.RecordBatch,
        changes: Mapping[str, float | bool | str],
        pins: Pins,
        spans: dict[str, Any],
        level_shift: float,
        /,
    ) -> dict[str, Any]:
        """scoring's SimulatedCustomer with the names of the proto, levers included.

        customer: one canonical row. spans: as the prediction was scored with. level_shift: as its summary has it.
        """
        ...


class Models(Protocol):
    """The model registry, as scoring tells of it: documents with the names of the protos. Raises libs.errors' kinds."""

    def models(self, family: str) -> dict[str, Any]:
        """{"models", "current", "history", "refused", "earlier"}. Raises NotFound for a family without a version."""
        ...

    def promote(self, family: str, version: str, expected: str, actor: str, at: str) -> dict[str, Any]:
        """{"current", "previous"}"""
        ...

    def roll_back(self, family: str, expected: str, actor: str, at: str) -> dict[str, Any]:
        """{"current", "previous"}; current is empty once the family is out of use."""
        ...


@dataclass(frozen=True)
class Parts:
    """ready: for each dependency, whether it answers now."""

    settings: Settings
    jobs: Jobs
    queue: Queue
    store: ObjectStore
    tenants: Tenants
    identity: Identity
    plans: Plans
    profiles: MappingProfiles
    families: ModelFamilies
    thresholds: Thresholds
    models: Models
    preview: Preview
    simulate: Simulate
    ready: Callable[[], dict[str, bool]]
