"""The stage over real gRPC."""

from collections.abc import Iterator

import pyarrow as pa
import pytest

from libs.contracts.validation.v1 import validation_pb2 as pb
from libs.contracts.validation.v1 import validation_pb2_grpc
from libs.errors import InvalidInput
from libs.rpc import client
from libs.rpc import server as rpc
from libs.tables import wire
from libs.tables.columns import Industry
from services.validation.server import SERVICES, register
from services.validation.settings import Settings


@pytest.fixture(scope="module")
def channel():
    """A channel to a running stage on a free port."""
    running = rpc.start(register, SERVICES, Settings(port=0, workers=4, grace_s=0))
    opened = client.open_channel(f"127.0.0.1:{running.port}")
    yield opened
    opened.close()
    running.stop()


def answers(channel, requests) -> Iterator[pb.ValidateResponse]:
    """The stage's answer to the requests."""
    stub = validation_pb2_grpc.ValidationServiceStub(channel)
    return client.stream(stub.Validate, requests, idle_s=10, deadline_s=30)


def requests(table: pa.Table, industry: str = "saas") -> Iterator[pb.ValidateRequest]:
    """The table as a stream."""
    yield pb.ValidateRequest(options=pb.ValidateOptions(industry=industry, schema=wire.pack_schema(table.schema)))
    for batch in wire.pack_batches(table.to_batches(max_chunksize=1000)):
        yield pb.ValidateRequest(batch=batch)


def test_table_crosses_and_comes_back_checked(channel, table):
    """Thousands of rows go over the wire; every one comes back, clean or set aside, and the findings last."""
    given = table(
        Industry.SAAS, 5000, nps_score=[float(n % 100) for n in range(5000)], mrr=[n - 5.0 for n in range(5000)]
    )
    rows = {"clean": 0, "quarantined": 0}
    parts = []
    for answer in answers(channel, requests(given)):
        parts.append(answer.WhichOneof("part"))
        if parts[-1] in rows:
            rows[parts[-1]] += wire.unpack_batch(getattr(answer, parts[-1])).num_rows
    assert {"clean": 4995, "quarantined": 5} == rows
    assert ("schemas", "findings") == (parts[0], parts[-1])


def test_error_arrives_as_its_kind(channel, table):
    """What the stage refuses reaches the caller as the same kind, with the same sentence."""
    with pytest.raises(InvalidInput, match="no industry 'banking'"):
        list(answers(channel, requests(table(Industry.SAAS, 3), "banking")))


def test_uncheckable_table_arrives_as_invalid_input(channel):
    """A table without customer_id is refused before its rows are read."""
    with pytest.raises(InvalidInput, match="customer_id"):
        list(answers(channel, requests(pa.table({"source_row": [1]}))))


def test_stage_is_healthy(channel):
    """The standard health service knows the stage by its full name."""
    assert ("retainwise.validation.v1.ValidationService",) == SERVICES
    assert client.healthy(channel, SERVICES[0], 5)
