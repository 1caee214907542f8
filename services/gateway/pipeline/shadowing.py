"""A second pass over the same customers by the shadow: another model version, whose disagreement is reported.

It never stands in the way of a prediction: whatever is wrong with the shadow becomes a word in the report, and is not
tried again. Only faults that would stop the report too (the store, the lease) go on as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

from libs import telemetry
from libs.errors import Internal, RetainWiseError, Unavailable, kind_of
from services.gateway.artifacts import read_batches, read_schema
from services.gateway.domain import Artifact, Job, Pass, Pins
from services.gateway.pipeline.ports import ScoreOrder, TableAnswer
from services.gateway.pipeline.work import Work
from services.gateway.report.disagreement import Scores, disagreement
from services.gateway.report.shadow import IN_USE

_log = telemetry.logger(__name__)


class NotScored(Exception):
    """The shadow was not scored. kind: of the error, as in libs.errors, or InUse."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def is_pinned(job: Job) -> bool:
    """Whether the prediction has a shadow."""
    return job.pins.shadow_version is not None


def shadow(work: Work) -> dict[str, Artifact]:
    """How far the shadow disagrees with what was sold, or the kind of what kept it from being scored."""
    pins = work.job.pins
    named = {"family": pins.shadow_family, "version": pins.shadow_version, "digest": pins.shadow_digest}
    try:
        told = _compared(work)
    except NotScored as fault:
        _log.warning("shadow not scored", extra={"job_id": work.job.id, "kind": fault.kind})
        told = {"not_scored": fault.kind}
    return {"shadow": work.artifacts.keep_document("shadow.json", {**named, **told})}


def _compared(work: Work) -> dict[str, Any]:
    """The figures as JSON, with the days ahead that the shadow speaks of. Raises NotScored."""
    pins = work.job.pins
    if (pins.shadow_family, pins.shadow_version) == (pins.model_family, pins.model_version):
        raise NotScored(IN_USE)
    canonical, results = (work.artifacts.local(work.artifact(name)) for name in ("canonical", "results"))
    spans = work.artifacts.document(work.artifact("spans"))
    rows = int(work.artifacts.document(work.artifact("summary"))["row_count"])
    order = ScoreOrder(_as_model(pins), work.job.options.churn_rate, spans)
    with _faults_kept():
        answer = work.stages.score(read_batches(canonical), read_schema(canonical), order, rows)
    scores = Scores(rows)
    for done in _taken(answer, scores):
        # The rows are all done by the model in use: a bar does not go back.
        work.told(Pass.SCORE, rows, rows, f"Comparing with the shadow: {done:,} of {rows:,} customers")
    with _faults_kept():
        return {**asdict(disagreement(results, scores)), "horizon_days": int(answer.trailer["horizon_days"])}


def _as_model(pins: Pins) -> Pins:
    """The same pins, with the shadow as the model that scores."""
    return replace(
        pins, model_family=pins.shadow_family, model_version=pins.shadow_version, model_digest=pins.shadow_digest
    )


def _taken(answer: TableAnswer, scores: Scores) -> Iterator[int]:
    """Takes the answer in, and tells after each batch how many rows there are. Raises NotScored.

    What stops the caller between two batches is none of the shadow's faults, and does not come through here.
    """
    with _faults_kept():
        for batch in answer:
            scores.add(batch)
            yield scores.rows


@contextmanager
def _faults_kept() -> Iterator[None]:
    """Whatever goes wrong with the shadow is its own affair: NotScored, with the kind alone."""
    try:
        yield
    except RetainWiseError as error:
        raise NotScored(kind_of(error).__name__) from error
    except OSError as error:
        raise NotScored(Unavailable.__name__) from error
    except Exception as error:
        _log.exception("the shadow failed by a fault of ours")
        raise NotScored(Internal.__name__) from error
