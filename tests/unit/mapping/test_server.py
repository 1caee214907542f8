"""The stage over real gRPC."""

import pyarrow as pa
import pytest

from libs.contracts.mapping.v1 import mapping_pb2 as pb
from libs.contracts.mapping.v1 import mapping_pb2_grpc
from libs.contracts.table.v1 import table_pb2
from libs.errors import InvalidInput
from libs.rpc import client
from libs.rpc import server as rpc
from libs.tables import wire
from services.mapping.server import SERVICES, registering
from services.mapping.settings import Settings


@pytest.fixture(scope="module")
def channel():
    """A channel to a running stage on a free port."""
    settings = Settings(port=0, workers=4, grace_s=0)
    running = rpc.start(registering(settings), SERVICES, settings)
    opened = client.open_channel(f"127.0.0.1:{running.port}")
    yield opened
    opened.close()
    running.stop()


@pytest.fixture(scope="module")
def stub(channel):
    """The mapping service as a caller sees it."""
    return mapping_pb2_grpc.MappingServiceStub(channel)


def profile(*headers):
    """A profile that knows the headers only."""
    return table_pb2.Profile(columns=[table_pb2.ColumnProfile(name=header) for header in headers])


def suggested(stub, *headers, **fields):
    """The service's suggestion for the headers."""
    request = pb.SuggestRequest(profile=profile(*headers), snapshot_date="2026-05-31", **fields)
    return client.call(stub.Suggest, request, timeout_s=10)


def applied(stub, plan, schema, batches):
    """The parts of the service's answer to a table."""

    def requests():
        yield pb.ApplyRequest(options=pb.ApplyOptions(plan=plan, schema=wire.pack_schema(schema)))
        for message in wire.pack_batches(batches):
            yield pb.ApplyRequest(batch=message)

    return list(client.stream(stub.Apply, requests(), idle_s=10, deadline_s=30))


def test_service_is_healthy(channel):
    """Standard health knows the service."""
    assert client.healthy(channel, "retainwise.mapping.v1.MappingService", 5)


def test_a_table_is_suggested_and_applied(stub, as_batch):
    """The plan of one call is the option of the next; as many batches come back as went in, then the summary."""
    columns = {"Customer ID": ["a", "b"], "Tenure (months)": ["1", "x"], "MRR": ["$9.50", ""]}
    answer = suggested(stub, *columns)
    assert [] == list(answer.questions)
    batches = [as_batch(columns)] * 3
    parts = applied(stub, answer.plan, batches[0].schema, batches)
    assert ["schema", "batch", "batch", "batch", "summary"] == [part.WhichOneof("part") for part in parts]
    result = wire.unpack_batch(parts[1].batch)
    assert wire.unpack_schema(parts[0].schema) == result.schema
    assert {
        "source_row": [1, 2],
        "customer_id": ["a", "b"],
        "tenure_months": [1.0, None],
        "mrr": [9.5, None],
        "unconverted": [[], ["tenure_months"]],
    } == result.to_pydict()
    failure = parts[-1].summary.failures[0]
    assert (6, "tenure_months", 3, "number") == (
        parts[-1].summary.row_count,
        failure.canonical,
        failure.count,
        failure.wanted,
    )


def test_a_table_without_rows(stub):
    """Schema and summary come back even so."""
    schema = pa.schema([("Customer ID", pa.string()), ("source_row", pa.int64())])
    parts = applied(stub, suggested(stub, "Customer ID").plan, schema, [])
    assert ["schema", "summary"] == [part.WhichOneof("part") for part in parts]


def test_questions_are_an_answer(stub):
    """What is missing is asked in a successful response, and an answer settles it."""
    asked = suggested(stub, "Customer ID", "Amount", industry="saas")
    assert ["tenure_months", "mrr"] == [question.canonical for question in asked.questions]
    decisions = [pb.Decision(canonical="tenure_months"), pb.Decision(canonical="mrr", column="Amount")]
    settled = suggested(stub, "Customer ID", "Amount", decisions=decisions)
    assert ([], ["tenure_months"]) == (list(settled.questions), list(settled.plan.missing_required))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"industry": "banking"}, "there is no industry 'banking'; there are saas and telecom"),
        ({"decisions": [pb.Decision(canonical="customer_id")]}, "'customer_id' cannot be left out"),
        ({"decisions": [pb.Decision(canonical="mrr", column="X")]}, "the file has no column of that name"),
        ({"decisions": [pb.Decision(canonical="colour", column="a")]}, "there is no canonical column named 'colour'"),
    ],
)
def test_refusals_arrive_as_their_kind(stub, fields, message):
    """What cannot work is InvalidInput with its sentence."""
    with pytest.raises(InvalidInput, match=message):
        suggested(stub, "a", **fields)


def test_a_plan_for_another_table_is_refused(stub, as_batch):
    """Apply says which column is missing."""
    batch = as_batch({"a": ["1"]})
    with pytest.raises(InvalidInput, match="the plan has a column 'b' that the table has not"):
        applied(stub, suggested(stub, "b").plan, batch.schema, [batch])
