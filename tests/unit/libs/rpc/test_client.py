"""Calls to services that fail, hang, vanish, or feed each other."""

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from libs import telemetry
from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from libs.contracts.mapping.v1 import mapping_pb2
from libs.errors import InvalidInput, NotFound, OutOfTime, Unavailable
from libs.rpc import client
from libs.rpc.interceptors import CallerLeft
from tests.unit.libs.rpc.serving import INGEST, Settings, chunks, echo, ingesting, opened, parsed, serving, suggesting


def test_a_unary_call_gives_the_response() -> None:
    """No wrapper around what the service says."""
    answer = mapping_pb2.SuggestResponse(plan=mapping_pb2.Plan(industry="saas"))
    with suggesting(lambda *_: answer) as suggest:
        assert answer == client.call(suggest, mapping_pb2.SuggestRequest(), timeout_s=5)


def test_a_unary_call_raises_the_services_own_error() -> None:
    """The kind crosses the wire."""

    def missing(*_: Any) -> Any:
        raise NotFound("no such thing")

    with suggesting(missing) as suggest, pytest.raises(NotFound, match="no such thing"):
        client.call(suggest, mapping_pb2.SuggestRequest(), timeout_s=5)


def test_a_unary_call_has_a_deadline() -> None:
    """A service that hangs is OutOfTime, which may be tried again."""
    with suggesting(lambda *_: threading.Event().wait(0.5)) as suggest, pytest.raises(OutOfTime):
        client.call(suggest, mapping_pb2.SuggestRequest(), timeout_s=0.1)


def test_a_service_that_is_not_there_is_unavailable() -> None:
    """Its port refuses connections; the call fails at once and may be tried again."""
    with serving(INGEST, echo) as gone:
        port = gone.port
    with opened(port) as channel, pytest.raises(Unavailable):
        parsed(ingest_pb2_grpc.IngestServiceStub(channel).Parse, chunks(b"x"))


def test_a_service_that_is_not_there_is_not_healthy() -> None:
    """`healthy` answers, whatever happens."""
    with serving(INGEST, echo) as gone:
        port = gone.port
    with opened(port) as channel:
        assert not client.healthy(channel, INGEST, 0.5)


def test_a_service_that_came_back_is_found_again() -> None:
    """Reconnecting waits at most two seconds, so a restarted stage is used soon."""
    with serving(INGEST, echo) as first:
        port = first.port
    with opened(port) as channel:
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        with pytest.raises(Unavailable):
            parsed(parse, chunks(b"x"))
        with serving(INGEST, echo, Settings(port=port)):
            end = time.monotonic() + 4
            while not client.healthy(channel, INGEST, 0.2) and time.monotonic() < end:
                time.sleep(0.05)
            assert 1 == len(parsed(parse, chunks(b"x")))


def test_a_stream_that_does_nothing_is_out_of_time_by_name() -> None:
    """The watchdog says that the service was idle, long before the deadline."""
    expected = pytest.raises(OutOfTime, match=r"no answer and took no request for 0\.2 s")
    with ingesting(lambda *_: threading.Event().wait(0.6) or iter([])) as parse, expected:
        parsed(parse, chunks(b"x"), idle_s=0.2)


def test_a_stream_has_a_deadline() -> None:
    """A service that is busy for ever is not idle, yet the call ends."""

    def endless(*_: Any) -> Iterator[ingest_pb2.ParseResponse]:
        while True:
            time.sleep(0.01)
            yield ingest_pb2.ParseResponse()

    with ingesting(endless) as parse, pytest.raises(OutOfTime):
        parsed(parse, [], deadline_s=0.3)


def test_taking_requests_is_not_idle() -> None:
    """A stage may read a whole table before it first answers."""

    def reading_first(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        for _request in requests:
            time.sleep(0.015)
        yield ingest_pb2.ParseResponse()

    # Large requests, so that flow control lets the client see when the service takes one.
    with ingesting(reading_first) as parse:
        assert 1 == len(parsed(parse, chunks(*[bytes(1 << 20)] * 60), idle_s=0.5))


def test_waiting_for_our_own_requests_is_not_the_services_idleness() -> None:
    """The clock stands still while the caller itself is slow to give."""

    def slow() -> Iterator[ingest_pb2.ParseRequest]:
        yield from chunks(b"x")
        time.sleep(0.5)
        yield from chunks(b"y")

    with ingesting(echo) as parse:
        assert 2 == len(parsed(parse, slow(), idle_s=0.2))


def test_a_slow_reader_does_not_make_the_service_idle() -> None:
    """The clock stands still while the caller itself is slow to take."""
    with ingesting(echo) as parse:
        count = 0
        for _ in client.stream(parse, chunks(b"x", b"y", b"z"), idle_s=0.2, deadline_s=5):
            time.sleep(0.3)
            count += 1
        assert 3 == count


def test_an_exception_of_the_requests_is_raised_as_itself() -> None:
    """grpc would say "Exception iterating requests!"; the caller gets its own exception, with its cause."""

    def broken() -> Iterator[ingest_pb2.ParseRequest]:
        yield from chunks(b"x")
        try:
            raise OSError("disk")
        except OSError as error:
            raise InvalidInput("the upload ends early") from error

    with ingesting(echo) as parse, pytest.raises(InvalidInput, match="ends early") as caught:
        parsed(parse, broken())
    assert OSError is type(caught.value.__cause__)


def test_an_exception_before_the_first_request_is_raised_as_itself() -> None:
    """Even one that comes before the call object exists."""
    with ingesting(echo) as parse, pytest.raises(ZeroDivisionError):
        parsed(parse, (1 // 0 for _ in [1]))


def test_truncated_requests_never_pass_for_a_whole_table() -> None:
    """After an exception of the requests the service does not see a regular end."""
    ends: list[str] = []

    def noting(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        try:
            for _request in requests:
                yield ingest_pb2.ParseResponse()
            ends.append("regular")
        except CallerLeft:
            ends.append("cancelled")
            raise

    def broken() -> Iterator[ingest_pb2.ParseRequest]:
        yield from chunks(b"x", b"y")
        raise InvalidInput("broken")

    with ingesting(noting) as parse:

        def called() -> None:
            for _ in range(200):
                try:
                    parsed(parse, broken())
                except Unavailable:  # on a busy machine the places of calls given up are not free at once
                    time.sleep(0.05)
                else:
                    return

        for _ in range(20):
            with pytest.raises(InvalidInput):
                called()
    assert "regular" not in ends


def test_closing_a_stream_cancels_its_call_and_closes_its_requests() -> None:
    """A caller that stops early leaves nothing running."""
    cancelled, closed = threading.Event(), threading.Event()

    def watched(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        context.add_callback(cancelled.set)
        return echo(requests, context)

    def endless() -> Iterator[ingest_pb2.ParseRequest]:
        try:
            yield from itertools.repeat(ingest_pb2.ParseRequest())
        finally:
            closed.set()

    with ingesting(watched) as parse:
        responses = client.stream(parse, endless(), idle_s=5, deadline_s=30)
        next(responses)
        responses.close()
        assert (True, True) == (cancelled.wait(2), closed.wait(2))


def test_the_requests_are_closed_when_the_service_fails() -> None:
    """They may hold a file or another stream open."""
    closed = threading.Event()

    def refusing(*_: Any) -> Iterator[Any]:
        raise InvalidInput("no")
        yield

    def endless() -> Iterator[ingest_pb2.ParseRequest]:
        try:
            yield from itertools.repeat(ingest_pb2.ParseRequest())
        finally:
            closed.set()

    with ingesting(refusing) as parse, pytest.raises(InvalidInput):
        parsed(parse, endless())
    assert closed.wait(2)


def test_requests_run_in_the_callers_context() -> None:
    """What the request iterator logs or calls, in grpc's thread, still belongs to the request."""
    seen: list[tuple[str, bool]] = []

    def noting() -> Iterator[ingest_pb2.ParseRequest]:
        seen.append((telemetry.request_id(), threading.current_thread() is threading.main_thread()))
        yield from chunks(b"x")

    with ingesting(echo) as parse, telemetry.request("request-8"):
        parsed(parse, noting())
    assert [("request-8", False)] == seen


def test_several_addresses_take_turns() -> None:
    """Calls over one channel reach both servers."""
    served: set[str] = set()

    def named(name: str) -> Any:
        def behaviour(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
            served.add(name)
            return echo(requests, context)

        return behaviour

    with serving(INGEST, named("a")) as a, serving(INGEST, named("b")) as b:
        channel = client.open_channel(f"127.0.0.1:{a.port},127.0.0.1:{b.port}")
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        end = time.monotonic() + 5
        while served != {"a", "b"} and time.monotonic() < end:
            parsed(parse, chunks(b"x"))
        channel.close()
    assert {"a", "b"} == served


def test_of_several_addresses_the_living_serve() -> None:
    """One server going down does not take the service with it."""
    with serving(INGEST, echo) as gone:
        dead = gone.port
    with serving(INGEST, echo) as living:
        channel = client.open_channel(f"127.0.0.1:{dead},127.0.0.1:{living.port}")
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        assert [1] * 6 == [len(parsed(parse, chunks(b"x"))) for _ in range(6)]
        channel.close()


def test_names_cannot_be_listed() -> None:
    """gRPC takes several addresses only as numbers; a name with several addresses does the same."""
    with pytest.raises(ValueError, match="IPv4"):
        client.open_channel("ingest-a:50051,ingest-b:50051")


def test_a_client_certificate_without_tls_is_refused() -> None:
    """It would be sent nowhere, and the caller would believe in it."""
    with pytest.raises(ValueError, match="tls_ca"):
        client.open_channel("127.0.0.1:1", tls_certificate=Path("certificate.pem"), tls_key=Path("key.pem"))
