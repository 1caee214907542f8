"""The shell over a real socket: stream in, stream out, errors as their kinds."""

import json
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pyarrow as pa
import pytest

from libs.client.stages import ScoringClient
from libs.contracts.scoring.v1 import scoring_pb2 as pb
from libs.contracts.scoring.v1 import scoring_pb2_grpc
from libs.contracts.table.v1 import table_pb2
from libs.errors import Conflict, Forbidden, InvalidInput, NotFound, RetainWiseError
from libs.objects.local import LocalStore
from libs.rpc import client
from libs.rpc import server as rpc
from libs.tables import wire
from services.scoring.registry import Registry, StoreRing
from services.scoring.results import SCHEMA
from services.scoring.server import SERVICES, open_registry, registering
from services.scoring.settings import Settings
from tests import small_models
from tests.unit.scoring.training.conftest import customers


@pytest.fixture(scope="module")
def channel(models_dir: Path) -> Iterator[grpc.Channel]:
    """The service on a socket of its own."""
    settings = Settings(models_url=str(models_dir), port=0, grace_s=0)
    running = rpc.start(registering(open_registry(settings)), SERVICES, settings)
    channel: grpc.Channel = client.open_channel(f"127.0.0.1:{running.port}")
    yield channel
    channel.close()
    running.stop()


@pytest.fixture(scope="module")
def stub(channel: grpc.Channel) -> scoring_pb2_grpc.ScoringServiceStub:
    """The service as generated code calls it."""
    return scoring_pb2_grpc.ScoringServiceStub(channel)


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


def test_promoting_and_stepping_back_under_load_drop_no_request(tmp_path: Path, telco: pa.Table) -> None:
    """Threads score by the current version all the while; each answer is one version's, whole."""
    store = LocalStore(tmp_path / "models")
    small_models.publish(store, Registry(store, StoreRing(store)), tmp_path, "f1", {"one": 1, "two": 2})
    settings = Settings(models_url=str(tmp_path / "models"), port=0, grace_s=0, refresh_s=0.05, models_max=1)
    running = rpc.start(registering(open_registry(settings)), SERVICES, settings)
    channel = client.open_channel(f"127.0.0.1:{running.port}")
    stub, over = scoring_pb2_grpc.ScoringServiceStub(channel), threading.Event()
    rows = telco.select(["customer_id"]).slice(0, 200)

    def promote(version: str) -> pb.PromoteModelResponse:
        return client.call(stub.PromoteModel, pb.PromoteModelRequest(family="f1", version=version), timeout_s=30)

    def scoring(_: int) -> Counter[str]:
        seen: Counter[str] = Counter()
        while not over.is_set():
            *parts, last = score(stub, requests(rows, family="f1"))
            batches = [wire.unpack_batch(part.batch) for part in parts if part.WhichOneof("part") == "batch"]
            (version,) = set(pa.Table.from_batches(batches).column("model_version").to_pylist())
            assert (200, version) == (last.summary.row_count, last.summary.version)
            seen[version] += 1
        return seen

    promote("one")
    with ThreadPoolExecutor(3) as pool:
        counting = [pool.submit(scoring, number) for number in range(3)]
        try:
            for _ in range(10):
                assert ("two", "one") == (lambda moved: (moved.current, moved.previous))(promote("two"))
                request = pb.RollbackModelRequest(family="f1", expected_current="two", actor="anna")
                back = client.call(stub.RollbackModel, request, timeout_s=30)
                assert ("one", "two") == (back.current, back.previous)
        finally:
            over.set()
        seen = sum((each.result() for each in counting), Counter[str]())
    assert {"one", "two"} >= set(seen)
    assert seen.total() >= 3
    listing = client.call(stub.ListModels, pb.ListModelsRequest(family="f1"), timeout_s=10)
    assert ("one", "", 21, "anna", True) == (
        listing.current,
        listing.earlier,
        len(listing.history),
        listing.history[0].actor,
        listing.history[0].rollback,
    )
    channel.close()
    running.stop()


def test_a_what_if_is_answered(
    channel: grpc.Channel, stub: scoring_pb2_grpc.ScoringServiceStub, telco: pa.Table
) -> None:
    """Before as scored, after as changed, every impact and lever, under the pinned version."""
    people = telco.slice(0, 3).combine_chunks().to_batches()[0]
    *parts, last = score(stub, requests(telco.slice(0, 3)))
    stored = wire.unpack_batch(next(part.batch for part in parts if part.WhichOneof("part") == "batch")).to_pylist()
    summary = last.summary
    options = pb.ScoreOptions(family=summary.family, version=summary.version, digest=summary.digest, level_shift=0.0)
    changes: list[dict[str, float | bool | str]] = [
        {"contract": "two year", "tenure_months": 40},
        {},
        {"paperless_billing": False},
    ]
    answer = ScoringClient(channel).simulate(people, options, changes, levers=True)
    assert (summary.version, summary.digest, 30, 0.0) == (
        answer.version,
        answer.digest,
        answer.horizon_days,
        answer.level_shift,
    )
    for row, each in zip(stored, answer.customers, strict=True):
        own, then = each.before, each.after
        assert (row["customer_id"], row["churn_probability"]) == (each.customer_id, own.churn_probability)
        assert (row["probability_low"], row["revenue_at_risk"]) == (own.probability_low, own.revenue_at_risk)
        assert 1e-6 > abs(each.base_probability + sum(bar.impact for bar in each.impacts) - then.churn_probability)
        assert 1e-6 > abs(
            each.base_probability + sum(bar.impact_before for bar in each.impacts) - own.churn_probability
        )
    first, second, _ = answer.customers
    assert ["contract", "tenure_months", "total_charges"] == sorted(moved.column for moved in first.moved)
    assert {"text"} == {moved.after.WhichOneof("kind") for moved in first.moved if moved.column == "contract"}
    assert (second.before, []) == (second.after, list(second.moved))
    levers = {lever.column: lever for lever in first.levers}
    assert ("number", "months", 0.0, 600.0, False) == (
        levers["tenure_months"].kind,
        levers["tenure_months"].unit,
        levers["tenure_months"].minimum,
        levers["tenure_months"].maximum,
        levers["tenure_months"].actionable,
    )
    assert ["no", "yes"] == list(levers["partner"].choices)
    assert "flag" == levers["partner"].current.WhichOneof("kind")
    assert not levers["contract"].HasField("minimum")


@pytest.mark.parametrize(
    ("request_", "kind", "says"),
    [
        ({"changes": [{"nope": pb.Value(number=1)}]}, InvalidInput, "does not read 'nope'"),
        ({"changes": [{"contract": pb.Value()}]}, InvalidInput, "'contract' holds no value"),
        ({"changes": [{"tenure_months": pb.Value(number=-1)}]}, InvalidInput, "between 0 and 600"),
        ({"changes": [{}, {}]}, InvalidInput, "one for each row"),
        ({"digest": "0" * 64}, Conflict, ""),
        ({"family": "nobody"}, NotFound, ""),
        ({"customers": table_pb2.Batch(arrow_stream=b"no")}, InvalidInput, "Arrow"),
    ],
)
def test_a_what_if_that_cannot_be_is_refused(
    stub: scoring_pb2_grpc.ScoringServiceStub,
    telco: pa.Table,
    request_: dict[str, Any],
    kind: type[RetainWiseError],
    says: str,
) -> None:
    """As the kind that it is, with what would work."""
    customers = request_.get("customers") or wire.pack_batch(telco.slice(0, 1).combine_chunks().to_batches()[0])
    request = pb.SimulateRequest(
        options=pb.ScoreOptions(
            family=request_.get("family", "baseline-telecom"), digest=request_.get("digest", ""), level_shift=0.0
        ),
        customers=customers,
        changes=[pb.Changes(columns=each) for each in request_.get("changes", [])],
    )
    with pytest.raises(kind) as caught:
        client.call(stub.Simulate, request, timeout_s=30)
    assert says in caught.value.message


def test_a_model_is_trained_and_put_to_use_over_grpc(models_dir: Path, tmp_path: Path) -> None:
    """Progress, the report and a signed version; it scores once it is promoted, and with intervals."""
    models = Path(shutil.copytree(models_dir, tmp_path / "models"))
    settings = Settings(models_url=str(models), port=0, grace_s=0)
    running = rpc.start(registering(open_registry(settings)), SERVICES, settings)
    channel = client.open_channel(f"127.0.0.1:{running.port}")
    scoring, table = ScoringClient(channel), customers(1_000)
    *told, last = scoring.train(
        table.to_batches(), pb.TrainOptions(family="f2", baseline_family="baseline-saas"), table.schema
    )
    assert all(each.progress.message for each in told) and len(told) > 2
    report = json.loads(last.result.report)
    assert (True, "better", last.result.version) == (last.result.better, report["outcome"], report["version"])
    with pytest.raises(NotFound):
        scoring.score(table.to_batches(), pb.ScoreOptions(family="f2"), table.schema)
    moved = scoring.promote(pb.PromoteModelRequest(family="f2", version=last.result.version, actor="anna"))
    assert (last.result.version, "") == (moved.current, moved.previous)
    (listed,) = scoring.models("f2").models
    assert (last.result.digest, "Interval" in listed.card) == (listed.digest, True)
    answer = scoring.score(table.to_batches(), pb.ScoreOptions(family="f2"), table.schema)
    results = answer.read_all()
    assert {last.result.version} == set(results["model_version"].to_pylist())
    assert 0 == results["probability_low"].null_count
    assert "" == scoring.roll_back(pb.RollbackModelRequest(family="f2")).current  # none before the first
    with pytest.raises(NotFound):
        scoring.roll_back(pb.RollbackModelRequest(family="f2"))
    channel.close()
    running.stop()
