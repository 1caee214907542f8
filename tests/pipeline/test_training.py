"""A tenant's own model through the whole product: trained from a file, used, replaced and taken back, and compared.

One training serves all tests: what a second version is good for does not depend on how it came about.
"""

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import spearmanr

from deploy.local.product import Product
from libs.objects.local import LocalStore
from services.gateway.database.engine import Database, open_database
from services.gateway.database.families import FamilyTable
from services.gateway.database.tenants import TenantTable
from services.scoring.registry import Registry, StoreRing
from tests import small_models
from tests.journey import results

ENDED = ("COMPLETED", "FAILED", "NEEDS_MAPPING")
WAIT_S = 280.0
ROWS = 300

pytestmark = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Taught:
    """A company that trained a model, which is in use. before: what the baseline said of its customers until then."""

    tenant_id: str
    http: httpx.Client
    before: pa.Table
    training: dict[str, Any]

    @property
    def version(self) -> str:
        return str(self.training["version"])


@pytest.fixture(scope="module")
def database(product: Product) -> Iterator[Database]:
    """The product's own."""
    database = open_database(f"sqlite:///{product.data / 'retainwise.db'}")
    yield database
    database.close()


@pytest.fixture(scope="module")
def taught(product: Product, database: Database) -> Iterator[Taught]:
    """A company of its own: what it trains and moves is no other test's business."""
    tenant, token = TenantTable(database).create("learning company")
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {token}"}, timeout=60) as http:
        before = results(http, predicted(http)["id"])
        # A training on fewer rows takes longer: below a thousand they are cut five times over, above twice.
        past = company(1, 1_000, labelled=True)
        yield Taught(tenant.id, http, before, sent(http, "/api/models", past, filename="past.csv"))


def company(seed: int, rows: int = ROWS, labelled: bool = False) -> bytes:
    """Customers who leave when they log in little and call for help; without a price for every seventh."""
    random = np.random.default_rng(seed)
    logins, tickets = random.poisson(20, rows), random.poisson(2, rows)
    left = random.random(rows) < 1 / (1 + np.exp(0.25 * (logins - 20) - 0.9 * (tickets - 2) + 1))
    table = io.StringIO()
    table.write("customer_id,tenure_months,mrr,logins_per_month,support_tickets" + ",churned" * labelled + "\n")
    for row in range(rows):
        price = "" if row % 7 == 0 and not labelled else f"{20 + 100 * random.random():.2f}"
        cells = [f"c{seed}-{row}", random.integers(1, 60), price, logins[row], tickets[row]]
        table.write(",".join(map(str, [*cells, "yes" if left[row] else "no"][: 5 + labelled])) + "\n")
    return table.getvalue().encode()


def sent(http: httpx.Client, address: str, data: bytes, **query: str) -> dict[str, Any]:
    """The job at its end."""
    answer = http.post(address, content=data, params={"industry": "saas", **query})
    assert 202 == answer.status_code, answer.text
    until = time.monotonic() + WAIT_S
    while time.monotonic() < until:
        job: dict[str, Any] = http.get(answer.headers["location"]).json()
        if job["status"] in ENDED:
            assert ("COMPLETED", None) == (job["status"], job.get("error")), job
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def predicted(http: httpx.Client) -> dict[str, Any]:
    """A completed prediction of the same file, each time with the same rate and day."""
    return sent(http, "/api/csv", company(9), filename="new.csv", churn_rate="0.3", snapshot_date="2026-05-31")


def told(http: httpx.Client, prediction: dict[str, Any]) -> dict[str, Any]:
    """What the report says of predictions."""
    return dict(http.get(f"/api/predictions/{prediction['id']}/report").json()["predictions"])


def test_a_better_model_is_put_to_use_by_itself(taught: Taught) -> None:
    """And the report says why; what it predicts has intervals, and revenue to go with them."""
    assert ("better", taught.version) == (taught.training["report"]["outcome"], taught.training["report"]["version"])
    assert "in use from now on" in taught.training["message"]
    prediction = predicted(taught.http)
    assert taught.version == prediction["model_version"]
    people = taught.http.get(f"/api/predictions/{prediction['id']}/customers?page_size=100").json()["customers"]
    person = next(person for person in people if person["revenue_at_risk"] is not None)
    assert person["probability_low"] < person["churn_probability"] < person["probability_high"]
    assert person["revenue_at_risk_low"] < person["revenue_at_risk"] < person["revenue_at_risk_high"]
    assert "## Interval" in taught.http.get(f"/api/models/{taught.version}").json()["card"]


def test_a_model_is_replaced_and_taken_back(
    taught: Taught, product: Product, database: Database, tmp_path: Path
) -> None:
    """A second one is put to use by hand; and back again, with a record of who did what."""
    http, store = taught.http, LocalStore(product.data / "models")
    family = FamilyTable(database).own(taught.tenant_id, "saas")
    small_models.publish(store, Registry(store, StoreRing(store)), tmp_path, family, {"second": 2})
    assert taught.version == predicted(http)["model_version"]
    change = http.post("/api/models/second/promote").json()
    assert ("second", taught.version) == (change["version"], change["previous"])
    assert "second" == predicted(http)["model_version"]
    assert taught.version == http.post("/api/models/rollback").json()["version"]
    assert taught.version == predicted(http)["model_version"]
    listed = http.get("/api/models").json()
    assert [taught.version] == [model["version"] for model in listed["models"] if model["current"]]
    assert [True, False, False] == [change["rollback"] for change in listed["history"]]
    # Before the first own model the baseline was in use: it is again, until a model is put to use once more.
    assert [{"industry": "saas", "version": None}] == listed["steps_back"]
    assert http.post("/api/models/rollback").json()["version"] is None
    assert {predicted(http)["model_version"]} == set(taught.before["model_version"].to_pylist())
    assert 404 == http.post("/api/models/rollback").status_code
    http.post(f"/api/models/{taught.version}/promote").raise_for_status()
    assert taught.version == predicted(http)["model_version"]


def test_a_shadows_disagreement_is_that_of_the_two_versions_results(taught: Taught) -> None:
    """Nothing sold changes; and every figure is what the shadow gives where it is in use itself, on the same file."""
    http, theirs = taught.http, taught.before
    without = results(http, predicted(http)["id"])
    named = http.put("/api/models/shadows/saas", json={"version": "baseline"}).json()["version"]
    shadowed = predicted(http)
    ours = results(http, shadowed["id"])
    assert without.drop_columns(["scored_at"]) == ours.drop_columns(["scored_at"])
    shadow = told(http, shadowed)["shadow"]
    assert (None, named) == (shadow["not_scored"], shadow["model_version"])
    page = http.get(f"/api/predictions/{shadowed['id']}/report", headers={"accept": "text/html"})
    assert shadow["sentence"] in page.text

    figures = shadow["figures"]
    p, q = (table["churn_probability"].to_numpy() for table in (ours, theirs))
    assert figures["rows"] == len(p) == ROWS
    assert np.abs(p - q).mean() > 0.01
    assert np.abs(p - q).mean() == pytest.approx(figures["mean_absolute_difference"])
    assert spearmanr(p, q).statistic == pytest.approx(figures["rank_correlation"])
    pairs = list(zip(ours["risk_level"].to_pylist(), theirs["risk_level"].to_pylist(), strict=True))
    assert {(pair["in_use"], pair["shadow"]): pair["customers"] for pair in figures["levels"]} == {
        (a, b): pairs.count((a, b)) for a in ("high", "medium", "low") for b in ("high", "medium", "low")
    }
    top = ROWS // 10
    both = {*np.argsort(-p, kind="stable")[:top]} & {*np.argsort(-q, kind="stable")[:top]}
    assert len(both) / top == figures["top_tenth_shared"]
    at_risk = [sum(filter(None, table["revenue_at_risk"].to_pylist())) for table in (ours, theirs)]
    assert at_risk == pytest.approx([figures["revenue_at_risk"], figures["shadow_revenue_at_risk"]])
    assert (taught.version if at_risk[0] > at_risk[1] else named) == figures["more_revenue_at_risk"]


def test_the_version_in_use_is_no_shadow_of_itself(taught: Taught) -> None:
    """It may be named, for the day another one is in use; until then it is not scored twice."""
    assert 200 == taught.http.put("/api/models/shadows/saas", json={"version": taught.version}).status_code
    assert "InUse" == told(taught.http, predicted(taught.http))["shadow"]["not_scored"]
    assert 204 == taught.http.delete("/api/models/shadows/saas").status_code
    assert None is told(taught.http, predicted(taught.http))["shadow"]


@pytest.mark.parametrize(("version", "digest", "kind"), [("gone", "ab", "NotFound"), ("", "cd", "Conflict")])
def test_a_shadow_that_scoring_refuses_costs_nothing(
    taught: Taught, database: Database, version: str, digest: str, kind: str
) -> None:
    """A version that is gone, or is another than it was when it was named: the prediction is complete all the same."""
    there = taught.http.put("/api/models/shadows/telecom", json={"version": "baseline"}).json()["version"]
    FamilyTable(database).shadow(taught.tenant_id, "saas", "baseline-telecom", version or there, digest * 32)
    shadow = told(taught.http, predicted(taught.http))["shadow"]
    assert (kind, None) == (shadow["not_scored"], shadow["figures"])


def test_thresholds_of_ones_own_are_used_from_then_on(taught: Taught) -> None:
    """A file is read by the thresholds that stood when it was sent."""
    before = taught.http.get("/api/risk-levels").json()
    levels = {"high_above": 0.02, "medium_above": 0.01}
    assert levels == taught.http.put("/api/risk-levels", json=levels).json()
    prediction = predicted(taught.http)
    taught.http.put("/api/risk-levels", json=before)
    assert levels == {name: prediction[name] for name in levels}
    people = taught.http.get(f"/api/predictions/{prediction['id']}/customers?page_size=100").json()["customers"]
    high = [person for person in people if person["churn_probability"] > 0.02]
    assert high and all("high" == person["risk_level"] for person in high)
