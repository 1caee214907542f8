"""The shell over a real socket: stream in, stream out, errors as their kinds."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import grpc
import pyarrow as pa
import pytest

from libs.contracts.scoring.v1 import scoring_pb2 as pb
from libs.contracts.scoring.v1 import scoring_pb2_grpc
from libs.errors import Conflict, Forbidden, InvalidInput, NotFound
from libs.rpc import client
from libs.rpc import server as rpc
from libs.tables import wire
from services.scoring.results import SCHEMA
from services.scoring.server import SERVICES, open_registry, registering
from services.scoring.settings import Settings


@pytest.fixture(scope="module")
def stub(models_dir: Path) -> Iterator[scoring_pb2_grpc.ScoringServiceStub]:
    """The service on a socket of its own."""
    settings = Settings(models_url=str(models_dir), port=0, grace_s=0)
    running = rpc.start(registering(open_registry(settings)), SERVICES, settings)
    channel: grpc.Channel = client.open_channel(f"127.0.0.1:{running.port}")
    yield scoring_pb2_grpc.ScoringServiceStub(channel)
    channel.close()
    running.stop()


def requests(table: pa.Table, **options: object) -> Iterator[pb.ScoreRequest]:
    """The table as a stream of requests."""
    fields = {"family": "baseline-telecom", "scored_at": "2026-05-31T12:00:00Z", **options}
    yield pb.ScoreRequest(options=pb.ScoreOptions(schema=wire.pack_schema(table.schema), **fields))  # type: ignore[arg-type]
    for batch in wire.pack_batches(table.to_batches()):
        yield pb.ScoreRequest(batch=batch)


def score(stub: scoring_pb2_grpc.ScoringServiceStub, sent: Iterable[pb.ScoreRequest]) -> list[pb.ScoreResponse]:
    """The whole answer."""
    return list(client.stream(stub.Score, sent, idle_s=30, deadline_s=60))


def test_schema_then_batches_then_summary(stub: scoring_pb2_grpc.ScoringServiceStub, telco: pa.Table) -> None:
    """As the contract says, and the rows in their order."""
    first, *middle, last = score(stub, requests(telco.slice(0, 1000)))
    rows = pa.Table.from_batches([wire.unpack_batch(each.batch) for each in middle])
    assert wire.unpack_schema(first.schema).equals(rows.schema, check_metadata=True)
    assert SCHEMA.names == rows.schema.names[: len(SCHEMA)]
    assert b"title" in rows.schema.field("impact.contract").metadata
    assert telco.column("customer_id").slice(0, 1000).to_pylist() == rows.column("customer_id").to_pylist()
    assert (1000, "baseline-telecom", 30, True) == (
        last.summary.row_count,
        last.summary.family,
        last.summary.horizon_days,
        last.summary.reasons_exact,
    )


def test_a_pinned_version_and_digest_score(stub: scoring_pb2_grpc.ScoringServiceStub, telco: pa.Table) -> None:
    """What ListModels tells can be pinned."""
    listing = client.call(stub.ListModels, pb.ListModelsRequest(family="baseline-telecom"), timeout_s=10)
    (model,) = listing.models
    assert listing.current == model.version
    assert model.metrics["auc"] >= 0.84
    assert (30, "") == (model.horizon_days, model.created_at)
    answer = score(stub, requests(telco.slice(0, 5), version=model.version, digest=model.digest))
    assert model.digest == answer[-1].summary.digest


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"family": "nobody"}, NotFound),
        ({"version": "000000000000"}, NotFound),
        ({"digest": "0" * 64}, Conflict),
        ({"churn_rate": 3.0}, InvalidInput),
    ],
)
def test_refusals_arrive_as_their_kind(
    stub: scoring_pb2_grpc.ScoringServiceStub, telco: pa.Table, options: dict[str, object], kind: type[Exception]
) -> None:
    """The caller raises the kind that the stage raised."""
    with pytest.raises(kind):
        score(stub, requests(telco.slice(0, 5), **options))


def test_a_stream_out_of_order_is_refused(stub: scoring_pb2_grpc.ScoringServiceStub, telco: pa.Table) -> None:
    """Options come first and once."""
    with pytest.raises(InvalidInput, match="no options"):
        score(stub, list(requests(telco.slice(0, 5)))[1:])
    with pytest.raises(InvalidInput, match="options come once"):
        score(stub, list(requests(telco.slice(0, 5)))[:1] * 2)
    with pytest.raises(InvalidInput):
        score(stub, [])


def test_the_ring_of_the_settings_is_the_one_that_counts(models_dir: Path, tmp_path: Path) -> None:
    """A folder without keys trusts nobody."""
    registry = open_registry(Settings(models_url=str(models_dir), trusted_keys=tmp_path))
    with pytest.raises(Forbidden):
        registry.load("baseline-telecom")
