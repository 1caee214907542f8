"""Tests of services.gateway.spilling."""

from pathlib import Path

import duckdb
import pytest

from libs.errors import TooLarge
from services.gateway.spilling import spilling_database


def test_files_elsewhere_are_out_of_reach(tmp_path: Path) -> None:
    """The database reads and writes its own folder, and no other."""
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    with spilling_database(own, 1) as database:
        database.execute(f"COPY (SELECT 1 AS a) TO '{own / 'a.parquet'}'")
        with pytest.raises(duckdb.PermissionException):
            database.execute(f"COPY (SELECT 1 AS a) TO '{other / 'a.parquet'}'")
    assert (True, False) == ((own / "a.parquet").exists(), (other / "a.parquet").exists())


def test_what_would_spill_too_much_is_refused_in_words(tmp_path: Path) -> None:
    """Work beyond the disk it may take says so, and is not tried again: it would end the same way."""
    query = "CREATE TABLE t AS SELECT md5(i::VARCHAR) || md5((-i)::VARCHAR) AS x FROM range(500_000) AS r(i)"
    with (
        pytest.raises(TooLarge, match="more temporary disk than 2,000,000 bytes") as refused,
        spilling_database(tmp_path, 1, memory_mb=20, bytes_max=2_000_000) as database,
    ):
        database.execute(query)
    assert not refused.value.retryable
    assert "max_temp_directory_size" in str(refused.value.__cause__)
