"""Text of rows into columns of text."""

import pytest

from libs.errors import Internal
from services.ingest.cells import RowReader, cells, cells_by_column
from services.ingest.domain import Dialect
from services.ingest.lexing import lexed

COMMA = Dialect(",", '"')


def test_cells_stay_as_written():
    """Blanks, NA, numbers and inner line ends are text; U+FEFF at the start of a block is a cell's."""
    table = RowReader(["a", "b"], COMMA).table('\ufeffx, NA\n"",007\n"1\r\n2","""q"""\n'.encode(), 3)
    assert {"a": ["\ufeffx", "", "1\r\n2"], "b": [" NA", "007", '"q"']} == table.to_pydict()


def test_readers_that_disagree_give_nothing():
    """Rows that pyarrow counts otherwise than we do are never given."""
    with pytest.raises(Internal, match="1 rows were read where 2"):
        RowReader(["a"], COMMA).table(b"x\n", 2)


def test_rows_of_the_head_can_be_looked_at():
    """One row's cells, or several rows' by column."""
    rows = lexed(b'a,"b,c"\n1,2\n3,4\n', COMMA)
    assert ["a", "b,c"] == cells(rows, 0, COMMA)
    assert [["1", "3"], ["2", "4"]] == cells_by_column(rows, [1, 2], 2, COMMA)
    assert [[], []] == cells_by_column(rows, [], 2, COMMA)
