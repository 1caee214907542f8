"""Tests of services.gateway.sorting."""

from itertools import pairwise
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from libs.errors import TooLarge
from services.gateway import sorting
from services.gateway.domain import LeaseLost
from services.gateway.sorting import Order, Room, has_unique_keys

ROOM = Room(bytes_max=1 << 30, told=lambda: None)


def _table(folder: Path, keys: list[str | None], name: str = 'the "key"') -> Path:
    path = folder / "table.parquet"
    pq.write_table(pa.table({name: pa.array(keys, pa.string())}), path)
    return path


def test_unique_keys_are_seen_as_such(tmp_path: Path) -> None:
    """A table whose keys all differ needs no clustering."""
    table = _table(tmp_path, [f"c{n}" for n in range(1000)])
    assert has_unique_keys(table, 'the "key"', 1000, ROOM)


@pytest.mark.parametrize("rows_counted", [1, 7, 1000])
def test_one_repeated_key_is_found_in_whichever_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows_counted: int
) -> None:
    """However many parts the keys are counted in, a key that stands twice is found."""
    monkeypatch.setattr(sorting, "_ROWS_COUNTED", rows_counted)
    table = _table(tmp_path, [*(f"c{n}" for n in range(50)), "c17"])
    assert not has_unique_keys(table, 'the "key"', 51, ROOM)


def test_two_rows_without_a_key_are_alike(tmp_path: Path) -> None:
    """Rows without a key are not taken for customers of their own."""
    assert not has_unique_keys(_table(tmp_path, [None, "b", None]), 'the "key"', 3, ROOM)


@pytest.mark.parametrize("keys", [[1, 2, 3, 2], [1.5, 2.5, 3.5, 2.5], ["x", "y", "z", "y"]])
def test_keys_of_any_type_are_counted(tmp_path: Path, keys: list[object]) -> None:
    """Another column whose name begins like the key's is not taken for it."""
    path = tmp_path / "table.parquet"
    for rows, unique in ((4, False), (3, True)):
        pq.write_table(pa.table({"a.b": ["same"] * rows, "a": keys[:rows]}), path)
        assert unique is has_unique_keys(path, "a", rows, ROOM)


def test_names_that_differ_in_case_alone_are_two_columns(tmp_path: Path) -> None:
    """SQL takes `ID` and `id` for one name; the key asked for is the file's own, however its columns are called."""
    table = tmp_path / "table.parquet"
    pq.write_table(pa.table({"ID": ["u", "v", "w"], "id": ["b", "a", "b"], "file_row_number": ["7", "7", "7"]}), table)
    assert has_unique_keys(table, "ID", 3, ROOM)
    assert not has_unique_keys(table, "id", 3, ROOM)
    assert [1, 0, 2] == Order(table, "id", 3, tmp_path, ROOM).places(0, 3).tolist()


def test_rows_are_sorted_by_key_and_then_as_they_stand(tmp_path: Path) -> None:
    """The place of a row is its rank by key; a row without a key comes last."""
    table = _table(tmp_path, ["b", "a", None, "b", "a"])
    order = Order(table, 'the "key"', 5, tmp_path, ROOM)
    assert [2, 0, 4, 3, 1] == order.places(0, 5).tolist()
    assert [4, 3] == order.places(2, 4).tolist()


def test_a_table_sorted_in_parts_keeps_its_keys_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many parts a long table is sorted in, every row has a place and each key's places are neighbours."""
    monkeypatch.setattr(sorting, "_ROWS_SORTED", 64)
    keys = [f"c{n % 37}" if n % 5 else None for n in range(1000)]
    places = Order(_table(tmp_path, [*keys]), 'the "key"', 1000, tmp_path, ROOM).places(0, 1000)
    assert list(range(1000)) == sorted(places.tolist())
    in_order = [keys[row] for row in np.argsort(places)]
    changes = sum(before != after for before, after in pairwise(in_order))
    assert len(set(keys)) - 1 == changes


def test_a_sort_that_is_to_end_is_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `told` raises while DuckDB sorts ends the sort, and reaches the caller."""
    monkeypatch.setattr(sorting, "_POLL_S", 0.0)
    table = _table(tmp_path, [f"c{n}" for n in range(200_000)])
    told = Mock(side_effect=[None, LeaseLost("another worker took the job")])
    with pytest.raises(LeaseLost):
        Order(table, 'the "key"', 200_000, tmp_path, Room(1 << 30, told))


def test_a_sort_beyond_its_disk_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sort that would spill more than it may is refused in words, and is not tried again."""
    monkeypatch.setattr(sorting, "MEMORY_MB", 20)
    table = _table(tmp_path, [f"{n * 7919 % 500_009:0100}" for n in range(500_000)])
    with pytest.raises(TooLarge, match=r"more than the 1,000,000 bytes of disk.*CLUSTERING_BYTES_MAX") as refused:
        Order(table, 'the "key"', 500_000, tmp_path, Room(1_000_000, lambda: None))
    assert not refused.value.retryable
    assert refused.value.__cause__ is not None
    assert "max_temp_directory_size" in str(refused.value.__cause__.__cause__)
