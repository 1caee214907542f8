"""Serving a stage: settings, health, reflection, TLS, and the stop."""

import itertools
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from libs.errors import Unavailable
from libs.rpc import client, server
from tests.unit.libs.rpc.certificates import Authority
from tests.unit.libs.rpc.serving import INGEST, Settings, chunks, echo, opened, parsed, serving

ROOT = Path(__file__).parents[4]


def starting(**settings: Any) -> server.RunningServer:
    """A server without services of its own."""
    return server.start(lambda _: None, [], Settings(**settings))


def test_health_is_told_per_service() -> None:
    """A service that is not served here is not healthy here."""
    with serving(INGEST, echo) as running, opened(running.port) as channel:
        assert [True, True, False] == [client.healthy(channel, name, 2) for name in (INGEST, "", "other.Service")]


def test_reflection_lists_the_services() -> None:
    """Tools outside Python (buf curl) learn the contract from the server."""
    with serving(INGEST, echo) as running, opened(running.port) as channel:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        answers = stub.ServerReflectionInfo(iter([reflection_pb2.ServerReflectionRequest(list_services="")]))
        names = {service.name for answer in answers for service in answer.list_services_response.service}
    assert {INGEST, "grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"} == names


@pytest.mark.parametrize("workers", [0, 2])
def test_too_few_workers_are_refused(workers: int) -> None:
    """Two are kept free, so two would serve nobody."""
    with pytest.raises(ValueError, match="3 is the least"):
        starting(workers=workers)


def test_a_port_that_is_taken_is_refused() -> None:
    """Two servers on one port would share its calls in silence."""
    with serving(INGEST, echo) as running, pytest.raises(OSError, match="the port is taken"):
        starting(port=running.port)


@pytest.mark.parametrize("missing", ["tls_key", "tls_certificate"])
def test_half_of_tls_is_refused(missing: str, tmp_path: Path) -> None:
    """A server that was meant to be encrypted never starts without."""
    signed = Authority(tmp_path, "ca").sign("server")
    settings = {"tls_certificate": signed.certificate, "tls_key": signed.key, missing: None}
    with pytest.raises(ValueError, match="both tls_certificate and tls_key"):
        starting(**settings)


def test_tls_serves_those_who_trust_its_authority(tmp_path: Path) -> None:
    """Others, and those who speak plain, are turned away by the handshake."""
    ours, theirs = Authority(tmp_path, "ours"), Authority(tmp_path, "theirs")
    signed = ours.sign("server")
    settings = Settings(tls_certificate=signed.certificate, tls_key=signed.key)
    with serving(INGEST, echo, settings) as running:
        served = []
        for options in ({"tls_ca": ours.file}, {"tls_ca": theirs.file}, {}):
            with opened(running.port, **options) as channel:
                served.append(client.healthy(channel, INGEST, 2))
    assert [True, False, False] == served


def test_mutual_tls_serves_those_who_show_a_certificate(tmp_path: Path) -> None:
    """With a client authority set, a caller needs a certificate that it signed."""
    ours, theirs = Authority(tmp_path, "ours"), Authority(tmp_path, "theirs")
    signed, mine, foreign = ours.sign("server"), ours.sign("caller"), theirs.sign("caller")
    settings = Settings(tls_certificate=signed.certificate, tls_key=signed.key, tls_client_ca=ours.file)
    with serving(INGEST, echo, settings) as running:
        served = []
        for shown in (mine, foreign, None):
            options = {"tls_certificate": shown.certificate, "tls_key": shown.key} if shown else {}
            with opened(running.port, tls_ca=ours.file, **options) as channel:
                served.append(client.healthy(channel, INGEST, 2))
    assert [True, False, False] == served


def test_several_tls_servers_are_balanced_too(tmp_path: Path) -> None:
    """They show one certificate, which names the first of them."""
    ours = Authority(tmp_path, "ours")
    signed = ours.sign("server")
    settings = Settings(tls_certificate=signed.certificate, tls_key=signed.key)
    with serving(INGEST, echo, settings) as a, serving(INGEST, echo, settings) as b:
        channel = client.open_channel(f"127.0.0.1:{a.port},127.0.0.1:{b.port}", tls_ca=ours.file)
        assert client.healthy(channel, INGEST, 2)
        channel.close()


def test_a_stop_lets_running_calls_finish() -> None:
    """Watchers hear NOT_SERVING, the stream that runs is answered to its end, new calls are refused."""
    started, go_on = threading.Event(), threading.Event()

    def slow(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        for _request in requests:
            started.set()
            go_on.wait(5)
            yield ingest_pb2.ParseResponse()

    with serving(INGEST, slow, Settings(grace_s=5)) as running, opened(running.port) as channel:
        watched = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest(service=INGEST), timeout=5)
        statuses = [next(watched).status]
        answers: list[Any] = []
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        caller = threading.Thread(target=lambda: answers.extend(parsed(parse, chunks(b"x", b"y"))))
        caller.start()
        started.wait(5)
        stopper = threading.Thread(target=running.stop)
        stopper.start()
        statuses.append(next(watched).status)
        watched.cancel()
        time.sleep(0.05)
        with pytest.raises(Unavailable):
            parsed(parse, chunks(b"late"))
        go_on.set()
        caller.join(5)
        stopper.join(5)
    serving_then_not = [health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING]
    assert (2, serving_then_not) == (len(answers), statuses)


def test_a_call_cut_off_by_the_stop_may_be_tried_again() -> None:
    """When the grace is over the caller hears Unavailable: a deploy is no fault of its file."""
    started = threading.Event()

    def endless(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        started.set()
        while context.is_active():
            time.sleep(0.01)
            yield ingest_pb2.ParseResponse()

    caught: list[BaseException] = []

    def calling(parse: Any) -> None:
        try:
            parsed(parse, chunks(b"x"))
        except Exception as error:  # noqa: BLE001, whatever it is, the test shows it
            caught.append(error)

    with serving(INGEST, endless, Settings(grace_s=0.2)) as running, opened(running.port) as channel:
        caller = threading.Thread(target=calling, args=[ingest_pb2_grpc.IngestServiceStub(channel).Parse])
        caller.start()
        started.wait(5)
        running.stop()
        caller.join(5)
    assert [Unavailable] == [type(error) for error in caught]


PROGRAM = """
from types import SimpleNamespace
import grpc
from libs.rpc import server
settings = SimpleNamespace(
    host="127.0.0.1", port={port}, workers=3, grace_s=1, token="",
    tls_certificate=None, tls_key=None, tls_client_ca=None,
)
echo = grpc.stream_stream_rpc_method_handler(lambda requests, _: requests)
handlers = grpc.method_handlers_generic_handler("a.Service", {{"Echo": echo}})
server.serve(lambda each: each.add_generic_rpc_handlers((handlers,)), ["a.Service"], settings)
"""


@contextmanager
def process() -> Iterator[tuple[subprocess.Popen[bytes], grpc.Channel]]:
    """A process that serves a.Service, once it is healthy, and a channel to it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = subprocess.Popen([sys.executable, "-c", PROGRAM.format(port=port)], cwd=ROOT)
    try:
        with opened(port) as channel:
            end = time.monotonic() + 30
            while not client.healthy(channel, "a.Service", 0.5):
                assert time.monotonic() < end, "the process did not become healthy"
                time.sleep(0.1)
            yield started, channel
    finally:
        started.kill()
        started.wait(5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_serves_until_it_is_told_to_stop(number: signal.Signals) -> None:
    """`serve` blocks, and returns in good order on SIGTERM and on Ctrl-C."""
    with process() as (started, _):
        started.send_signal(number)
        assert 0 == started.wait(10)


def test_a_process_that_is_killed_is_unavailable_to_its_callers() -> None:
    """The pass may be tried again, for stages keep nothing."""
    with process() as (started, channel):
        responses = client.stream(
            channel.stream_stream("/a.Service/Echo"), itertools.repeat(b"x"), idle_s=10, deadline_s=20
        )
        next(responses)
        started.kill()
        with pytest.raises(Unavailable):
            list(responses)
