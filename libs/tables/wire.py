"""Arrow tables as gRPC payloads: the only code that knows the framing.

A table crosses as a `Schema` and then `Batch` messages, each a self-contained Arrow IPC stream
(https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc).
"""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from libs.contracts.table.v1 import table_pb2
from libs.errors import InvalidInput, TooLarge

BATCH_BYTES_MAX = 1 << 20
"""Bytes of one message: 1 MiB already reaches the wire's peak throughput."""

ROW_BYTES_MAX = 7 << 20
"""Bytes of a message that holds one row: a mebibyte below the 8 MiB receive limit."""


class MalformedBatch(InvalidInput):
    """Bytes that are not the Arrow stream they should be."""


def pack_schema(schema: pa.Schema) -> table_pb2.Schema:
    """The schema as the message that precedes a table's batches."""
    return table_pb2.Schema(arrow_schema=schema.serialize().to_pybytes())


def unpack_schema(message: table_pb2.Schema) -> pa.Schema:
    """The schema in `message`. Raises MalformedBatch."""
    try:
        return pa.ipc.read_schema(pa.py_buffer(message.arrow_schema))
    except (pa.ArrowException, OSError, EOFError) as error:
        raise MalformedBatch("the table's schema is not an Arrow IPC schema message") from error


def pack_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[table_pb2.Batch]:
    """The batches as messages of at most BATCH_BYTES_MAX, in the order of their rows.

    A batch that is too large is halved until it fits, so the same batches always give the same
    messages. Empty batches are passed over. Raises TooLarge for a row over ROW_BYTES_MAX.
    """
    for batch in batches:
        yield from _pack(batch)


def pack_batch(batch: pa.RecordBatch) -> table_pb2.Batch:
    """The batch as one message, for a call that takes one alone. Raises TooLarge beyond ROW_BYTES_MAX."""
    stream = _encode(batch)
    if len(stream) > ROW_BYTES_MAX:
        raise TooLarge(f"{batch.num_rows:,} rows take {len(stream):,} bytes; at most {ROW_BYTES_MAX:,} can be carried")
    return table_pb2.Batch(arrow_stream=stream)


def unpack_batch(message: table_pb2.Batch) -> pa.RecordBatch:
    """The rows in `message`. Raises MalformedBatch."""
    try:
        with pa.ipc.open_stream(pa.py_buffer(message.arrow_stream)) as reader:
            batch = reader.read_next_batch()
            # Damaged offsets pass the shallow check and crash whoever reads them: 0.6 ms a batch buys safety.
            batch.validate(full=True)
            return batch
    except (pa.ArrowException, StopIteration, OSError, EOFError) as error:
        raise MalformedBatch("a batch is not a self-contained Arrow IPC stream") from error


def _pack(batch: pa.RecordBatch) -> Iterator[table_pb2.Batch]:
    if batch.num_rows == 0:
        return
    # Encoding a batch only to find it too large costs a copy, so clearly large ones are halved first.
    if batch.num_rows == 1 or batch.nbytes <= BATCH_BYTES_MAX:
        stream = _encode(batch)
        if len(stream) <= BATCH_BYTES_MAX or (batch.num_rows == 1 and len(stream) <= ROW_BYTES_MAX):
            yield table_pb2.Batch(arrow_stream=stream)
            return
        if batch.num_rows == 1:
            raise TooLarge(f"one row takes {len(stream):,} bytes; at most {ROW_BYTES_MAX:,} can be carried")
    half = batch.num_rows // 2
    yield from _pack(batch.slice(0, half))
    yield from _pack(batch.slice(half))


def _encode(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes()
