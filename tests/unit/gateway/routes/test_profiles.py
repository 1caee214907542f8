"""Mapping profiles over HTTP."""

from datetime import UTC, datetime

import pytest

from services.gateway.domain import Decision
from tests.http_gateway import CSV, HEADER, Gateway

TODAY = datetime.now(UTC).date().isoformat()


def taught(gateway: Gateway) -> str:
    """The address of a profile of the small file."""
    return f"/api/mapping/profiles/{gateway.teach()}"


def test_a_profile_is_listed_and_shown(new_gateway: Gateway) -> None:
    """With what was said, when, and of which header row; another tenant sees none."""
    url = taught(new_gateway)
    shown = new_gateway.client.get(url, headers=new_gateway.headers).json()
    assert ("may.csv", list(HEADER)) == (shown["filename"], shown["columns"])
    assert [
        {"canonical": "mrr", "column": "mrr", "answer": None, "told_on": "2026-05-01"},
        {"canonical": "mrr", "column": None, "answer": "cents", "told_on": "2026-05-01"},
    ] == shown["decisions"]
    for address in (url, "/api/mapping/profiles/nonsense"):
        assert 404 == new_gateway.client.get(address, headers=new_gateway.other_headers).status_code
    listed = new_gateway.client.get("/api/mapping/profiles", headers=new_gateway.other_headers).json()
    assert {"profiles": []} == listed


def test_a_profile_is_changed(new_gateway: Gateway) -> None:
    """New words bear today's date, repeated ones their own; columns the header row has not are refused."""
    url = taught(new_gateway)
    new = {"decisions": {"mrr": {"column": "mrr"}, "plan_type": None}}
    changed = new_gateway.client.put(url, json=new, headers=new_gateway.headers).json()["decisions"]
    assert [("mrr", "mrr", "2026-05-01"), ("plan_type", None, TODAY)] == [
        (one["canonical"], one["column"], one["told_on"]) for one in changed
    ]
    for wrong in ({"mrr": "Amount"}, {"customer_id": None}, {"price": "mrr"}, {"mrr": {}}):
        body = {"decisions": wrong}
        assert 422 == new_gateway.client.put(url, json=body, headers=new_gateway.headers).status_code


def test_a_profile_is_forgotten(new_gateway: Gateway) -> None:
    """204, then 404; another tenant cannot."""
    url = taught(new_gateway)
    for headers, status in (
        (new_gateway.other_headers, 404),
        (new_gateway.headers, 204),
        (new_gateway.headers, 404),
    ):
        assert status == new_gateway.client.delete(url, headers=headers).status_code


@pytest.mark.parametrize(
    ("mapping", "seen"),
    [
        ("", (Decision("mrr", "mrr", told_on="2026-05-01"), Decision("mrr", None, "cents", "2026-05-01"))),
        ('{"mrr": null}', (Decision("mrr", None),)),
    ],
)
def test_a_preview_is_told_what_was_said_before(new_gateway: Gateway, mapping: str, seen: tuple[Decision, ...]) -> None:
    """What is said with the file itself goes before."""
    taught(new_gateway)
    answer = new_gateway.client.post(
        "/api/mapping/preview", content=CSV, params={"mapping": mapping}, headers=new_gateway.headers
    )
    assert 200 == answer.status_code
    assert seen == new_gateway.preview.asked[-1][3]
