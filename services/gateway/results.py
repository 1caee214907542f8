"""Results queried where they rest: Parquet through DuckDB, from files cached immutably on local disk."""

import contextlib
import csv
import io
import json
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from libs.errors import NotFound, Unavailable
from services.gateway.caching import Derived, FileCache, Gone
from services.gateway.choosing import Filter, Sort
from services.gateway.contacts import Contacts, Step, steps
from services.gateway.domain import Artifact
from services.gateway.downloads import Downloads
from services.gateway.leftovers import OwnFolder
from services.gateway.lockdown import locked_down, quoted
from services.gateway.recent import Recent
from services.gateway.result_columns import (
    IMPACT,
    chosen_columns,
    exported,
    feature_of,
    harmless,
    identifier,
    source,
    types,
)

QUERIES_WAITING_MAX = 16
"""Queries that may wait for their turn; each holds a thread, of which the server has 40."""

File = Artifact | Derived
"""What is queried: a prediction's results or another table of it, or what is made from several."""


@dataclass(frozen=True)
class Impact:
    """One bar of a waterfall. title: the feature in a person's words. impact: probability points as a fraction."""

    feature: str
    title: str
    impact: float
    actionable: bool


@dataclass(frozen=True)
class Csv:
    """A CSV in two pieces: its header line, and an open file of its rows, gone from disk once it is closed."""

    header: bytes
    rows: BinaryIO


class Results:
    """Queries over artifacts, at most `queries_max` at once, each on a cursor of its own.

    One connection shared by threads has given wrong answers; a cursor is a connection to the same database.
    Every method blocks, and raises NotFound when the store no longer has the artifact and Unavailable when
    too many queries wait or the copy on disk cannot be had.
    """

    def __init__(
        self,
        cache: FileCache,
        work_dir: Path,
        *,
        queries_max: int,
        wait_s: float,
        memory_mib: int,
        spill_bytes_max: int,
        threads: int,
        downloads_bytes_max: int,
    ) -> None:
        """work_dir: for spilling and finished exports; this process makes its own folder there.

        memory_mib, spill_bytes_max: of all queries together. downloads_bytes_max: of the exports that are being read.
        """
        self._cache = cache
        self.recent = Recent()
        self._folder = OwnFolder(work_dir, "work-")
        self._work = self._folder.path
        self._turns = threading.BoundedSemaphore(queries_max)
        self._places = threading.BoundedSemaphore(queries_max + QUERIES_WAITING_MAX)
        self._export_turn = threading.BoundedSemaphore(1)
        self._downloads = Downloads(downloads_bytes_max)
        self._wait_s = wait_s
        self._opening = threading.Lock()
        self._database = locked_down(
            [cache.folder, self._work],
            self._work / "spill",
            memory_mib=memory_mib,
            spill_bytes_max=spill_bytes_max,
            threads=threads,
        )

    def page(
        self, file: File, chosen: Filter, sort: Sort, page: int, page_size: int
    ) -> tuple[int, list[dict[str, Any]]]:
        """How many customers there are in all, and those of the page (from 1)."""
        where, parameters = chosen.where()
        with self.query(file) as (cursor, path, columns):
            # The rows of the page are found by their sort keys alone and then read: sorting whole rows
            # takes five times as long and holds them all. One scan counts them too.
            total, numbers = one(
                cursor,
                f"WITH chosen AS MATERIALIZED (SELECT file_row_number, {', '.join(dict.fromkeys(sort.columns))}"
                f" FROM ({source(columns)}) WHERE {where}) SELECT (SELECT count(*) FROM chosen),"
                f" ARRAY(SELECT file_row_number FROM chosen ORDER BY {sort.sql} LIMIT ? OFFSET ?)",
                [path, *parameters, page_size, (page - 1) * page_size],
            )
            rows = _rows(
                cursor,
                f"SELECT {chosen_columns(columns)} FROM ({source(columns)}) WHERE file_row_number IN (SELECT unnest(?))"
                f" ORDER BY {sort.sql}",
                [path, numbers],
            )
            return total, rows

    def count(self, file: File, chosen: Filter) -> int:
        """How many customers the filter lets through."""
        where, parameters = chosen.where()
        with self.query(file) as (cursor, path, columns):
            query = f"SELECT count(*) FROM ({source(columns)}) WHERE {where}"
            return int(one(cursor, query, [path, *parameters])[0])

    def customer(self, file: File, customer_id: str) -> tuple[dict[str, Any], list[Impact]]:
        """One customer's row, and the whole waterfall, greatest first; empty where reasons are not personal.

        Raises NotFound.
        """
        with self.query(file) as (cursor, path, columns):
            bars = [name for name in columns if name.startswith(IMPACT)]
            rows = _rows(
                cursor,
                f"SELECT {', '.join([chosen_columns(columns), *map(identifier, bars)])} FROM ({source(columns)})"
                " WHERE customer_id = ? ORDER BY source_row LIMIT 1",
                [path, customer_id],
            )
            schema = pq.read_schema(path)
        if not rows:
            raise NotFound("this prediction has no customer with that id")
        found = [_impact(schema.field(name), impact) for name in bars if (impact := rows[0].pop(name)) is not None]
        return rows[0], sorted(found, key=lambda bar: -abs(bar.impact))

    def contacts(self, file: File, chosen: Filter, budget: int) -> Contacts:
        """What contacting at most `budget` of the chosen customers is expected to save, the best of them first."""
        where, parameters = chosen.where()
        with self.query(file) as (cursor, path, columns):
            worth = f"FROM ({source(columns)}) WHERE {where} AND saved_revenue > 0"
            count = min(budget, one(cursor, f"SELECT count(*) {worth}", [path, *parameters])[0])
            curve = cursor.execute(
                "SELECT place, saved"
                " FROM (SELECT row_number() OVER best AS place, sum(saved_revenue) OVER best AS saved"
                f" {worth} WINDOW best AS (ORDER BY {Sort.SAVED_REVENUE_DOWN.sql} ROWS UNBOUNDED PRECEDING))"
                " WHERE list_contains(?, place) ORDER BY place",
                [path, *parameters, steps(count)],
            ).fetchall()
        found = tuple(Step(place, round(saved, 9)) for place, saved in curve)
        return Contacts(budget, count, found[-1].saved_revenue if found else 0.0, found)

    def export(self, file: File, chosen: Filter, sort: Sort) -> Csv:
        """The chosen customers."""
        where, parameters = chosen.where()
        with self.query(file, long=True) as (cursor, path, columns):
            told = exported(columns)
            cells = harmless({identifier(name): kind for name, kind in told.items()})
            query = f"SELECT {cells} FROM ({source(columns)}) WHERE {where} ORDER BY {sort.sql}"
            return self._written(cursor, list(told), query, [path, *parameters])

    def rows(self, artifact: Artifact) -> Csv:
        """Any artifact's table, in its order."""
        with self.query(artifact, long=True) as (cursor, path, columns):
            # By place, not by name: to SQL "Plan" and "plan" are one column, to a file they are two.
            places = {f"column_{place}": kind for place, kind in enumerate(columns.values())}
            query = f"SELECT {harmless(places)} FROM read_parquet(?) AS file({', '.join(places)})"
            return self._written(cursor, list(columns), query, [path])

    def document(self, artifact: Artifact) -> dict[str, Any]:
        """A JSON artifact."""
        with self._cache.held(artifact) as path:
            document: dict[str, Any] = json.loads(path.read_bytes())
            return document

    def forget(self, artifact: Artifact) -> None:
        """Removes the local copy, and what is remembered of it."""
        self._cache.forget(artifact)
        self.recent.forget(artifact)

    def forget_derived(self, prefix: str) -> None:
        """Removes the derived files whose names begin so."""
        self._cache.forget_derived(prefix)

    def close(self) -> None:
        self._database.close()
        self._folder.remove()

    @contextlib.contextmanager
    def query(
        self, file: File, *, long: bool = False
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, str, dict[str, str]]]:
        """A cursor, the path of the file's copy and its columns' types, when it is this query's turn."""
        with contextlib.ExitStack() as turns:
            turns.enter_context(self.place())
            path = turns.enter_context(self._cache.held(file))
            cursor = turns.enter_context(self.cursor(long=long))
            yield cursor, str(path), types(path)

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """A place among those who may wait, taken before anything that takes time."""
        with contextlib.ExitStack() as turns:
            self._wait(turns, self._places, 0)
            yield

    def held(self, file: File) -> contextlib.AbstractContextManager[Path]:
        """The file on local disk, until the block ends."""
        return self._cache.held(file)

    @contextlib.contextmanager
    def cursor(self, *, long: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor, when it is this query's turn.

        Only one long query runs at a time, so that pages get through beside it.
        """
        with contextlib.ExitStack() as turns:
            if long:
                self._wait(turns, self._export_turn, self._wait_s)
            self._wait(turns, self._turns, self._wait_s)
            with self._opening:
                cursor = self._database.cursor()
            with cursor:
                try:
                    yield cursor
                except FileNotFoundError:
                    raise Gone("what this prediction made is no longer kept") from None
                except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
                    raise Unavailable("this query found no room to work in; try again", retry_after_s=5) from error

    @staticmethod
    def _wait(turns: contextlib.ExitStack, turn: threading.BoundedSemaphore, wait_s: float) -> None:
        if not turn.acquire(timeout=wait_s):
            raise Unavailable("too many queries run at once; try again in a moment", retry_after_s=2)
        turns.callback(turn.release)

    def _written(
        self, cursor: duckdb.DuckDBPyConnection, names: Sequence[str], query: str, parameters: list[Any]
    ) -> Csv:
        # Written to disk first: a slow reader would otherwise keep the query's turn and memory.
        header = io.StringIO()
        csv.writer(header, lineterminator="\n").writerow(names)
        with tempfile.NamedTemporaryFile(prefix="export-", suffix=".csv", dir=self._work) as file:
            cursor.execute(f"COPY ({query}) TO {quoted(file.name)} (FORMAT csv, HEADER false)", parameters)
            return Csv(header.getvalue().encode(), self._downloads.opened(Path(file.name)))


def _impact(field: "pa.Field[Any]", impact: float) -> Impact:
    feature, title, actionable = feature_of(field)
    return Impact(feature, title, impact, actionable)


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> list[dict[str, Any]]:
    cursor.execute(query, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one(cursor: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> tuple[Any, ...]:
    """The one row of an aggregate."""
    row: tuple[Any, ...] | None = cursor.execute(query, parameters).fetchone()
    assert row is not None, "an aggregate has one row"
    return row
