"""The mapping preview over HTTP."""

from pathlib import Path

import pytest

from libs.errors import InvalidInput, RetainWiseError, Unauthenticated, Unavailable
from services.gateway.domain import Decision
from tests.http_gateway import CSV, PLAN, PROFILE, QUESTION, Gateway, open_gateway, with_parts


def test_a_preview_shows_plan_questions_and_profile(gateway: Gateway) -> None:
    """The stages see the bytes and the options; nothing is kept."""
    answer = gateway.client.post(
        "/api/mapping/preview",
        files={"file": ("a.csv", CSV)},
        data={"industry": "saas", "snapshot_date": "2026-05-31", "mapping": '{"mrr": "Amount"}'},
        headers=gateway.headers,
    )
    assert 200 == answer.status_code
    assert {"industry": "saas", "plan": PLAN, "questions": [QUESTION], "profile": PROFILE} == answer.json()
    assert (CSV, "saas", "2026-05-31", (Decision("mrr", "Amount"),)) == gateway.preview.asked[-1]
    assert [] == list(gateway.parts.store.list(""))
    assert [] == list((gateway.parts.settings.scratch_dir / "uploads").iterdir())


def test_a_raw_body_works_too(gateway: Gateway) -> None:
    """With the options in the query; without a date it is today's."""
    assert 200 == gateway.client.post("/api/mapping/preview", content=CSV, headers=gateway.headers).status_code
    assert (CSV, None) == gateway.preview.asked[-1][:2]


def test_only_a_head_is_taken(tmp_path: Path) -> None:
    """413 beyond the limit."""
    gateway = open_gateway(tmp_path, preview_bytes_max=100)
    answer = gateway.client.post("/api/mapping/preview", content=b"x" * 101, headers=gateway.headers)
    assert (413, "100 bytes" in answer.json()["detail"]) == (answer.status_code, True)


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (InvalidInput("these bytes are a picture"), 422),
        (Unavailable("ingest is down"), 503),
        (Unauthenticated("service token"), 500),
    ],
)
def test_what_a_stage_raises_reaches_the_caller(gateway: Gateway, raised: RetainWiseError, status: int) -> None:
    """As itself; but a stage that refuses the gateway's own token says nothing about the caller's."""

    def preview(*_: object) -> dict[str, object]:
        raise raised

    client = with_parts(gateway, preview=preview)
    assert status == client.post("/api/mapping/preview", content=CSV, headers=gateway.headers).status_code
