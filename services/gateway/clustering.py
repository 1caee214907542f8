"""Brings the rows of each customer together, so that later stages need only look at neighbours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from libs.errors import Unavailable
from services.gateway.artifacts import read_batches, read_schema

MEMORY_LIMIT = "256MB"
"""DuckDB spills beyond it, to the scratch directory."""

SPILL_LIMIT = "50GB"

_ROWS_A_PART = 200_000
"""Distinct keys counted at once: a larger table is counted in more parts, in the same memory."""


def has_unique_keys(table: Path, key: str, row_count: int, threads: int) -> bool:
    """Whether no two rows of the Parquet file share a value in the column `key`.

    Exact: keys are split by hash into parts that are counted one after the other, and the hashes of
    different keys differ or the answer is merely a cautious no. Raises Unavailable when the disk is full.
    """
    parts = max(1, -(-row_count // _ROWS_A_PART))
    source, places = _source(table)
    with spilling_database(table.parent, threads) as connection:
        for part in range(parts):
            total, distinct = connection.execute(
                f"SELECT count(k), count(DISTINCT k) FROM (SELECT hash({places[key]}) AS k FROM {source}) "
                "WHERE k % ? = ?",
                [str(table), parts, part],
            ).fetchone() or (0, 0)
            if total != distinct:
                return False
    return True


def cluster(table: Path, key: str, order: str, target: Path, threads: int) -> None:
    """Writes the rows of `table` to `target`, sorted by the column `key` and within it by `order`.

    The columns of `target` have the names of their places; read it with `clustered_batches`.
    Raises Unavailable when the disk is full.
    """
    source, places = _source(table)
    escaped = str(target).replace("'", "''")
    with spilling_database(table.parent, threads) as connection:
        connection.execute(
            f"COPY (SELECT * FROM {source} ORDER BY {places[key]}, {places[order]}) "
            f"TO '{escaped}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)",
            [str(table)],
        )


def clustered_batches(clustered: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The clustered rows under the column names of `schema`, the one of the table they came from."""
    for batch in read_batches(clustered):
        yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)


def _source(table: Path) -> tuple[str, dict[str, str]]:
    """The table as SQL, and what its columns are called there.

    They are called by place: DuckDB takes `ID` and `id` for one name and renames the later, so a name of the
    file's own could mean another column.
    """
    places = {name: f"c{place}" for place, name in enumerate(read_schema(table).names)}
    return f"read_parquet(?) AS t({', '.join(places.values())})", places


@contextmanager
def spilling_database(folder: Path, threads: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that may touch `folder` and nothing else.

    The order matters: locked the other way round, DuckDB refuses local Parquet.
    """
    try:
        with duckdb.connect(
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": threads,
                "temp_directory": str(folder / "spill"),
                "max_temp_directory_size": SPILL_LIMIT,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        ) as connection:
            connection.execute("SET allowed_directories = [?]", [str(folder)])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise Unavailable("the worker ran out of scratch space or memory while sorting; it is tried again") from error
