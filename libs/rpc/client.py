"""Calls services over gRPC: every failure a kind of libs.errors, no stream without a watchdog and a deadline."""

import json
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextvars import copy_context
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from libs import telemetry
from libs.errors import OutOfTime, kind_of
from libs.rpc import status
from libs.rpc.feed import Feed, Watch, fed_by
from libs.rpc.interceptors import REQUEST_ID_KEY, TOKEN_KEY
from libs.rpc.server import MESSAGE_BYTES_MAX

OPTIONS = (
    ("grpc.max_receive_message_length", MESSAGE_BYTES_MAX),
    ("grpc.max_send_message_length", MESSAGE_BYTES_MAX),
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    # A stage that was restarted is found again within seconds; the default waits up to two minutes.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    # Stages are neighbours: a proxy set for the outer world is not for them.
    ("grpc.enable_http_proxy", 0),
    # Several servers take turns, call by call. No retry policy: a stream cannot be sent twice, a pass can.
    ("grpc.service_config", json.dumps({"loadBalancingConfig": [{"round_robin": {}}]})),
)

Response = TypeVar("Response")

_seconds = telemetry.histogram("retainwise.rpc.client.seconds", "s", "time a call took, by method and outcome")
_errors = telemetry.counter("retainwise.rpc.client.errors", "1", "calls that failed, by method and kind")


def open_channel(
    address: str,
    *,
    token: str = "",
    tls_ca: Path | None = None,
    tls_certificate: Path | None = None,
    tls_key: Path | None = None,
) -> grpc.Channel:
    """A channel whose calls carry trace context, request id and token. It connects when first used.

    address: "host:port", where a name with several addresses is balanced over them, or several IPv4
        addresses "10.0.0.1:50051,10.0.0.2:50051". Raises ValueError for several that are not.
    tls_ca: PEM file of the CA that signed the server's certificate; with it the channel is TLS. Several
        servers show a certificate that names the first.
    tls_certificate, tls_key: PEM files that the caller shows to a server that asks for them.
    """
    target, authority = _target(address)
    options = (*OPTIONS, *authority)
    if tls_ca is None:
        if tls_certificate or tls_key:
            raise ValueError("a client certificate needs TLS: say which CA signed the server's with tls_ca")
        channel = grpc.insecure_channel(target, options=options)
    else:
        credentials = grpc.ssl_channel_credentials(
            tls_ca.read_bytes(),
            private_key=tls_key.read_bytes() if tls_key else None,
            certificate_chain=tls_certificate.read_bytes() if tls_certificate else None,
        )
        channel = grpc.secure_channel(target, credentials, options=options)
    return grpc.intercept_channel(channel, _Outgoing(token))


def _target(address: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What grpc calls the address, and the options that go with it."""
    hosts = [each.rpartition(":")[0] for each in address.split(",")]
    if len(hosts) == 1:
        return f"dns:///{address}", ()
    for host in hosts:
        try:
            IPv4Address(host)
        except ValueError as error:
            raise ValueError(f"{host!r} is not an IPv4 address; several can be listed only as such") from error
    # Without this a certificate would be checked against the whole list.
    return f"ipv4:{address}", (("grpc.default_authority", hosts[0]),)


def call(method: Callable[..., Response], request: object, *, timeout_s: float) -> Response:
    """The response of a unary method. Raises a kind of libs.errors."""
    try:
        return method(request, timeout=timeout_s)
    except grpc.RpcError as error:
        raise status.error_from(cast(grpc.Call, error)) from error


def healthy(channel: grpc.Channel, service: str, timeout_s: float) -> bool:
    """Whether the service (its full proto name) says within `timeout_s` that it is serving."""
    try:
        check: Any = health_pb2_grpc.HealthStub(channel)  # whose published types lack its only method
        answer = check.Check(health_pb2.HealthCheckRequest(service=service), timeout=timeout_s)
    except grpc.RpcError:
        return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def stream(
    method: Callable[..., Iterator[Response]], requests: Iterable[object], *, idle_s: float, deadline_s: float
) -> Generator[Response, None, None]:
    """The responses of a stream-stream method, fed from `requests`; the call begins with the first `next`.

    idle_s: longest time in which the service may neither answer nor take a request. Time that it waits
        for `requests` to give one, or for us to take a response, is not its own and does not count.
    deadline_s: longest time for the whole call.
    Raises a kind of libs.errors, or the exception that `requests` raised. When the stream ends, or is
    closed, the call is cancelled and so are the streams that feed it.
    """
    feed = Feed(requests)
    responses = method(feed, timeout=deadline_s)
    status_of = cast(grpc.Call, responses)
    feed.begin(status_of)
    watch = Watch(status_of, feed, idle_s)
    try:
        while True:
            fed_by(status_of)
            response, failure = watch.wait_for(responses)
            # Raised outside of any `except`, so that the cause it may already have is kept.
            if feed.error is not None:
                raise feed.error
            if watch.fired:
                raise OutOfTime(f"the service gave no answer and took no request for {idle_s:g} s")
            if failure is not None:
                raise status.error_from(status_of) from failure
            if response is None:
                return
            yield response
    finally:
        watch.end()
        status_of.cancel()
        feed.end()


class _Details(NamedTuple):
    """What grpc wants to know of a call; its own class cannot be constructed."""

    method: str
    timeout: float | None
    metadata: Sequence[tuple[str, str | bytes]] | None
    credentials: grpc.CallCredentials | None
    wait_for_ready: bool | None
    compression: grpc.Compression | None


class _Outgoing(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Sends trace context, request id and token with every call, and measures it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def intercept_unary_unary(self, continuation: Any, client_call_details: Any, request: Any) -> Any:
        return self._intercept(continuation, client_call_details, request)

    def intercept_unary_stream(self, continuation: Any, client_call_details: Any, request: Any) -> Any:
        return self._intercept(continuation, client_call_details, request)

    def intercept_stream_unary(self, continuation: Any, client_call_details: Any, request_iterator: Any) -> Any:
        return self._intercept(continuation, client_call_details, request_iterator)

    def intercept_stream_stream(self, continuation: Any, client_call_details: Any, request_iterator: Any) -> Any:
        return self._intercept(continuation, client_call_details, request_iterator)

    def _intercept(self, continuation: Any, details: Any, request: Any) -> Any:
        # The call outlives this function and ends in one of grpc's threads, so its span is current in a
        # context of its own only.
        inside = copy_context()
        span = telemetry.span(details.method.strip("/"), role="client")
        inside.run(span.__enter__)
        started = time.monotonic()
        outgoing = _Details(
            details.method,
            details.timeout,
            [*(details.metadata or ()), *inside.run(self._metadata)],
            details.credentials,
            details.wait_for_ready,
            details.compression,
        )
        try:
            call = inside.run(continuation, outgoing, request)
        except BaseException as error:
            inside.run(span.__exit__, type(error), error, None)
            raise

        def done(ended: grpc.Call) -> None:
            error = None if ended.code() is grpc.StatusCode.OK else status.error_from(ended)
            outcome = "OK" if error is None else kind_of(error).__name__
            _seconds.record(time.monotonic() - started, method=details.method, outcome=outcome)
            if error is not None:
                _errors.add(1, method=details.method, kind=outcome)
            inside.run(span.__exit__, type(error) if error else None, error, None)

        call.add_done_callback(done)
        return call

    def _metadata(self) -> list[tuple[str, str]]:
        metadata = list(telemetry.carrier().items())
        if telemetry.request_id():
            metadata.append((REQUEST_ID_KEY, telemetry.request_id()))
        if self._token:
            metadata.append((TOKEN_KEY, f"Bearer {self._token}"))
        return metadata
