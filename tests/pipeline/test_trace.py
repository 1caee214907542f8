"""One upload can be followed from the HTTP request through the queue into all four stages."""

import time
from pathlib import Path

import httpx

from deploy.local.product import Product
from tests.collector import Collected, running_collector
from tests.journey import ended, telecom_csv, uploaded

PROCESSES = ("gateway", "worker", "ingest", "mapping", "validation", "scoring")
TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
METRICS = {
    ("worker", "retainwise.queue.depth"),
    ("worker", "retainwise.prediction.seconds"),
    ("worker", "retainwise.database.pool.in_use"),
    ("gateway", "retainwise.database.pool.in_use"),
    *((process, name) for process in PROCESSES for name in ("process.cpu.utilization", "process.memory.usage")),
}


def test_an_upload_is_one_trace_and_its_metrics_arrive(tmp_path: Path) -> None:
    """Spans of all six processes carry the caller's trace id, each with its parent; metrics are there, ids are not."""
    with running_collector() as collected:
        environment = {
            name: {f"RETAINWISE_{prefix}_OTLP_ENDPOINT": f"http://{collected.address}"}
            for name, prefix in {p: "GATEWAY" if p == "worker" else p.upper() for p in PROCESSES}.items()
        }
        with Product(tmp_path, environment=environment) as product:
            headers = {
                "authorization": f"Bearer {product.token}",
                "traceparent": f"00-{TRACE_ID}-00f067aa0ba902b7-01",
                "x-request-id": "follow-me",
            }
            with httpx.Client(base_url=product.url, headers=headers) as http:
                assert "COMPLETED" == ended(http, uploaded(http, telecom_csv(120)))["status"]
        _wait_for(collected)
    spans = [span for span in collected.spans if span.trace_id == TRACE_ID]
    assert set(PROCESSES) == {span.service for span in spans}
    known = {span.span_id for span in spans} | {"00f067aa0ba902b7"}
    assert [] == [span for span in spans if span.parent_id not in known]
    assert METRICS <= collected.metrics
    assert [] == [s for s in collected.spans if any("C000" in value for value in s.attributes.values())]


def _wait_for(collected: Collected) -> None:
    """What was flushed as the processes stopped may still be on its way."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and set(PROCESSES) != {s.service for s in collected.spans}:
        time.sleep(0.1)
