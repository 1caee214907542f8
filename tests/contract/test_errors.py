"""Every kind of error has a row in both tables: gRPC's and HTTP's."""

import grpc

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
)
from libs.rpc import status
from services.gateway import problems

EXPECTED: dict[type[RetainWiseError], tuple[str, int]] = {
    InvalidInput: ("INVALID_ARGUMENT", 422),
    Unauthenticated: ("UNAUTHENTICATED", 401),
    Forbidden: ("PERMISSION_DENIED", 403),
    NotFound: ("NOT_FOUND", 404),
    NotReady: ("FAILED_PRECONDITION", 409),
    Conflict: ("ABORTED", 409),
    TooLarge: ("RESOURCE_EXHAUSTED", 413),
    RateLimited: ("RESOURCE_EXHAUSTED", 429),
    PlanLimit: ("RESOURCE_EXHAUSTED", 402),
    Unavailable: ("UNAVAILABLE", 503),
    OutOfTime: ("DEADLINE_EXCEEDED", 504),
    Internal: ("INTERNAL", 500),
}
"""The promise to callers, written down a second time so that a changed row is noticed."""


def test_every_kind_is_promised_here() -> None:
    """A new kind is added to both tables and to this one."""
    assert set(EXPECTED) == set(KINDS.values())


def test_every_kind_has_a_grpc_status() -> None:
    """libs.rpc.status owns the column."""
    assert {kind: grpc.StatusCode[row[0]] for kind, row in EXPECTED.items()} == status.STATUS


def test_every_kind_has_an_http_status() -> None:
    """services.gateway.problems owns the column; HTTP is chosen from the kind, not from the gRPC code."""
    assert {kind: row[1] for kind, row in EXPECTED.items()} == problems.STATUS


def test_what_may_be_tried_again_says_so() -> None:
    """Callers retry by the kind's own word."""
    assert {RateLimited, Unavailable, OutOfTime} == {kind for kind in KINDS.values() if kind.retryable}
