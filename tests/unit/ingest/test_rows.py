"""Blocks of text into rows of one width."""

import pytest

from services.ingest.domain import Dialect, Limits, LineTooLong, UnclosedQuote
from services.ingest.repairs import Repairs
from services.ingest.rows import mended, row_blocks, split_at_row

COMMA = Dialect(",", '"')


def cut(*blocks: bytes, limit: int = 100) -> tuple[list[list[bytes]], Repairs]:
    """The rows of each block that comes out, and what was told."""
    repairs = Repairs()
    out = row_blocks(blocks, COMMA, Limits(line_bytes_max=limit), repairs)
    return [[block.rows.text_of(row) for row in range(len(block.rows.ends))] for block in out], repairs


def test_rows_run_over_blocks():
    """An incomplete row, and CR before LF, wait for the next block; the last row may go without a line end."""
    found, repairs = cut(b"a,b\r", b"\n1,", b'"2\n', b'3"\r\n4', b",5")
    assert [[b"a,b"], [b'1,"2\n3"'], [b"4,5"]] == found
    assert () == repairs.told()


def test_lines_are_counted_over_blocks_and_inside_quotes():
    """A row's line is where it begins in the file."""
    blocks = row_blocks([b'h\n"a\nb"\n', b"\nc\n"], COMMA, Limits(), Repairs())
    found, _ = split_at_row(blocks, 3, Repairs())
    assert [1, 2, 5] == [block.line_of(int(block.rows.starts[row])) for block, row in found]


def test_rows_beyond_the_limit_are_refused_with_their_line():
    """Complete or not; a row under the limit that ends in the next block is fine."""
    with pytest.raises(LineTooLong, match="line 2 is"):
        cut(b"a\n" + b"x" * 101 + b"\n")
    with pytest.raises(LineTooLong, match="line 1 is"):
        cut(b"x" * 60, b"x" * 60)
    assert [[b"x" * 100]] == cut(b"x" * 60, b"x" * 40)[0]


def test_open_quotes_are_refused_with_their_line():
    """At the end of the file, beyond the limit, and where another quote follows wrongly."""
    for blocks in ([b'a\nb,"x\n'], [b'a\n"' + b"x\n" * 60], [b'a\n"x\n"y"\n']):
        with pytest.raises(UnclosedQuote, match="line 2"):
            cut(*blocks)


def test_rows_are_mended_to_one_width():
    """Short rows are filled, long ones cut, blank lines passed over; the good ones are not touched."""
    repairs = Repairs()
    block = next(row_blocks([b'1,2\n3\n\n" ,",\n4,5,6\n7,8,,\n \n9,"9"\n'], COMMA, Limits(), repairs))
    text, rows = mended(block, 2, COMMA, repairs)
    assert b'1,2\n3,\n\n" ,",\n4,5\n7,8\n9,"9"\n' == text
    assert 6 == rows
    told = {one.code: (one.count, one.lines) for one in repairs.told()}
    assert (2, (3, 7)) == told["blank_lines"]
    assert ((1, (2,)), (1, (5,))) == (told["ragged_rows_short"], told["ragged_rows_long"])
    assert (1, (6,)) == told["trailing_delimiters"]


def test_a_row_of_delimiters_is_a_row_of_one_column_too():
    """What is left of it is an empty cell, not an empty line."""
    block = next(row_blocks([b",\nx\n"], COMMA, Limits(), Repairs()))
    assert (b'""\nx\n', 2) == mended(block, 1, COMMA, Repairs())
    assert (b"x\n", 1) == mended(block, 1, Dialect(",", ""), Repairs())
