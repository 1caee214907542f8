"""Protobuf to domain and back, nothing else."""

import json
from collections.abc import Iterator
from typing import TypeVar

import pyarrow as pa

from libs.contracts.scoring.v1 import scoring_pb2 as pb
from libs.errors import InvalidInput
from libs.tables import wire
from services.scoring.domain import (
    HIGH_ABOVE,
    MEDIUM_ABOVE,
    BadPerturbation,
    Clip,
    Drift,
    FeatureDrift,
    Perturbation,
    ScoreOptions,
    ScoreSummary,
    Span,
)
from services.scoring.registry import Listing
from services.scoring.training.order import Order
from services.scoring.training.process import Told
from services.scoring.training.session import TrainOptions, TrainResult
from services.scoring.versions import Listed

Request = TypeVar("Request", pb.ScoreRequest, pb.TrainRequest)
"""Streams of one shape: options and schema first, exactly once; then the batches."""


class MalformedStream(InvalidInput):
    """The messages do not come in the order the contract says: options once, then batches."""


def options(requests: Iterator[pb.ScoreRequest]) -> tuple[ScoreOptions, pa.Schema]:
    """Options and the table's schema, from the first message. Raises MalformedStream, MalformedBatch."""
    message = _first(requests).options
    return score_options(message), wire.unpack_schema(message.schema)


def score_options(message: pb.ScoreOptions) -> ScoreOptions:
    """Raises BadThreshold."""
    return ScoreOptions(
        family=message.family,
        version=message.version,
        digest=message.digest,
        scored_at=message.scored_at,
        churn_rate=message.churn_rate if message.HasField("churn_rate") else None,
        high_above=message.high_above if message.HasField("high_above") else HIGH_ABOVE,
        medium_above=message.medium_above if message.HasField("medium_above") else MEDIUM_ABOVE,
        spans={column: _span(span) for column, span in message.spans.items()},
        level_shift=message.level_shift if message.HasField("level_shift") else None,
        perturbations=tuple(_perturbation(each) for each in message.perturbations),
    )


def _perturbation(message: pb.Perturbation) -> Perturbation:
    """Raises BadPerturbation."""
    kind = message.WhichOneof("change")
    if kind is None or (kind == "blank" and not message.blank):
        raise BadPerturbation(f"perturbation '{message.id}' says no change; send one")
    change = None if kind == "blank" else _clip(message.clip) if kind == "clip" else getattr(message, kind)
    return Perturbation(message.id, message.column, change, divides=kind == "divide_by")


def _clip(message: pb.Clip) -> Clip:
    low, high = (getattr(message, name) if message.HasField(name) else None for name in ("low", "high"))
    return Clip(low, high, message.high_column)


def _span(message: pb.Span) -> Span:
    low, typical, high = (
        getattr(message, name) if message.HasField(name) else None for name in ("low", "typical", "high")
    )
    return Span(low, typical, high, tuple(message.levels))


def batches(requests: Iterator[Request]) -> Iterator[pa.RecordBatch]:
    """The batches of the messages after the first. Raises MalformedStream, MalformedBatch."""
    for request in requests:
        if request.WhichOneof("part") != "batch":
            raise MalformedStream("a message after the first holds no batch; options come once")
        yield wire.unpack_batch(request.batch)


def train_options(requests: Iterator[pb.TrainRequest]) -> tuple[TrainOptions, pa.Schema]:
    """Options and the table's schema, from the first message. Raises MalformedStream, MalformedBatch, BadOrder."""
    message = _first(requests).options
    order = Order(message.family, message.horizon_days, dict(message.excluded_columns), message.time_column)
    baseline = (message.baseline_family, message.baseline_version)
    current = (message.current_family, message.current_version) if message.current_family else baseline
    return TrainOptions(order, baseline, current), wire.unpack_schema(message.schema)


def _first(requests: Iterator[Request]) -> Request:
    first = next(requests, None)
    if first is None or first.WhichOneof("part") != "options":
        raise MalformedStream("the first message holds no options; send options and schema before any batch")
    return first


def train_response(answer: Told | TrainResult) -> pb.TrainResponse:
    """Progress, or the result."""
    if not isinstance(answer, TrainResult):
        share, message = answer
        return pb.TrainResponse(progress=pb.TrainProgress(share=share, message=message))
    result = pb.TrainResult(
        version=answer.version,
        digest=answer.digest,
        declined=answer.declined,
        better=answer.better,
        report=json.dumps(answer.report),
    )
    return pb.TrainResponse(result=result)


def responses(schema: pa.Schema, answers: Iterator[pa.RecordBatch | ScoreSummary]) -> Iterator[pb.ScoreResponse]:
    """The whole answer: schema, results as they come, summary. Raises what scoring raises."""
    yield pb.ScoreResponse(schema=wire.pack_schema(schema))
    for answer in answers:
        if isinstance(answer, ScoreSummary):
            yield pb.ScoreResponse(summary=_summary(answer))
        else:
            for batch in wire.pack_batches([answer]):
                yield pb.ScoreResponse(batch=batch)


def listing(family: Listing) -> pb.ListModelsResponse:
    """The versions of a family, and how the current one came to be; the last change first."""
    return pb.ListModelsResponse(
        models=[_version(listed) for listed in family.versions],
        current=family.serving,
        history=[
            pb.Promotion(
                version=change.version,
                previous=change.previous,
                actor=change.actor,
                at=change.at,
                rollback=change.rollback,
            )
            for change in reversed(family.record.changes)
        ],
        refused=[pb.RefusedModel(version=refused.version, reason=refused.reason) for refused in family.refused],
    )


def _summary(summary: ScoreSummary) -> pb.ScoreSummary:
    return pb.ScoreSummary(
        row_count=summary.row_count,
        family=summary.family,
        version=summary.version,
        digest=summary.digest,
        horizon_days=summary.horizon_days,
        high_count=summary.high_count,
        medium_count=summary.medium_count,
        low_count=summary.low_count,
        probability_mean=summary.probability_mean,
        missing_features=summary.missing_features,
        reasons_exact=summary.reasons_exact,
        level_shift=summary.level_shift,
        drift=_drift(summary.drift),
        missing_costs=[pb.MissingCost(feature=name, auc=auc) for name, auc in summary.missing_costs.items()],
        perturbation_effects=[
            pb.PerturbationEffect(
                id=each.id, changed_count=each.changed, raised_count=each.raised, lowered_count=each.lowered
            )
            for each in summary.effects
        ],
    )


def _drift(drift: Drift) -> pb.Drift:
    return pb.Drift(
        features=[_feature_drift(each) for each in drift.features],
        score=_feature_drift(drift.score) if drift.score else None,
        reference=drift.reference,
        simulated=drift.simulated,
    )


def _feature_drift(drift: FeatureDrift) -> pb.FeatureDrift:
    bins = [pb.DriftBin(label=b.label, count=b.count, reference_share=b.reference_share) for b in drift.bins]
    return pb.FeatureDrift(
        feature=drift.feature,
        psi=drift.psi,
        level=pb.DriftLevel.Value(f"DRIFT_LEVEL_{drift.level.name}"),
        known_share=drift.known_share,
        reference_known_share=drift.reference_known_share,
        unread_count=drift.unread_count,
        bins=bins,
    )


def _version(listed: Listed) -> pb.ModelVersion:
    return pb.ModelVersion(
        family=listed.metadata.family,
        version=listed.metadata.version,
        digest=listed.digest,
        horizon_days=listed.metadata.horizon_days,
        metrics=listed.metadata.metrics,
        card=listed.card,
    )
