"""Small real servers for the tests of libs.rpc, each behaving as a test tells it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import grpc

from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from libs.contracts.mapping.v1 import mapping_pb2_grpc
from libs.contracts.validation.v1 import validation_pb2_grpc
from libs.rpc import client, server

INGEST = "retainwise.ingest.v1.IngestService"
MAPPING = "retainwise.mapping.v1.MappingService"
VALIDATION = "retainwise.validation.v1.ValidationService"

Behaviour = Callable[[Any, grpc.ServicerContext], Any]


@dataclass(frozen=True)
class Settings:
    """What a stage's settings hold for its server."""

    host: str = "127.0.0.1"
    port: int = 0
    workers: int = 4
    grace_s: float = 2.0
    token: str = ""
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    tls_client_ca: Path | None = None


def echo(requests: Iterator[ingest_pb2.ParseRequest], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
    """Answers each request with an empty response."""
    for _request in requests:
        yield ingest_pb2.ParseResponse()


class Ingest(ingest_pb2_grpc.IngestServiceServicer):
    """Ingest whose Parse is `behaviour`."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour

    def Parse(self, request_iterator: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802, the contract's name
        return self.behaviour(request_iterator, context)


class Mapping(mapping_pb2_grpc.MappingServiceServicer):
    """Mapping whose Suggest is `behaviour`."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour

    def Suggest(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802, the contract's name
        return self.behaviour(request, context)


class Validation(validation_pb2_grpc.ValidationServiceServicer):
    """Validation whose Validate is `behaviour`."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour

    def Validate(self, request_iterator: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802, the contract's name
        return self.behaviour(request_iterator, context)


ADDERS = {
    INGEST: (Ingest, ingest_pb2_grpc.add_IngestServiceServicer_to_server),
    MAPPING: (Mapping, mapping_pb2_grpc.add_MappingServiceServicer_to_server),
    VALIDATION: (Validation, validation_pb2_grpc.add_ValidationServiceServicer_to_server),
}


@contextmanager
def serving(service: str, behaviour: Behaviour, settings: Settings | None = None) -> Iterator[server.RunningServer]:
    """A running server of one of the services above."""
    make, add = ADDERS[service]
    running = server.start(lambda grpc_server: add(make(behaviour), grpc_server), [service], settings or Settings())
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def ingesting(behaviour: Behaviour, **changes: Any) -> Iterator[Callable[..., Any]]:
    """The Parse method of a running ingest, as a client's stub has it."""
    settings = replace(Settings(), **changes)
    with serving(INGEST, behaviour, settings) as running, opened(running.port, token=settings.token) as channel:
        yield ingest_pb2_grpc.IngestServiceStub(channel).Parse


@contextmanager
def suggesting(behaviour: Behaviour, **changes: Any) -> Iterator[Callable[..., Any]]:
    """The Suggest method of a running mapping, as a client's stub has it."""
    settings = replace(Settings(), **changes)
    with serving(MAPPING, behaviour, settings) as running, opened(running.port, token=settings.token) as channel:
        yield mapping_pb2_grpc.MappingServiceStub(channel).Suggest


@contextmanager
def opened(port: int, **options: Any) -> Iterator[grpc.Channel]:
    """A channel to `port` of this machine, closed afterwards."""
    channel = client.open_channel(f"127.0.0.1:{port}", **options)
    try:
        yield channel
    finally:
        channel.close()


def chunks(*contents: bytes) -> list[ingest_pb2.ParseRequest]:
    """Requests to Parse with these bytes."""
    return [ingest_pb2.ParseRequest(chunk=content) for content in contents]


def parsed(method: Callable[..., Any], requests: Any, idle_s: float = 5, deadline_s: float = 10) -> list[Any]:
    """All responses of the stream."""
    return list(client.stream(method, requests, idle_s=idle_s, deadline_s=deadline_s))
