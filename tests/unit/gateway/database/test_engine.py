"""Opening the database, and its transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from libs.errors import InvalidInput, Unavailable
from services.gateway.database.engine import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A SQLite database with a counter in it."""
    database = open_database(f"sqlite:///{tmp_path}/x.db", pool_size=1, pool_overflow=1, pool_timeout_s=0.1)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    return database


def value(database: Database) -> int:
    """What the counter shows."""
    with database.read() as connection:
        return int(connection.execute(text("SELECT n FROM counter")).scalar_one())


@pytest.mark.parametrize("url", ["", "x.db", "sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_other_addresses(url: str) -> None:
    """What is neither a SQLite file nor a Postgres server is refused with what would work."""
    with pytest.raises(InvalidInput, match=r"sqlite:///file\.db"):
        open_database(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_way_to_write_postgres(scheme: str) -> None:
    """The names that hosts give their addresses all mean the same driver; a server that is away is unavailable."""
    database = open_database(f"{scheme}://someone:secret@127.0.0.1:9/name")
    assert "postgresql" == database.dialect
    with pytest.raises(Unavailable, match="does not answer") as caught:
        database.ping()
    assert "secret" not in caught.value.message


def test_sqlite_is_set_up(database: Database) -> None:
    """Readers do not wait for writers, foreign keys hold, and a busy database is waited for."""
    with database.read() as connection:
        settings = [
            connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        ]
    assert ["wal", 1, 30_000] == settings


def test_an_exception_undoes_the_transaction(database: Database) -> None:
    """A write is all or nothing, and the exception goes on."""
    with pytest.raises(ZeroDivisionError), database.write() as connection:
        connection.execute(text("UPDATE counter SET n = 1"))
        raise ZeroDivisionError
    assert 0 == value(database)


def test_writers_that_read_first_do_not_fail_each_other(tmp_path: Path, database: Database) -> None:
    """Read, then write, from several threads at once: nobody fails and no increment is lost."""
    several = open_database(f"sqlite:///{tmp_path}/x.db")

    def increment(_: int) -> None:
        with several.write() as connection:
            n = connection.execute(text("SELECT n FROM counter")).scalar_one()
            connection.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(increment, range(100)))
    assert 100 == value(several)
    several.close()


def test_the_pool_is_counted_and_bounded(database: Database) -> None:
    """The gauge shows what is lent out; whoever finds the pool empty hears so after the timeout."""
    assert 0 == database.pool_in_use()
    with database.read() as first, database.read() as second:
        first.execute(text("SELECT 1"))
        second.execute(text("SELECT 1"))
        assert 2 == database.pool_in_use()
        with pytest.raises(Unavailable, match="busy"):
            database.ping()
    assert 0 == database.pool_in_use()


def test_the_time(database: Database) -> None:
    """Now is now, in UTC."""
    with database.read() as connection:
        now = database.now(connection)
    assert timedelta(0) == now.utcoffset()
    assert abs(datetime.now(UTC) - now) < timedelta(seconds=5)
