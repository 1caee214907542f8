"""One customer's scores over uploads, over HTTP."""

import json
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pytest

from tests.http_gateway import Gateway, results_table

PERSON = results_table(1).to_pylist()[0]
SHOWN = ("churn_probability", "probability_low", "risk_level", "top_risk_factor", "revenue_at_risk", "model_version")


def results(probability: float, *, customer_id: str = "a/b", industry: str = "saas") -> pa.Table:
    """Results of one customer, who stands there twice: the first row is the one that counts."""
    person = PERSON | {"customer_id": customer_id, "churn_probability": probability}
    again = person | {"churn_probability": 0.99, "source_row": 2}
    return pa.Table.from_pylist([again, person]).replace_schema_metadata({"industry": industry})


def history(gateway: Gateway, prediction_id: str, customer_id: str = "a/b", status: int = 200) -> Any:
    """The JSON of the customer's history."""
    url = f"/api/predictions/{prediction_id}/customers/{quote(customer_id, safe='')}/history"
    answer = gateway.client.get(url, headers=gateway.headers)
    assert status == answer.status_code, answer.text
    return answer.json()


@pytest.fixture(scope="module")
def uploads(gateway: Gateway) -> list[dict[str, Any]]:
    """Four uploads: of the customer, of somebody else, of another industry, of the customer in an older form."""
    old = results(0.4).drop_columns(["probability_low", "plan"]).replace_schema_metadata(None)
    return [
        gateway.complete(old, filename="may.csv", snapshot_date="2026-05-31"),
        gateway.complete(results(0.5, customer_id="somebody")),
        gateway.complete(results(0.6, industry="telecom")),
        gateway.complete(results(0.7), filename="june.csv", snapshot_date="2026-06-30"),
    ]


def test_scores_come_by_upload(gateway: Gateway, uploads: list[dict[str, Any]]) -> None:
    """The first upload first, those of one industry; what an older file lacks is null; from any of them the same."""
    told = history(gateway, uploads[3]["id"])
    assert told == history(gateway, uploads[0]["id"])
    first, last = told["scores"]
    assert [(0.4, None, "may.csv", "2026-05-31"), (0.7, PERSON["probability_low"], "june.csv", "2026-06-30")] == [
        (each["churn_probability"], each["probability_low"], each["filename"], each["snapshot_date"])
        for each in (first, last)
    ]
    assert (uploads[3]["id"], uploads[3]["created_at"]) == (last["prediction_id"], last["uploaded_at"])
    assert [PERSON[name] for name in SHOWN[1:]] == [last[name] for name in SHOWN[1:]]
    assert [0.6] == [each["churn_probability"] for each in history(gateway, uploads[2]["id"])["scores"]]


def test_a_stranger_is_not_found(gateway: Gateway, uploads: list[dict[str, Any]]) -> None:
    """404, and the id is not repeated; 409 while the prediction has no results."""
    assert "jane" not in json.dumps(history(gateway, uploads[0]["id"], "jane@example.com", 404)["detail"])
    assert "NotCompleted" == history(gateway, gateway.upload()["id"], status=409)["code"]


def test_an_upload_whose_results_are_gone_is_left_out(gateway: Gateway) -> None:
    """The others are still told."""
    made = [gateway.complete(results(probability, customer_id="gone")) for probability in (0.1, 0.2)]
    gateway.parts.store.delete(gateway.parts.jobs.get(made[0]["id"]).artifacts["results"].key)
    assert [0.2] == [each["churn_probability"] for each in history(gateway, made[1]["id"], "gone")["scores"]]
