"""CSV in batches."""

import csv
from pathlib import Path

import pyarrow as pa

from services.gateway.exporting.text import write_csv


def test_rows_of_all_batches_follow_the_header(tmp_path: Path) -> None:
    """Cells come back as they were, whatever is in them; the caller is told how far it is."""
    cells = ['a,"b"', "two\nlines", "ü", "", " x "]
    table = pa.table({"name": cells, "p": [0.1, 1e-9, None, 1.0, 0.30000000000000004]})
    told: list[int] = []
    assert 5 == write_csv(tmp_path / "a.csv", table.column_names, table.to_batches(max_chunksize=2), told.append)
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    assert (["name", "p"], [2, 4, 5]) == (header, told)
    assert cells == [name for name, _ in rows]
    assert table["p"].to_pylist() == [float(p) if p else None for _, p in rows]


def test_without_rows_there_is_a_header(tmp_path: Path) -> None:
    """So that whoever opens it sees what would stand there."""
    assert 0 == write_csv(tmp_path / "a.csv", ["a", "b"], [], lambda rows: None)
    assert b"a,b\n" == (tmp_path / "a.csv").read_bytes()
