"""HTTP answers and broken connections as the kinds of libs.errors."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from libs.errors import KINDS, Internal, InvalidInput, OutOfTime, RetainWiseError, Unavailable

SLUGS = {re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower(): kind for name, kind in KINDS.items()}
"""Kinds by the last part of a problem's type: /problems/invalid-input."""

PROXY_STATUSES = (502, 503, 504)
"""What stands before the service answers so while the service is away."""


def raised(response: httpx.Response) -> RetainWiseError:
    """The error that an answer of 400 or more stands for: the kind it names, or Internal where it names none."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict) or "detail" not in body:
        stranger = Unavailable if response.status_code in PROXY_STATUSES else Internal
        return stranger(f"{response.request.url.host} answered {response.status_code} {response.reason_phrase}")
    kind = SLUGS.get(str(body.get("type", "")).rpartition("/")[2], Internal)
    message = str(body["detail"])
    if kind is Internal:
        message = f"{message} ({body.get('request_id', 'no request id')})"
    return kind(message, retry_after_s=_seconds(response.headers.get("Retry-After", "")))


@contextmanager
def unreachable(url: httpx.URL | str) -> Iterator[None]:
    """Names the address when nobody answers there, or no longer. Raises Unavailable, OutOfTime, InvalidInput."""
    try:
        yield
    except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
        raise OutOfTime(f"RetainWise at {url} took too long to answer") from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise InvalidInput(f"{url} is no address; it looks like http://127.0.0.1:8000") from error
    except httpx.TransportError as error:
        raise Unavailable(f"RetainWise cannot be reached at {url}; does it run there?") from error


def _seconds(header: str) -> float | None:
    return float(header) if header.isdigit() else None
