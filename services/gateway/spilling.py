"""DuckDB over files in scratch: a database in memory that spills to disk, within bounds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from libs.errors import TooLarge, Unavailable

MEMORY_MB = 256
"""Beyond it DuckDB spills."""

SPILL_BYTES_MAX = 50 << 30


class OutOfRoom(TooLarge):
    """What was asked takes more memory or more temporary disk than it may, and would again."""

    def __init__(self, bytes_max: int) -> None:
        super().__init__(
            "this takes more memory, or more temporary disk than "
            f"{bytes_max:,} bytes, and the worker has no more for it; a smaller file works"
        )


@contextmanager
def spilling_database(
    folder: Path, threads: int, memory_mb: int = MEMORY_MB, bytes_max: int = SPILL_BYTES_MAX
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that may touch `folder` and nothing else, and spills at most bytes_max there.

    Raises OutOfRoom beyond its bounds, and Unavailable when the disk is full.
    The order matters: locked the other way round, DuckDB refuses local Parquet.
    """
    try:
        with duckdb.connect(
            config={
                "memory_limit": f"{memory_mb}MB",
                "threads": threads,
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        ) as connection:
            # Given with the others above it is reported as set, and not kept to (seen with DuckDB 2.0.0).
            connection.execute(f"SET max_temp_directory_size = '{bytes_max}B'")
            connection.execute("SET allowed_directories = [?]", [str(folder)])
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            yield connection
    except duckdb.OutOfMemoryException as error:  # also said of the temporary directory
        raise OutOfRoom(bytes_max) from error
    except duckdb.IOException as error:
        raise Unavailable("the worker ran out of scratch space; it is tried again") from error
