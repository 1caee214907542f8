"""Protobuf to domain and back, nothing else."""

import json
from collections.abc import Iterator
from typing import TypeVar

import pyarrow as pa

from libs.contracts.scoring.v1 import scoring_pb2 as pb
from libs.errors import InvalidInput
from libs.tables import wire
from services.scoring.choices import Lever
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
from services.scoring.model import Model
from services.scoring.registry import Listing
from services.scoring.settable import SHOWN_MAX, Cell
from services.scoring.simulation import Outcome, Simulated, Simulation
from services.scoring.training.order import Order
from services.scoring.training.process import Told
from services.scoring.training.session import TrainOptions, TrainResult
from services.scoring.versions import Listed
from services.scoring.whatif import Changes

Request = TypeVar("Request", pb.ScoreRequest, pb.TrainRequest)
"""Streams of one shape: options and schema first, exactly once; then the batches."""


class MalformedStream(InvalidInput):
    """The messages do not come in the order the contract says: options once, then batches."""


class NothingSaid(InvalidInput):
    """A change that holds no value."""


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
        earlier=next(iter(family.record.earlier), ""),
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


def simulation_asked(request: pb.SimulateRequest) -> tuple[ScoreOptions, pa.RecordBatch, list[Changes]]:
    """Options, customers and their changes. Raises MalformedBatch, BadThreshold, NothingSaid."""
    changes: list[Changes] = [
        {column: _said(column, value) for column, value in each.columns.items()} for each in request.changes
    ]
    return score_options(request.options), wire.unpack_batch(request.customers), changes


def _said(column: str, value: pb.Value) -> Cell:
    kind = value.WhichOneof("kind")
    if kind is None:
        raise NothingSaid(f"the change of '{column[:SHOWN_MAX]}' holds no value; send a number, a text, or yes or no")
    said: Cell = getattr(value, kind)
    return said


def simulation_response(model: Model, simulation: Simulation) -> pb.SimulateResponse:
    """The whole answer."""
    return pb.SimulateResponse(
        customers=[_simulated(each) for each in simulation.customers],
        family=model.metadata.family,
        version=model.metadata.version,
        digest=model.digest,
        horizon_days=model.metadata.horizon_days,
        level_shift=simulation.level_shift,
    )


def _simulated(customer: Simulated) -> pb.SimulatedCustomer:
    return pb.SimulatedCustomer(
        customer_id=customer.customer_id or "",
        before=_outcome(customer.before),
        after=_outcome(customer.after),
        base_probability=customer.base,
        impacts=[
            pb.Impact(
                feature=each.feature,
                title=each.title,
                value=each.value,
                label=each.label,
                impact_before=each.before,
                impact=each.after,
                actionable=each.actionable,
            )
            for each in customer.impacts
        ],
        moved=[
            pb.Moved(column=each.column, before=_value(each.before), after=_value(each.after), because=each.because)
            for each in customer.moved
        ],
        levers=[_lever(each) for each in customer.levers],
    )


def _outcome(outcome: Outcome) -> pb.Outcome:
    return pb.Outcome(
        churn_probability=outcome.probability,
        probability_low=outcome.low,
        probability_high=outcome.high,
        risk_level=outcome.risk_level,
        monthly_revenue=outcome.monthly_revenue,
        revenue_at_risk=outcome.revenue_at_risk,
    )


def _lever(lever: Lever) -> pb.Lever:
    known = lever.settable.known
    return pb.Lever(
        column=lever.settable.column,
        feature=lever.settable.readers[0].shown_as,
        label=lever.label,
        meaning=known.meaning if known else "",
        kind=lever.settable.kind.value,
        unit=known.unit if known else "",
        current=_value(lever.current),
        minimum=lever.minimum,
        maximum=lever.maximum,
        step=lever.settable.step,
        low=lever.span.low,
        typical=lever.span.typical,
        high=lever.span.high,
        choices=lever.choices,
        actionable=lever.actionable,
    )


def _value(cell: Cell | None) -> pb.Value:
    if isinstance(cell, bool):
        return pb.Value(flag=cell)
    if isinstance(cell, str):
        return pb.Value(text=cell)
    return pb.Value() if cell is None else pb.Value(number=cell)
