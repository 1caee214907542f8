"""The key column of a table that lies in scratch: is it unique, and in which order are its rows.

Only the key is read, however many columns the table has.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq

from libs.errors import TooLarge
from services.gateway.artifacts import read_schema
from services.gateway.spilling import OutOfRoom, spilling_database

MEMORY_MB = 96
"""Beyond it DuckDB spills. With 64 MB a sort by one thread still held 10,000,000 rows, by two threads it did not."""

_ROWS_COUNTED = 1_000_000
"""Keys counted at once, in 16 MB: a larger table is counted in more parts, in the same memory."""

_ROWS_SORTED = 5_000_000
"""Rows sorted at once: a sort that spills holds more the more it has spilt, so a larger table is sorted in parts."""

_POLL_S = 0.5


class NoRoom(TooLarge):
    """The rows of each customer cannot be brought together in the temporary disk given to it."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(
            "the file has several rows for a customer, and bringing them together takes more than the "
            f"{bytes_max:,} bytes of disk that the worker has for it; hand in one row for each customer, or have the "
            "operator raise RETAINWISE_GATEWAY_CLUSTERING_BYTES_MAX"
        )


@dataclass(frozen=True)
class Room:
    """What sorting may take. bytes_max: of temporary files. told: called now and then; what it raises ends the work."""

    bytes_max: int
    told: Callable[[], None]


def has_unique_keys(table: Path, key: str, row_count: int, room: Room) -> bool:
    """Whether no two rows of the Parquet file share a value in the column `key`.

    Python's hashes of the keys are counted, those of a large table in parts, one after the other. Keys whose hashes
    are equal are taken for equal: the answer is merely a cautious no.
    """
    parts = max(1, -(-row_count // _ROWS_COUNTED))
    return all(_differ(_hashes(table, key, part, parts, room)) for part in range(parts))


def _hashes(table: Path, key: str, part: int, parts: int, room: Room) -> np.ndarray:
    """(m,) int64: of those keys whose hash falls to this part."""
    kept = []
    with pq.ParquetFile(table, pre_buffer=False) as file:
        for batch in file.iter_batches(columns=[key]):
            room.told()
            keys = batch.column(key)  # by name once more: to read "a" reads "a.b" too
            hashes = np.fromiter(map(hash, keys.to_pylist()), np.int64, len(keys))
            kept.append(hashes if parts == 1 else hashes[hashes % parts == part])
    return np.concatenate(kept) if kept else np.empty(0, np.int64)


def _differ(values: np.ndarray) -> bool:
    values.sort()
    return bool((values[1:] != values[:-1]).all())


class Order:
    """The numbers of a table's rows, counted from 0, in the order of their keys and of the table for equal keys.

    A table of more than _ROWS_SORTED rows comes in parts by the hash of the key, each in the order of its keys.
    """

    def __init__(self, table: Path, key: str, row_count: int, folder: Path, room: Room) -> None:
        """folder: for the files of the order, beside the table. Raises NoRoom, or Unavailable when the disk is full."""
        parts = max(1, -(-row_count // _ROWS_SORTED))
        self._files = [folder / f"order-{part}.parquet" for part in range(parts)]
        source, column = _source(table, key)
        try:
            # One thread: each further one would hold blocks of every spilt run while it merges.
            with spilling_database(table.parent, 1, MEMORY_MB, room.bytes_max) as connection:
                for part, file in enumerate(self._files):
                    statement = (
                        f"COPY (SELECT n FROM (SELECT {column} AS k, row_number() OVER () - 1 AS n FROM {source}) "
                        f"WHERE {parts} = 1 OR hash(k) % {parts} = {part} ORDER BY k, n) "
                        f"TO {_quoted(file)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)"
                    )
                    _executed(connection, statement, [str(table)], room.told)
        except OutOfRoom as error:
            raise NoRoom(room.bytes_max) from error

    @property
    def size_bytes(self) -> int:
        """Bytes of the order's files."""
        return sum(file.stat().st_size for file in self._files)

    def places(self, first: int, last: int) -> np.ndarray:
        """(last - first,) int64: where in the order the rows from `first` until before `last` stand."""
        places = np.empty(last - first, dtype=np.int64)
        passed = 0
        for rows in self._rows():
            within = np.flatnonzero((rows >= first) & (rows < last))
            places[rows[within] - first] = passed + within
            passed += len(rows)
        return places

    def _rows(self) -> Iterator[np.ndarray]:
        for path in self._files:
            with pq.ParquetFile(path, pre_buffer=False) as file:
                for batch in file.iter_batches():
                    yield batch.column(0).to_numpy()


def _source(table: Path, key: str) -> tuple[str, str]:
    """The table as SQL, and what the column `key` is called there.

    Columns are called by place: DuckDB takes `ID` and `id` for one name and renames the later, so a name of the
    file's own could mean another column.
    """
    names = read_schema(table).names
    columns = ", ".join(f"c{place}" for place in range(len(names)))
    return f"read_parquet(?) AS t({columns})", f"c{names.index(key)}"


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _executed(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: list[str], told: Callable[[], None]
) -> None:
    """Executes the statement, and interrupts it when `told` raises."""
    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(connection.execute, statement, parameters)
        while True:
            try:
                running.result(_POLL_S)
                return
            except TimeoutError:
                try:
                    told()
                except BaseException:
                    connection.interrupt()
                    raise
