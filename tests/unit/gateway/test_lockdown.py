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
    database = locked_down([own], own / "spill", 64, 1)
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
