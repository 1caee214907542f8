"""The kinds of error, from end to end: one vocabulary for stages, gRPC and HTTP; imports nothing.

A kind says what the caller can do about the fault. A stage names its own errors as children
of a kind (`class EmptyTable(InvalidInput)`); `kind_of` finds the kind again, `libs.rpc.status`
carries it over gRPC and `services.gateway.problems` dresses it for HTTP.

    RetainWiseError
      InvalidInput       these bytes or arguments can never work
      Unauthenticated    who are you
      Forbidden          not yours
      NotFound           no such job, model, tenant
      NotReady           something must happen first (map, train)
      Conflict           it moved since you read it
      TooLarge           over a size limit
      RateLimited        too many calls; see `retry_after_s`
      PlanLimit          the plan's quota or feature ends here
      Unavailable        a dependency is down
      OutOfTime          the deadline passed
      Internal           our bug; the detail stays in the log
"""


class RetainWiseError(Exception):
    """Any fault with a message for a person.

    message: names the thing, what was seen and what would work; never holds PII.
    retry_after_s: seconds to wait before trying again, where that is known.
    """

    retryable = False

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after_s = retry_after_s


class InvalidInput(RetainWiseError):
    """These bytes or arguments can never work."""


class Unauthenticated(RetainWiseError):
    """The caller did not say who they are, or not believably."""


class Forbidden(RetainWiseError):
    """The caller is known and may not do this."""


class NotFound(RetainWiseError):
    """There is no such thing, or none that this caller may see."""


class NotReady(RetainWiseError):
    """Something must happen first."""


class Conflict(RetainWiseError):
    """It moved since the caller read it."""


class TooLarge(RetainWiseError):
    """Over a size limit that more tries will not lift."""


class RateLimited(RetainWiseError):
    """Too many calls; wait `retry_after_s`."""

    retryable = True


class PlanLimit(RetainWiseError):
    """The plan's quota or feature ends here."""


class Unavailable(RetainWiseError):
    """A dependency is down or full; the same call may work later."""

    retryable = True


class OutOfTime(RetainWiseError):
    """The deadline passed; stages are idempotent, so the call may be repeated."""

    retryable = True


class Internal(RetainWiseError):
    """A fault of ours. The message is safe to show; the detail is in the log."""


KINDS: dict[str, type[RetainWiseError]] = {kind.__name__: kind for kind in RetainWiseError.__subclasses__()}


def kind_of(error: BaseException) -> type[RetainWiseError]:
    """The kind that `error` belongs to: the direct child of RetainWiseError, else Internal."""
    return next((kind for kind in KINDS.values() if isinstance(error, kind)), Internal)
