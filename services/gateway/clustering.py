"""Brings the rows of each customer together, so that later stages need only look at neighbours."""

from pathlib import Path

import duckdb

MEMORY_LIMIT = "256MB"
"""DuckDB spills beyond it, to the scratch directory."""

_ROWS_A_PART = 200_000
"""Distinct keys counted at once: a larger table is counted in more parts, in the same memory."""


def has_unique_keys(table: Path, key: str, row_count: int, threads: int) -> bool:
    """Whether no two rows of the Parquet file share a value in the column `key`.

    Exact: keys are split by hash into parts that are counted one after the other, and the hashes of
    different keys differ or the answer is merely a cautious no.
    """
    parts = max(1, -(-row_count // _ROWS_A_PART))
    with _connection(table.parent, threads) as connection:
        for part in range(parts):
            total, distinct = connection.execute(
                f"SELECT count(k), count(DISTINCT k) FROM (SELECT hash({_quoted(key)}) AS k FROM read_parquet(?)) "
                "WHERE k % ? = ?",
                [str(table), parts, part],
            ).fetchone() or (0, 0)
            if total != distinct:
                return False
    return True


def cluster(table: Path, key: str, order: str, target: Path, threads: int) -> None:
    """Writes the rows of `table` to `target`, sorted by the column `key` and within it by `order`."""
    with _connection(table.parent, threads) as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_parquet(?) ORDER BY {_quoted(key)}, {_quoted(order)}) "
            "TO '" + str(target).replace("'", "''") + "' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)",
            [str(table)],
        )


def _connection(folder: Path, threads: int) -> duckdb.DuckDBPyConnection:
    """A database in memory that may touch `folder` and nothing else.

    The order matters: locked the other way round, DuckDB refuses local Parquet.
    """
    connection = duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": threads,
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    connection.execute("SET allowed_directories = [?]", [str(folder)])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
