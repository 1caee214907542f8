"""Delimiters, quotes and headers found from the first rows."""

import pytest

from services.ingest.dialect import dialect_of, layout_of
from services.ingest.domain import Dialect, Layout, Options

ROWS = [["id", "city", "paid"], ["1", "Rome, Italy", "5"], ["2", "Bonn; Rhein", "6"], ["3", "a|b", "7"]]


def found(text: str, **options: object) -> tuple[Dialect, Layout]:
    """Dialect and layout of the text."""
    dialect = dialect_of(text.encode(), Options(**options))
    return dialect, layout_of(text.encode(), dialect, options.get("has_header"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found(delimiter):
    """Though other candidates stand in the cells, quoted where they must be."""
    rows = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in ROWS]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert (Dialect(delimiter, '"'), Layout(0, True, 3)) == found(text)


def test_decimal_commas_do_not_hide_semicolons():
    """Every row has as many commas as semicolons; only semicolons cut the header too."""
    assert ";" == found("name;price;tax\nx;2,5;1,0\ny;3,5;2,0\n")[0].delimiter


def test_prose_is_one_column():
    """Commas in sentences make no table."""
    dialect, layout = found("comment\nfine, thanks\nno\nwell, well\nbad\ngood\n")
    assert (",", 1) == (dialect.delimiter, layout.width) or layout.width == 2


def test_delimiter_may_be_named_by_the_file_or_the_caller():
    """Excel's `sep=` line is believed and skipped; an option is believed without looking."""
    assert (Dialect("|", '"'), Layout(1, True, 2)) == found("sep=|\na,x|b,y\n1,5|2,5\n3,5|4,5\n")
    assert ":" == found("a:b\n1:2\n", delimiter=":")[0].delimiter


def test_quotes_that_quote_nothing_are_characters():
    """Inches at the start of a cell open no field; one proper field makes quotes quotes."""
    assert "" == found('size\tn\n"5 inch" pipe\t1\n6" pipe\t2\n')[0].quote
    assert "" == found('a,b\n1,"x\n2,y\n')[0].quote
    assert '"' == found('size,n\n"5, or 6",1\n"7" x,2\n')[0].quote


def test_single_quotes_around_every_name_are_quotes():
    """Some databases write them."""
    assert "'" == found("'id','name'\n'1','x, y'\n")[0].quote
    assert '"' == found("id,'name'\n1,'x'\n")[0].quote


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("id,name\n1,x\n2,y\n", True),
        ("1,x\n2,y\n3,x\n", False),
        ("a@b.co,2024-01-05\nc@d.co,2024-02-05\n", False),
        ("gender,plan\nmale,pro\nfemale,free\nmale,free\n", True),
        ("male,pro\nfemale,free\nmale,free\nmale,pro\n", False),
        ("id,2023,2024\nx,5,6\ny,7,8\n", False),
        ("name,note\nx,y\nz,w\n", True),
        ("id,name\n", True),
    ],
)
def test_header_is_found(text, header):
    """A first row that looks like the rows below is a row; a table of years wants the option."""
    assert header == found(text)[1].has_header


def test_stated_header_is_believed():
    """The option wins over looks."""
    assert not found("id,name\n1,x\n", has_header=False)[1].has_header
    assert found("1,x\n2,y\n", has_header=True)[1].has_header


def test_titles_above_the_table_are_skipped():
    """Rows with hardly a cell above a full header, as reports have them; not where a header is stated."""
    text = "Customers\nas of May,,\nid,plan,paid\n1,pro,5\n2,free,6\n3,pro,7\n"
    assert 2 == found(text)[1].rows_before
    assert 0 == found(text, has_header=True)[1].rows_before
    assert 0 == found("a,,\n1,2,3\n")[1].rows_before


def test_row_numbers_without_a_name_are_known():
    """R writes a number before each row and no name above it."""
    assert Layout(0, True, 3, row_names=True) == found('"a","b"\n"1",x,5\n"2",y,6\n')[1]
    assert Layout(0, True, 3) == found("a,b\n7,x,5\n9,y,6\n")[1]


def test_delimiters_at_the_end_of_rows_are_no_column():
    """The header rules where everything beyond it is blank; the more frequent width rules otherwise."""
    assert 2 == found("a,b\n1,2,\n3,4,\n")[1].width
    assert 2 == found("a,b\n1,2\n3,4,5\n")[1].width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:b:c\n" + "1:2:3\n" * 4, Dialect(":", '"')),
        ("a b c\n" + 'x "y z" w\n' * 4, Dialect(" ", '"')),
        ("name\nAda Lovelace\nAlan Turing\nMary Ann Evans\nJo March\n", Dialect(",", '"')),
        ("at\n" + "10:30:00\n" * 5, Dialect(",", '"')),
        ("id,note\n1,'one, two'\n2,fine\n3,'a, b'\n", Dialect(",", "'")),
        ("id,note\n1,'tis\n2,fine\n3,O'Brien\n", Dialect(",", '"')),
    ],
)
def test_rare_delimiters_and_quotes_are_believed_where_every_row_agrees(text, expected):
    """Words have spaces, times colons and names apostrophes."""
    assert expected == dialect_of(text.encode(), Options())
