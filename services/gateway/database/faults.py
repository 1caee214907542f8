"""Turns the database's errors into ours, once, at the border."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from libs.errors import Conflict, Internal, NotReady, RetainWiseError, Unavailable

UNDEFINED_TABLE = "42P01"  # Postgres's code; SQLite has only its words


class Clash(Conflict):
    """A row with this key is there already, or the row it names is not."""


@contextmanager
def renamed() -> Iterator[None]:
    """Raises the kind that fits a fault of the database. Messages hold no values of rows."""
    try:
        yield
    except exc.SQLAlchemyError as error:
        raise _kind(error) from error


def _kind(error: exc.SQLAlchemyError) -> RetainWiseError:
    cause = error.orig if isinstance(error, exc.DBAPIError) else None
    if getattr(cause, "sqlstate", None) == UNDEFINED_TABLE or str(cause).startswith("no such table"):
        return NotReady("the database has no tables yet: run `python -m services.gateway.database upgrade`")
    if isinstance(error, exc.IntegrityError):
        return Clash("the database holds this already, or not what it refers to")
    if isinstance(error, exc.TimeoutError):
        return Unavailable("all connections to the database are busy")
    if isinstance(error, (exc.OperationalError, exc.InterfaceError)) or (
        isinstance(error, exc.DBAPIError) and error.connection_invalidated
    ):
        return Unavailable(f"the database does not answer ({type(cause).__name__})")
    return Internal("the database refused a statement of ours")
