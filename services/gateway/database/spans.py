"""A trace span around every statement: its kind and the database's, never its text or values."""

from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

from libs import telemetry

QUIET = "retainwise_quiet"  # execution option of statements that run several times a second and mostly find nothing
OPEN = "retainwise_span"


def trace(engine: Engine) -> None:
    """From now on the engine's statements are spans."""
    system = engine.dialect.name

    @event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if connection.get_execution_options().get(QUIET):
            return
        kind = statement.split(None, 1)[0].upper()
        span = telemetry.span(f"database {kind}", role="client", system=system, operation=kind)
        span.__enter__()
        connection.info[OPEN] = span

    @event.listens_for(engine, "after_cursor_execute")
    def end(connection: Connection, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        span: AbstractContextManager[Any] | None = connection.info.pop(OPEN, None)
        if span is not None:
            span.__exit__(None, None, None)

    @event.listens_for(engine, "handle_error")
    def fail(fault: ExceptionContext) -> None:
        span = fault.connection.info.pop(OPEN, None) if fault.connection is not None else None
        if span is not None:
            error = fault.original_exception
            span.__exit__(type(error), error, error.__traceback__)
