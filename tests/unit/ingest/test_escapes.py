"""Quotes that a backslash escapes."""

import pytest

from services.ingest.domain import Dialect, Limits, Options
from services.ingest.escapes import escaped, unescaped
from services.ingest.stage import parse

COMMA = Dialect(",", '"')
FILE = rb"""id,note
1,"says \"hi\", twice"
2,"C:\\new\\"
3,plain
"""


@pytest.mark.parametrize("size", [1, 2, 7, 1 << 20])
def test_escaped_quotes_are_read_as_quotes(size):
    """A file that proves the dialect reads as written, in pieces of any size, and the report says so."""
    table = parse((FILE[at : at + size] for at in range(0, len(FILE), size)), Options(), Limits())
    found = [row["note"] for batch in table for row in batch.to_pylist()]
    assert ['says "hi", twice', "C:\\new\\", "plain"] == found
    assert ["escaped_quotes"] == [repair.code for repair in table.profile.repairs]


@pytest.mark.parametrize(
    "head",
    [
        rb'1,"C:\temp\"' + b"\n" + rb'2,"D:\"' + b"\n",
        rb"1,5\" disk" + b"\n2,x\n",
        b'1,"says ""hi"""\n2,"C:\\\\"\n',
        rb'1,"a \"b' + b"\n2,c,d\n",
    ],
)
def test_what_proves_nothing_is_left_alone(head):
    """Paths that end with a backslash, quotes in plain fields, doubled quotes, and files uneven either way."""
    assert not escaped(head, COMMA)


def test_a_backslash_at_the_end_stays():
    """It escapes nothing."""
    assert [b"a", b"\\"] == list(unescaped([b"a\\"]))
