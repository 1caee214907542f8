"""A shadow through the whole product: a second version scores the same customers, the report says how they differ."""

import io
import time
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import pytest
from scipy.stats import spearmanr

from deploy.local.product import Product
from services.gateway.database.engine import open_database
from services.gateway.database.families import FamilyTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Tenant
from tests.journey import ended, results, uploaded

ROWS = 300

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def company(product: Product) -> Iterator[tuple[Tenant, httpx.Client]]:
    """A company of its own, and its client: what it trains and names is no other test's business."""
    database = open_database(f"sqlite:///{product.data / 'retainwise.db'}")
    tenant, token = TenantTable(database).create("shadowing company")
    database.close()
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {token}"}, timeout=60) as client:
        yield tenant, client


@pytest.fixture(scope="module")
def trained(company: tuple[Tenant, httpx.Client]) -> str:
    """A version of the company's own, which is not in use."""
    _, http = company
    asked = {"industry": "saas", "filename": "past.csv", "promote": "never"}
    answer = http.post("/api/models", content=export(1, 400, labelled=True), params=asked)
    assert 202 == answer.status_code, answer.text
    location = answer.headers["location"]
    for _ in range(1200):
        training = http.get(location).json()
        if training["status"] in ("COMPLETED", "FAILED", "NEEDS_MAPPING"):
            break
        time.sleep(0.25)
    assert training["version"], training["message"]
    return str(training["version"])


def export(seed: int, rows: int = ROWS, labelled: bool = False) -> bytes:
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


def predicted(http: httpx.Client) -> str:
    """The id of a completed prediction of the same file, each time with the same rate and day."""
    prediction = uploaded(http, export(9), industry="saas", churn_rate="0.3", snapshot_date="2026-05-31")
    over = ended(http, prediction)
    assert ("COMPLETED", None) == (over["status"], over["error"])
    return prediction


def told(http: httpx.Client, prediction: str) -> dict[str, Any]:
    """What the report says of predictions."""
    return dict(http.get(f"/api/predictions/{prediction}/report").json()["predictions"])


def test_the_disagreement_is_that_of_the_two_versions_results(
    company: tuple[Tenant, httpx.Client], trained: str
) -> None:
    """Nothing sold changes; and every figure is what the shadow gives once it is in use itself, on the same file."""
    _, http = company
    before = results(http, predicted(http))
    assert trained == http.put("/api/models/shadows/saas", json={"version": trained}).json()["version"]
    shadowed = predicted(http)
    ours = results(http, shadowed)
    assert before.drop_columns(["scored_at"]) == ours.drop_columns(["scored_at"])
    shadow = told(http, shadowed)["shadow"]
    assert (None, trained) == (shadow["not_scored"], shadow["model_version"])
    page = http.get(f"/api/predictions/{shadowed}/report", headers={"accept": "text/html"})
    assert shadow["sentence"] in page.text

    assert 200 == http.post(f"/api/models/{trained}/promote").status_code
    promoted = predicted(http)
    theirs = results(http, promoted)
    assert "InUse" == told(http, promoted)["shadow"]["not_scored"]
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
    in_use = told(http, shadowed)["model_version"]
    assert (in_use if at_risk[0] > at_risk[1] else trained) == figures["more_revenue_at_risk"]


@pytest.mark.parametrize(("version", "digest", "kind"), [("gone", "ab", "NotFound"), ("", "cd", "Conflict")])
def test_a_shadow_that_scoring_refuses_costs_nothing(
    product: Product, company: tuple[Tenant, httpx.Client], version: str, digest: str, kind: str
) -> None:
    """A version that is gone, or is another than it was when it was named: the prediction is complete all the same."""
    tenant, http = company
    database = open_database(f"sqlite:///{product.data / 'retainwise.db'}")
    families = FamilyTable(database)
    there = http.put("/api/models/shadows/telecom", json={"version": "baseline"}).json()["version"]
    families.shadow(tenant.id, "saas", "baseline-telecom", version or there, digest * 32)
    database.close()
    shadow = told(http, predicted(http))["shadow"]
    assert (kind, None) == (shadow["not_scored"], shadow["figures"])
    assert 204 == http.delete("/api/models/shadows/saas").status_code
    assert None is told(http, predicted(http))["shadow"]
