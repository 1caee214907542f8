"""Tests of services.gateway.clustering."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.gateway import clustering


def _table(folder: Path, keys: list[str | None], name: str = 'the "key"') -> Path:
    path = folder / "table.parquet"
    pq.write_table(pa.table({name: keys, "source_row": range(1, len(keys) + 1)}), path)
    return path


def _clustered(target: Path, table: Path) -> pa.Table:
    return pa.Table.from_batches(clustering.clustered_batches(target, pq.read_schema(table)))


def test_unique_keys_are_seen_as_such(tmp_path: Path) -> None:
    """A table whose keys all differ needs no clustering."""
    table = _table(tmp_path, [f"c{n}" for n in range(1000)])
    assert clustering.has_unique_keys(table, 'the "key"', 1000, 1)


@pytest.mark.parametrize("rows_a_part", [1, 7, 1000])
def test_one_repeated_key_is_found_in_whichever_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_a_part: int
) -> None:
    """However many parts the keys are counted in, a key that stands twice is found."""
    monkeypatch.setattr(clustering, "_ROWS_A_PART", rows_a_part)
    table = _table(tmp_path, [*(f"c{n}" for n in range(50)), "c17"])
    assert not clustering.has_unique_keys(table, 'the "key"', 51, 1)


def test_rows_without_a_key_do_not_vanish(tmp_path: Path) -> None:
    """Two rows without a key are alike, and both are kept."""
    table = _table(tmp_path, [None, "b", None])
    target = tmp_path / "it's sorted.parquet"
    assert not clustering.has_unique_keys(table, 'the "key"', 3, 1)
    clustering.cluster(table, 'the "key"', "source_row", target, 1)
    assert [2, 1, 3] == _clustered(target, table)["source_row"].to_pylist()


def test_rows_of_a_customer_come_together_in_their_order(tmp_path: Path) -> None:
    """Clustering sorts by key and keeps the file's order within one customer."""
    table = _table(tmp_path, ["b", "a", "b", "a"])
    target = tmp_path / "clustered.parquet"
    clustering.cluster(table, 'the "key"', "source_row", target, 1)
    assert [2, 4, 1, 3] == _clustered(target, table)["source_row"].to_pylist()


def test_names_that_differ_in_case_alone_are_two_columns(tmp_path: Path) -> None:
    """SQL takes `ID` and `id` for one name; the key and the order asked for are the file's own."""
    table = tmp_path / "table.parquet"
    columns = {"ID": ["u", "v", "w"], "id": ["b", "a", "b"], "Source_Row": ["3", "2", "1"], "source_row": [1, 2, 3]}
    pq.write_table(pa.table(columns), table)
    assert clustering.has_unique_keys(table, "ID", 3, 1)
    assert not clustering.has_unique_keys(table, "id", 3, 1)
    clustering.cluster(table, "id", "source_row", target := tmp_path / "clustered.parquet", 1)
    clustered = _clustered(target, table)
    assert list(columns) == clustered.column_names
    assert ([2, 1, 3], ["v", "u", "w"]) == (clustered["source_row"].to_pylist(), clustered["ID"].to_pylist())
