"""A tenant's own model through the whole product: trained from a file, used, replaced and taken back."""

import io
import time
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest

from deploy.local.product import Product
from services.gateway.database.engine import open_database
from services.gateway.database.tenants import TenantTable

ENDED = ("COMPLETED", "FAILED", "NEEDS_MAPPING")
WAIT_S = 280.0

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def own(product: Product) -> Iterator[httpx.Client]:
    """A client of a company of its own: what it trains and moves is no other test's business."""
    database = open_database(f"sqlite:///{product.data / 'retainwise.db'}")
    _, token = TenantTable(database).create("learning company")
    database.close()
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {token}"}, timeout=60) as client:
        yield client


def company(seed: int, rows: int = 400, labelled: bool = True) -> bytes:
    """An export of a SaaS company whose customers leave when they log in little and call for help."""
    random = np.random.default_rng(seed)
    logins, tickets = random.poisson(20, rows), random.poisson(2, rows)
    left = random.random(rows) < 1 / (1 + np.exp(0.25 * (logins - 20) - 0.9 * (tickets - 2) + 1))
    table = io.StringIO()
    table.write("customer_id,tenure_months,mrr,logins_per_month,support_tickets" + (",churned" * labelled) + "\n")
    for row in range(rows):
        price = round(20 + 100 * random.random(), 2)
        cells = [f"c{seed}-{row}", random.integers(1, 60), price, logins[row], tickets[row]]
        table.write(",".join(map(str, cells + (["yes" if left[row] else "no"] if labelled else []))) + "\n")
    return table.getvalue().encode()


def sent(http: httpx.Client, address: str, data: bytes, **query: str) -> dict[str, Any]:
    """The job at its end."""
    answer = http.post(address, content=data, params={"industry": "saas", **query})
    assert 202 == answer.status_code, answer.text
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        job: dict[str, Any] = http.get(answer.headers["location"]).json()
        if job["status"] in ENDED:
            assert "COMPLETED" == job["status"], job
            return job
        time.sleep(0.5)
    raise AssertionError("the job did not end")


def predicted_by(http: httpx.Client) -> str:
    """The version that a new prediction is made with."""
    made: str = sent(http, "/api/csv", company(9, 30, labelled=False), filename="new.csv")["model_version"]
    return made


def test_a_model_is_trained_used_replaced_and_taken_back(own: httpx.Client) -> None:
    """Better than the baseline it is put to use by itself; a second one by hand; and back again."""
    first = sent(own, "/api/models", company(1), filename="past.csv")
    assert ("better", first["version"]) == (first["report"]["outcome"], first["report"]["version"])
    assert "in use from now on" in first["message"]
    prediction = sent(own, "/api/csv", company(9, 30, labelled=False), filename="new.csv")
    assert first["version"] == prediction["model_version"]
    person = own.get(f"/api/predictions/{prediction['id']}/customers").json()["customers"][0]
    assert person["probability_low"] < person["churn_probability"] < person["probability_high"]
    assert person["revenue_at_risk_low"] < person["revenue_at_risk"] < person["revenue_at_risk_high"]
    second = sent(own, "/api/models", company(2), filename="later.csv", promote="never")
    assert second["version"] not in (None, first["version"])
    assert first["version"] == predicted_by(own)
    change = own.post(f"/api/models/{second['version']}/promote").json()
    assert (second["version"], first["version"]) == (change["version"], change["previous"])
    assert second["version"] == predicted_by(own)
    assert first["version"] == own.post("/api/models/rollback").json()["version"]
    assert first["version"] == predicted_by(own)
    listed = own.get("/api/models").json()
    assert first["version"] == next(model["version"] for model in listed["models"] if model["current"])
    assert [True, False, False] == [change["rollback"] for change in listed["history"]]
    assert "## Interval" in own.get(f"/api/models/{first['version']}").json()["card"]


def test_thresholds_of_ones_own_are_used_from_then_on(own: httpx.Client) -> None:
    """A file is read by the thresholds that stood when it was sent."""
    levels = {"high_above": 0.02, "medium_above": 0.01}
    assert levels == own.put("/api/risk-levels", json=levels).json()
    prediction = sent(own, "/api/csv", company(9, 30, labelled=False), filename="new.csv")
    assert levels == {name: prediction[name] for name in levels}
    people = own.get(f"/api/predictions/{prediction['id']}/customers?page_size=100").json()["customers"]
    high = [person for person in people if person["churn_probability"] > 0.02]
    assert high and all("high" == person["risk_level"] for person in high)
