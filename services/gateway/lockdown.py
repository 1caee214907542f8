"""A DuckDB that reads and writes some folders and nothing else."""

from collections.abc import Sequence
from pathlib import Path

import duckdb


def locked_down(
    folders: Sequence[Path], spill: Path, *, memory_mib: int, spill_bytes_max: int, threads: int
) -> duckdb.DuckDBPyConnection:
    """A database in memory that reads and writes `folders` and nothing else, whatever a query says.

    spill: one of the folders, or in one. memory_mib: of all queries together; beyond it they spill.
    spill_bytes_max: of what all queries together have spilt; beyond it a query ends with OutOfMemoryException.
    """
    database = duckdb.connect(":memory:", config={"threads": threads, "memory_limit": f"{memory_mib}MiB"})
    for setting, value in (
        ("temp_directory", quoted(str(spill))),
        # Given to connect() it is reported as set, and not kept to (seen with DuckDB 2.0.0).
        ("max_temp_directory_size", quoted(f"{spill_bytes_max}B")),
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("enable_progress_bar", "false"),
        # In this order: with external access off first, the folders can no longer be allowed.
        ("allowed_directories", "[" + ", ".join(quoted(str(folder)) for folder in folders) + "]"),
        ("enable_external_access", "false"),
        ("lock_configuration", "true"),
    ):
        database.execute(f"SET {setting} = {value}")
    return database


def quoted(text: str) -> str:
    """The text as SQL takes it, whatever is in it."""
    return "'" + text.replace("'", "''") + "'"
