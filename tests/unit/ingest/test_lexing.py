"""Where rows and fields end."""

from services.ingest.domain import Dialect
from services.ingest.lexing import lexed

COMMA = Dialect(",", '"')


def test_rows_end_outside_quotes_at_any_line_end():
    """LF, CRLF and CR end rows; inside quotes they do not."""
    rows = lexed(b'a,b\n"x\r\ny",2\r\nq,r\rrest', COMMA)
    assert [b"a,b", b'"x\r\ny",2', b"q,r"] == [rows.text_of(row) for row in range(3)]
    assert [2, 2, 2] == rows.fields.tolist()
    assert 4 == rows.line_of(len(rows.data))


def test_delimiters_inside_quotes_are_text():
    """Only those outside separate fields; doubled quotes do not end a field."""
    rows = lexed(b'"a,""b,",c\n', COMMA)
    assert [2] == rows.fields.tolist()


def test_quotes_inside_a_field_are_characters():
    """A quote has a meaning at the start of a field only."""
    rows = lexed(b'5" pipe, "x,y\n', COMMA)
    assert [3] == rows.fields.tolist()
    assert not rows.quoted and not rows.malformed


def test_field_that_goes_on_after_its_quote_is_known():
    """It is no reason to refuse, unless it runs over lines."""
    assert [0] == list(lexed(b'"a"b,c\n', COMMA).malformed)
    assert None is lexed(b'"a"b,c\n', COMMA).broken
    assert 4 == lexed(b'x,y\n"a,1\n"b",2\n', COMMA).broken


def test_open_quote_is_known_by_where_it_began():
    """Not by the doubled quotes that follow."""
    assert 2 == lexed(b'a,"x""y\n', COMMA).unclosed
    assert 2 == lexed(b'a,"x""\n', COMMA).unclosed
    assert None is lexed(b'a,"x"\n', COMMA).unclosed


def test_empty_lines_are_rows_without_text():
    """They are told apart from rows with one empty quoted field."""
    assert [True, False, True] == lexed(b'\n""\n\r\n', COMMA).empty.tolist()


def test_no_quote_character_means_no_quotes():
    """Then quotes are text like any other."""
    assert [2] == lexed(b'"a,b"\n', Dialect(",", "")).fields.tolist()


def test_rows_from_the_middle_keep_their_places():
    """Positions stay those of the data."""
    rows = lexed(b'"h"x\n"a"b\nc\n', COMMA).rows_from(1)
    assert [b'"a"b', b"c"] == [rows.text_of(row) for row in range(2)]
    assert [5] == list(rows.malformed)
    assert [] == lexed(b"a\n", COMMA).rows_from(1).ends.tolist()
