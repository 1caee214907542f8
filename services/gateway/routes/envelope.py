"""What every request and answer gets: an id, a span, a log line, figures, and headers that keep browsers careful."""

import logging
import re
import time
import uuid
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import ClientDisconnect

from libs import telemetry
from libs.errors import Internal
from services.gateway import problems

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

UNKNOWN_ROUTE = "(unknown)"
"""Stands for paths that no route takes: they are a stranger's text, and may hold anything."""

PROBES = ("/healthz", "/readyz")
"""Asked every second by whoever watches: not worth a line while all is well."""

CLIENT_GONE = 499
"""Logged when the caller hung up before the answer; never sent."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent unless the route set its own: answers hold customers, and are neither pages nor to be kept."""

log = telemetry.logger(__name__)
_seconds = telemetry.histogram("http.server.request.duration", "s", "time from request to the last byte of the answer")


class Envelope:
    """ASGI middleware; outermost but for the framework's own last resort, which it leaves nothing to do."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        request_id = sent.get("x-request-id", "")
        if not REQUEST_ID.fullmatch(request_id):
            request_id = uuid.uuid4().hex
        answer = _Answer(send, request_id)
        method = scope["method"] if scope["method"] in METHODS else "(other)"
        with (
            telemetry.request(request_id),
            telemetry.continued({name: sent[name] for name in ("traceparent", "tracestate") if name in sent}),
            telemetry.span(f"HTTP {method}", role="server", **{"http.request.method": method}),
        ):
            await self._served(scope, receive, answer, method)

    async def _served(self, scope: Scope, receive: Receive, answer: "_Answer", method: str) -> None:
        started = time.perf_counter()
        failure: Exception | None = None
        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            answer.status = CLIENT_GONE
        except Exception as error:  # noqa: BLE001 the last place that can still answer; it is logged below
            failure = error
            if answer.status is None:
                await problems.of_error(Internal(problems.OUR_FAULT))(scope, receive, answer)
        # An answer that broke off half-way is left unfinished: the server then cuts the connection,
        # so that the caller does not take half a file for a whole one.
        seconds = time.perf_counter() - started
        route = getattr(scope.get("route"), "path", UNKNOWN_ROUTE)
        status = answer.status or CLIENT_GONE
        _seconds.record(
            seconds, **{"http.request.method": method, "http.route": route, "http.response.status_code": status}
        )
        telemetry.mark(**{"http.route": route, "http.response.status_code": status})
        log.log(
            _level(route, status, failure),
            "request",
            extra={"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)},
            exc_info=failure,
        )


def _level(route: str, status: int, failure: Exception | None) -> int:
    if failure or status >= 500:
        return logging.ERROR
    return logging.DEBUG if route in PROBES else logging.INFO


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Answer:
    """Sends on, adding headers to the answer's start. status: None until it started."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._request_id = request_id
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            present = {name.lower() for name, _ in headers}
            added = {"X-Request-Id": self._request_id, **HEADERS}
            headers += [
                (name.lower().encode(), value.encode())
                for name, value in added.items()
                if name.lower().encode() not in present
            ]
            message = {**message, "headers": headers}
        await self._send(message)
