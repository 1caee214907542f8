"""Opens the database, SQLite or Postgres, and hands out its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError

from libs.errors import Internal, InvalidInput
from services.gateway.database import spans
from services.gateway.database.faults import renamed

WRITES = "retainwise_writes"
BUSY_TIMEOUT_S = 30
CONNECT_TIMEOUT_S = 10


class Database:
    """One pool of connections. Every fault inside its transactions is raised as a kind of libs.errors."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})

    @property
    def dialect(self) -> str:
        """ "sqlite" or "postgresql"."""
        return self._engine.dialect.name

    @contextmanager
    def read(self, *, quiet: bool = False) -> Iterator[Connection]:
        """A transaction that only reads. quiet: no trace spans, for polling."""
        with renamed(), self._engine.connect() as connection:
            yield connection.execution_options(**{spans.QUIET: quiet})

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that may write; committed at its end, rolled back if an exception passes."""
        with renamed(), self._writer.begin() as connection:
            yield connection

    def now(self, connection: Connection) -> datetime:
        """The time in UTC that leases are measured by: the server's, so that workers' clocks need not agree."""
        if self.dialect == "sqlite":
            return datetime.now(UTC)
        # clock_timestamp, because now() would be the transaction's start, before it waited for any lock.
        server: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return server.astimezone(UTC)

    def ping(self) -> None:
        """Raises Unavailable unless the database answers."""
        with self.read(quiet=True) as connection:
            connection.execute(text("SELECT 1"))

    def pool_in_use(self) -> int:
        """Connections handed out at this moment, as a gauge reads it."""
        pool = self._engine.pool
        if not isinstance(pool, QueuePool):
            raise Internal("the database's pool does not count its connections")
        return pool.checkedout()

    def close(self) -> None:
        """Gives all connections back to the system."""
        self._engine.dispose()


def open_database(
    url: str,
    *,
    pool_size: int = 5,
    pool_overflow: int = 10,
    pool_timeout_s: float = 30,
    pool_recycle_s: int = 3600,
) -> Database:
    """The database at `url`: "sqlite:///file.db" or "postgresql://user@host/name". Does not connect yet.

    pool_size, pool_overflow: connections kept, and lent beyond that. pool_timeout_s: wait for a free one.
    pool_recycle_s: age at which one is replaced. Raises InvalidInput for another kind of address.
    """
    address = _address(url)
    engine = create_engine(
        address,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=pool_overflow,
        pool_timeout=pool_timeout_s,
        pool_recycle=pool_recycle_s,
        pool_pre_ping=True,
        hide_parameters=True,  # values of rows stay out of errors and logs
        connect_args=_connect_args(address),
    )
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    spans.trace(engine)
    return Database(engine)


def is_there(url: str) -> bool:
    """Whether connecting would find a database: opening an SQLite file that is missing would make an empty one."""
    address = _address(url)
    return address.get_backend_name() != "sqlite" or Path(str(address.database)).is_file()


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise InvalidInput("the database address is neither sqlite:///file.db nor postgresql://…") from error
    kind = address.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    raise InvalidInput(f"the database address is of kind {kind!r}; it must be sqlite:///file.db or postgresql://…")


def _connect_args(address: URL) -> dict[str, Any]:
    if address.get_backend_name() == "sqlite":
        return {"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}
    return {"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "retainwise", "options": "-c timezone=UTC"}


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def settle(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        # The mode stays with the file, and changing it needs the file to itself: so only where it is not set yet.
        if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that reads before it writes fails as soon as another one wrote in between.
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
