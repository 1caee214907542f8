"""Protobuf to domain and back, and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

import pyarrow as pa

from libs.contracts.mapping.v1 import mapping_pb2
from libs.contracts.table.v1 import table_pb2
from libs.tables.columns import Industry
from libs.tables.wire import pack_batches, pack_schema, unpack_batch, unpack_schema
from services.mapping.asking import Decision, Question, Suggestion, SuggestOptions
from services.mapping.domain import (
    ApplyReport,
    BadSnapshotDate,
    ColumnMapping,
    Derivation,
    Exclusion,
    Fold,
    Grain,
    MalformedStream,
    Plan,
    PlanMismatch,
    Reading,
    Signature,
    UnknownIndustry,
)
from services.mapping.profiles import ColumnProfile, Format, Profile
from services.mapping.settings import Settings

Known = TypeVar("Known", bound=StrEnum)

_FORMATS = {
    value: Format(name.removeprefix("FORMAT_").lower())
    for name, value in table_pb2.Format.items()
    if name.removeprefix("FORMAT_").lower() in set(Format)
}


def read_profile(message: table_pb2.Profile) -> Profile:
    """The profile; formats that this version does not know are passed over."""
    return Profile(message.row_count, tuple(_column_profile(column) for column in message.columns))


def read_sample(request: mapping_pb2.SuggestRequest) -> pa.RecordBatch | None:
    """The sample's rows, or None where none were sent. Raises MalformedBatch."""
    return unpack_batch(request.sample) if request.sample.arrow_stream else None


def read_options(request: mapping_pb2.SuggestRequest, settings: Settings) -> SuggestOptions:
    """The options, with the thresholds of the settings. Raises UnknownIndustry and BadSnapshotDate."""
    return SuggestOptions(
        snapshot_date=_day(request.snapshot_date),
        industry=_industry(request.industry) if request.industry else None,
        decisions=tuple(
            Decision(
                decision.canonical,
                decision.column if decision.HasField("column") else None,
                decision.answer if decision.HasField("answer") else None,
                decision.told_on,
            )
            for decision in request.decisions
        ),
        required_min=settings.required_confidence_min,
        optional_min=settings.optional_confidence_min,
    )


def suggest_response(suggestion: Suggestion) -> mapping_pb2.SuggestResponse:
    """The suggestion as a message."""
    return mapping_pb2.SuggestResponse(
        plan=_plan(suggestion.plan), questions=[_question(question) for question in suggestion.questions]
    )


def read_apply_options(requests: Iterator[mapping_pb2.ApplyRequest]) -> tuple[Plan, pa.Schema]:
    """Plan and schema of the first message. Raises MalformedStream if it holds none."""
    first = next(requests, None)
    if first is None or first.WhichOneof("part") != "options":
        raise MalformedStream("Apply takes its options first: the plan and the table's schema")
    return _read_plan(first.options.plan), unpack_schema(first.options.schema)


def read_batches(requests: Iterator[mapping_pb2.ApplyRequest]) -> Iterator[pa.RecordBatch]:
    """The batches of the messages after the first. Raises MalformedStream and MalformedBatch."""
    for request in requests:
        if request.WhichOneof("part") != "batch":
            raise MalformedStream("after the options Apply takes only batches")
        yield unpack_batch(request.batch)


def schema_response(schema: pa.Schema) -> mapping_pb2.ApplyResponse:
    """The schema as the first message of the answer."""
    return mapping_pb2.ApplyResponse(schema=pack_schema(schema))


def batch_responses(batches: Iterable[pa.RecordBatch]) -> Iterator[mapping_pb2.ApplyResponse]:
    """The batches as messages."""
    for batch in pack_batches(batches):
        yield mapping_pb2.ApplyResponse(batch=batch)


def summary_response(report: ApplyReport) -> mapping_pb2.ApplyResponse:
    """The report as the last message of the answer."""
    failures = (
        mapping_pb2.ConversionFailure(canonical=failure.canonical, count=failure.count, wanted=failure.wanted)
        for failure in report.failures
    )
    return mapping_pb2.ApplyResponse(
        summary=mapping_pb2.ApplySummary(
            row_count=report.row_count,
            failures=failures,
            folded_count=report.folded_count,
            left_out=dict(report.left_out),
        )
    )


def _read_plan(message: mapping_pb2.Plan) -> Plan:
    """What Apply needs of a plan. Raises UnknownIndustry, BadSnapshotDate and PlanMismatch."""
    return Plan(
        _industry(message.industry),
        _day(message.snapshot_date),
        mappings=tuple(
            ColumnMapping(each.column, each.canonical or None, format=_one_of(Reading, each.format))
            for each in message.mappings
        ),
        derivations=tuple(
            Derivation(each.canonical, each.rule, tuple(each.columns), dict(each.parameters))
            for each in message.derivations
        ),
        grain=_read_grain(message.grain) if message.HasField("grain") else None,
        exclusions=tuple(Exclusion(each.column, tuple(each.values), each.reason) for each in message.exclusions),
    )


def _read_grain(message: mapping_pb2.Grain) -> Grain:
    folds = {name: _one_of(Fold, fold) for name, fold in message.folds.items()}
    return Grain(message.row, message.rule, folds, message.order)


def _one_of(kind: type[Known], word: str) -> Known:
    if word not in set(kind):
        raise PlanMismatch(f"the plan says '{word}', which this version does not know; ask for a new plan")
    return kind(word)


def _column_profile(message: table_pb2.ColumnProfile) -> ColumnProfile:
    return ColumnProfile(
        name=message.name,
        filled=message.filled_count,
        blank=message.blank_count,
        distinct=message.distinct_count,
        top_values=tuple((top.value, top.count) for top in message.top_values),
        formats={_FORMATS[each.format]: each.count for each in message.formats if each.format in _FORMATS},
        number_min=message.number_min if message.HasField("number_min") else None,
        number_max=message.number_max if message.HasField("number_max") else None,
        number_mean=message.number_mean if message.HasField("number_mean") else None,
        number_quantiles=tuple(message.number_quantiles),
        whole_share=message.whole_share,
        date_min=message.date_min,
        date_max=message.date_max,
        ascending=message.ascending,
        currencies=tuple(message.currencies),
    )


def _plan(plan: Plan) -> mapping_pb2.Plan:
    return mapping_pb2.Plan(
        industry=plan.industry.value,
        snapshot_date=plan.snapshot_date.isoformat(),
        mappings=_mappings(plan.mappings),
        missing_required=plan.missing_required,
        missing_optional=plan.missing_optional,
        derivations=[_derivation(each) for each in plan.derivations],
        signature=_signature(plan.signature),
        grain=_grain(plan.grain),
        exclusions=[
            mapping_pb2.Exclusion(column=each.column, values=each.values, reason=each.reason)
            for each in plan.exclusions
        ],
    )


def _derivation(derivation: Derivation) -> mapping_pb2.Derivation:
    return mapping_pb2.Derivation(
        canonical=derivation.canonical,
        rule=derivation.rule,
        columns=derivation.columns,
        parameters=dict(derivation.parameters),
        confidence=derivation.confidence,
        evidence=derivation.evidence,
        examples=[mapping_pb2.Example(before=each.before, after=each.after) for each in derivation.examples],
    )


def _signature(signature: Signature | None) -> mapping_pb2.Signature | None:
    return mapping_pb2.Signature(tool=signature.tool, confidence=signature.confidence) if signature else None


def _grain(grain: Grain | None) -> mapping_pb2.Grain | None:
    if grain is None:
        return None
    folds = {name: fold.value for name, fold in grain.folds.items()}
    return mapping_pb2.Grain(row=grain.row, rule=grain.rule, folds=folds, order=grain.order)


def _mappings(mappings: Iterable[ColumnMapping]) -> list[mapping_pb2.ColumnMapping]:
    return [
        mapping_pb2.ColumnMapping(
            column=mapping.column,
            canonical=mapping.canonical or "",
            confidence=mapping.confidence,
            strategy=mapping.strategy.value,
            evidence=mapping.evidence,
            alternatives=[
                mapping_pb2.Alternative(canonical=other.canonical, confidence=other.confidence)
                for other in mapping.alternatives
            ],
            format=mapping.format.value,
        )
        for mapping in mappings
    ]


def _question(question: Question) -> mapping_pb2.Question:
    return mapping_pb2.Question(
        canonical=question.canonical,
        message=question.message,
        candidates=[
            mapping_pb2.Candidate(column=candidate.column, confidence=candidate.confidence)
            for candidate in question.candidates
        ],
        may_be_absent=question.may_be_absent,
        kind=question.kind,
        options=[mapping_pb2.Option(id=option.id, meaning=option.meaning) for option in question.options],
        column=question.column,
    )


def _industry(name: str) -> Industry:
    if name not in set(Industry):
        raise UnknownIndustry(f"there is no industry '{name}'; there are {' and '.join(Industry)}")
    return Industry(name)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadSnapshotDate(f"'{text}' is not a snapshot date; write it as 2026-05-31") from error
