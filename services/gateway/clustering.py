"""Brings the rows of each customer together, so that later stages need only look at neighbours.

The key alone is sorted (`sorting`), which says where each row goes. The rows then travel once through a temporary file:
cut into pieces by the bucket that they go to, read back bucket by bucket. A row group of the table is in memory at a
time, then a bucket, so memory grows neither with rows nor with columns, and it matters not how many rows one key has.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from services.gateway.artifacts import READ_ROWS, ROW_GROUP_BYTES
from services.gateway.pieces import Piece, PieceFile
from services.gateway.sorting import NoRoom, Order, Room

BUCKET_BYTES_MAX = 2 * ROW_GROUP_BYTES
"""A bucket that takes more, since its customers' rows are longer than most, is read back in several parts."""

_PLACES_AT_ONCE = 2_000_000
"""Rows whose places are looked up in one reading of the order."""


_PLACE = pa.field("place", pa.int64(), nullable=False)


@dataclass
class _Bucket:
    """Rows that will be neighbours: those whose places lie from `first` until before `last`."""

    first: int
    last: int
    pieces: list[Piece] = field(default_factory=list)


@contextmanager
def clustered(table: Path, key: str, room: Room) -> Iterator[Iterator[pa.RecordBatch]]:
    """The rows of the Parquet file, those with one value in the column `key` as neighbours, in the table's order.

    Batches have at most READ_ROWS rows, are the same each time, and can be read until the block ends. Raises NoRoom
    when temporary files would take more than room.bytes_max, and Unavailable or OSError when the disk is full.
    """
    with PieceFile(table.parent) as pieces:
        buckets = _filled(table, key, pieces, room)
        yield (batch for bucket in buckets for batch in _gathered(bucket, pieces))


def _filled(table: Path, key: str, pieces: PieceFile, room: Room) -> list[_Bucket]:
    """As many buckets as the table has row groups, of as many rows: what bounds a group's bytes bounds a bucket's."""
    with tempfile.TemporaryDirectory(dir=table.parent) as folder, pq.ParquetFile(table, pre_buffer=False) as file:
        counts = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
        row_count = sum(counts)
        order = Order(table, key, row_count, Path(folder), room)
        size = max(1, -(-row_count // max(1, len(counts))))
        buckets = [_Bucket(first, min(first + size, row_count)) for first in range(0, row_count, size)]
        for group, places in enumerate(_places(counts, order)):
            room.told()
            if len(places):
                _cut(_in_order(file.read_row_group(group), places), buckets, pieces)
            if pieces.size + order.size_bytes > room.bytes_max:
                raise NoRoom(room.bytes_max)
    return buckets


def _places(counts: Sequence[int], order: Order) -> Iterator[np.ndarray]:
    """Where the rows of each row group go; they are looked up for many groups at once. counts: rows by group."""
    first = 0
    known = np.empty(0, dtype=np.int64)
    for group, count in enumerate(counts):
        if not len(known):
            ahead = np.cumsum(counts[group:])
            enough = ahead[min(int(np.searchsorted(ahead, _PLACES_AT_ONCE)), len(ahead) - 1)]
            known = order.places(first, first + int(enough))
            first += int(enough)
        yield known[:count]
        known = known[count:]


def _in_order(rows: pa.Table, places: np.ndarray) -> pa.RecordBatch:
    """The rows by ascending place, the place as one more column at the end."""
    placed = rows.append_column(_PLACE, pa.array(places)).combine_chunks()
    (batch,) = placed.take(np.argsort(places)).to_batches()
    return batch


def _cut(rows: pa.RecordBatch, buckets: Sequence[_Bucket], pieces: PieceFile) -> None:
    """Writes each bucket's share of the rows, which are in order."""
    ends = np.searchsorted(_place_of(rows), [bucket.last for bucket in buckets])
    for bucket, start, end in zip(buckets, [0, *ends[:-1]], ends, strict=True):
        if start < end:
            bucket.pieces.append(pieces.write(rows.slice(int(start), int(end - start))))


def _gathered(bucket: _Bucket, pieces: PieceFile) -> Iterator[pa.RecordBatch]:
    """The bucket's rows in their order."""
    parts = max(1, -(-sum(piece.bytes_plain for piece in bucket.pieces) // BUCKET_BYTES_MAX))
    size = -(-(bucket.last - bucket.first) // parts)
    for first in range(bucket.first, bucket.last, size):
        shares = [_between(pieces.read(piece), first, first + size) for piece in bucket.pieces]
        rows = pa.Table.from_batches(shares).combine_chunks()
        del shares
        rows = rows.take(np.argsort(rows.column(-1).to_numpy())).remove_column(rows.num_columns - 1)
        yield from rows.to_batches(READ_ROWS)


def _between(rows: pa.RecordBatch, first: int, last: int) -> pa.RecordBatch:
    """Those of the rows, which are in order, whose places lie from `first` until before `last`."""
    start, end = np.searchsorted(_place_of(rows), (first, last))
    if start == 0 and end == rows.num_rows:
        return rows
    return rows.take(np.arange(start, end))  # a copy: a slice would keep all of the rows in memory


def _place_of(rows: pa.RecordBatch) -> np.ndarray:
    return rows.column(rows.num_columns - 1).to_numpy()
