"""Every kind of job as data: its steps in their order, and the sentence it ends with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.gateway.domain import Job, JobKind
from services.gateway.pipeline import comparing, exporting, scoring, shadowing, training
from services.gateway.pipeline.preparing import prepare
from services.gateway.pipeline.understanding import plan, understand
from services.gateway.pipeline.work import Step, Work


@dataclass(frozen=True)
class Kind:
    """steps: each makes artifacts of its own. sentence: what came of the job, once they are all there."""

    steps: tuple[Step, ...]
    sentence: Callable[[Work], str]


UNDERSTAND = Step(("table", "profile"), understand)
PREPARE = Step(("canonical", "quarantine", "findings", "applied"), prepare)

KINDS: Mapping[JobKind, Kind] = {
    JobKind.PREDICT: Kind(
        (
            UNDERSTAND,
            Step(("plan",), plan),
            PREPARE,
            Step(("results", "summary", "spans"), scoring.score),
            Step(("shadow",), shadowing.shadow, shadowing.is_pinned),
            Step(("report",), scoring.compose_report),
        ),
        scoring.sentence,
    ),
    JobKind.TRAIN: Kind(
        (
            UNDERSTAND,
            Step(("plan",), training.plan_with_label),
            PREPARE,
            Step(("trained", "report"), training.train),
            Step(("promotion",), training.promote),
        ),
        training.sentence,
    ),
    JobKind.CHANGES: Kind(
        (
            Step(("rescored",), comparing.rescore),
            Step(("changes", "comparison", "outcomes"), comparing.compare),
        ),
        comparing.sentence,
    ),
    JobKind.EXPORT: Kind((Step(("export",), exporting.export),), exporting.sentence),
}
"""A new kind is a line here; the runner knows none of them."""


def next_step(job: Job) -> Step | None:
    """The first step of the job's kind whose artifacts it has not; None when all are there."""
    wanted = (step for step in KINDS[job.kind].steps if step.wanted(job))
    return next((step for step in wanted if not set(step.makes) <= set(job.artifacts)), None)


def sentence(work: Work) -> str:
    """What came of a job whose steps are all done."""
    return KINDS[work.job.kind].sentence(work)
