"""Every customer of a tenant over HTTP, as the last upload left them."""

from typing import Any

import pytest

from tests.http_gateway import Gateway, results_table

LATER = results_table(40, seed=8)
EARLIER = results_table(60)


@pytest.fixture(scope="module")
def uploads(gateway: Gateway) -> list[dict[str, Any]]:
    """Two completed uploads; the earlier has 20 customers more."""
    return [gateway.complete(EARLIER), gateway.complete(LATER)]


def get(gateway: Gateway, url: str, **params: Any) -> Any:
    """The JSON at the address."""
    answer = gateway.client.get(url, params=params, headers=gateway.headers)
    assert 200 == answer.status_code, answer.text
    return answer.json()


def test_each_customer_says_which_upload_it_is_of(gateway: Gateway, uploads: list[dict[str, Any]]) -> None:
    """Sorted and paged over both uploads, with the day and all that a customer of one prediction has."""
    page = get(gateway, "/api/customers", sort="customer_id", page=2, page_size=25)
    assert (60, 2, 25) == (page["total"], page["page"], page["page_size"])
    earlier, later = uploads
    wanted = [(f"C-{n:06d}", later if n < 40 else earlier) for n in range(25, 50)]
    assert [(customer, each["id"]) for customer, each in wanted] == [
        (row["customer_id"], row["prediction_id"]) for row in page["customers"]
    ]
    assert {earlier["created_at"], later["created_at"]} == {row["uploaded_at"] for row in page["customers"]}
    theirs = get(gateway, f"/api/predictions/{later['id']}/customers", search="C-000025")["customers"][0]
    assert theirs.items() <= page["customers"][0].items()


def test_figures_over_all_of_them(gateway: Gateway, uploads: list[dict[str, Any]]) -> None:
    """The same filters as of one prediction, and the day of the upload; how many uploads there are is not filtered."""
    rows = [*LATER.to_pylist(), *(row for row in EARLIER.to_pylist() if row["customer_id"] >= "C-000040")]
    high = [row for row in rows if row["risk_level"] == "high" and row["plan"] == "pro"]
    summary = get(gateway, "/api/summary", risk_level="high", plan="pro", contact_budget=1)
    assert (len(high), len(high)) == (summary["customers"], summary["by_risk"]["high"])
    assert pytest.approx(sum(row["revenue_at_risk"] or 0 for row in high)) == summary["revenue_at_risk"]
    assert (1, 1) == (summary["contacts"]["budget"], summary["contacts"]["contacts"])
    wanted = {"count": 2, "first_at": uploads[0]["created_at"], "last_at": uploads[1]["created_at"]}
    day = uploads[0]["created_at"][:10]
    assert wanted == summary["uploads"] == get(gateway, "/api/summary", uploaded_from="2999-01-01")["uploads"]
    assert 0 == get(gateway, "/api/summary", uploaded_from="2999-01-01")["customers"]
    assert 60 == get(gateway, "/api/customers", uploaded_from=day, uploaded_to=uploads[1]["created_at"][:10])["total"]


def test_a_range_that_ends_before_it_begins_is_refused(gateway: Gateway) -> None:
    """With what was sent."""
    days = {"uploaded_from": "2026-02-01", "uploaded_to": "2026-01-01"}
    answer = gateway.client.get("/api/customers", params=days, headers=gateway.headers)
    assert 422 == answer.status_code
    assert "2026-02-01" in answer.json()["detail"]


def test_a_deleted_upload_is_gone_at_once(new_gateway: Gateway) -> None:
    """From the figures, and from this disk: its customers are those of the upload before, or nobody's."""
    earlier, later = new_gateway.complete(results_table(3)), new_gateway.complete(results_table(2, seed=8))
    assert 3 == get(new_gateway, "/api/summary")["customers"]
    folder = new_gateway.parts.settings.scratch_dir
    (old,) = folder.rglob("latest-*")
    new_gateway.client.delete(f"/api/predictions/{later['id']}", headers=new_gateway.headers)
    assert not old.exists()
    assert {earlier["id"]} == {row["prediction_id"] for row in get(new_gateway, "/api/customers")["customers"]}
    new_gateway.client.delete(f"/api/predictions/{earlier['id']}", headers=new_gateway.headers)
    assert [] == get(new_gateway, "/api/customers")["customers"]


def test_a_tenant_without_uploads(gateway: Gateway) -> None:
    """Zeros and nulls, no error: the page has something to say then."""
    answer = gateway.client.get("/api/summary", headers=gateway.other_headers)
    summary = answer.json()
    assert (200, 0, None) == (answer.status_code, summary["customers"], summary["average_retention"])
    assert {"count": 0, "first_at": None, "last_at": None} == summary["uploads"]
    assert (10, [], []) == (len(summary["retention_histogram"]), summary["drivers"], summary["plans"])
