"""What surrounds every call on the server: trace, error kinds, token, admission; one layer each."""

import hmac
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import grpc

from libs import telemetry
from libs.errors import Internal, OutOfTime, RetainWiseError, Unauthenticated, Unavailable, kind_of
from libs.rpc import status

HEALTH = "/grpc.health."
REFLECTION = "/grpc.reflection."

REQUEST_ID_KEY = "x-request-id"
TOKEN_KEY = "authorization"

RESERVE_S = 0.02
"""Kept back of a caller's deadline, so that it hears our reason and not its own timeout."""

SETTLE_S = 0.005

RETRY_AFTER_S = 1.0

log = telemetry.logger(__name__)
_seconds = telemetry.histogram("retainwise.rpc.server.seconds", "s", "time to serve a call, by method and outcome")
_errors = telemetry.counter("retainwise.rpc.server.errors", "1", "calls that failed, by method and kind")


@dataclass(frozen=True)
class Call:
    """One call as its layers see it. method: "/package.Service/Method"."""

    method: str
    context: grpc.ServicerContext

    def metadata(self, key: str) -> str:
        """The first text value of `key` in the caller's metadata; empty where it sent none."""
        values = (value for name, value in self.context.invocation_metadata() if name == key)
        value = next(values, "")
        return value if isinstance(value, str) else value.decode("ascii", "replace")

    def check_time(self) -> None:
        """Raises OutOfTime once the caller's deadline is RESERVE_S away."""
        remaining_s = self.context.time_remaining()
        if remaining_s is not None and remaining_s < RESERVE_S:
            raise OutOfTime("the work could not be finished within the time the caller allowed")


Layer = Callable[[Call], AbstractContextManager[None]]
"""Entered before a call's handler runs, left when it has given its last response or was abandoned."""


class Layers(grpc.ServerInterceptor):
    """Runs every handler inside the layers, the first outermost. Health passes by: it must answer whatever happens."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers

    def intercept_service(
        self,
        continuation: "Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler[Any, Any] | None]",
        handler_call_details: grpc.HandlerCallDetails,
    ) -> "grpc.RpcMethodHandler[Any, Any] | None":
        handler = continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or method.startswith(HEALTH):
            return handler
        incoming = "stream" if handler.request_streaming else "unary"
        outgoing = "stream" if handler.response_streaming else "unary"
        behaviour = getattr(handler, f"{incoming}_{outgoing}")
        surround = self._streaming if handler.response_streaming else self._single
        make = getattr(grpc, f"{incoming}_{outgoing}_rpc_method_handler")
        wrapped: grpc.RpcMethodHandler[Any, Any] = make(
            surround(method, behaviour, _whole if handler.request_streaming else _single_request),
            handler.request_deserializer,
            handler.response_serializer,
        )
        return wrapped

    def _single(self, method: str, behaviour: Any, received: Any) -> Callable[[Any, grpc.ServicerContext], Any]:
        def surrounded(request: Any, context: grpc.ServicerContext) -> Any:
            call = Call(method, context)
            with self._around(call):
                call.check_time()
                return behaviour(received(request, call), context)

        return surrounded

    def _streaming(self, method: str, behaviour: Any, received: Any) -> Callable[[Any, grpc.ServicerContext], Any]:
        # A generator, because grpc takes one response after the other in one thread and drops the iterator when
        # the call is over, however it ended: so the layers are left exactly once, and only when the handler
        # itself has stopped working.
        def surrounded(request: Any, context: grpc.ServicerContext) -> Iterator[Any]:
            call = Call(method, context)
            with self._around(call):
                call.check_time()
                responses = behaviour(received(request, call), context)
                try:
                    for response in responses:
                        call.check_time()
                        yield response
                finally:
                    if isinstance(responses, Generator):
                        responses.close()

        return surrounded

    @contextmanager
    def _around(self, call: Call) -> Iterator[None]:
        with ExitStack() as stack:
            for layer in self._layers:
                stack.enter_context(layer(call))
            yield


@contextmanager
def answered(call: Call) -> Iterator[None]:
    """Ends a failed call with the kind's status and trailer."""
    try:
        yield
    except RetainWiseError as error:
        call.context.set_trailing_metadata(status.trailer(error))
        call.context.abort(status.STATUS[kind_of(error)], status.details(error))
    except CallerLeft:
        call.context.abort(grpc.StatusCode.CANCELLED, "the caller left")


@contextmanager
def traced(call: Call) -> Iterator[None]:
    """Continues the caller's trace and request id."""
    carrier = {key: call.metadata(key) for key in ("traceparent", "tracestate") if call.metadata(key)}
    with (
        telemetry.request(call.metadata(REQUEST_ID_KEY)),
        telemetry.continued(carrier),
        telemetry.span(call.method.strip("/"), role="server"),
    ):
        yield


@contextmanager
def reported(call: Call) -> Iterator[None]:
    """Measures and logs the call. What is no kind of ours is a bug: the log gets its frames, the caller Internal."""
    started = time.monotonic()
    outcome, fields = "OK", {}
    try:
        yield
    except GeneratorExit:  # grpc dropped the responses: the caller cancelled or its deadline passed
        outcome = "Cancelled"
        raise
    except Exception as error:
        if _caller_left(error):
            outcome = "Cancelled"
            raise CallerLeft from error
        outcome = kind_of(error).__name__
        if not isinstance(error, RetainWiseError):
            log.error("a call failed by a fault of ours", exc_info=True, extra={"method": call.method})
            raise Internal(status.NEUTRAL) from error
        fields = {"code": type(error).__name__, "reason": error.message}
        raise
    finally:
        seconds = time.monotonic() - started
        _seconds.record(seconds, method=call.method, outcome=outcome)
        if outcome not in ("OK", "Cancelled"):
            _errors.add(1, method=call.method, kind=outcome)
        log.info(
            "call served", extra={"method": call.method, "outcome": outcome, "seconds": round(seconds, 4), **fields}
        )


class CallerLeft(Exception):
    """The requests broke off because the caller cancelled, died or ran out of time: nobody's bug here."""


def _whole(requests: Iterator[Any], call: Call) -> Iterator[Any]:
    """The requests of a stream. Raises CallerLeft where they end because the call is over.

    grpc raises RpcError then, but often (14 of 100 cancellations, measured) it lets the iterator end as if the
    table were whole, and knows of the cancellation a moment later; so a regular end is believed after SETTLE_S.
    """
    over = threading.Event()
    if not call.context.add_callback(over.set):
        raise CallerLeft
    try:
        yield from requests
    except grpc.RpcError as error:
        raise CallerLeft from error
    if over.wait(SETTLE_S):
        raise CallerLeft


def _single_request(request: Any, _: Call) -> Any:
    return request


def _caller_left(error: BaseException) -> bool:
    """Whether `error` is CallerLeft or was raised because of it."""
    chain: BaseException | None = error
    while chain is not None and not isinstance(chain, CallerLeft):
        chain = chain.__cause__ or chain.__context__
    return chain is not None


def token_checked(token: str) -> Layer:
    """Refuses callers whose `authorization` is not `Bearer <token>`."""
    expected = f"Bearer {token}".encode()

    @contextmanager
    def checked(call: Call) -> Iterator[None]:
        if not hmac.compare_digest(call.metadata(TOKEN_KEY).encode(), expected):
            raise Unauthenticated("the service token is missing or not the one this service was started with")
        yield

    return checked


def admitted(workers: int) -> Layer:
    """Lets in so many streams that two of the `workers` threads stay free, and refuses the rest at once.

    Every open stream holds a thread. Without this the ones waiting would queue before the health check, and
    the service that works hardest would be taken for dead. One free thread is for health and refusals; the
    other may be held by one reflection stream.
    """
    stages, reflections = threading.BoundedSemaphore(workers - 2), threading.BoundedSemaphore(1)

    @contextmanager
    def held(call: Call) -> Iterator[None]:
        places = reflections if call.method.startswith(REFLECTION) else stages
        if not places.acquire(blocking=False):
            raise Unavailable(
                "every place of this service is taken; try again in a second", retry_after_s=RETRY_AFTER_S
            )
        try:
            yield
        finally:
            places.release()

    return held
