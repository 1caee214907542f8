"""Messages to domain and back."""

import pytest

from libs.contracts.ingest.v1 import ingest_pb2 as pb
from libs.contracts.table.v1 import table_pb2
from libs.tables import wire
from services.ingest import messages
from services.ingest.domain import Format, Limits, MalformedStream, Options
from services.ingest.stage import parse


def test_options_left_out_are_none():
    """Absent is not the same as empty or false."""
    stated = pb.ParseOptions(encoding="utf-8", delimiter=";", has_header=False, rows_max=0)
    assert Options("utf-8", ";", False, rows_max=0) == messages.options(iter([pb.ParseRequest(options=stated)]))
    assert Options() == messages.options(iter([pb.ParseRequest(options=pb.ParseOptions())]))


def test_messages_out_of_order_are_refused():
    """Options first and once, then bytes."""
    for first in ([], [pb.ParseRequest(chunk=b"a")], [pb.ParseRequest()]):
        with pytest.raises(MalformedStream, match="first message"):
            messages.options(iter(first))
    with pytest.raises(MalformedStream, match="after the first"):
        list(messages.chunks(iter([pb.ParseRequest(chunk=b"a"), pb.ParseRequest(options=pb.ParseOptions())])))


def test_every_format_has_a_number_on_the_wire():
    """The contract may know more than this stage counts."""
    assert {f"FORMAT_{name.name}" for name in Format} <= set(table_pb2.Format.keys())


def test_answer_is_schema_batches_profile():
    """Everything known of the table arrives."""
    table = parse([b"a,b\n1,x\n,x\n\n"], Options(), Limits())
    schema, batch, last = list(messages.responses(table))
    assert ["a", "b", "source_row"] == wire.unpack_schema(schema.schema).names
    assert {"a": ["1", ""], "b": ["x", "x"], "source_row": [1, 2]} == wire.unpack_batch(batch.batch).to_pydict()
    a, b = last.profile.columns
    assert (2, "utf-8", 1) == (
        last.profile.row_count,
        last.profile.text_format.encoding,
        last.profile.text_format.header_line,
    )
    assert (1, 1, 1.0, True) == (a.filled_count, a.blank_count, a.number_mean, a.distinct_exact)
    assert ([("x", 2)], False) == ([(top.value, top.count) for top in b.top_values], b.HasField("number_mean"))
    assert [("blank_lines", 1, [4])] == [(one.code, one.count, list(one.lines)) for one in last.profile.repairs]
