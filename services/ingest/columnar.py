"""Parquet and Arrow files: their typed columns, as text that a person would write."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from services.ingest.domain import DamagedContainer, Limits, UnpackedTooLarge, UnsupportedFormat

_ROWS = 8_192


def parquet_text(path: Path, limits: Limits) -> Iterator[bytes]:
    """The table as CSV, every cell quoted. Raises DamagedContainer, UnsupportedFormat and UnpackedTooLarge."""
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            sizes = [file.metadata.row_group(place).total_byte_size for place in range(file.metadata.num_row_groups)]
            if max(sizes, default=0) > limits.row_group_bytes_max:
                raise UnpackedTooLarge(
                    f"a row group of the Parquet file holds more than {limits.row_group_bytes_max:,} bytes; "
                    "write it with smaller row groups, or as CSV"
                )
            yield from _written(file.schema_arrow, file.iter_batches(_ROWS, use_threads=False))
    except (pa.ArrowException, OSError) as error:
        raise DamagedContainer("the Parquet file is cut off or corrupt; write and upload it again") from error


def arrow_text(path: Path, limits: Limits) -> Iterator[bytes]:
    """The same of an Arrow IPC file (Feather version 2) or stream."""
    try:
        with pa.memory_map(str(path)) as source:
            if source.read(6) == b"ARROW1":
                file = pa.ipc.open_file(source)
                batches: Iterable[pa.RecordBatch] = (file.get_batch(n) for n in range(file.num_record_batches))
                yield from _written(file.schema, batches)
            else:
                source.seek(0)
                stream = pa.ipc.open_stream(source)
                yield from _written(stream.schema, stream)
    except (pa.ArrowException, OSError) as error:
        raise DamagedContainer("the Arrow file is cut off or corrupt; write and upload it again") from error


def _written(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:
    names = [f"column_{place}" for place in range(len(schema))]
    for field in schema:
        if pa.types.is_nested(field.type):
            raise UnsupportedFormat(
                f"the column {field.name[:200]!r} holds lists or records, not values; flatten it or leave it out"
            )
    yield _quoted([pa.array([field.name]) for field in schema], names)
    for batch in batches:
        batch.validate(full=True)
        for start in range(0, batch.num_rows, _ROWS):
            rows = batch.slice(start, _ROWS)
            columns = [_as_text(column, field) for column, field in zip(rows.columns, schema, strict=True)]
            yield _quoted(columns, names)


def _quoted(columns: list[pa.Array[Any]], names: list[str]) -> bytes:
    out = io.BytesIO()
    options = csv.WriteOptions(include_header=False, quoting_style="all_valid")
    csv.write_csv(pa.table(columns, names=names), out, options)
    return out.getvalue()


def _as_text(column: pa.Array[Any], field: pa.Field[Any]) -> pa.Array[Any]:
    kind = column.type
    try:
        if pa.types.is_dictionary(kind):
            column = column.cast(kind.value_type)
            kind = column.type
        if pa.types.is_timestamp(kind):
            text = pc.replace_substring_regex(column.cast(pa.string()), r"\.0+(Z?)$", r"\1")
            text = pc.replace_substring_regex(text, " 00:00:00$", "")
        else:
            text = column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise UnsupportedFormat(
            f"the column {field.name[:200]!r} holds {kind}, which is no text, number or date; leave it out"
        ) from error
    filled: pa.Array[Any] = pc.coalesce(text, "")  # type: ignore[arg-type]  # it takes scalars too
    return filled
