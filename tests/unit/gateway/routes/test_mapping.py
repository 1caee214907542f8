"""The mapping preview over HTTP."""

import json
from pathlib import Path

import pytest

from libs.errors import InvalidInput, RetainWiseError, Unauthenticated, Unavailable
from services.gateway.domain import Decision
from services.gateway.mappings import mapping_of
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
    shown = answer.json()
    mapping = shown.pop("mapping")
    assert {"industry": "saas", "plan": PLAN, "questions": [QUESTION], "profile": PROFILE} == shown
    assert mapping_of(PLAN, [QUESTION]).model_dump(mode="json") == mapping
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


def test_a_predictions_mapping_can_be_exported(gateway: Gateway) -> None:
    """What is proposed while it waits, with the questions; what is used after; 409 before either."""
    made = gateway.upload()
    url = f"/api/predictions/{made['id']}/mapping"
    assert 409 == gateway.client.get(url, headers=gateway.headers).status_code
    claim = gateway.claim(made["id"])
    gateway.parts.jobs.keep(claim, {"proposal": gateway.keep(claim, "proposal.json", json.dumps(PLAN).encode())})
    gateway.parts.jobs.ask(claim, (QUESTION,), "?")
    assert mapping_of(PLAN, [QUESTION]).model_dump() == gateway.client.get(url, headers=gateway.headers).json()

    tenant = gateway.client.get("/api/me", headers=gateway.headers).json()["id"]
    gateway.parts.jobs.answer(tenant, made["id"], (Decision("mrr", "mrr"),))
    claim = gateway.claim(made["id"])
    used = json.dumps(PLAN | {"industry": "telecom"}).encode()
    profile = json.dumps({"columns": [{"name": "mrr", "top_values": [{"value": "49", "count": "1"}]}]}).encode()
    kept = {
        "plan": gateway.keep(claim, "plan.json", used),
        "profile": gateway.keep(claim, "profile.json", profile),
    }
    gateway.parts.jobs.keep(claim, kept)
    shown = gateway.client.get(url, headers=gateway.headers).json()
    assert ("telecom", [], ["49"]) == (shown["industry"], shown["questions"], shown["mappings"][0]["samples"])
    assert 404 == gateway.client.get(url, headers=gateway.other_headers).status_code


def test_a_trainings_mapping_is_proposed_too(new_gateway: Gateway) -> None:
    """While it waits, under its own address alone."""
    made = new_gateway.train()
    claim = new_gateway.claim(made["id"])
    proposal = new_gateway.keep(claim, "proposal.json", json.dumps(PLAN).encode())
    new_gateway.parts.jobs.keep(claim, {"proposal": proposal})
    new_gateway.parts.jobs.ask(claim, (QUESTION,), "?")
    get, headers = new_gateway.client.get, new_gateway.headers
    shown = get(f"/api/trainings/{made['id']}/mapping", headers=headers).json()
    assert mapping_of(PLAN, [QUESTION]).model_dump() == shown
    assert 404 == get(f"/api/predictions/{made['id']}/mapping", headers=headers).status_code
