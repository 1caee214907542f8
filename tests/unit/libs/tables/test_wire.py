"""Tables as messages: nothing is lost, nothing is too large, nonsense is refused."""

import string

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.contracts.table.v1 import table_pb2
from libs.errors import InvalidInput, TooLarge
from libs.rpc.server import MESSAGE_BYTES_MAX
from libs.tables import wire

SCHEMA = pa.schema(
    [
        ("text", pa.string()),
        ("number", pa.float64()),
        ("day", pa.date32()),
        ("flag", pa.bool_()),
        ("unconverted", pa.list_(pa.string())),
        ("source_row", pa.int64()),
    ]
)


def batch(rows: int, text: str = "x") -> pa.RecordBatch:
    """A batch with that text in every row."""
    return pa.RecordBatch.from_pydict(
        {
            "text": [text if row % 3 else None for row in range(rows)],
            "number": [row / 3 for row in range(rows)],
            "day": list(range(rows)),
            "flag": [row % 2 == 0 for row in range(rows)],
            "unconverted": [["mrr"] * (row % 3) for row in range(rows)],
            "source_row": range(1, rows + 1),
        },
        schema=SCHEMA,
    )


def carried(batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    """The batches as they arrive."""
    return [wire.unpack_batch(message) for message in wire.pack_batches(batches)]


def test_a_schema_survives() -> None:
    """Types, order, nullability and metadata."""
    schema = SCHEMA.append(pa.field("kept", pa.string(), nullable=False)).with_metadata({"key": "value"})
    assert schema.equals(wire.unpack_schema(wire.pack_schema(schema)), check_metadata=True)


def test_a_small_batch_is_one_message() -> None:
    """Row for row as it was."""
    assert [batch(100)] == carried([batch(100)])


def test_empty_batches_are_passed_over() -> None:
    """A table without rows is its schema alone."""
    assert [] == carried([batch(0), batch(0)])


def test_a_slice_carries_its_own_rows_only() -> None:
    """Arrow slices share the buffers of the whole."""
    whole = batch(10_000, "y" * 100)
    (message,) = wire.pack_batches([whole.slice(5_000, 10)])
    assert whole.slice(5_000, 10) == wire.unpack_batch(message)
    assert len(message.arrow_stream) < 10_000


def test_a_large_batch_is_halved_until_it_fits() -> None:
    """In the order of its rows, no message over the limit, none needlessly small."""
    whole = batch(40_000, "z" * 200)
    messages = list(wire.pack_batches([whole]))
    sizes = [len(message.arrow_stream) for message in messages]
    assert max(sizes) <= wire.BATCH_BYTES_MAX and min(sizes) > wire.BATCH_BYTES_MAX // 5
    assert pa.Table.from_batches([whole]) == pa.Table.from_batches(carried([whole])).combine_chunks()


def test_the_same_batches_give_the_same_messages() -> None:
    """A pass that is repeated gives the same bytes."""
    first, second = ([m.arrow_stream for m in wire.pack_batches([batch(20_000, "w" * 99)])] for _ in range(2))
    assert first == second


def test_one_long_row_is_carried_alone() -> None:
    """It may take more than a usual message, and still fits the receive limit with room to spare."""
    long = pa.RecordBatch.from_pydict({"text": ["a", "b" * (6 << 20), "c"]})
    messages = list(wire.pack_batches([long]))
    assert [1, 1, 1] == [wire.unpack_batch(message).num_rows for message in messages]
    assert wire.BATCH_BYTES_MAX < max(message.ByteSize() for message in messages) < MESSAGE_BYTES_MAX


def test_a_row_that_no_message_can_hold_is_too_large() -> None:
    """It is refused with its size, before grpc would refuse it without."""
    with pytest.raises(TooLarge, match="one row takes"):
        list(wire.pack_batches([pa.RecordBatch.from_pydict({"text": ["b" * (7 << 20)]})]))


def test_dictionaries_travel_with_each_message() -> None:
    """Each message can be read alone."""
    encoded = pa.RecordBatch.from_pydict({"plan": pa.array(["a", "b", "a"] * 10).dictionary_encode()})
    messages = list(wire.pack_batches([encoded, encoded]))
    assert encoded == wire.unpack_batch(messages[1])


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff\xff\xff\xff\x10\x00\x00\x00", bytes(100)])
def test_bytes_that_are_no_arrow_are_refused(content: bytes) -> None:
    """A stranger's bytes are invalid input, never a crash."""
    with pytest.raises(InvalidInput):
        wire.unpack_schema(table_pb2.Schema(arrow_schema=content))
    with pytest.raises(wire.MalformedBatch):
        wire.unpack_batch(table_pb2.Batch(arrow_stream=content))


def test_a_stream_without_a_batch_is_refused() -> None:
    """The schema alone is no batch."""
    sink = pa.BufferOutputStream()
    pa.ipc.new_stream(sink, SCHEMA).close()
    with pytest.raises(wire.MalformedBatch):
        wire.unpack_batch(table_pb2.Batch(arrow_stream=sink.getvalue().to_pybytes()))


def test_a_call_that_takes_one_batch_gets_it_whole() -> None:
    """Beyond the mebibyte of a stream's messages, up to what a message can carry."""
    rows = pa.record_batch({"text": pa.array(["x" * 1000] * 3000)})
    assert rows == wire.unpack_batch(wire.pack_batch(rows))
    with pytest.raises(TooLarge, match="9,000 rows take"):
        wire.pack_batch(pa.record_batch({"text": pa.array(["x" * 1000] * 9000)}))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_damaged_batch_is_read_or_refused(place: int, value: int) -> None:
    """Whatever byte is changed: other rows or MalformedBatch, no other exception."""
    (message,) = wire.pack_batches([batch(50)])
    content = bytearray(message.arrow_stream)
    content[place % len(content)] = value
    try:
        read = wire.unpack_batch(table_pb2.Batch(arrow_stream=bytes(content)))
    except wire.MalformedBatch:
        return
    assert read.num_rows >= 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(string.printable, max_size=20) | st.none(), min_size=1, max_size=50), st.integers(1, 60))
def test_any_cells_in_any_batches_survive(cells: list[str | None], rows: int) -> None:
    """Nulls, empty text and line breaks included."""
    table = pa.table({"text": pa.array(cells, pa.string())})
    assert table == pa.Table.from_batches(carried(table.to_batches(max_chunksize=rows))).combine_chunks()
