"""Serves one stage over gRPC: health, reflection, limits, TLS, and a stop that lets running calls finish."""

import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from libs import telemetry
from libs.rpc import interceptors

MESSAGE_BYTES_MAX = 8 << 20
"""Receive and send limit: eight times a usual message of libs.tables.wire, which may hold one very long row."""

LOOK_S = 0.5
"""Seconds after which a serving process looks whether it was told to stop, if the signal itself did not wake it."""

OPTIONS = (
    ("grpc.max_receive_message_length", MESSAGE_BYTES_MAX),
    ("grpc.max_send_message_length", MESSAGE_BYTES_MAX),
    # A caller that vanished without a word is noticed, and its place given away, within a minute and a half.
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    # Callers may ask as often as our own client does (libs.rpc.client) without being sent away.
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
    ("grpc.keepalive_permit_without_calls", 1),
    # Two servers on one port would each get some of the calls; a port that is taken must be an error.
    ("grpc.so_reuseport", 0),
)

log = telemetry.logger(__name__)


class ServerSettings(Protocol):
    """What a stage's settings hold for its server.

    port: 0 picks a free one. workers: threads, at least 3; two less is the number of calls served at once.
    grace_s: time that running calls get to finish when told to stop. token: service token, empty for none.
    tls_*: PEM files; a certificate needs its key; a client CA makes callers show a certificate it signed.
    """

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def workers(self) -> int: ...
    @property
    def grace_s(self) -> float: ...
    @property
    def token(self) -> str: ...
    @property
    def tls_certificate(self) -> Path | None: ...
    @property
    def tls_key(self) -> Path | None: ...
    @property
    def tls_client_ca(self) -> Path | None: ...


class RunningServer:
    """A server that answers on `port` until it is stopped."""

    def __init__(self, server: grpc.Server, health_servicer: health.HealthServicer, port: int, grace_s: float) -> None:
        self.port = port
        self._server = server
        self._health = health_servicer
        self._grace_s = grace_s

    def stop(self) -> None:
        """Reports NOT_SERVING, takes no more calls, and returns when the running ones ended or `grace_s` is over."""
        self._health.enter_graceful_shutdown()
        self._server.stop(self._grace_s).wait()


def start(register: Callable[[grpc.Server], None], services: Sequence[str], settings: ServerSettings) -> RunningServer:
    """A running server of `services` (full proto names), whose servicers `register` adds.

    Raises ValueError for settings that cannot work and OSError for a port that is taken.
    """
    if settings.workers < 3:
        raise ValueError(f"workers is {settings.workers}; two are kept for health checks, so 3 is the least")
    layers: list[interceptors.Layer] = [interceptors.answered, interceptors.traced, interceptors.reported]
    if settings.token:
        layers.append(interceptors.token_checked(settings.token))
    layers.append(interceptors.admitted(settings.workers))
    server = grpc.server(
        ThreadPoolExecutor(settings.workers, thread_name_prefix="call"),
        interceptors=[interceptors.Layers(layers)],
        options=OPTIONS,
    )
    register(server)
    health_servicer = health.HealthServicer()
    for service in services:
        health_servicer.set(service, health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(health_servicer, server)
    reflection.enable_server_reflection([*services, health.SERVICE_NAME, reflection.SERVICE_NAME], server)
    port = _listen(server, settings)
    server.start()
    log.info("serving", extra={"host": settings.host, "port": port, "services": list(services)})
    return RunningServer(server, health_servicer, port, settings.grace_s)


def serve(register: Callable[[grpc.Server], None], services: Sequence[str], settings: ServerSettings) -> None:
    """Serves until SIGTERM or SIGINT, then stops gracefully; called in the main thread. Raises as `start`."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    running = start(register, services, settings)
    # With an end to each wait: Python runs a handler only when the main thread wakes, and a signal that comes just
    # before it falls asleep does not wake it.
    while not told_to_stop.wait(LOOK_S):
        pass
    log.info("stopping", extra={"grace_s": settings.grace_s})
    running.stop()


def _listen(server: grpc.Server, settings: ServerSettings) -> int:
    address = f"{settings.host}:{settings.port}"
    credentials = _credentials(settings)
    try:
        if credentials is None:
            return server.add_insecure_port(address)
        return server.add_secure_port(address, credentials)
    except RuntimeError as error:
        raise OSError(f"cannot listen on {address}: the port is taken or not ours to use") from error


def _credentials(settings: ServerSettings) -> grpc.ServerCredentials | None:
    certificate, key, client_ca = settings.tls_certificate, settings.tls_key, settings.tls_client_ca
    if certificate is None and key is None and client_ca is None:
        return None
    if certificate is None or key is None:
        raise ValueError("TLS needs both tls_certificate and tls_key; tls_client_ca comes on top of them")
    return grpc.ssl_server_credentials(
        [(key.read_bytes(), certificate.read_bytes())],
        root_certificates=client_ca.read_bytes() if client_ca else None,
        require_client_auth=client_ca is not None,
    )
