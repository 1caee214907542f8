"""The database's errors, renamed."""

import pytest
from sqlalchemy import exc

from libs.errors import Conflict, Internal, NotReady, RetainWiseError, Unavailable
from services.gateway.database.faults import renamed


class UndefinedTable(Exception):
    """As psycopg raises it."""

    sqlstate = "42P01"


FAULTS: list[tuple[exc.SQLAlchemyError, type[RetainWiseError]]] = [
    (exc.OperationalError("SELECT", {}, Exception("database is locked")), Unavailable),
    (exc.InterfaceError("SELECT", {}, Exception("connection already closed")), Unavailable),
    (exc.DBAPIError("SELECT", {}, Exception("gone"), connection_invalidated=True), Unavailable),
    (exc.TimeoutError("QueuePool limit"), Unavailable),
    (exc.IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: jobs.id")), Conflict),
    (exc.OperationalError("SELECT", {}, Exception("no such table: jobs")), NotReady),
    (exc.ProgrammingError("SELECT", {}, UndefinedTable()), NotReady),
    (exc.ProgrammingError("SELECT", {}, Exception("syntax error")), Internal),
    (exc.InvalidRequestError("closed transaction"), Internal),
]


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
def test_each_fault_has_a_kind(fault: exc.SQLAlchemyError, kind: type[RetainWiseError]) -> None:
    """What can be waited out is Unavailable; what is our bug, Internal; the cause stays attached."""
    with pytest.raises(kind) as caught, renamed():
        raise fault
    assert fault is caught.value.__cause__


def test_messages_hold_no_values() -> None:
    """A database's words may quote a row; ours do not."""
    with pytest.raises(Conflict) as caught, renamed():
        raise exc.IntegrityError("INSERT", {}, Exception("Key (email)=(ann@example.com) already exists"))
    assert "ann" not in caught.value.message


def test_other_exceptions_pass() -> None:
    """What does not come from the database is not touched."""
    with pytest.raises(KeyError), renamed():
        raise KeyError("x")
