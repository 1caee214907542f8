"""An OpenTelemetry collector of our own: takes traces and metrics over OTLP gRPC and keeps them for a test to read."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2, metrics_service_pb2_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc


@dataclass(frozen=True)
class Span:
    """One finished span, as it was exported."""

    service: str
    name: str
    trace_id: str
    span_id: str
    parent_id: str
    attributes: dict[str, str]


@dataclass
class Collected:
    """What arrived so far. address: where the collector listens."""

    address: str = ""
    spans: list[Span] = field(default_factory=list)
    metrics: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of (service, name of a metric)."""
    raw: list[str] = field(default_factory=list)
    """Every export as text, with all that it holds."""


class _Traces(trace_service_pb2_grpc.TraceServiceServicer):
    def __init__(self, collected: Collected) -> None:
        self._collected = collected

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802 (the protocol's name)
        self._collected.raw.append(str(request))
        for resource in request.resource_spans:
            service = _service(resource.resource)
            for scope in resource.scope_spans:
                for span in scope.spans:
                    self._collected.spans.append(
                        Span(
                            service,
                            span.name,
                            span.trace_id.hex(),
                            span.span_id.hex(),
                            span.parent_span_id.hex(),
                            {a.key: str(a.value.string_value or a.value.int_value) for a in span.attributes},
                        )
                    )
        return trace_service_pb2.ExportTraceServiceResponse()


class _Metrics(metrics_service_pb2_grpc.MetricsServiceServicer):
    def __init__(self, collected: Collected) -> None:
        self._collected = collected

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802 (the protocol's name)
        self._collected.raw.append(str(request))
        for resource in request.resource_metrics:
            service = _service(resource.resource)
            for scope in resource.scope_metrics:
                self._collected.metrics.update((service, metric.name) for metric in scope.metrics)
        return metrics_service_pb2.ExportMetricsServiceResponse()


def _service(resource: Any) -> str:
    return next((a.value.string_value for a in resource.attributes if a.key == "service.name"), "")


@contextmanager
def running_collector() -> Iterator[Collected]:
    """A collector on a free loopback port."""
    collected = Collected()
    server = grpc.server(ThreadPoolExecutor(4))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(_Traces(collected), server)
    metrics_service_pb2_grpc.add_MetricsServiceServicer_to_server(_Metrics(collected), server)
    collected.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collected
    finally:
        server.stop(None)
