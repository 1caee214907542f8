"""A DuckDB that keeps to its folders."""

from pathlib import Path

import duckdb
import pytest

from services.gateway.lockdown import locked_down


def test_a_query_cannot_leave_its_folders(tmp_path: Path) -> None:
    """The database reads neither other files nor the network, and nothing can change that; its folders it uses."""
    own, secret = tmp_path / "it's own", tmp_path / "secret.csv"
    own.mkdir()
    for file in (own / "a.csv", secret):
        file.write_text("a\n1\n")
    database = locked_down([own], own / "spill", memory_mib=64, spill_bytes_max=1 << 30, threads=1)
    assert [(1,)] == database.execute("SELECT * FROM read_csv(?)", [str(own / "a.csv")]).fetchall()
    for statement in (
        f"SELECT * FROM read_csv('{secret}')",
        f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
        "SET enable_external_access = true",
        "SET memory_limit = '1TB'",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error):
            database.execute(statement)
    database.close()


def test_a_query_spills_no_more_than_it_may(tmp_path: Path) -> None:
    """A sort beyond memory goes to disk, and one beyond that disk ends; the next query finds the room free again."""
    database = locked_down([tmp_path], tmp_path / "spill", memory_mib=64, spill_bytes_max=40 << 20, threads=1)
    sort = "SELECT max(a) FROM (SELECT hash(range) AS a, repeat('x', 200) || range AS b FROM range({}) ORDER BY b)"
    with pytest.raises(duckdb.OutOfMemoryException, match="max_temp_directory_size"):
        database.execute(sort.format(2_000_000)).fetchall()
    assert [(1,)] == database.execute("SELECT 1").fetchall()
    database.close()
