"""Tables of any length into batches whose boundaries depend on the rows alone."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa

from libs.tables.columns import SOURCE_ROW

BATCH_ROWS = 8_192

BATCH_BYTES = 16 << 20
"""A batch that reaches this size is closed before it has BATCH_ROWS rows, so that long rows do not fill memory."""


def schema_of(names: list[str]) -> pa.Schema:
    """Every column of the file as text, and last the row's place in the file."""
    columns: dict[str, pa.DataType] = dict.fromkeys(names, pa.string())
    return pa.schema(columns | {SOURCE_ROW: pa.int64()})


def fixed_batches(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of the tables, numbered from 1, in batches of BATCH_ROWS (fewer where rows are long, and last)."""
    waiting: list[pa.Table] = []
    given = rows = size = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        size += table.nbytes
        if rows < BATCH_ROWS and size < BATCH_BYTES:
            continue
        joined = pa.concat_tables(waiting)
        full = rows if size >= BATCH_BYTES and rows < BATCH_ROWS else rows - rows % BATCH_ROWS
        for start in range(0, full, BATCH_ROWS):
            yield _numbered(joined.slice(start, min(BATCH_ROWS, full - start)), given + start, schema)
        given += full
        waiting = [joined.slice(full)]
        rows, size = rows - full, waiting[0].nbytes
    if rows:
        yield _numbered(pa.concat_tables(waiting), given, schema)


def _numbered(rows: pa.Table, before: int, schema: pa.Schema) -> pa.RecordBatch:
    columns = [column.combine_chunks() for column in rows.columns]
    places = pa.array(np.arange(before + 1, before + rows.num_rows + 1))
    return pa.RecordBatch.from_arrays([*columns, places], schema=schema)
