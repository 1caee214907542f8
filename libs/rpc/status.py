"""The kinds of error as gRPC statuses: the table, and the trailer that carries a kind from server to client."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

import grpc
from google.protobuf.message import DecodeError

from libs.contracts.errors.v1 import errors_pb2
from libs.errors import (
    KINDS,
    Conflict,
    Forbidden,
    Internal,
    InvalidInput,
    NotFound,
    NotReady,
    OutOfTime,
    PlanLimit,
    RateLimited,
    RetainWiseError,
    TooLarge,
    Unauthenticated,
    Unavailable,
    kind_of,
)

STATUS: dict[type[RetainWiseError], grpc.StatusCode] = {
    InvalidInput: grpc.StatusCode.INVALID_ARGUMENT,
    Unauthenticated: grpc.StatusCode.UNAUTHENTICATED,
    Forbidden: grpc.StatusCode.PERMISSION_DENIED,
    NotFound: grpc.StatusCode.NOT_FOUND,
    NotReady: grpc.StatusCode.FAILED_PRECONDITION,
    Conflict: grpc.StatusCode.ABORTED,
    TooLarge: grpc.StatusCode.RESOURCE_EXHAUSTED,
    RateLimited: grpc.StatusCode.RESOURCE_EXHAUSTED,
    PlanLimit: grpc.StatusCode.RESOURCE_EXHAUSTED,
    Unavailable: grpc.StatusCode.UNAVAILABLE,
    OutOfTime: grpc.StatusCode.DEADLINE_EXCEEDED,
    Internal: grpc.StatusCode.INTERNAL,
}

TRAILER = "retainwise-error-bin"

MESSAGE_BYTES_MAX = 3000
"""Bytes of an error's message, in the trailer and again in the status: together they stay below the
8 KiB of metadata that peers accept by default, beyond which the error would arrive as another one."""

NEUTRAL = "something went wrong on our side; the log has the detail"

# What a status means that our interceptor did not write, so gRPC itself, a proxy or a stranger did.
_WITHOUT_TRAILER: dict[grpc.StatusCode, tuple[type[RetainWiseError], str]] = {
    grpc.StatusCode.RESOURCE_EXHAUSTED: (TooLarge, "a message is larger than the 8 MiB that can be carried"),
    grpc.StatusCode.UNAVAILABLE: (Unavailable, "the service cannot be reached; try again in a moment"),
    grpc.StatusCode.DEADLINE_EXCEEDED: (OutOfTime, "the service did not finish within the time allowed"),
    grpc.StatusCode.UNAUTHENTICATED: (Unauthenticated, "the service does not accept the caller's credentials"),
}


def trailer(error: RetainWiseError) -> tuple[tuple[str, bytes], ...]:
    """The trailing metadata that lets the client raise `error` again."""
    kind = kind_of(error).__name__
    code = type(error).__name__
    detail = errors_pb2.ErrorDetail(
        kind=kind,
        code="" if code == kind else code,
        message=_shortened(error.message, lambda text: text.encode()),
        retry_after_s=error.retry_after_s,
    )
    return ((TRAILER, detail.SerializeToString()),)


def details(error: RetainWiseError) -> str:
    """The status message, for callers that do not know the trailer."""
    return _shortened(error.message, lambda text: quote(text, safe=" ,.;:()"))


def error_from(status: grpc.Call) -> RetainWiseError:
    """The error that a failed call stands for: the server's own, or what its status means without our trailer.

    A stage's finer error comes back as a class of the same name below the same kind.
    """
    packed = next((value for key, value in status.trailing_metadata() or () if key == TRAILER), None)
    if isinstance(packed, bytes):
        try:
            detail = errors_pb2.ErrorDetail.FromString(packed)
        except DecodeError:
            return Internal(NEUTRAL)
        retry_after_s = detail.retry_after_s if detail.HasField("retry_after_s") else None
        return _class(detail.kind, detail.code)(detail.message, retry_after_s=retry_after_s)
    kind, message = _WITHOUT_TRAILER.get(status.code(), (Internal, NEUTRAL))
    return kind(message)


@lru_cache(maxsize=256)
def _class(kind: str, code: str) -> type[RetainWiseError]:
    if kind not in KINDS:
        return Internal
    return type(code, (KINDS[kind],), {}) if code.isidentifier() else KINDS[kind]


def _shortened(message: str, encoded: Callable[[str], str | bytes]) -> str:
    """The longest beginning of `message`, to a tenth, whose encoded form takes at most MESSAGE_BYTES_MAX."""
    if len(encoded(message)) <= MESSAGE_BYTES_MAX:
        return message
    kept = message[:MESSAGE_BYTES_MAX]
    while len(encoded(kept)) > MESSAGE_BYTES_MAX - 9:  # an ellipsis takes nine bytes when percent-encoded
        kept = kept[: len(kept) * 9 // 10]
    return kept + "…"
