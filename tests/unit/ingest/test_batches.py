"""Batches with boundaries that depend on rows alone."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from services.ingest import batches
from services.ingest.batches import BATCH_ROWS, fixed_batches, schema_of


def tables(*lengths: int, cell: str = "x") -> list[pa.Table]:
    """Tables of one column of text."""
    return [pa.table({"a": pa.array([cell] * length, pa.string())}) for length in lengths]


@given(st.lists(st.integers(0, 20_000), max_size=6))
def test_only_the_last_batch_is_short(lengths):
    """Whatever the tables' lengths; rows are numbered through."""
    found = list(fixed_batches(tables(*lengths), schema_of(["a"])))
    rows = sum(lengths)
    assert [min(BATCH_ROWS, rows - start) for start in range(0, rows, BATCH_ROWS)] == [
        batch.num_rows for batch in found
    ]
    assert list(range(1, rows + 1)) == [place for batch in found for place in batch["source_row"].to_pylist()]


def test_long_rows_close_a_batch_early(monkeypatch):
    """A batch does not fill memory because its rows are few but long."""
    monkeypatch.setattr(batches, "BATCH_BYTES", 1_000)
    found = list(fixed_batches(tables(3, 3, 1, cell="x" * 300), schema_of(["a"])))
    assert [6, 1] == [batch.num_rows for batch in found] or [3, 3, 1] == [batch.num_rows for batch in found]
    assert list(range(1, 8)) == [place for batch in found for place in batch["source_row"].to_pylist()]
