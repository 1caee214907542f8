"""Following a prediction over HTTP, event by event."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import routing

from libs.errors import RateLimited
from services.gateway.domain import Pass
from services.gateway.listeners import OF_A_TENANT_MAX, Listeners
from services.gateway.routes import events
from tests.http_gateway import Gateway, results_table


@dataclass(frozen=True)
class Event:
    """One event as a browser would hand it over. data: read from JSON."""

    event: str
    id: str
    data: Any


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is looked at every few milliseconds."""
    monkeypatch.setattr(events, "POLL_S", 0.005)


def told(text: str) -> list[Event]:
    """The events of a stream; comments are left out, as browsers do."""
    blocks = [
        dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        for block in text.split("\n\n")
    ]
    return [Event(each["event"], each.get("id", ""), json.loads(each["data"])) for each in blocks if each]


def follow(gateway: Gateway, prediction_id: str, **headers: str) -> list[Event]:
    """All events of the prediction until the stream ends."""
    url = f"/api/predictions/{prediction_id}/events"
    answer = gateway.client.get(url, headers={**gateway.headers, **headers})
    assert (200, "text/event-stream; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    return told(answer.text)


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Does the work in another thread, beginning a moment later."""

    def run() -> None:
        time.sleep(0.2)
        work()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    thread.join()


def test_one_that_is_over(gateway: Gateway) -> None:
    """The prediction as GET gives it, and the end; who knows that state already gets the end alone."""
    made = gateway.complete(results_table(3))
    first, last = follow(gateway, made["id"])
    assert gateway.client.get(f"/api/predictions/{made['id']}", headers=gateway.headers).json() == first.data
    assert ("progress", "end", {"status": "COMPLETED"}) == (first.event, last.event, last.data)
    assert [last] == follow(gateway, made["id"], **{"Last-Event-ID": first.id})


def test_each_change_is_told_once(gateway: Gateway) -> None:
    """From the queue to the end; a renewed lease is no change."""
    made = gateway.upload()

    def work() -> None:
        claim = gateway.claim(made["id"])
        for rows in (5, 10):
            gateway.parts.jobs.progress(claim, Pass.SCORE, rows, 10, f"{rows} scored")
            time.sleep(0.1)
            gateway.parts.jobs.renew(claim, 30)
            time.sleep(0.1)
        gateway.parts.jobs.complete(claim, {}, "Done")

    with meanwhile(work):
        seen = follow(gateway, made["id"])
    stages = [(each.data["status"], each.data["rows_done"], each.data["message"]) for each in seen[:-1]]
    assert stages[0][0] == "QUEUED"
    assert [("PROCESSING", 5, "5 scored"), ("PROCESSING", 10, "10 scored"), ("COMPLETED", 10, "Done")] == stages[-3:]
    assert len({each.id for each in seen[:-1]}) == len(seen) - 1
    assert {"status": "COMPLETED"} == seen[-1].data


def test_a_deleted_prediction_ends_its_stream(gateway: Gateway) -> None:
    """With no status: there is nothing left to ask for."""
    made = gateway.upload()
    url = f"/api/predictions/{made['id']}"
    with meanwhile(lambda: gateway.client.delete(url, headers=gateway.headers)):
        seen = follow(gateway, made["id"])
    assert ("end", {"status": None}) == (seen[-1].event, seen[-1].data)


def test_a_stream_that_is_too_old_is_closed_without_an_end(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser comes again by itself."""
    monkeypatch.setattr(events, "STREAM_S_MAX", 0.05)
    assert ["progress"] == [each.event for each in follow(gateway, gateway.upload()["id"])]


def test_silence_is_filled_with_comments(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the browser is told when to come again, if the connection is lost all the same."""
    monkeypatch.setattr(events, "STREAM_S_MAX", 0.2)
    monkeypatch.setattr(routing, "_PING_INTERVAL", 0.02)
    answer = gateway.client.get(f"/api/predictions/{gateway.upload()['id']}/events", headers=gateway.headers)
    assert "\n: ping\n\n" in answer.text
    assert "retry: 3000\n" in answer.text


def test_listeners_are_bounded(gateway: Gateway) -> None:
    """429 with a time to come again, before any event; who has been served makes room."""
    made = gateway.complete(results_table(3))
    tenant = gateway.parts.jobs.get(made["id"]).tenant_id
    listeners: Listeners = gateway.client.app.state.listeners  # type: ignore[attr-defined]
    with ExitStack() as others:
        for _ in range(OF_A_TENANT_MAX - 1):
            others.enter_context(listeners.place(tenant))
        assert 2 == len(follow(gateway, made["id"])) == len(follow(gateway, made["id"]))
        others.enter_context(listeners.place(tenant))
        answer = gateway.client.get(f"/api/predictions/{made['id']}/events", headers=gateway.headers)
    assert (429, "30") == (answer.status_code, answer.headers["retry-after"])


def test_one_tenant_leaves_places_to_others() -> None:
    """Its own bound is the smaller one."""
    listeners = Listeners(3, 2)
    with listeners.place("a"), listeners.place("a"):
        with pytest.raises(RateLimited), listeners.place("a"):
            pass
        with listeners.place("b"), pytest.raises(RateLimited), listeners.place("c"):
            pass
    assert not listeners._tenants
