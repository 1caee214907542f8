"""One attempt at a job as its steps see it, and what a step is.

Each step makes named artifacts and is left out when they are there already, so a job that was
interrupted goes on from its last finished artifact.
"""

from collections.abc import Callable
from dataclasses import dataclass

from services.gateway.artifacts import Artifacts
from services.gateway.domain import Artifact, Job, Pass, Pins
from services.gateway.pipeline.ports import Document, Stages
from services.gateway.ports import MappingProfiles, ModelFamilies


@dataclass(frozen=True)
class Questions:
    """The job waits for a person: mapping's questions, a sentence that sums them up, and the plan so far."""

    questions: tuple[Document, ...]
    message: str
    made: dict[str, Artifact]


@dataclass(frozen=True)
class Work:
    """One attempt at a job, as its steps see it.

    told: called with (pass, rows done, rows in all or None, a sentence) as work goes on; raises to stop it.
    pin: fixes the pins on the job row. now: the time to pin as `scored_at`, ISO 8601 UTC.
    threads: for DuckDB. clustering_bytes_max: disk for bringing a customer's rows together.
    profiles: what was said of earlier files. families: of tenants' own models.
    reserve: sets that many predictions aside before the first is made; raises QuotaShort where the plan has too few.
    """

    job: Job
    stages: Stages
    artifacts: Artifacts
    told: Callable[[Pass, int, int | None, str], None]
    pin: Callable[[Pins], None]
    now: Callable[[], str]
    threads: int
    clustering_bytes_max: int
    profiles: MappingProfiles
    families: ModelFamilies
    reserve: Callable[[int], None]

    def artifact(self, name: str) -> Artifact:
        return self.job.artifacts[name]


@dataclass(frozen=True)
class Step:
    """One step: what it makes, and how. It returns artifacts, or questions. wanted: whether the job has it at all."""

    makes: tuple[str, ...]
    run: Callable[[Work], dict[str, Artifact] | Questions]
    wanted: Callable[[Job], bool] = lambda job: True
