"""Plans over HTTP: what each opens, what is said where it ends, and how one goes on."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from libs.client.http import RetainWise
from libs.errors import PlanLimit
from services.gateway.database.engine import open_database
from services.gateway.database.subscriptions import SubscriptionTable
from services.gateway.domain import Artifact
from services.gateway.plans.catalogue import PLANS, PlanId
from services.gateway.plans.domain import Subscription
from services.gateway.plans.locks import ALWAYS_BY_KEY, FILTERS, OPERATIONS, WORKBOOKS
from services.gateway.plans.plans import Plans
from services.gateway.server import build_app
from tests.http_gateway import Gateway, open_gateway, results_table
from tests.http_people import PASSWORD, browser, person


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway with two companies."""
    return open_gateway(tmp_path_factory.mktemp("plans"), sign_in_tries=1000, sign_up=True)


@pytest.fixture(scope="module")
def owner(gateway: Gateway) -> TestClient:
    """The browser of Acme's owner."""
    return person(gateway, "owner@example.com")


def choose(gateway: Gateway, plan_id: PlanId, company: str = "Acme", **trial: Any) -> None:
    """Gives the company a plan, as the operator does."""
    database = open_database(gateway.parts.settings.database_url)
    tenant = next(each for each in gateway.parts.tenants.all() if each.name == company)
    SubscriptionTable(database).choose(tenant.id, Subscription(plan_id, **trial))
    database.close()


def test_the_price_list_is_public(gateway: Gateway) -> None:
    """Every plan, from the smallest to the largest, without a token."""
    listed = browser(gateway).get("/api/plans").json()
    assert ["starter", "professional", "business", "enterprise"] == [plan["id"] for plan in listed]
    assert {"id", "name", "price_usd_month", "predictions_month", "seats", "features"} == set(listed[0])
    assert ([], ["dashboard", "filters", "excel"]) == (listed[0]["features"], listed[1]["features"])


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_me_tells_the_plan(gateway: Gateway, owner: TestClient, plan: Any) -> None:
    """Its bounds, and whether each feature is open."""
    choose(gateway, plan.id)
    me = owner.get("/api/me").json()
    told = me["plan"]
    assert (plan.id, plan.predictions_month, plan.seats) == (told["id"], told["predictions_month"], told["seats"])
    assert (None, None) == (told["trial_ends_at"], told["trial_days_left"])
    assert {feature for feature, is_open in me["features"].items() if is_open} == set(plan.features)


def test_what_is_locked_is_an_operation_that_there_is(gateway: Gateway) -> None:
    """A renamed operation or parameter does not slip through its lock."""
    described = gateway.client.get("/openapi.json").json()["paths"]
    operations = [each for path in described.values() for each in path.values()]
    assert set() == {*OPERATIONS, *ALWAYS_BY_KEY, *WORKBOOKS} - {each["operationId"] for each in operations}
    query = {each["name"] for one in operations for each in one.get("parameters", ()) if each["in"] == "query"}
    assert set() == FILTERS - query


LOCKED = [
    (PlanId.STARTER, "GET", "/api/summary", {}, "professional"),
    (PlanId.STARTER, "GET", "/api/customers", {}, "professional"),
    (PlanId.STARTER, "GET", "/api/predictions/{id}/summary", {}, "professional"),
    (PlanId.STARTER, "GET", "/api/predictions/{id}/customers?risk_level=high", {}, "professional"),
    (PlanId.STARTER, "GET", "/api/predictions/{id}/customers?search=C", {}, "professional"),
    (PlanId.STARTER, "GET", "/api/predictions/{id}/export?format=csv&plan=pro", {}, "professional"),
    (PlanId.STARTER, "POST", "/api/predictions/{id}/exports", {}, "professional"),
    (PlanId.STARTER, "POST", "/api/predictions/{id}/exports?format=xlsx", {}, "professional"),
    (PlanId.STARTER, "POST", "/api/exports?format=csv", {}, "professional"),
    (PlanId.PROFESSIONAL, "POST", "/api/keys", {"json": {"name": "k"}}, "business"),
    (PlanId.BUSINESS, "POST", "/api/models", {"content": b"a\n1\n"}, "enterprise"),
    (PlanId.BUSINESS, "POST", "/api/models/rollback", {}, "enterprise"),
    (PlanId.BUSINESS, "PUT", "/api/models/shadows/saas", {"json": {"version": "v"}}, "enterprise"),
]


@pytest.mark.parametrize(("plan_id", "method", "path", "body", "unlocks"), LOCKED)
def test_a_locked_feature_says_what_opens_it(
    gateway: Gateway, owner: TestClient, plan_id: PlanId, method: str, path: str, body: dict[str, Any], unlocks: str
) -> None:
    """402 with the plan that opens it; open with that one, if nobody else needs to agree."""
    choose(gateway, PlanId.ENTERPRISE)
    path = path.format(id=gateway.complete(results_table(4))["id"])
    choose(gateway, plan_id)
    locked = owner.request(method, path, **body)
    assert (402, "FeatureLocked", "/problems/plan-limit", unlocks) == (
        locked.status_code,
        locked.json()["code"],
        locked.json()["type"],
        locked.json()["unlocks"],
    )
    choose(gateway, PlanId(unlocks))
    assert 402 != owner.request(method, path, **body).status_code


def test_starter_has_all_that_it_promises(gateway: Gateway, owner: TestClient) -> None:
    """Upload, predictions with reasons, CSV and the quality report."""
    choose(gateway, PlanId.ENTERPRISE)
    made = gateway.complete(results_table(4))["id"]
    choose(gateway, PlanId.STARTER)
    assert 202 == owner.post("/api/csv", content=b"customer_id,tenure_months,mrr\nC-1,3,49\n").status_code
    for path in ("", "/customers", "/customers?sort=-probability&page=1", "/customers/C-000001", "/report"):
        assert 200 == owner.get(f"/api/predictions/{made}{path}").status_code, path
    assert 200 == owner.get(f"/api/predictions/{made}/export?format=csv").status_code
    assert 202 == owner.post(f"/api/predictions/{made}/exports?format=csv").status_code


def test_an_api_key_needs_a_plan_with_the_api(gateway: Gateway) -> None:
    """After a move to a smaller plan keys rest: 402, but for the question who one is; with the larger they work on."""
    choose(gateway, PlanId.PROFESSIONAL)
    locked = gateway.client.get("/api/predictions/", headers=gateway.headers)
    assert (402, "business") == (locked.status_code, locked.json()["unlocks"])
    assert "professional" == gateway.client.get("/api/me", headers=gateway.headers).json()["plan"]["id"]
    assert 401 == gateway.client.get("/api/predictions/", headers={"Authorization": "Bearer rw_x"}).status_code
    choose(gateway, PlanId.BUSINESS)
    assert 200 == gateway.client.get("/api/predictions/", headers=gateway.headers).status_code


def test_seats(gateway: Gateway, owner: TestClient) -> None:
    """Accounts and open invitations take seats; an address that is invited again takes none more."""
    choose(gateway, PlanId.PROFESSIONAL)
    for _ in range(2):
        assert 201 == owner.post("/api/members", json={"email": "two@example.com"}).status_code
    third = owner.post("/api/members", json={"email": "three@example.com"}).json()
    fourth = owner.post("/api/members", json={"email": "four@example.com"})
    assert (402, "SeatsTaken", "business") == (
        fourth.status_code,
        fourth.json()["code"],
        fourth.json()["unlocks"],
    )
    assert "3 people" in fourth.json()["detail"]
    owner.delete(f"/api/members/{third['member']['id']}")
    assert 201 == owner.post("/api/members", json={"email": "four@example.com"}).status_code


def test_sign_up_begins_a_trial(gateway: Gateway) -> None:
    """Fourteen days of Professional, and then nothing until a plan is chosen; a choice ends it."""
    page = browser(gateway)
    form = {"company": "Initech", "name": "Bill", "email": "bill@example.com", "password": PASSWORD}
    plan = page.post("/api/auth/sign-up", json=form).json()["plan"]
    assert ("professional", 14, 5_000) == (plan["id"], plan["trial_days_left"], plan["predictions_month"])
    assert 402 != page.get("/api/summary").status_code
    choose(gateway, PlanId.PROFESSIONAL, "Initech", trial_ends_at=datetime.now(UTC) - timedelta(days=2))
    me = page.get("/api/me").json()
    assert (0, 0, {False}) == (
        me["plan"]["trial_days_left"],
        me["plan"]["predictions_month"],
        {*me["features"].values()},
    )
    over = page.get("/api/summary")
    assert (402, True) == (over.status_code, "trial ended" in over.json()["detail"])
    chosen = page.put("/api/plan", json={"plan": "professional"}).json()
    assert (None, True) == (chosen["plan"]["trial_days_left"], chosen["features"]["dashboard"])
    assert 402 != page.get("/api/summary").status_code


def test_only_owners_change_the_plan_and_not_to_any(gateway: Gateway, owner: TestClient) -> None:
    """422 for the plan that is agreed in person, and for one that there is not."""
    choose(gateway, PlanId.BUSINESS)
    member = browser(gateway)
    invited = owner.post("/api/members", json={"email": "member@example.com"}).json()
    member.post("/api/auth/accept", json={"link": invited["link"], "name": "M", "password": PASSWORD})
    assert 403 == member.put("/api/plan", json={"plan": "starter"}).status_code
    assert 403 == gateway.client.put("/api/plan", json={"plan": "starter"}, headers=gateway.headers).status_code
    by_agreement = owner.put("/api/plan", json={"plan": "enterprise"})
    assert (422, "ByAgreement") == (by_agreement.status_code, by_agreement.json()["code"])
    assert 422 == owner.put("/api/plan", json={"plan": "free"}).status_code
    assert "business" == owner.get("/api/me").json()["plan"]["id"]
    assert "starter" == owner.put("/api/plan", json={"plan": "starter"}).json()["plan"]["id"]


def held(gateway: Gateway, owner: TestClient, customers: int) -> str:
    """The id of a prediction that waits for a plan, with so many customers."""
    made = owner.post("/api/csv", content=b"customer_id,tenure_months,mrr\nC-1,3,49\n").json()
    claim = gateway.claim(made["id"])
    findings: Artifact = gateway.keep(claim, "findings.json", json.dumps({"clean_count": str(customers)}).encode())
    gateway.parts.jobs.keep(claim, {"findings": findings})
    gateway.parts.jobs.hold(claim, "too few are left")
    return str(made["id"])


def test_a_prediction_that_waits_goes_on_with_a_larger_plan(gateway: Gateway, owner: TestClient) -> None:
    """402 and words while the plan is too small; a change of plan lets go on what then fits, by itself."""
    choose(gateway, PlanId.STARTER)
    fits, too_large = held(gateway, owner, 2_000), held(gateway, owner, 6_000)
    seen = owner.get(f"/api/predictions/{fits}").json()
    assert ("NEEDS_PLAN", "too few are left", None) == (seen["status"], seen["message"], seen["error"])
    refused = owner.post(f"/api/predictions/{fits}/resume")
    assert (402, "QuotaShort", "professional") == (
        refused.status_code,
        refused.json()["code"],
        refused.json()["unlocks"],
    )
    assert "2,000 customers" in refused.json()["detail"]
    assert "NEEDS_PLAN" == owner.get(f"/api/predictions/{fits}").json()["status"]
    assert 200 == owner.put("/api/plan", json={"plan": "professional"}).status_code
    states = [owner.get(f"/api/predictions/{each}").json()["status"] for each in (fits, too_large)]
    assert ["QUEUED", "NEEDS_PLAN"] == states
    choose(gateway, PlanId.BUSINESS)
    for _ in range(2):
        resumed = owner.post(f"/api/predictions/{too_large}/resume")
        assert (202, "QUEUED") == (resumed.status_code, resumed.json()["status"])


def test_what_waits_for_something_else_is_not_resumed(gateway: Gateway, owner: TestClient) -> None:
    """409 for one that wants an answer, or that failed."""
    choose(gateway, PlanId.ENTERPRISE)
    waiting = gateway.upload()["id"]
    gateway.parts.jobs.ask(gateway.claim(waiting), (), "which?")
    answer = owner.post(f"/api/predictions/{waiting}/resume")
    assert (409, "NotWaiting") == (answer.status_code, answer.json()["code"])


def test_the_client_tells_of_a_plan_that_is_too_small(gateway: Gateway, owner: TestClient) -> None:
    """Over for the one who waits, with a sentence; resumed from Python."""
    choose(gateway, PlanId.BUSINESS)
    prediction = held(gateway, owner, 30_000)
    service = RetainWise("http://testserver", gateway.headers["Authorization"].removeprefix("Bearer "))
    service._http = httpx.Client(
        base_url="http://testserver", transport=gateway.client._transport, headers=gateway.headers
    )
    assert ("NEEDS_PLAN", True) == (service.wait(prediction).status, service.wait(prediction).is_over)
    with pytest.raises(PlanLimit, match="30,000 customers"):
        service.resume(prediction)
    choose(gateway, PlanId.ENTERPRISE)
    assert "QUEUED" == service.resume(prediction).status


def test_a_new_month_begins_at_nothing(tmp_path: Path) -> None:
    """What was used stays with its month."""
    gateway = open_gateway(tmp_path)
    owner = person(gateway, "ada@example.com")
    choose(gateway, PlanId.STARTER)
    database = open_database(gateway.parts.settings.database_url)
    months = []
    for now in (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)):
        plans = Plans(SubscriptionTable(database), lambda now=now: now)  # type: ignore[misc]
        made = owner.post("/api/csv", content=b"customer_id,tenure_months,mrr\nC-1,3,49\n").json()["id"]
        claim = gateway.claim(made)
        plans.reserve(claim, 700)
        page = TestClient(build_app(replace(gateway.parts, plans=plans)), cookies=owner.cookies)
        before = page.get("/api/me").json()["usage"]
        gateway.parts.jobs.complete(claim, {}, "Done")
        months.append((before, page.get("/api/me").json()["usage"]))
    database.close()
    assert [
        ({"month": month, "predictions": 0, "reserved": 700}, {"month": month, "predictions": 700, "reserved": 0})
        for month in ("2026-11", "2026-12")
    ] == months
