"""The stages are processes of their own: to be called alone, and started again when they die."""

import os
import signal

import httpx
import pyarrow as pa
import pytest

from deploy.local.layout import STAGES
from deploy.local.product import Product
from libs.client.stages import ScoringClient
from libs.contracts.scoring.v1 import scoring_pb2
from libs.rpc.client import open_channel
from tests.journey import ended, telecom_csv, uploaded


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
