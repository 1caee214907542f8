"""Adjacent rows of one customer become one row, whatever batches they come in."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import SOURCE_ROW
from services.mapping.domain import Fold
from services.mapping.folds import FOLDS, Bits, ColumnFold, Groups, Part, Rows
from services.mapping.rowstage import FAILED, LIVE

ROWS_A_BATCH = 8_192
"""Rows of a batch that comes out: fixed, so that the same table always gives the same batches."""

_ROW_BITS = 40
_DAY_SHIFT = 719_163
_DAY_MAX = 1 << 22
"""A row's key is its day (since the year 1, below 2^22) and then its place in the file (below 2^40)."""


class Folder:
    """Folds the rows of batches of one schema by a rule for each column; columns without a rule keep the last value."""

    def __init__(self, schema: pa.Schema, key: str, order: str, folds: Mapping[str, Fold]) -> None:
        self._schema, self._key, self._order = schema, key, order
        self._folds: dict[str, ColumnFold] = {
            field.name: FOLDS[folds.get(field.name, Fold.LAST)](field.name, field.type) for field in schema
        }
        self._folds |= {
            SOURCE_ROW: FOLDS[Fold.MIN](SOURCE_ROW, pa.int64()),
            FAILED: Bits(FAILED, pa.uint64()),
        }
        self._carried: tuple[pa.Array[Any], dict[str, tuple[Part, ...]]] | None = None
        self.folded_count = 0

    def folded(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """One row for each run of rows with one key, in batches of ROWS_A_BATCH; the same however rows are cut."""
        return rebatched(self._customers(batches), self._schema)

    def _customers(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield self._added(batch)
        if self._carried is not None:
            yield self._emitted(self._carried[1])

    def _added(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The customers that end within the batch; the last one is carried on, as there may be more of it."""
        keys = batch.column(self._key)
        rows = self._rows(batch)
        states = {name: fold.lifted(rows) for name, fold in self._folds.items()}
        if self._carried is not None:
            keys = pa.concat_arrays([self._carried[0], keys])
            states = {name: _joined(self._carried[1][name], parts) for name, parts in states.items()}
        groups = _groups(keys)
        self.folded_count += len(keys) - groups.count
        reduced = {name: fold.reduced(states[name], groups) for name, fold in self._folds.items()}
        last = groups.count - 1
        self._carried = (_copied(keys.slice(len(keys) - 1)), _part(reduced, last, groups.count))
        return self._emitted(_part(reduced, 0, last))

    def _rows(self, batch: pa.RecordBatch) -> Rows:
        places = batch.column(SOURCE_ROW).to_numpy()
        first = last = np.zeros(batch.num_rows, dtype=np.int64)
        if self._order:
            days: Any = batch.column(self._order).cast(pa.int32())
            dated = days.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64) + _DAY_SHIFT
            none = days.is_null().to_numpy(zero_copy_only=False)
            first, last = np.where(none, _DAY_MAX - 1, dated), np.where(none, 0, dated)
        live = batch.column(LIVE).cast(pa.int8()).to_numpy(zero_copy_only=False).astype(np.float64)
        cells = dict(zip(batch.schema.names, batch.columns, strict=True))
        return Rows(cells, (first << _ROW_BITS) + places, (last << _ROW_BITS) + places, live)

    def _emitted(self, states: dict[str, tuple[Part, ...]]) -> pa.RecordBatch:
        columns = {name: fold.emitted(states[name]) for name, fold in self._folds.items()}
        return pa.RecordBatch.from_arrays([columns[name] for name in self._schema.names], schema=self._schema)


def rebatched(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows in batches of ROWS_A_BATCH, the last one shorter; none for no rows."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        while rows >= ROWS_A_BATCH:
            table = pa.Table.from_batches(held, schema).combine_chunks()
            yield table.slice(0, ROWS_A_BATCH).to_batches()[0]
            rest = table.slice(ROWS_A_BATCH)
            held, rows = rest.to_batches(), rest.num_rows
    if rows:
        yield pa.Table.from_batches(held, schema).combine_chunks().to_batches()[0]


def _groups(keys: Any) -> Groups:
    """Runs of one key; a row without a key stands alone."""
    same: Any = pc.fill_null(pc.equal(keys.slice(1), keys.slice(0, len(keys) - 1)), False)
    begins = np.concatenate([[True], ~same.to_numpy(zero_copy_only=False)])
    return Groups(np.flatnonzero(begins), np.cumsum(begins) - 1)


def _joined(carried: tuple[Part, ...], parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(
        pa.concat_arrays([one, two]) if isinstance(one, pa.Array) else np.concatenate([one, two])
        for one, two in zip(carried, parts, strict=True)
    )


def _part(states: dict[str, tuple[Part, ...]], start: int, stop: int) -> dict[str, tuple[Part, ...]]:
    """Customers `start` to `stop` of the states."""
    return {
        name: tuple(
            _copied(part.slice(start, stop - start)) if isinstance(part, pa.Array) else part[start:stop].copy()
            for part in parts
        )
        for name, parts in states.items()
    }


def _copied(cells: pa.Array[Any]) -> pa.Array[Any]:
    """The cells in memory of their own, so that one carried row does not keep its whole batch."""
    return cells.take(pa.array(range(len(cells)), pa.int64())) if len(cells) <= 1 else cells
