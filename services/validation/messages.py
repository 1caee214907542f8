"""Protobuf to domain and back, nothing else."""

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from libs.contracts.validation.v1 import validation_pb2 as pb
from libs.errors import InvalidInput
from libs.tables import wire
from libs.tables.columns import Industry
from services.validation.domain import Finding, Findings, MalformedDate, Options, Repair, UnknownIndustry
from services.validation.stage import Validation, Verdict


class MalformedStream(InvalidInput):
    """The messages do not come in the order the contract says: options once, then batches."""


def options(requests: Iterator[pb.ValidateRequest]) -> Options:
    """The options, from the first message. Raises MalformedStream, UnknownIndustry, MalformedDate, MalformedBatch."""
    first = next(requests, None)
    if first is None or first.WhichOneof("part") != "options":
        raise MalformedStream("the first message holds no options; send options and schema before any batch")
    message = first.options
    if message.industry not in list(Industry):
        raise UnknownIndustry(f"there is no industry {message.industry[:50]!r}; say {' or '.join(Industry)}")
    return Options(
        Industry(message.industry),
        wire.unpack_schema(message.schema),
        tuple(message.waived),
        _day(message.snapshot_date) if message.snapshot_date else None,
    )


def batches(requests: Iterator[pb.ValidateRequest]) -> Iterator[pa.RecordBatch]:
    """The batches of the messages after the first. Raises MalformedStream, MalformedBatch."""
    for request in requests:
        if request.WhichOneof("part") != "batch":
            raise MalformedStream("a message after the first holds no batch; options come once")
        yield wire.unpack_batch(request.batch)


def responses(validation: Validation) -> Iterator[pb.ValidateResponse]:
    """The whole answer: schemas, rows as they come, findings. Raises what the validation raises."""
    schemas = pb.ValidateSchemas(
        clean=wire.pack_schema(validation.clean_schema), quarantined=wire.pack_schema(validation.quarantined_schema)
    )
    yield pb.ValidateResponse(schemas=schemas)
    for verdict, rows in validation:
        for batch in wire.pack_batches([rows]):
            if verdict is Verdict.CLEAN:
                yield pb.ValidateResponse(clean=batch)
            else:
                yield pb.ValidateResponse(quarantined=batch)
    yield pb.ValidateResponse(findings=_findings(validation.findings()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise MalformedDate(f"the snapshot date {text[:50]!r} is no date; write it like 2026-05-31") from error


def _findings(found: Findings) -> pb.Findings:
    return pb.Findings(
        row_count=found.row_count,
        clean_count=found.clean_count,
        quarantined_count=found.quarantined_count,
        checks=[_check(finding) for finding in found.checks],
        score=found.score,
    )


def _check(finding: Finding) -> pb.Check:
    return pb.Check(
        id=finding.id,
        layer=pb.Layer.Value(f"LAYER_{finding.layer.name}"),
        severity=pb.Severity.Value(f"SEVERITY_{finding.severity.name}"),
        passed=finding.passed,
        count=finding.count,
        share=finding.share,
        message=finding.message,
        advice=finding.advice,
        cost=finding.cost,
        columns=finding.columns,
        rows=finding.rows,
        repair=None if finding.repair is None else _repair(finding.repair),
    )


def _repair(repair: Repair) -> pb.Repair:
    return pb.Repair(operation=repair.operation, column=repair.column, parameters=repair.parameters)
