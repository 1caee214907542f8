"""Spans around statements: their kind, and nothing of their text."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from libs import telemetry
from libs.errors import RetainWiseError
from services.gateway.database.engine import Database, open_database


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, object], str]]:
    """What is traced: name, attributes, and how it ended."""
    seen: list[tuple[str, dict[str, object], str]] = []

    @contextmanager
    def span(name: str, /, **attributes: object) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            seen.append((name, attributes, type(error).__name__))
            raise
        seen.append((name, attributes, "ok"))

    monkeypatch.setattr(telemetry, "span", span)
    return seen


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An empty SQLite database."""
    return open_database(f"sqlite:///{tmp_path}/x.db")


def test_statements_are_spans(database: Database, spans: list[tuple[str, dict[str, object], str]]) -> None:
    """Each statement is a span with its kind and the database's; no text, no values."""
    with database.write() as connection:
        connection.execute(text("CREATE TABLE secret (n INTEGER)"))
        connection.execute(text("INSERT INTO secret VALUES (:n)"), {"n": 42})
    assert ["database BEGIN", "database CREATE", "database INSERT"] == [name for name, _, _ in spans]
    assert {"role": "client", "system": "sqlite", "operation": "INSERT"} == spans[-1][1]


def test_a_statement_that_fails_ends_its_span(
    database: Database, spans: list[tuple[str, dict[str, object], str]]
) -> None:
    """The span of a failed statement ends with the error, and the next one is not inside it."""
    with pytest.raises(RetainWiseError), database.read() as connection:
        connection.execute(text("SELECT n FROM missing"))
    assert ("database SELECT", "OperationalError") == (spans[-1][0], spans[-1][2])


def test_polling_is_quiet(database: Database, spans: list[tuple[str, dict[str, object], str]]) -> None:
    """What runs several times a second leaves no spans."""
    with database.read(quiet=True) as connection:
        connection.execute(text("SELECT 1"))
    assert [] == spans
