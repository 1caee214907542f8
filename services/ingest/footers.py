"""Lines below the table: totals, and notes such as a copyright. They are set aside, and only where that is plain."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from libs.tables.words import MISSING
from services.ingest.cells import cells, cells_by_column
from services.ingest.domain import Dialect
from services.ingest.repairs import Code, Repairs
from services.ingest.rows import RowBlock

_BLOCKS_HELD = 2
"""A file's last row without a line end is a block of its own."""

_FOOTER_ROWS_MAX = 10
_ROWS_ABOVE = 50
_ROWS_ABOVE_MIN = 3

_NOTE_CHARACTERS_MAX = 500
"""A longer cell is no note. A search takes the square of its length where it is all digits."""

_TOTAL = re.compile(
    r"(grand |overall |sub)?totals?|sums?|summe|gesamt(summe)?|insgesamt|total général|totale|totaal|suma|totales|"
    r"total general|total geral|razem",
    re.I,
)
_NOTE = re.compile(
    r"©|\(c\) ?(19|20)\d\d|copyright\b|all rights reserved|confidential\b|do not distribute|"
    r"(report )?(generated|exported|created|run|printed) (by|on|at|from)\b|end of (report|file|data)|"
    r"(total|number of) (rows|records|customers)\b|\d+ (rows|records)( returned| exported)?$|powered by",
    re.I,
)


def without_footers(blocks: Iterable[RowBlock], width: int, dialect: Dialect, repairs: Repairs) -> Iterator[RowBlock]:
    """The blocks, the last ones without the lines below the table; these are reported."""
    held: deque[RowBlock] = deque()
    for block in blocks:
        held.append(block)
        if len(held) > _BLOCKS_HELD:
            yield held.popleft()
    yield from _shortened(list(held), width, dialect, repairs)


def _shortened(blocks: list[RowBlock], width: int, dialect: Dialect, repairs: Repairs) -> list[RowBlock]:
    last = [
        (number, row)
        for number, block in enumerate(blocks)
        for row in np.flatnonzero(~block.rows.empty)[-_ROWS_ABOVE - _FOOTER_ROWS_MAX :].tolist()
    ]
    footers: list[tuple[int, int]] = []
    while last and len(footers) < _FOOTER_ROWS_MAX and _is_footer(blocks, last, width, dialect):
        footers.insert(0, last.pop())
    if not footers:
        return blocks
    repairs.add(Code.FOOTER_LINES, len(footers), [_line(blocks[number], row) for number, row in footers])
    number, row = footers[0]
    block = blocks[number]
    return [*blocks[:number], replace(block, rows=block.rows.rows_before(row))]


def _is_footer(blocks: list[RowBlock], rows: list[tuple[int, int]], width: int, dialect: Dialect) -> bool:
    """Whether the last of the rows is a note or holds totals, seen beside the rows above it."""
    number, row = rows[-1]
    found = [cell.strip() for cell in cells(blocks[number].rows, row, dialect)]
    filled = [cell for cell in found if cell]
    if not filled or width < 2:
        return False
    if len(filled) == 1 and found[0] and _is_note(filled[0]):
        # Under a table whose rows fill more than their first cell; a lone row is never a note.
        return any(place > 0 for place in _filled_above(blocks, rows[:-1], width, dialect))
    if not _TOTAL.fullmatch(filled[0].rstrip(" :")):
        return False
    above = _filled_above(blocks, rows[:-1], width, dialect)
    return any(place >= len(found) or found[place].lower() in MISSING for place in above)


def _is_note(cell: str) -> bool:
    return len(cell) <= _NOTE_CHARACTERS_MAX and _NOTE.search(cell) is not None


def _filled_above(blocks: list[RowBlock], rows: list[tuple[int, int]], width: int, dialect: Dialect) -> list[int]:
    """Places of the columns that all rows above fill, as ids and dates do; none where there are few rows."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, block in enumerate(blocks):
        chosen = [row for other, row in rows[-_ROWS_ABOVE:] if other == number and block.rows.fields[row] == width]
        for column, more in zip(columns, cells_by_column(block.rows, chosen, width, dialect), strict=True):
            column += more
    if len(columns[0]) < _ROWS_ABOVE_MIN:
        return []
    return [
        place for place, column in enumerate(columns) if all(cell.strip().lower() not in MISSING for cell in column)
    ]


def _line(block: RowBlock, row: int) -> int:
    return block.line_of(int(block.rows.starts[row]))
