"""The stages are processes of their own, and what crosses their sockets is Arrow."""

import os
import signal
from pathlib import Path

import httpx
import pyarrow as pa
import pytest

from deploy.local.product import Product
from libs.client.stages import ScoringClient
from libs.contracts.scoring.v1 import scoring_pb2
from libs.rpc.client import open_channel
from tests.journey import ended, telecom_csv, uploaded
from tests.pipeline.relay import Relay

CONTINUATION = b"\xff\xff\xff\xff"
"""Marks every message of an Arrow IPC stream."""

STAGES = ("ingest", "mapping", "validation", "scoring")


def test_stages_are_separate_and_arrow_crosses_each_socket(tmp_path: Path) -> None:
    """Every stage runs in its own process, and a relay before each sees IPC messages with the schema both ways."""
    relays = {stage: Relay() for stage in STAGES}
    addresses = {f"RETAINWISE_GATEWAY_{stage.upper()}_ADDRESS": relay.address for stage, relay in relays.items()}
    product = Product(tmp_path, environment={"gateway": addresses, "worker": addresses})
    for stage, relay in relays.items():
        host, port = product.addresses[stage].split(":")
        relay.target = (host, int(port))
    with product, httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {product.token}"}) as http:
        over = ended(http, uploaded(http, telecom_csv(200)))
        assert "COMPLETED" == over["status"]
        pids = product.processes
        assert len(pids) == len(set(pids.values()))
        assert set(STAGES) | {"gateway", "worker-1"} == set(pids)
    for stage, relay in relays.items():
        directions = {"asked": relay.sent, "answered": relay.received}
        if stage == "ingest":
            del directions["asked"]  # what goes in is the file's own bytes
        for direction, seen in directions.items():
            assert CONTINUATION in seen, f"{stage} {direction}: no IPC message"
            column = {"ingest": b"customerID"}.get(stage, b"customer_id")
            if (stage, direction) == ("mapping", "asked"):
                column = b"customerID"
            assert column in seen, f"{stage} {direction}: no schema"


def test_an_internal_team_scores_an_arrow_table(product: Product) -> None:
    """With the gRPC client alone, a table goes to the scoring service and comes back scored."""
    table = pa.table(
        {
            "customer_id": ["a", "b"],
            "tenure_months": [1.0, 60.0],
            "monthly_charges": [95.0, 25.0],
            "contract": ["month-to-month", "two year"],
        }
    )
    with open_channel(product.addresses["scoring"]) as channel:
        answer = ScoringClient(channel).score(
            table.to_batches(), scoring_pb2.ScoreOptions(family="baseline-telecom"), table.schema
        )
        scored = answer.read_all()
    assert ["a", "b"] == scored["customer_id"].to_pylist()
    assert 2 == answer.trailer.row_count
    risky, safe = scored["churn_probability"].to_pylist()
    assert risky > 0.5 > 0.1 > safe


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_that_is_killed_comes_back(product: Product, stage: str) -> None:
    """A stage that dies is started again, and the next file works."""
    os.kill(product.processes[stage], signal.SIGKILL)
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {product.token}"}) as http:
        assert "COMPLETED" == ended(http, uploaded(http, telecom_csv(50)))["status"]
