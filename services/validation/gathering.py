"""Small batches joined to larger ones: what a check costs for a batch is paid less often."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

GATHERED_ROWS = 16_384
"""Rows from which a batch is checked as it is. The wire carries a mebibyte at once, often a few thousand rows."""

GATHERED_BYTES = 16 << 20
"""The same in bytes, for wide tables and long texts: what bounds memory."""


def gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of the batches, all of one schema, in batches of GATHERED_ROWS or GATHERED_BYTES, or a little more."""
    waiting: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= GATHERED_ROWS or size >= GATHERED_BYTES:
            yield _joined(waiting)
            waiting = []
            rows = size = 0
    if waiting:
        yield _joined(waiting)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    if len(batches) == 1:
        return batches[0]
    joined: pa.RecordBatch = pa.concat_batches(batches)  # type: ignore[attr-defined]  # the stubs lack it
    return joined
