"""What passes between the processes and what leaves them: Arrow, one trace of an upload, metrics, logs.

What is personal stays with its owner: marked cells go down every path, and nothing that others see holds one.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.layout import STAGES
from deploy.local.product import Product
from tests.collector import Collected, running_collector
from tests.journey import ended, telecom_csv, uploaded
from tests.pipeline.relay import Relay
from tests.pipeline.traffic import FILES, MARKS, Traffic

PROCESSES = ("gateway", "worker", *STAGES)
TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT_ID = "00f067aa0ba902b7"
METRICS = {
    ("worker", "retainwise.queue.depth"),
    ("worker", "retainwise.prediction.seconds"),
    ("worker", "retainwise.database.pool.in_use"),
    ("gateway", "retainwise.database.pool.in_use"),
    *((process, name) for process in PROCESSES for name in ("process.cpu.utilization", "process.memory.usage")),
}
CONTINUATION = b"\xff\xff\xff\xff"
"""Marks every message of an Arrow IPC stream."""


@dataclass(frozen=True)
class Watched:
    """A product at its end. answers: those that are no list of customers. pids: of its processes as they ran."""

    answers: dict[str, str]
    collected: Collected
    relays: dict[str, Relay]
    pids: dict[str, int]
    folder: Path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A product that tells a collector everything and whose stages are behind relays, once every file went through."""
    folder = tmp_path_factory.mktemp("watched")
    relays = {stage: Relay() for stage in STAGES}
    with running_collector() as collected:
        product = Product(folder, environment=_environment(collected, relays))
        for stage, relay in relays.items():
            host, port = product.addresses[stage].split(":")
            relay.target = (host, int(port))
        with product:
            headers = {"authorization": f"Bearer {product.token}"}
            with httpx.Client(base_url=product.url, headers=headers, timeout=60) as http:
                traced = {"traceparent": f"00-{TRACE_ID}-{PARENT_ID}-01", "x-request-id": "follow-me"}
                with httpx.Client(base_url=product.url, headers=headers | traced) as following:
                    assert "COMPLETED" == ended(following, uploaded(following, telecom_csv(120)))["status"]
                traffic = Traffic(http)
                for name, data in FILES.items():
                    traffic.send(name, data)
                traffic.keep("profiles", http.get("/api/mapping/profiles"))
                traffic.keep("predictions", http.get("/api/predictions/"))
            pids = product.processes
        # What was flushed as the processes stopped may still be on its way.
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and set(PROCESSES) != {span.service for span in collected.spans}:
            time.sleep(0.1)
    yield Watched(traffic.seen, collected, relays, pids, folder)


def _environment(collected: Collected, relays: dict[str, Relay]) -> dict[str, dict[str, str]]:
    """Everything is told at the chattiest level, and stages are called where their relays listen."""
    addresses = {f"RETAINWISE_GATEWAY_{stage.upper()}_ADDRESS": relay.address for stage, relay in relays.items()}
    told = (("OTLP_ENDPOINT", f"http://{collected.address}"), ("LOG_LEVEL", "DEBUG"))
    return {
        name: {f"RETAINWISE_{'GATEWAY' if name == 'worker' else name.upper()}_{key}": value for key, value in told}
        | (addresses if name in ("gateway", "worker") else {})
        for name in PROCESSES
    }


def test_an_upload_is_one_trace_and_its_metrics_arrive(watched: Watched) -> None:
    """Spans of all six processes carry the caller's trace id, each with its parent; metrics are there, ids are not."""
    spans = [span for span in watched.collected.spans if span.trace_id == TRACE_ID]
    assert set(PROCESSES) == {span.service for span in spans}
    known = {span.span_id for span in spans} | {PARENT_ID}
    assert [] == [span for span in spans if span.parent_id not in known]
    assert METRICS <= watched.collected.metrics
    assert [] == [s for s in watched.collected.spans if any("C000" in value for value in s.attributes.values())]


def test_stages_are_separate_and_arrow_crosses_each_socket(watched: Watched) -> None:
    """Every stage runs in its own process, and a relay before each sees IPC messages with the schema both ways."""
    assert len(watched.pids) == len(set(watched.pids.values()))
    assert set(STAGES) | {"gateway", "worker-1"} == set(watched.pids)
    for stage, relay in watched.relays.items():
        directions = {"asked": relay.sent, "answered": relay.received}
        if stage == "ingest":
            del directions["asked"]  # what goes in is the file's own bytes
        for direction, seen in directions.items():
            assert CONTINUATION in seen, f"{stage} {direction}: no IPC message"
            column = {"ingest": b"customerID"}.get(stage, b"customer_id")
            if (stage, direction) == ("mapping", "asked"):
                column = b"customerID"
            assert column in seen, f"{stage} {direction}: no schema"


def _marked(texts: dict[str, Any]) -> list[str]:
    return [f"{where}: {mark}" for where, text in texts.items() for mark in MARKS if mark.lower() in str(text).lower()]


def test_every_path_was_taken(watched: Watched) -> None:
    """Files were scored, asked about and refused; so the searches below had something to find."""
    seen = watched.answers
    assert '"COMPLETED"' in seen["good: end"]
    assert '"COMPLETED"' in seen["bad: end"]
    assert "without prices: questions" in seen
    assert '"FAILED"' in seen["a picture: end"]
    assert '"FAILED"' in seen["only a header: end"]
    assert "<!doctype html>" in seen["good: report?format=html"]


def test_no_answer_but_the_owners_lists_is_personal(watched: Watched) -> None:
    """Reports, questions, statuses, problems, profiles: none holds a marked cell."""
    header_only = {"only a header: end", "only a header: refused preview"}  # there the mark is a column's name
    assert [] == _marked({where: text for where, text in watched.answers.items() if where not in header_only})


def test_no_log_is_personal(watched: Watched) -> None:
    """At the chattiest level, in every process."""
    folder = watched.folder
    logs = {str(path.relative_to(folder)): path.read_text(errors="replace") for path in folder.rglob("*.log*")}
    assert len(logs) >= len(PROCESSES)
    assert all(len(text) > 0 for text in logs.values())
    assert [] == _marked(logs)


def test_no_telemetry_is_personal(watched: Watched) -> None:
    """Spans, their attributes and events, metrics and theirs, byte for byte as they were exported."""
    collected = watched.collected
    assert set(PROCESSES) <= {span.service for span in collected.spans}
    assert collected.raw
    assert [] == _marked({f"export {n}": raw for n, raw in enumerate(collected.raw)})
