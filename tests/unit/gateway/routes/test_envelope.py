"""What every request and answer gets."""

import asyncio
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from libs import telemetry
from services.gateway.routes.envelope import Envelope, Message, Receive, Scope, Send
from tests.http_gateway import CSV, Gateway, results_table, with_parts


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """The log as it is written, line by line."""
    written: list[dict[str, Any]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(self.format(record)))

    handler = Keep()
    handler.setFormatter(telemetry.JsonLines("gateway"))
    ours = logging.getLogger("retainwise")
    level = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    yield written
    ours.removeHandler(handler)
    ours.setLevel(level)


def test_a_sane_request_id_is_kept(gateway: Gateway) -> None:
    """And comes back, in a problem's body too."""
    answer = gateway.client.get("/api/me", headers={"X-Request-Id": "abc-1.2_3"})
    assert ("abc-1.2_3", "abc-1.2_3") == (answer.headers["x-request-id"], answer.json()["request_id"])


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "<script>", "a;b"])
def test_any_other_request_id_is_replaced(gateway: Gateway, sent: str) -> None:
    """By one made here, and two requests get two."""
    made = {gateway.client.get("/healthz", headers={"X-Request-Id": sent}).headers["x-request-id"] for _ in range(2)}
    assert 2 == len(made)
    assert sent not in made


@pytest.mark.parametrize("path", ["/healthz", "/api/me", "/nope", "/openapi.json", "/", "/docs"])
def test_browsers_are_told_to_be_careful(gateway: Gateway, path: str) -> None:
    """On every answer, errors too; and no other origin is let in."""
    headers = gateway.client.get(path, headers={"Origin": "https://evil.example"}).headers
    assert "nosniff" == headers["x-content-type-options"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "no-store" == headers["cache-control"]
    assert "access-control-allow-origin" not in headers


def test_the_log_has_the_route_and_no_customer(gateway: Gateway, lines: list[dict[str, Any]]) -> None:
    """Method, route, status, time and request id; never the path, the query, the token or the file's name."""
    made = gateway.complete(results_table(3), filename="jane.csv")
    gateway.client.get(
        f"/api/predictions/{made['id']}/customers/C-000001?x=jane@example.com",
        headers={**gateway.headers, "X-Request-Id": "r-7"},
    )
    line = next(line for line in lines if line.get("request_id") == "r-7")
    assert ("GET", "/api/predictions/{prediction_id}/customers/{customer_id:path}", 200) == (
        line["method"],
        line["route"],
        line["status"],
    )
    assert line["ms"] >= 0
    for secret in ("C-000001", "jane", gateway.headers["Authorization"].split()[1]):
        assert secret not in json.dumps(lines)


@pytest.mark.parametrize(("path", "route"), [("/api/jane", "(unknown)"), ("/jane@example.com", "/{path:page}")])
def test_unknown_paths_are_not_logged(gateway: Gateway, lines: list[dict[str, Any]], path: str, route: str) -> None:
    """A stranger's text does not get into the log."""
    gateway.client.get(path)
    assert (route, 404) == (lines[-1]["route"], lines[-1]["status"])
    assert "jane" not in json.dumps(lines)


def test_probes_are_quiet(gateway: Gateway, lines: list[dict[str, Any]]) -> None:
    """They come every second."""
    gateway.client.get("/healthz")
    assert "DEBUG" == lines[-1]["level"]


def test_a_fault_of_ours_is_a_500_without_detail(gateway: Gateway, lines: list[dict[str, Any]]) -> None:
    """The log has class and frames; neither it nor the answer has the exception's arguments."""

    def preview(*_: object) -> dict[str, object]:
        raise ValueError("cannot convert jane@example.com")

    client = with_parts(gateway, preview=preview)
    answer = client.post("/api/mapping/preview", content=CSV, headers={**gateway.headers, "X-Request-Id": "r-8"})
    assert (500, "Internal", "r-8") == (answer.status_code, answer.json()["code"], answer.headers["x-request-id"])
    line = next(line for line in lines if line["message"] == "request")
    assert ("ERROR", 500, "builtins.ValueError") == (line["level"], line["status"], line["exception"]["type"])
    assert "jane" not in json.dumps(lines) + answer.text


def test_an_answer_that_breaks_off_is_not_ended_politely(lines: list[dict[str, Any]]) -> None:
    """It stays without its last message, so the server cuts the connection and half a file is not taken for whole."""
    sent: list[Message] = []

    async def half(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise OSError("disk of jane@example.com")

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "headers": [], "path": "/"}
    asyncio.run(Envelope(half)(scope, receive, send))
    assert ["http.response.start", "http.response.body"] == [message["type"] for message in sent]
    assert sent[-1]["more_body"]
    assert ("ERROR", "builtins.OSError") == (lines[-1]["level"], lines[-1]["exception"]["type"])
    assert "jane" not in json.dumps(lines)


def test_an_incoming_trace_is_continued(gateway: Gateway) -> None:
    """The job of an upload carries the caller's trace id on."""
    trace = "0af7651916cd43dd8448eb211c80319c"
    headers = {**gateway.headers, "traceparent": f"00-{trace}-b7ad6b7169203331-01"}
    made = gateway.upload(headers=headers)
    assert trace in gateway.parts.jobs.get(made["id"]).trace["traceparent"]
