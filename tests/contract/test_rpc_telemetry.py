"""Telemetry over real sockets: an OTLP collector in this process sees what client and server did."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2, metrics_service_pb2_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from libs import telemetry
from libs.contracts.ingest.v1 import ingest_pb2_grpc
from libs.contracts.validation.v1 import validation_pb2, validation_pb2_grpc
from libs.errors import InvalidInput
from libs.rpc import client
from tests.unit.libs.rpc.serving import INGEST, VALIDATION, chunks, echo, opened, parsed, serving


class EmptyTable(InvalidInput):
    """A stage's own error."""


class Collector(trace_service_pb2_grpc.TraceServiceServicer, metrics_service_pb2_grpc.MetricsServiceServicer):
    """Keeps the spans and metrics that arrive."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.metrics: dict[str, Metric] = {}
        self.services: set[str] = set()

    def Export(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802, the contract's name
        for group in getattr(request, "resource_spans", ()):
            self._note(group)
            self.spans += [span for scope in group.scope_spans for span in scope.spans]
        for group in getattr(request, "resource_metrics", ()):
            self._note(group)
            self.metrics |= {metric.name: metric for scope in group.scope_metrics for metric in scope.metrics}
        if isinstance(request, trace_service_pb2.ExportTraceServiceRequest):
            return trace_service_pb2.ExportTraceServiceResponse()
        return metrics_service_pb2.ExportMetricsServiceResponse()

    def _note(self, group: Any) -> None:
        self.services |= {each.value.string_value for each in group.resource.attributes if each.key == "service.name"}

    def named(self, name: str) -> list[Span]:
        """The spans of that name, servers' after clients'."""
        return sorted((span for span in self.spans if span.name == name), key=lambda span: -span.kind)


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector that this process exports to."""
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(collector, server)
    metrics_service_pb2_grpc.add_MetricsServiceServicer_to_server(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    telemetry.start("the-service", otlp_endpoint=f"http://127.0.0.1:{port}")
    yield collector
    telemetry.shutdown()
    server.stop(None)


def settled() -> None:
    """Exports everything: a server's span ends a moment after its caller has the last answer."""
    time.sleep(0.2)
    telemetry.shutdown()


def attributes(span: Span) -> dict[str, str]:
    """The span's attributes of text."""
    return {each.key: each.value.string_value for each in span.attributes}


def test_a_trace_is_joined_across_client_and_server(collector: Collector) -> None:
    """upload > client span > server span, each the parent of the next, under one trace id."""
    with serving(INGEST, echo) as running, opened(running.port) as channel, telemetry.span("upload", file_bytes=3):
        parsed(ingest_pb2_grpc.IngestServiceStub(channel).Parse, chunks(b"a", b"b"))
    settled()
    (upload,) = collector.named("upload")
    client_side, server_side = collector.named(f"{INGEST}/Parse")
    assert {"the-service"} == collector.services
    assert {upload.trace_id} == {span.trace_id for span in collector.spans}
    assert (upload.span_id, client_side.span_id) == (client_side.parent_span_id, server_side.parent_span_id)


def test_a_stage_that_feeds_another_is_in_the_same_trace(collector: Collector) -> None:
    """The requests run in a thread of grpc's; the trace goes along."""

    def fed(tables: Iterator[Any]) -> Iterator[validation_pb2.ValidateRequest]:
        for _ in tables:
            yield validation_pb2.ValidateRequest()

    def passing(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[validation_pb2.ValidateResponse]:
        for _request in requests:
            yield validation_pb2.ValidateResponse()

    with (
        serving(INGEST, echo) as upstream,
        serving(VALIDATION, passing) as downstream,
        opened(upstream.port) as first,
        opened(downstream.port) as second,
        telemetry.span("pass"),
    ):
        parse = ingest_pb2_grpc.IngestServiceStub(first).Parse
        validate = validation_pb2_grpc.ValidationServiceStub(second).Validate
        tables = client.stream(parse, chunks(b"a"), idle_s=5, deadline_s=5)
        list(client.stream(validate, fed(tables), idle_s=5, deadline_s=5))
    settled()
    names = ["pass"] + [f"{service}/{method}" for service, method in ((INGEST, "Parse"), (VALIDATION, "Validate"))] * 2
    assert sorted(names) == sorted(span.name for span in collector.spans)
    assert 1 == len({span.trace_id for span in collector.spans})


def test_a_failed_call_marks_its_spans_with_the_class_alone(collector: Collector) -> None:
    """Neither side exports an exception's message."""

    def failing(*_: Any) -> Iterator[Any]:
        raise EmptyTable("jane@example.com")
        yield

    with serving(INGEST, failing) as running, opened(running.port) as channel, pytest.raises(InvalidInput):
        parsed(ingest_pb2_grpc.IngestServiceStub(channel).Parse, chunks(b"a"))
    settled()
    assert ["EmptyTable"] * 2 == [attributes(span)["error.type"] for span in collector.spans]
    assert "jane" not in str(collector.spans)


def test_calls_seconds_and_errors_by_kind_are_measured(collector: Collector) -> None:
    """A histogram of seconds counts the calls; a counter has the errors by kind; the process tells what it uses."""

    def refusing(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        yield from echo(requests, context)
        raise InvalidInput("no")

    with serving(INGEST, refusing) as running, opened(running.port) as channel:
        for _ in range(3):
            with pytest.raises(InvalidInput):
                parsed(ingest_pb2_grpc.IngestServiceStub(channel).Parse, chunks(b"a"))
    settled()
    for side in ("server", "client"):
        (seconds,) = collector.metrics[f"retainwise.rpc.{side}.seconds"].histogram.data_points
        (errors,) = collector.metrics[f"retainwise.rpc.{side}.errors"].sum.data_points
        labels = {each.key: each.value.string_value for each in errors.attributes}
        assert (3, 3) == (seconds.count, errors.as_int)
        assert {"method": f"/{INGEST}/Parse", "kind": "InvalidInput"} == labels
    (memory,) = collector.metrics["process.memory.usage"].gauge.data_points
    assert memory.as_double + memory.as_int > 1 << 20
    assert "process.cpu.utilization" in collector.metrics


def test_a_gauge_reads_when_exported_and_the_later_one_counts(collector: Collector) -> None:
    """A part that is built again (a test, a reload) takes over its gauge."""
    for depth in (3, 4):
        telemetry.gauge("test.depth", "1", "a test's", lambda depth=depth: depth)  # type: ignore[misc]
    settled()
    (point,) = collector.metrics["test.depth"].gauge.data_points
    assert 4 == point.as_double + point.as_int


def test_gauges_tell_their_values_apart(collector: Collector) -> None:
    """One metric holds several values, each under its own attribute."""
    telemetry.gauges("test.jobs", "1", "a test's", "status", lambda: {"QUEUED": 2.0, "FAILED": 0.0})
    settled()
    points = collector.metrics["test.jobs"].gauge.data_points
    assert {"QUEUED": 2, "FAILED": 0} == {point.attributes[0].value.string_value: point.as_double for point in points}


def test_instruments_work_whenever_they_are_made(collector: Collector) -> None:
    """Modules make them when imported, long before anything is started."""
    counter = telemetry.counter("test.things", "1", "a test's")
    counter.add(2, colour="red")
    counter.add(3, colour="red")
    settled()
    counter.add(100)
    (point,) = collector.metrics["test.things"].sum.data_points
    assert 5 == point.as_int
