"""The rules of servers and clients, each shown over real sockets with the contract's own stubs."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from libs.contracts.ingest.v1 import ingest_pb2, ingest_pb2_grpc
from libs.contracts.table.v1 import table_pb2
from libs.contracts.validation.v1 import validation_pb2, validation_pb2_grpc
from libs.errors import KINDS, InvalidInput, NotReady, OutOfTime, RetainWiseError, TooLarge, Unavailable
from libs.rpc import client, server
from tests.unit.libs.rpc.serving import INGEST, VALIDATION, Settings, chunks, opened, parsed, serving

WORKERS = 10


def holding(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
    """Answers each request at once, and waits for the next as long as it takes."""
    for _request in requests:
        yield ingest_pb2.ParseResponse()


def kept_open(done: threading.Event) -> Iterator[ingest_pb2.ParseRequest]:
    """One request, and the end only when `done` is set."""
    yield ingest_pb2.ParseRequest()
    done.wait(20)


def test_health_answers_at_once_while_every_place_is_taken() -> None:
    """Long streams would starve health checks, and a busy service would be killed as a dead one."""
    done = threading.Event()
    with serving(INGEST, holding, Settings(workers=WORKERS)) as running, opened(running.port) as channel:
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        streams = [client.stream(parse, kept_open(done), idle_s=20, deadline_s=20) for _ in range(WORKERS - 2)]
        for each in streams:
            next(each)

        refused: list[RetainWiseError] = []

        def knock() -> None:
            try:
                parsed(parse, chunks(b"x"))
            except Unavailable as error:
                refused.append(error)

        knockers = [threading.Thread(target=knock) for _ in range(30)]
        for knocker in knockers:
            knocker.start()
        times = []
        for _ in range(20):
            started = time.monotonic()
            assert client.healthy(channel, INGEST, 2)
            times.append(time.monotonic() - started)
        for knocker in knockers:
            knocker.join(10)
        done.set()
        for each in streams:
            list(each)
        after = len(parsed(parse, chunks(b"x", b"y")))
    median_s = sorted(times)[len(times) // 2]
    assert (30, {1.0}, 2) == (len(refused), {error.retry_after_s for error in refused}, after)
    assert median_s < 0.25  # it is about 2 ms on a quiet machine; starved it would be the 20 s of the streams


def to_validation(responses: Iterator[ingest_pb2.ParseResponse]) -> Iterator[validation_pb2.ValidateRequest]:
    """Ingest's batches as validation's."""
    for response in responses:
        yield validation_pb2.ValidateRequest(batch=response.batch)


def checking(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[validation_pb2.ValidateResponse]:
    """Passes every batch on."""
    for request in requests:
        yield validation_pb2.ValidateResponse(clean=request.batch)


class EmptyTable(InvalidInput):
    """What an upstream stage finds."""


@pytest.mark.parametrize("read_first", [0, 1], ids=["lazily", "after its first answer was read"])
def test_an_upstream_error_arrives_as_itself(read_first: int) -> None:
    """When one stream feeds another, grpc alone would say "Exception iterating requests!"."""

    def failing(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        for number, _request in enumerate(requests):
            if number == 3:
                raise EmptyTable("the file has no rows below its header")
            yield ingest_pb2.ParseResponse(batch=table_pb2.Batch(arrow_stream=b"x"))

    with (
        serving(INGEST, failing) as upstream,
        serving(VALIDATION, checking) as downstream,
        opened(upstream.port) as first,
        opened(downstream.port) as second,
    ):
        parse = ingest_pb2_grpc.IngestServiceStub(first).Parse
        validate = validation_pb2_grpc.ValidationServiceStub(second).Validate
        tables = client.stream(parse, chunks(*[b"x"] * 10), idle_s=5, deadline_s=10)
        for _ in range(read_first):
            next(tables)
        with pytest.raises(InvalidInput, match="no rows below its header") as caught:
            list(client.stream(validate, to_validation(tables), idle_s=5, deadline_s=10))
    assert "EmptyTable" == type(caught.value).__name__


@pytest.mark.parametrize("read_first", [0, 1], ids=["lazily", "after its first answer was read"])
def test_a_downstream_error_arrives_and_ends_the_upstream(read_first: int) -> None:
    """The stage that feeds is cancelled too, even one that would be busy for long, and gives its place back."""
    upstream_over = threading.Event()

    def endless(_: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        context.add_callback(upstream_over.set)
        yield ingest_pb2.ParseResponse()
        yield ingest_pb2.ParseResponse()
        while context.is_active():
            time.sleep(0.02)

    def refusing(requests: Iterator[Any], _: grpc.ServicerContext) -> Iterator[Any]:
        next(requests)
        raise NotReady("no customer_id column")
        yield

    with (
        serving(INGEST, endless) as upstream,
        serving(VALIDATION, refusing) as downstream,
        opened(upstream.port) as first,
        opened(downstream.port) as second,
    ):
        parse = ingest_pb2_grpc.IngestServiceStub(first).Parse
        validate = validation_pb2_grpc.ValidationServiceStub(second).Validate
        tables = client.stream(parse, chunks(b"x"), idle_s=20, deadline_s=20)
        for _ in range(read_first):
            next(tables)
        with pytest.raises(NotReady, match="no customer_id column"):
            list(client.stream(validate, to_validation(tables), idle_s=20, deadline_s=20))
        assert upstream_over.wait(3)


def test_an_idle_upstream_is_named_and_not_the_stage_it_feeds() -> None:
    """A stage that waits for its input is not idle; the one that gives none is."""

    def stuck(_: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ingest_pb2.ParseResponse]:
        yield ingest_pb2.ParseResponse()
        while context.is_active():
            time.sleep(0.02)

    with (
        serving(INGEST, stuck) as upstream,
        serving(VALIDATION, checking) as downstream,
        opened(upstream.port) as first,
        opened(downstream.port) as second,
    ):
        parse = ingest_pb2_grpc.IngestServiceStub(first).Parse
        validate = validation_pb2_grpc.ValidationServiceStub(second).Validate
        tables = client.stream(parse, chunks(b"x"), idle_s=0.6, deadline_s=20)
        with pytest.raises(OutOfTime, match=r"0\.6 s"):
            list(client.stream(validate, to_validation(tables), idle_s=0.2, deadline_s=20))


def sized(total: int) -> ingest_pb2.ParseRequest:
    """A request that takes `total` bytes on the wire."""
    request = ingest_pb2.ParseRequest(chunk=bytes(total))
    return ingest_pb2.ParseRequest(chunk=bytes(total - (request.ByteSize() - total)))


@pytest.mark.parametrize("over", [0, 1])
def test_a_request_at_the_limit_passes_and_one_above_is_too_large(over: int) -> None:
    """Eight mebibytes: gRPC's own RESOURCE_EXHAUSTED is read as TooLarge, not as a limit that time would lift."""
    request = sized(server.MESSAGE_BYTES_MAX + over)
    assert server.MESSAGE_BYTES_MAX + over == request.ByteSize()
    with serving(INGEST, holding) as running, opened(running.port) as channel:
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        assert ("TooLarge" if over else "1 answer") == outcome(parse, request)


@pytest.mark.parametrize("over", [0, 1])
def test_an_answer_at_the_limit_passes_and_one_above_is_too_large(over: int) -> None:
    """The limit holds in both directions."""
    total = server.MESSAGE_BYTES_MAX + over
    response = ingest_pb2.ParseResponse(batch=table_pb2.Batch(arrow_stream=bytes(total)))
    response.batch.arrow_stream = bytes(total - (response.ByteSize() - total))
    assert total == response.ByteSize()
    with serving(INGEST, lambda *_: iter([response])) as running, opened(running.port) as channel:
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        assert ("TooLarge" if over else "1 answer") == outcome(parse, ingest_pb2.ParseRequest())


def test_a_request_that_a_stranger_sends_above_the_limit_is_too_large() -> None:
    """The server refuses by itself, whatever limit the caller has set for what it sends."""
    with serving(INGEST, holding) as running:
        channel = grpc.insecure_channel(f"127.0.0.1:{running.port}", [("grpc.max_send_message_length", -1)])
        parse = ingest_pb2_grpc.IngestServiceStub(channel).Parse
        assert "TooLarge" == outcome(parse, sized(server.MESSAGE_BYTES_MAX + 1))
        channel.close()


def outcome(parse: Any, request: ingest_pb2.ParseRequest) -> str:
    """How the stream of this one request ended."""
    try:
        return f"{len(parsed(parse, [request]))} answer"
    except TooLarge:
        return "TooLarge"


@pytest.mark.parametrize("kind", KINDS.values())
def test_each_kind_crosses_the_wire(kind: type[RetainWiseError]) -> None:
    """A servicer raises, the client raises the same: kind, finer name, sentence and hint."""
    own = type("Own", (kind,), {})

    def raising(*_: Any) -> Iterator[Any]:
        raise own("the sentence", retry_after_s=7)
        yield

    with serving(INGEST, raising) as running, opened(running.port) as channel, pytest.raises(kind) as caught:
        parsed(ingest_pb2_grpc.IngestServiceStub(channel).Parse, chunks(b"x"))
    error = caught.value
    assert ("Own", "the sentence", 7) == (type(error).__name__, error.message, error.retry_after_s)


def test_the_longest_message_crosses_the_wire_as_itself() -> None:
    """Trailers over gRPC's 8 KiB would be replaced by another error; ours are shortened instead."""

    def raising(*_: Any) -> Iterator[Any]:
        raise InvalidInput("語" * 100_000)
        yield

    with serving(INGEST, raising) as running, opened(running.port) as channel, pytest.raises(InvalidInput) as caught:
        parsed(ingest_pb2_grpc.IngestServiceStub(channel).Parse, chunks(b"x"))
    assert caught.value.message.startswith("語語語")
