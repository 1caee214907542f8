"""Small batches joined to larger ones."""

import pyarrow as pa

from services.validation import gathering
from services.validation.gathering import gathered


def batches(*sizes: int) -> list[pa.RecordBatch]:
    """The numbers from 0 on in batches of the sizes."""
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [
        pa.record_batch({"n": pa.array(range(s, s + size), pa.int64())}) for s, size in zip(starts, sizes, strict=True)
    ]


def test_rows_wait_until_they_are_enough(monkeypatch):
    """Batches are joined up to the limit, keep their order, and what is left comes last."""
    monkeypatch.setattr(gathering, "GATHERED_ROWS", 10)
    found = list(gathered(batches(4, 4, 4, 25, 0, 3)))
    assert [12, 25, 3] == [batch.num_rows for batch in found]
    assert list(range(40)) == [n for batch in found for n in batch.column("n").to_pylist()]


def test_bytes_are_a_limit_too(monkeypatch):
    """Wide rows do not wait for many others."""
    monkeypatch.setattr(gathering, "GATHERED_BYTES", 40)
    assert [6, 6] == [batch.num_rows for batch in gathered(batches(3, 3, 3, 3))]


def test_no_batch_gives_none():
    """An empty table stays one."""
    assert [] == list(gathered([]))
