"""Protobuf to domain and back."""

from datetime import date

import pyarrow as pa
import pytest

from libs.contracts.validation.v1 import validation_pb2 as pb
from libs.tables import wire
from libs.tables.columns import Industry
from services.validation import messages
from services.validation.domain import Layer, MalformedDate, Severity, UnknownIndustry
from services.validation.stage import validate


def options_message(
    schema: pa.Schema, industry: str = "saas", waived: tuple[str, ...] = (), snapshot_date: str = ""
) -> pb.ValidateRequest:
    """The first message of a stream."""
    return pb.ValidateRequest(
        options=pb.ValidateOptions(
            industry=industry, schema=wire.pack_schema(schema), waived=waived, snapshot_date=snapshot_date
        )
    )


def batch_messages(table: pa.Table) -> list[pb.ValidateRequest]:
    """The messages after the first."""
    return [pb.ValidateRequest(batch=batch) for batch in wire.pack_batches(table.to_batches())]


def test_options_are_read(table):
    """Industry, schema and waived columns arrive as sent."""
    schema = table(Industry.SAAS, 1).schema
    read = messages.options(iter([options_message(schema, waived=("mrr",))]))
    assert (Industry.SAAS, schema, ("mrr",)) == (read.industry, read.schema, read.waived)


@pytest.mark.parametrize(("text", "day"), [("", None), ("2026-05-31", date(2026, 5, 31))])
def test_snapshot_date_is_read(table, text, day):
    """The day the file describes arrives as a date; none is none."""
    schema = table(Industry.SAAS, 1).schema
    assert day == messages.options(iter([options_message(schema, snapshot_date=text)])).snapshot


def test_snapshot_date_that_is_none_is_refused(table):
    """The message shows how a date is written."""
    with pytest.raises(MalformedDate, match="2026-05-31"):
        messages.options(iter([options_message(table(Industry.SAAS, 1).schema, snapshot_date="31/05/2026")]))


def test_unknown_industry_is_refused(table):
    """The message says which industries there are."""
    with pytest.raises(UnknownIndustry, match="saas or telecom"):
        messages.options(iter([options_message(table(Industry.SAAS, 1).schema, "banking")]))


@pytest.mark.parametrize("requests", [[], [pb.ValidateRequest()], [pb.ValidateRequest(batch={})]])
def test_stream_without_options_is_refused(requests):
    """Options come first."""
    with pytest.raises(messages.MalformedStream, match="options"):
        messages.options(iter(requests))


def test_options_twice_are_refused(table):
    """Options come once."""
    with pytest.raises(messages.MalformedStream, match="once"):
        list(messages.batches(iter([options_message(table(Industry.SAAS, 1).schema)])))


def test_responses_are_schemas_rows_and_findings(table):
    """Schemas first, rows as they come, findings last, each field with the domain's value."""
    given_table = table(Industry.SAAS, 60, mrr=[-1.0] + [5.0 + n for n in range(59)])
    requests = iter([options_message(given_table.schema), *batch_messages(given_table)])
    options = messages.options(requests)
    validation = validate(messages.batches(requests), options)
    answers = list(messages.responses(validation))
    assert ["schemas", "clean", "quarantined", "findings"] == [answer.WhichOneof("part") for answer in answers]
    assert validation.clean_schema == wire.unpack_schema(answers[0].schemas.clean)
    assert validation.quarantined_schema == wire.unpack_schema(answers[0].schemas.quarantined)
    assert 59 == wire.unpack_batch(answers[1].clean).num_rows
    findings = answers[-1].findings
    assert (60, 59, 1) == (findings.row_count, findings.clean_count, findings.quarantined_count)
    assert validation.findings().score == findings.score
    found = next(check for check in findings.checks if check.id == "range.mrr")
    assert (pb.LAYER_RANGES, pb.SEVERITY_ERROR, False, 1, [1], ["mrr"]) == (
        found.layer,
        found.severity,
        found.passed,
        found.count,
        list(found.rows),
        list(found.columns),
    )


def test_repair_crosses_where_there_is_one(table):
    """A repair arrives with its operation, column and parameters; a check without one has none."""
    given_table = table(Industry.SAAS, 60, nps_score=[500.0] + [5.0 + n for n in range(59)])
    requests = iter([options_message(given_table.schema), *batch_messages(given_table)])
    validation = validate(messages.batches(requests), messages.options(requests))
    *_, last = messages.responses(validation)
    checks = {check.id: check for check in last.findings.checks}
    repair = checks["range.nps_score"].repair
    assert ("cap", "nps_score", {"minimum": "-100", "maximum": "100"}) == (
        repair.operation,
        repair.column,
        dict(repair.parameters),
    )
    assert not checks["readiness.rows"].HasField("repair")
    assert not checks["range.mrr"].HasField("repair")


def test_every_layer_and_severity_has_its_message():
    """The contract's enums and the domain's hold the same names."""
    assert {f"LAYER_{layer.name}" for layer in Layer} == set(pb.Layer.keys()) - {"LAYER_UNSPECIFIED"}
    assert {f"SEVERITY_{one.name}" for one in Severity} == set(pb.Severity.keys()) - {"SEVERITY_UNSPECIFIED"}
