"""Protobuf to domain and back, and nothing else."""

from collections.abc import Iterable, Iterator
from datetime import date

import pyarrow as pa

from libs.contracts.mapping.v1 import mapping_pb2
from libs.contracts.table.v1 import table_pb2
from libs.tables.columns import Industry
from libs.tables.wire import pack_batches, pack_schema, unpack_batch, unpack_schema
from services.mapping.domain import (
    ApplyReport,
    BadSnapshotDate,
    ColumnMapping,
    ColumnProfile,
    Decision,
    Format,
    MalformedStream,
    Plan,
    Profile,
    Question,
    Signature,
    Suggestion,
    SuggestOptions,
    UnknownIndustry,
)
from services.mapping.settings import Settings

_FORMATS = {
    table_pb2.FORMAT_INTEGER: Format.INTEGER,
    table_pb2.FORMAT_DECIMAL: Format.DECIMAL,
    table_pb2.FORMAT_BOOLEAN: Format.BOOLEAN,
    table_pb2.FORMAT_DATE_ISO: Format.DATE_ISO,
    table_pb2.FORMAT_DATE_OTHER: Format.DATE_OTHER,
    table_pb2.FORMAT_EMAIL: Format.EMAIL,
    table_pb2.FORMAT_FORMATTED_NUMBER: Format.FORMATTED_NUMBER,
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
            Decision(decision.canonical, decision.column if decision.HasField("column") else None)
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
    return mapping_pb2.ApplyResponse(summary=mapping_pb2.ApplySummary(row_count=report.row_count, failures=failures))


def _read_plan(message: mapping_pb2.Plan) -> Plan:
    """What Apply needs of a plan: which column is what. Raises UnknownIndustry and BadSnapshotDate."""
    mappings = tuple(ColumnMapping(mapping.column, mapping.canonical or None) for mapping in message.mappings)
    return Plan(_industry(message.industry), _day(message.snapshot_date), mappings)


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
    )


def _plan(plan: Plan) -> mapping_pb2.Plan:
    return mapping_pb2.Plan(
        industry=plan.industry.value,
        snapshot_date=plan.snapshot_date.isoformat(),
        mappings=_mappings(plan.mappings),
        missing_required=plan.missing_required,
        missing_optional=plan.missing_optional,
        signature=_signature(plan.signature) if plan.signature else None,
    )


def _signature(signature: Signature) -> mapping_pb2.Signature:
    return mapping_pb2.Signature(tool=signature.tool, confidence=signature.confidence)


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
