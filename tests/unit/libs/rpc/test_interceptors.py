"""What surrounds every call on the server."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from libs import telemetry
from libs.contracts.ingest.v1 import ingest_pb2
from libs.contracts.mapping.v1 import mapping_pb2
from libs.errors import Conflict, Internal, InvalidInput, OutOfTime, RetainWiseError, Unauthenticated, Unavailable
from libs.rpc import client, server, status
from tests.unit.libs.rpc.serving import (
    INGEST,
    Settings,
    chunks,
    echo,
    ingesting,
    opened,
    parsed,
    serving,
    suggesting,
)

SHAPES = ("unary_unary", "unary_stream", "stream_unary", "stream_stream")


class Moved(Conflict):
    """A stage's own error."""


def raising(error: Exception, shape: str) -> Any:
    """A handler of that shape that raises."""

    def single(_request: Any, _context: grpc.ServicerContext) -> bytes:
        raise error

    def streaming(_request: Any, _context: grpc.ServicerContext) -> Iterator[bytes]:
        yield b"first"
        raise error

    make = getattr(grpc, f"{shape}_rpc_method_handler")
    return make(streaming if shape.endswith("_stream") else single)


def failure_of(shape: str, error: Exception) -> grpc.RpcError:
    """What a client sees of a handler of that shape that raised `error`."""
    handlers = grpc.method_handlers_generic_handler("test.Shapes", {"Call": raising(error, shape)})
    running = server.start(lambda each: each.add_generic_rpc_handlers((handlers,)), ["test.Shapes"], Settings())
    try:
        with opened(running.port) as channel:
            method = getattr(channel, shape)("/test.Shapes/Call")
            outcome = method(iter([b"x"]) if shape.startswith("stream") else b"x", timeout=5)
            list(outcome)
    except grpc.RpcError as failure:
        return failure
    finally:
        running.stop()
    raise AssertionError("the call succeeded")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_kind_leaves_with_its_status_and_trailer(shape: str) -> None:
    """Handlers of all four shapes just raise."""
    failure: Any = failure_of(shape, Moved("it moved"))
    error = status.error_from(failure)
    assert (grpc.StatusCode.ABORTED, "it moved", "Moved") == (failure.code(), failure.details(), type(error).__name__)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bug_leaves_as_internal_and_its_arguments_stay_nowhere(shape: str, caplog: pytest.LogCaptureFixture) -> None:
    """The caller hears a neutral sentence; the log gets class and frames; a customer's cell gets to neither."""
    failure: Any = failure_of(shape, KeyError("jane@example.com"))
    lines = [telemetry.JsonLines("test").format(record) for record in caplog.records]
    assert (grpc.StatusCode.INTERNAL, status.NEUTRAL) == (failure.code(), failure.details())
    assert [True] == ["builtins.KeyError" in line and "raising" not in line for line in lines if "ERROR" in line]
    assert [] == [line for line in lines if "jane" in line]


def test_a_caller_that_leaves_is_no_bug(caplog: pytest.LogCaptureFixture) -> None:
    """The request iterator of a handler breaks when its caller cancels; that is logged as what it is."""
    caplog.set_level(logging.INFO, "retainwise")
    waiting = threading.Event()

    def wait_for_more(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        next(requests)
        waiting.set()
        try:
            next(requests)
        except Exception as error:
            raise InvalidInput("the table ends early") from error
        yield ingest_pb2.ParseResponse()

    with ingesting(wait_for_more) as parse:
        call = parse(silent_after(chunks(b"x")))
        waiting.wait(5)
        call.cancel()
        served = eventually(lambda: outcomes(caplog))
    assert (["Cancelled"], []) == (served, [record for record in caplog.records if record.levelno >= logging.ERROR])


def outcomes(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Outcomes of the calls that were served. Raises Unavailable while there are none."""
    served = [vars(record)["outcome"] for record in caplog.records if record.msg == "call served"]
    if not served:
        raise Unavailable("no call was served yet")
    return served


def test_a_bug_is_logged_even_when_the_caller_has_left(caplog: pytest.LogCaptureFixture) -> None:
    """A cancellation hides only what it caused."""
    caplog.set_level(logging.INFO, "retainwise")
    waiting, left = threading.Event(), threading.Event()

    def broken(_requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        context.add_callback(left.set)
        waiting.set()
        left.wait(5)
        raise ZeroDivisionError
        yield

    with ingesting(broken) as parse:
        call = parse(silent_after([]))
        waiting.wait(5)
        call.cancel()
        served = eventually(lambda: outcomes(caplog))
    errors = [record.msg for record in caplog.records if record.levelno >= logging.ERROR]
    assert (["Internal"], ["a call failed by a fault of ours"]) == (served, errors)


def finishing(parse: Callable[..., Any]) -> None:
    """Reads to the end."""
    parsed(parse, chunks(b"x"))


def failing(parse: Callable[..., Any]) -> None:
    """Is refused."""
    with pytest.raises(InvalidInput):
        parsed(parse, chunks(b"bad"))


def closing(parse: Callable[..., Any]) -> None:
    """Stops reading early."""
    responses = client.stream(parse, chunks(*[b"x"] * 100), idle_s=5, deadline_s=5)
    next(responses)
    responses.close()


def cancelling_before_any_answer(parse: Callable[..., Any]) -> None:
    """Cancels at once."""
    parse(silent_after([])).cancel()


def running_out_of_time(parse: Callable[..., Any]) -> None:
    """Waits until its deadline."""
    with pytest.raises(OutOfTime):
        parsed(parse, silent_after(chunks(b"x")), deadline_s=0.1)


@pytest.mark.parametrize("end", [finishing, failing, closing, cancelling_before_any_answer, running_out_of_time])
def test_a_place_is_given_back_exactly_once(end: Callable[..., None]) -> None:
    """However streams end, all places and no more are free afterwards."""

    def strict(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        for request in requests:
            if request.chunk == b"bad":
                raise InvalidInput("bad")
            yield ingest_pb2.ParseResponse()

    with ingesting(strict, workers=4) as parse:
        for _ in range(6):
            eventually(lambda: end(parse))
        assert 2 == eventually(lambda: places_free(parse, at_least=2))


def places_free(parse: Callable[..., Any], at_least: int) -> int:
    """How many streams are let in at once. Raises Unavailable while they are fewer than expected."""
    open_streams = [client.stream(parse, silent_after(chunks(b"x")), idle_s=5, deadline_s=5) for _ in range(4)]
    free = 0
    try:
        for responses in open_streams:
            next(responses)
            free += 1
    except Unavailable:
        if free < at_least:
            raise
    finally:
        for responses in open_streams:
            responses.close()
    return free


def eventually(attempt: Callable[[], Any]) -> Any:
    """What `attempt` gives once it is no longer refused: a server learns of a cancellation a little later."""
    end = time.monotonic() + 5
    while True:
        try:
            return attempt()
        except Unavailable:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def silent_after(requests: list[Any]) -> Iterator[Any]:
    """The requests, and then nothing for longer than any test waits."""
    yield from requests
    threading.Event().wait(10)


def test_reflection_streams_cannot_starve_health() -> None:
    """Every open reflection stream holds a thread, so there is one at a time."""
    with serving(INGEST, echo) as running, opened(running.port) as channel:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        question = reflection_pb2.ServerReflectionRequest(list_services="")
        streams = [stub.ServerReflectionInfo(silent_after([question]), timeout=5) for _ in range(3)]
        failures = []
        for each in streams:
            try:
                next(each)
            except grpc.RpcError as failure:
                failures.append(type(status.error_from(failure)))
        healthy = client.healthy(channel, INGEST, 1)
        for each in streams:
            each.cancel()
    assert ([Unavailable, Unavailable], True) == (failures, healthy)


@pytest.mark.parametrize("sent", ["", "wrong", "right "])
def test_a_caller_without_the_token_is_unauthenticated(sent: str) -> None:
    """Health needs none, so that a load balancer can ask."""
    with serving(INGEST, echo, Settings(token="right-one")) as running, opened(running.port, token=sent) as channel:
        with pytest.raises(Unauthenticated):
            parsed(channel.stream_stream(f"/{INGEST}/Parse"), [])
        assert client.healthy(channel, INGEST, 1)


def test_a_caller_with_the_token_is_served() -> None:
    """open_channel sends it with every call."""
    with ingesting(echo, token="right") as parse:
        assert 2 == len(parsed(parse, chunks(b"a", b"b")))


def test_request_id_and_trace_reach_the_handler() -> None:
    """Whatever the handler logs or calls belongs to the caller's request."""
    seen: list[tuple[str, str]] = []

    def noting(_request: Any, _context: grpc.ServicerContext) -> mapping_pb2.SuggestResponse:
        seen.append((telemetry.request_id(), telemetry.carrier()["traceparent"].split("-")[1]))
        return mapping_pb2.SuggestResponse()

    telemetry.start("test")
    try:
        with suggesting(noting) as suggest, telemetry.request("request-7"), telemetry.span("upload"):
            client.call(suggest, mapping_pb2.SuggestRequest(), timeout_s=5)
            trace_id = telemetry.carrier()["traceparent"].split("-")[1]
    finally:
        telemetry.shutdown()
    assert [("request-7", trace_id)] == seen


def test_a_request_does_not_leave_its_id_in_the_thread() -> None:
    """Threads are used again, also after a stream that was abandoned."""
    seen: list[str] = []

    def noting(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[Any]:
        seen.append(telemetry.request_id())
        return echo(requests, context)

    with ingesting(noting, workers=3) as parse:
        with telemetry.request("first"):
            closing(parse)
        eventually(lambda: parsed(parse, chunks(b"x")))
        for _ in range(4):
            parsed(parse, chunks(b"x"))
    assert ["first", "", "", "", "", ""] == seen


def test_the_reason_comes_before_the_callers_own_timeout() -> None:
    """The server stops 20 ms before the deadline, so that its own error is heard."""

    def slow(requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        while context.time_remaining() > 0.015:
            time.sleep(0.001)
            yield ingest_pb2.ParseResponse()

    def reason() -> RetainWiseError:
        with pytest.raises(OutOfTime) as caught:
            parsed(parse, chunks(b"x"), deadline_s=0.4)
        return caught.value

    with ingesting(slow) as parse:
        # On a busy machine a thread may sleep through the 20 ms; once in three is enough to show the rule.
        reasons = [reason().message for _ in range(3)]
    assert "the work could not be finished within the time the caller allowed" in reasons


def test_an_unknown_method_is_left_to_grpc() -> None:
    """A caller of a newer contract hears UNIMPLEMENTED, which it reads as Internal."""
    with serving(INGEST, echo) as running, opened(running.port) as channel:
        method = channel.unary_unary(f"/{INGEST}/Unknown")
        with pytest.raises(Internal):
            client.call(method, b"", timeout_s=5)
