"""The customers of a prediction over HTTP."""

import csv
import io
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.http_gateway import Gateway, results_table

TABLE = results_table(120)
PEOPLE = TABLE.to_pylist()
FACTOR_FIELDS = ("feature", "label", "value", "direction", "impact", "actionable")
READERS = ("/customers", "/customers/C-000001", "/summary", "/export", "/results.parquet")


@pytest.fixture(scope="module")
def url(gateway: Gateway) -> str:
    """A completed prediction with TABLE as results."""
    return f"/api/predictions/{gateway.complete(TABLE)['id']}"


def get(gateway: Gateway, url: str, **params: Any) -> Any:
    """The JSON at the address."""
    answer = gateway.client.get(url, params=params, headers=gateway.headers)
    assert 200 == answer.status_code, answer.text
    return answer.json()


def test_a_page_of_customers(gateway: Gateway, url: str) -> None:
    """The riskiest first unless told otherwise, ties by customer id, with the total."""
    wanted = sorted(PEOPLE, key=lambda p: (-p["churn_probability"], p["customer_id"]))
    page = get(gateway, url + "/customers", page=2, page_size=30)
    assert (120, 2, 30) == (page["total"], page["page"], page["page_size"])
    assert [p["customer_id"] for p in wanted[30:60]] == [c["customer_id"] for c in page["customers"]]


def test_filters_combine(gateway: Gateway, url: str) -> None:
    """Several risk levels and plans, and a search in names, blanks around it aside."""
    chosen = {"risk_level": ["high", "medium"], "plan": ["pro", "basic"], "search": " gang 1 "}
    page = get(gateway, url + "/customers", **chosen, page_size=200)
    wanted = {
        p["customer_id"]
        for p in PEOPLE
        if p["risk_level"] != "low" and p["plan"] in ("pro", "basic") and "gang 1" in (p["customer_name"] or "")
    }
    assert wanted == {customer["customer_id"] for customer in page["customers"]}
    assert 0 < len(wanted) == page["total"] == get(gateway, url + "/summary", **chosen)["customers"]


def test_a_bar_of_the_histogram_is_a_filter(gateway: Gateway, url: str) -> None:
    """Each bin has as many customers as the histogram says; there is no eleventh."""
    bins = get(gateway, url + "/summary")["retention_histogram"]
    found = [get(gateway, url + "/customers", retention_bin=place)["total"] for place in range(len(bins))]
    assert [each["customers"] for each in bins] == found
    assert found[0] + found[9] == get(gateway, url + "/summary", retention_bin=[0, 9])["customers"]
    answer = gateway.client.get(url + "/customers", params={"retention_bin": 10}, headers=gateway.headers)
    assert 422 == answer.status_code


def test_one_customer_with_all_reasons(gateway: Gateway, url: str) -> None:
    """top_factors has the fields of the factor columns, and base + impacts + other as they were written."""
    person = PEOPLE[3]
    customer = get(gateway, f"{url}/customers/{person['customer_id']}")
    assert [{field: person[f"factor_{rank}_{field}"] for field in FACTOR_FIELDS} for rank in (1, 2, 3)] == customer[
        "top_factors"
    ]
    same = ("customer_id", "churn_probability", "risk_level", "other_impact", "base_probability", "revenue_at_risk")
    assert [person[name] for name in same] == [customer[name] for name in same]


def test_the_whole_waterfall_is_read(gateway: Gateway) -> None:
    """Every stored impact, greatest first, in a person's words; the page and the CSV do without them."""
    said = {"title": "support tickets", "actionable": "true"}
    table = (
        TABLE.slice(0, 2)
        .append_column(pa.field("impact.tenure_months", pa.float32()), pa.array([0.1, None], pa.float32()))
        .append_column(pa.field("impact.support", pa.float32(), metadata=said), pa.array([-0.25, None], pa.float32()))
    )
    url = f"/api/predictions/{gateway.complete(table)['id']}"
    first, second = (get(gateway, f"{url}/customers/{PEOPLE[place]['customer_id']}") for place in (0, 1))
    assert [
        {
            "feature": "support",
            "title": "support tickets",
            "value": "not known",
            "unit": "",
            "impact": -0.25,
            "actionable": True,
        },
        {
            "feature": "tenure_months",
            "title": "tenure months",
            "value": "not known",
            "unit": "months",
            "impact": pytest.approx(0.1),
            "actionable": False,
        },
    ] == first["waterfall"]
    assert [] == second["waterfall"]
    assert "waterfall" not in get(gateway, url + "/customers")["customers"][0]
    assert "impact.support" not in gateway.client.get(url + "/export", headers=gateway.headers).text


def test_every_bar_has_the_customers_value(gateway: Gateway) -> None:
    """In the reason's own words where it is a reason, else as the canonical row has it, else null."""
    reason = {"factor_1_feature": "mrr", "factor_1_value": "49.00"}
    person = {**PEOPLE[0], **reason, "impact.mrr": 0.2, "impact.nps_score": 0.1}
    canonical = pa.table({"customer_id": [person["customer_id"]], "nps_score": [7.0], "source_row": [1]})
    others = canonical.set_column(0, "customer_id", pa.array(["somebody else"]))
    for kept, value in ((canonical, "7"), (others, None), (None, "not known")):
        made = gateway.complete(pa.Table.from_pylist([person]), canonical=kept)
        found = get(gateway, f"/api/predictions/{made['id']}/customers/{person['customer_id']}")["waterfall"]
        assert [("mrr", "49.00"), ("nps_score", value)] == [(bar["feature"], bar["value"]) for bar in found]


def test_the_action_before_and_after(gateway: Gateway, url: str) -> None:
    """What is recommended, the probability with and without it, what it keeps, and the interval."""
    person = PEOPLE[3]
    found = get(gateway, f"{url}/customers/{person['customer_id']}")
    names = ("action", "action_probability", "probability_low", "probability_high")
    assert [person[name] for name in names] == [found[name] for name in names]


@pytest.mark.parametrize("customer_id", ["a/b", "a b", "ü", "=1+1", "a?b#c", "'"])
def test_customers_with_odd_ids_are_found(gateway: Gateway, customer_id: str) -> None:
    """Whatever a file calls its customers can be asked for, percent-encoded."""
    made = gateway.complete(pa.Table.from_pylist([{**PEOPLE[0], "customer_id": customer_id}]))
    answer = get(gateway, f"/api/predictions/{made['id']}/customers/{quote(customer_id, safe='')}")
    assert customer_id == answer["customer_id"]


def test_a_customer_without_reasons_has_an_empty_list(gateway: Gateway) -> None:
    """Absent factors are left out, not filled with nulls."""
    bare = TABLE.slice(0, 1).select(["customer_id", "churn_probability", "risk_level", "source_row"])
    made = gateway.complete(bare)
    customer = get(gateway, f"/api/predictions/{made['id']}/customers")["customers"][0]
    assert ([], None) == (customer["top_factors"], customer["recommendation"])


def test_summary_takes_the_same_filters(gateway: Gateway, url: str) -> None:
    """Counts by level, and ten bins that hold everyone."""
    summary = get(gateway, url + "/summary", risk_level="high")
    high = sum(p["risk_level"] == "high" for p in PEOPLE)
    assert (high, {"high": high, "medium": 0, "low": 0}) == (summary["customers"], summary["by_risk"])
    assert (10, high) == (
        len(summary["retention_histogram"]),
        sum(b["customers"] for b in summary["retention_histogram"]),
    )


def test_export_is_a_csv_of_the_same_customers(gateway: Gateway, url: str) -> None:
    """An attachment with a name of ours, as long as it says."""
    answer = gateway.client.get(
        url + "/export", params={"format": "csv", "sort": "customer_id"}, headers=gateway.headers
    )
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert sorted(p["customer_id"] for p in PEOPLE) == [row["customer_id"] for row in rows]
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert f'attachment; filename="predictions-{url.rsplit("/", 1)[-1]}.csv"' == answer.headers["content-disposition"]
    assert len(answer.content) == int(answer.headers["content-length"])


def test_the_parquet_is_the_artifact_itself(gateway: Gateway, url: str) -> None:
    """Byte for byte."""
    answer = gateway.client.get(url + "/results.parquet", headers=gateway.headers)
    assert TABLE.equals(pq.read_table(io.BytesIO(answer.content)))


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page_size=0",
        "page_size=201",
        "sort=name",
        "sort=customer_id;DROP",
        "risk_level=extreme",
        "search=" + "x" * 201,
        "plan=" + "x" * 201,
        "page=99999999999999999999",
    ],
)
def test_queries_outside_their_bounds_are_refused(gateway: Gateway, url: str, query: str) -> None:
    """422 with the field."""
    answer = gateway.client.get(f"{url}/customers?{query}", headers=gateway.headers)
    assert (422, f"query.{query.split('=')[0]}") == (
        answer.status_code,
        ".".join(answer.json()["errors"][0]["field"].split(".")[:2]),
    )


def test_an_unknown_format_is_refused(gateway: Gateway, url: str) -> None:
    """Only CSV so far."""
    assert 422 == gateway.client.get(url + "/export?format=xlsx", headers=gateway.headers).status_code


@pytest.mark.parametrize("path", READERS)
def test_results_wait_for_completion(gateway: Gateway, path: str) -> None:
    """409 while it is queued or worked on."""
    made = gateway.upload()
    answer = gateway.client.get(f"/api/predictions/{made['id']}{path}", headers=gateway.headers)
    assert (409, "NotCompleted", "/problems/not-ready") == (
        answer.status_code,
        answer.json()["code"],
        answer.json()["type"],
    )


@pytest.mark.parametrize("path", READERS)
def test_results_that_are_gone_are_not_found(gateway: Gateway, path: str) -> None:
    """404 without the object's key, which holds tenant and file name."""
    made = gateway.complete(results_table(3, seed=len(path)))
    gateway.parts.store.delete(gateway.parts.jobs.get(made["id"]).artifacts["results"].key)
    answer = gateway.client.get(f"/api/predictions/{made['id']}{path}", headers=gateway.headers)
    assert 404 == answer.status_code
    assert "tenants/" not in answer.text


def test_revenue_at_risk_has_a_range(gateway: Gateway, url: str) -> None:
    """Of one customer at the ends of the interval, and of all of them together; with what actions would keep."""
    known = [p for p in PEOPLE if p["revenue_at_risk"] is not None]
    person = next(p for p in known if p["saved_revenue"])
    customer = get(gateway, f"{url}/customers/{person['customer_id']}")
    assert person["monthly_revenue"] * person["probability_low"] == customer["revenue_at_risk_low"]
    assert person["monthly_revenue"] * person["probability_high"] == customer["revenue_at_risk_high"]
    assert (person["saved_revenue"], person["action"]) == (customer["expected_saved_revenue"], customer["action"])
    summary = get(gateway, url + "/summary")
    for name, end in (("revenue_at_risk_low", "probability_low"), ("revenue_at_risk_high", "probability_high")):
        assert pytest.approx(sum(p["monthly_revenue"] * p[end] for p in known)) == summary[name]
    assert pytest.approx(sum(p["saved_revenue"] or 0 for p in known)) == summary["expected_saved_revenue"]
    assert None is summary["contacts"]


def test_what_a_budget_of_contacts_saves(gateway: Gateway, url: str) -> None:
    """The best of the customers in the order of the list, cumulative; contacts that save nothing are not made."""
    best = get(gateway, url + "/customers", sort="-expected_saved_revenue", page_size=200)["customers"]
    saved = [c["expected_saved_revenue"] for c in best if c["expected_saved_revenue"]]
    assert saved == sorted(saved, reverse=True)
    plan = get(gateway, url + "/summary", contact_budget=30)["contacts"]
    assert (30, 30) == (plan["budget"], plan["contacts"])
    assert pytest.approx(sum(saved[:30])) == plan["expected_saved_revenue"]
    assert [1, 30] == [plan["curve"][place]["contacts"] for place in (0, -1)]
    for step in plan["curve"]:
        assert pytest.approx(sum(saved[: step["contacts"]])) == step["expected_saved_revenue"]
    whole = get(gateway, url + "/summary", contact_budget=1000)["contacts"]
    assert (1000, len(saved)) == (whole["budget"], whole["contacts"])
    few = get(gateway, url + "/summary", contact_budget=5, search="no such customer")["contacts"]
    assert {"budget": 5, "contacts": 0, "expected_saved_revenue": 0.0, "curve": []} == few


def test_a_budget_that_cannot_be_meant_is_refused(gateway: Gateway, url: str) -> None:
    """At least one contact."""
    answer = gateway.client.get(url + "/summary", params={"contact_budget": 0}, headers=gateway.headers)
    assert 422 == answer.status_code
