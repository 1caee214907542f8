"""Totals and notes below a table are set aside; rows of customers never are."""

import pytest

ROWS = "id,plan,mrr\n1,a,5\n2,b,6\n3,c,7\n"


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        ("Total,,18\n", (5,)),
        ("Grand total:,,18", (5,)),
        ("\nTotals,,18\n\nCopyright (c) 2024 Example Inc.\n", (6, 8)),
        (",Total,18\n", (5,)),
        ("Summe;", None),
        ("Confidential Information - Do Not Distribute,,\n", (5,)),
        ("Total,b,18\n", None),
        ("4,Total,18\n", None),
        ("Totally Ltd,,18\n", None),
        ("4,,\n", None),
        ("Total,,18\n4,d,9\n", None),
    ],
)
def test_footers_are_set_aside_with_their_lines(read, below, lines):
    """Only at the end, and only where a column that every row fills is empty, or where there is nothing but a note."""
    found = read(ROWS + below)
    assert lines == (found.repairs["footer_lines"][1] if "footer_lines" in found.repairs else None)
    assert ["1", "2", "3"] == [row[0] for row in found.rows][: 3 if lines is None else None]


def test_a_note_in_a_block_of_its_own(read):
    """A footer may stand far from the rows that it closes."""
    found = read("id,b,c\n" + "1,2,3\n" * 400_000 + "© Example")
    assert (400_000, {"footer_lines": (1, (400_002,))}) == (found.table.num_rows, found.repairs)


def test_a_short_table_keeps_its_rows(read):
    """Beside one row nothing is plain."""
    assert 2 == read("id,b,c\n1,2,3\nTotal,,3\n").table.num_rows


def test_a_lone_row_is_never_a_note(read):
    """A file whose one customer is called like a copyright line keeps it."""
    assert [["© Ltd", ""]] == read("id,b\n© Ltd,\n").rows
