"""The thresholds of the risk levels over HTTP."""

import pytest

from tests.http_gateway import Gateway

URL = "/api/risk-levels"


def test_they_are_shown_and_moved(new_gateway: Gateway) -> None:
    """By their owner alone; what was sent before keeps the levels it was sent under."""
    before = new_gateway.upload()
    usual = {"high_above": 0.7, "medium_above": 0.4}
    assert usual == new_gateway.client.get(URL, headers=new_gateway.headers).json()
    moved = {"high_above": 0.5, "medium_above": 0.25}
    assert moved == new_gateway.client.put(URL, json=moved, headers=new_gateway.headers).json()
    assert moved == new_gateway.client.get(URL, headers=new_gateway.headers).json()
    assert usual == new_gateway.client.get(URL, headers=new_gateway.other_headers).json()
    after = new_gateway.upload(filename="later.csv")
    pinned = [new_gateway.parts.jobs.get(made["id"]).pins for made in (before, after)]
    assert [(0.7, 0.4), (0.5, 0.25)] == [(pins.high_above, pins.medium_above) for pins in pinned]
    shown = new_gateway.client.get(f"/api/predictions/{after['id']}", headers=new_gateway.headers).json()
    assert moved == {name: shown[name] for name in moved}


@pytest.mark.parametrize(
    "levels", [{"high_above": 0.3}, {"high_above": 70, "medium_above": 40}, {"high_above": "much"}]
)
def test_what_cannot_be_meant_is_refused(new_gateway: Gateway, levels: dict[str, object]) -> None:
    """Wrong way round, percent, or no number; nothing is changed."""
    assert 422 == new_gateway.client.put(URL, json=levels, headers=new_gateway.headers).status_code
    assert 0.7 == new_gateway.client.get(URL, headers=new_gateway.headers).json()["high_above"]
