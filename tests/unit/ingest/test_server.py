"""The stage over real gRPC."""

import gzip

import pytest

from libs.client.stages import IngestClient
from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from libs.errors import InvalidInput, TooLarge
from libs.rpc import client
from libs.rpc import server as rpc
from services.ingest.server import SERVICES, registering
from services.ingest.settings import Settings


@pytest.fixture(scope="module")
def channel():
    """A channel to a running stage on a free port."""
    settings = Settings(port=0, workers=4, grace_s=0)
    running = rpc.start(registering(settings), SERVICES, settings)
    opened = client.open_channel(f"127.0.0.1:{running.port}")
    yield opened
    opened.close()
    running.stop()


def test_a_file_crosses_and_comes_back_as_a_table(channel):
    """Thousands of rows, packed, sent in many chunks."""
    lines = b"".join(b"%d,customer %d\n" % (row, row) for row in range(30_000))
    packed = gzip.compress(b"id,name\n" + lines)
    stream = IngestClient(channel).parse(packed[at : at + 999] for at in range(0, len(packed), 999))
    table = stream.read_all()
    assert (30_000, ["id", "name", "source_row"]) == (table.num_rows, table.column_names)
    assert "customer 29999" == table["name"][-1].as_py()
    assert (30_000, "gzip") == (stream.trailer.row_count, stream.trailer.text_format.compression)


def test_options_are_heard(channel):
    """A stated delimiter cuts the file."""
    options = ingest_pb2.ParseOptions(delimiter=":", has_header=False)
    assert ["column_1", "column_2", "source_row"] == IngestClient(channel).parse(
        [b"a:b\n"], options
    ).read_all().column_names


def test_rows_of_megabytes_cross(channel):
    """A row just under the limit is carried in one message."""
    cell = b"x" * (4_000_000)
    assert [4_000_000] == [
        len(value.as_py()) for value in IngestClient(channel).parse([b"a,b\n1," + cell + b"\n"]).read_all()["b"]
    ]


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [(b"", InvalidInput, "is empty"), (b"x" * (5 << 20), TooLarge, "longer than"), (b"%PDF-1.7", InvalidInput, "PDF")],
)
def test_refusals_arrive_as_their_kind(channel, data, kind, sentence):
    """What the stage refuses reaches the caller as the same kind, with the same sentence."""
    with pytest.raises(kind, match=sentence):
        IngestClient(channel).parse([data]).read_all()


def test_an_error_far_down_arrives_after_the_rows_before_it(channel):
    """The stream ends with the error, not with a short table."""
    stream = IngestClient(channel).parse([b'a,b\n"x",y\n' + b"1,2\n" * 600_000 + b'"open,2\n'])
    with pytest.raises(InvalidInput, match="line 600,003"):
        stream.read_all()


def test_bytes_before_options_are_refused(channel):
    """The contract says options first."""
    stub = ingest_pb2_grpc.IngestServiceStub(channel)
    requests = iter([ingest_pb2.ParseRequest(chunk=b"a,b\n")])
    with pytest.raises(InvalidInput, match="options"):
        list(client.stream(stub.Parse, requests, idle_s=10, deadline_s=30))


def test_stage_is_healthy(channel):
    """The standard health service knows the stage by its full name."""
    assert ("retainwise.ingest.v1.IngestService",) == SERVICES
    assert client.healthy(channel, SERVICES[0], 5)
