"""Tests of services.gateway.clustering."""

import tempfile
from pathlib import Path
from unittest.mock import Mock

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from libs.errors import TooLarge
from services.gateway import clustering
from services.gateway.artifacts import READ_ROWS
from services.gateway.clustering import clustered
from services.gateway.domain import LeaseLost
from services.gateway.sorting import Room

ROOM = Room(bytes_max=1 << 30, told=lambda: None)

KEYS = st.one_of(
    st.none(), st.sampled_from(["a", "A", "b", "1", "01", "1.0", "", " a", "é", "\U0001f600", "\0"]), st.text()
)
"""Ids as files have them: numbers and words in one column, empty and missing ones, and any text at all."""


def _written(folder: Path, table: pa.Table, group_rows: int = 65_536) -> Path:
    path = folder / "table.parquet"
    pq.write_table(table, path, row_group_size=group_rows)
    return path


def _batches(table: Path, key: str, room: Room = ROOM) -> list[pa.RecordBatch]:
    with clustered(table, key, room) as batches:
        return list(batches)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    keys=st.lists(KEYS, min_size=1, max_size=60),
    group_rows=st.integers(1, 70),
    bucket_bytes=st.sampled_from([1, 1_500, 1 << 25]),
)
def test_clustering_is_a_stable_sort_by_key(keys: list[str | None], group_rows: int, bucket_bytes: int) -> None:
    """Whatever the keys, and however the table is cut, its rows come out sorted by key, as they stood for each key."""
    rows = list(enumerate(keys, start=1))
    table = pa.table(
        {
            "id": pa.array(keys, pa.string()),
            "source_row": [row for row, _ in rows],
            "text": pa.array([key and key * 3 for key in keys], pa.string()),
            "flag": pa.array([None if row % 3 == 0 else row % 2 == 0 for row, _ in rows], pa.bool_()),
        }
    )
    expected = sorted(rows, key=lambda row: (row[1] is None, (row[1] or "").encode()))
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(clustering, "BUCKET_BYTES_MAX", bucket_bytes)
        patch.setattr(clustering, "_PLACES_AT_ONCE", 17)
        batches = _batches(_written(Path(folder), table, group_rows), "id")
    result = pa.Table.from_batches(batches, table.schema)
    assert table.take([row - 1 for row, _ in expected]) == result


@pytest.mark.parametrize(
    "kind", [pa.int64(), pa.float64(), pa.date32(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_columns_keep_their_types(tmp_path: Path, kind: pa.DataType) -> None:
    """A key, and a cell, of any type comes out as it went in."""
    cells = pa.array([2, 1, None, 2, 1]).cast(pa.int32())
    if not pa.types.is_date(kind) and not pa.types.is_floating(kind) and not pa.types.is_integer(kind):
        cells = cells.cast(pa.string())
    table = pa.table(
        {"id": cells.cast(kind) if kind != pa.dictionary(pa.int32(), pa.string()) else cells.dictionary_encode()}
    )
    result = pa.Table.from_batches(_batches(_written(tmp_path, table, 2), "id"))
    assert table.schema == result.schema
    assert table.take([1, 4, 0, 3, 2])["id"].to_pylist() == result["id"].to_pylist()


def test_doing_it_twice_gives_the_same_batches(tmp_path: Path) -> None:
    """The boundaries of batches are those of the first time, and no batch is longer than READ_ROWS."""
    count = 40_000
    ids = [f"c{n * 7919 % 9_973}" for n in range(count)]
    path = _written(tmp_path, pa.table({"id": ids, "source_row": range(count)}), 15_000)
    first, second = _batches(path, "id"), _batches(path, "id")
    assert first == second
    assert (count, True) == (sum(len(batch) for batch in first), max(map(len, first)) <= READ_ROWS)


def test_wide_rows_come_together(tmp_path: Path) -> None:
    """Hundreds of columns need no more than a few: only the key is sorted."""
    count, width = 3_000, 300
    columns = {f"text {place}": [f"{place} of {n}" for n in range(count)] for place in range(width)}
    table = pa.table({"id": [f"c{n % 700:03}" for n in range(count)], "source_row": range(count), **columns})
    result = pa.Table.from_batches(_batches(_written(tmp_path, table, 400), "id"))
    assert table.sort_by([("id", "ascending"), ("source_row", "ascending")]) == result


def test_one_customer_may_have_almost_all_rows(tmp_path: Path) -> None:
    """A key with more rows than a bucket takes is spread over several, in the table's order."""
    ids = ["few" if n % 100 == 0 else "many" for n in range(10_000)]
    table = pa.table({"id": ids, "source_row": range(10_000)})
    result = pa.Table.from_batches(_batches(_written(tmp_path, table, 1_000), "id"))
    assert table.sort_by([("id", "ascending"), ("source_row", "ascending")]) == result


def test_a_table_without_rows_gives_none(tmp_path: Path) -> None:
    """Nothing in, nothing out."""
    assert [] == _batches(_written(tmp_path, pa.table({"id": pa.array([], pa.string())})), "id")


def test_disk_beyond_the_limit_is_refused_in_words(tmp_path: Path) -> None:
    """A table that would take more temporary disk than allowed is refused, saying how much and what to do."""
    table = pa.table({"id": [f"{n * 7919 % 10_007:0900}" for n in range(2_000)]})
    with pytest.raises(TooLarge, match=r"more than the 20,000 bytes of disk.*one row for each customer"):
        _batches(_written(tmp_path, table, 500), "id", Room(20_000, lambda: None))


def test_it_ends_when_told_to(tmp_path: Path) -> None:
    """What `told` raises reaches the caller, and leaves no file behind."""
    told = Mock(side_effect=[None, None, LeaseLost("another worker took the job")])
    path = _written(tmp_path, pa.table({"id": ["a"] * 5_000}), 100)
    with pytest.raises(LeaseLost), clustered(path, "id", Room(1 << 30, told)):
        pass
    assert [path] == [file for file in tmp_path.iterdir() if file.name != "spill"]
