"""The kinds of error as gRPC statuses and trailers."""

from dataclasses import dataclass

import grpc
import pytest

from libs.errors import (
    KINDS,
    Internal,
    InvalidInput,
    OutOfTime,
    RateLimited,
    RetainWiseError,
    TooLarge,
    Unauthenticated,
    Unavailable,
    kind_of,
)
from libs.rpc import status


class EmptyTable(InvalidInput):
    """A stage's own error."""


@dataclass(frozen=True)
class Ended:
    """A call that failed, as a client sees it."""

    status_code: grpc.StatusCode
    trailers: tuple[tuple[str, bytes], ...] | None = ()

    def code(self) -> grpc.StatusCode:
        return self.status_code

    def trailing_metadata(self) -> tuple[tuple[str, bytes], ...] | None:
        return self.trailers


def arrived(error: RetainWiseError) -> RetainWiseError:
    """The error as it arrives at the client."""
    return status.error_from(Ended(status.STATUS[kind_of(error)], status.trailer(error)))


@pytest.mark.parametrize("kind", KINDS.values())
def test_each_kind_arrives_as_itself(kind: type[RetainWiseError]) -> None:
    """Three kinds share RESOURCE_EXHAUSTED; the trailer tells them apart."""
    assert kind is type(arrived(kind("a sentence")))


def test_a_stages_own_error_keeps_its_name_and_kind() -> None:
    """The client needs no import of the stage to know the finer name."""
    error = arrived(EmptyTable("no rows"))
    assert ("EmptyTable", InvalidInput, "no rows") == (type(error).__name__, kind_of(error), error.message)


@pytest.mark.parametrize("retry_after_s", [None, 0.0, 1.5])
def test_the_hint_when_to_try_again_arrives(retry_after_s: float | None) -> None:
    """Zero seconds is a hint, absence is none."""
    assert retry_after_s == arrived(RateLimited("slower", retry_after_s=retry_after_s)).retry_after_s


@pytest.mark.parametrize("letter", ["a", "é", "語", "🙂"])
def test_a_long_message_is_shortened_to_fit_the_metadata(letter: str) -> None:
    """Metadata over 8 KiB would make the error arrive as another one."""
    error = InvalidInput(letter * 100_000)
    sizes = len(status.trailer(error)[0][1]) * 4 / 3 + len(status.details(error).encode()) * 3
    assert arrived(error).message.endswith(f"{letter}…") and sizes < 14_000


def test_a_short_message_is_left_alone() -> None:
    """What fits is carried whole."""
    assert "column 'größe' has 3 dates" == arrived(InvalidInput("column 'größe' has 3 dates")).message


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (grpc.StatusCode.RESOURCE_EXHAUSTED, TooLarge),
        (grpc.StatusCode.UNAVAILABLE, Unavailable),
        (grpc.StatusCode.DEADLINE_EXCEEDED, OutOfTime),
        (grpc.StatusCode.UNAUTHENTICATED, Unauthenticated),
        (grpc.StatusCode.UNKNOWN, Internal),
        (grpc.StatusCode.UNIMPLEMENTED, Internal),
        (grpc.StatusCode.INVALID_ARGUMENT, Internal),
    ],
)
@pytest.mark.parametrize("trailers", [(), None])
def test_a_status_without_our_trailer_is_grpcs_own(
    code: grpc.StatusCode, kind: type[RetainWiseError], trailers: tuple[()] | None
) -> None:
    """gRPC itself says RESOURCE_EXHAUSTED of a message over the limit and UNAVAILABLE of a peer that is not there."""
    assert kind is type(status.error_from(Ended(code, trailers)))


@pytest.mark.parametrize(
    "content", [b"\xff\xff", b"\x0a\x07Unheard\x1a\x01m"], ids=["not a message", "an unknown kind"]
)
def test_a_trailer_that_cannot_be_read_is_internal(content: bytes) -> None:
    """A newer service may know kinds that this caller does not."""
    assert Internal is type(status.error_from(Ended(grpc.StatusCode.ABORTED, ((status.TRAILER, content),))))
