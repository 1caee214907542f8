"""How a file is cut into fields and where its table begins, found from its first rows."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import partial

import numpy as np

from services.ingest.cells import cells, cells_by_column
from services.ingest.domain import BadOption, Dialect, Layout, Options
from services.ingest.lexing import Lexed, Positions, lexed
from services.ingest.patterns import looks_like_data

DELIMITERS = (",", ";", "\t", "|")
"""In order of preference where two fit equally well."""

_RARE_DELIMITERS = (":", " ", "^", "~", "\x1f")
"""Tried where none of the others gives a table, and believed only where every row agrees: words have spaces, times
have colons."""

_RARE_WIDTH_MIN = 3
_RARE_ROWS_MIN = 4

HEAD_BYTES = 256 << 10
_ROWS_LOOKED_AT = 1_000
_BODY_ROWS = 200
_PREAMBLE_ROWS_MAX = 20

_SEP_LINE = re.compile(rb'\s*"?sep=(.)"?[ \t,;|]*[\r\n]', re.I | re.S)
"""Excel's own first line that names the delimiter."""


@dataclass(frozen=True)
class _Fit:
    """How well a delimiter cuts the head into rows of one width. share: of rows with that width."""

    width: int
    share: float
    first_fits: bool
    rows: int = 1

    @property
    def score(self) -> tuple[float, int]:
        return self.share + 0.5 * self.first_fits, self.width


def dialect_of(text: bytes, options: Options) -> Dialect:
    """The dialect of a text (UTF-8) of which `text` is the beginning. Raises BadOption."""
    head = text[:HEAD_BYTES]
    if options.delimiter is not None:
        return Dialect(_checked(options.delimiter), _quote(head, options.delimiter))
    if named := _SEP_LINE.match(head):
        delimiter = named[1].decode(errors="replace")
        if delimiter in DELIMITERS:
            return Dialect(delimiter, _quote(head, delimiter))
    fits = {delimiter: _fit(head, delimiter) for delimiter in DELIMITERS if delimiter.encode() in head}
    likely = [delimiter for delimiter, fit in fits.items() if _is_table(fit)]
    best = max(likely, key=lambda delimiter: fits[delimiter].score, default="")
    best = best or next(filter(partial(_is_rare_table, head), _RARE_DELIMITERS), DELIMITERS[0])
    return Dialect(best, _quote(head, best))


def layout_of(text: bytes, dialect: Dialect, has_header: bool | None) -> Layout:
    """Where the table begins in a text of which `text` is the beginning."""
    rows = _head_rows(text[:HEAD_BYTES], dialect)
    before = int(_SEP_LINE.match(rows.data) is not None)
    filled = np.flatnonzero(~rows.empty)[before:_ROWS_LOOKED_AT]
    if not len(filled):
        return Layout(before, has_header is not False, 0)
    width = _usual(rows.fields[filled].tolist())
    preamble = _preamble(rows, filled, width, dialect) if has_header is None else 0
    first = cells(rows, int(filled[preamble]), dialect)
    below = filled[preamble + 1 : preamble + 1 + _BODY_ROWS]
    body = cells_by_column(rows, below[rows.fields[below] == width].tolist(), width, dialect)
    header = not _is_data(first, body) if has_header is None else has_header
    if header and not any(cell.strip() for column in body[len(first) :] for cell in column):
        # Rows that end with a delimiter have no more columns than the header for it.
        width = min(width, len(first))
    row_names = header and len(first) == width - 1 and _counts_up(body[0])
    return Layout(before + preamble, header, width, row_names)


def _checked(delimiter: str) -> str:
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in "\"'\r\n\0" or delimiter.isalnum():
        raise BadOption(
            f"the delimiter {delimiter[:10]!r} cannot be used; state one ASCII character that is no letter, digit or "
            "quote, such as , or ;, or leave it out to have it detected"
        )
    return delimiter


def _quote(head: bytes, delimiter: str) -> str:
    """The quote character that the head uses; empty where its quotes quote nothing."""
    if b'"' not in head and b"'" not in head:
        return '"'
    first = next((line for line in re.split(rb"[\r\n]+", head, maxsplit=_PREAMBLE_ROWS_MAX) if line.strip()), b"")
    names = first.split(delimiter.encode())
    if len(names) > 1 and all(re.fullmatch(rb"\s*'[^']+'\s*", name) for name in names):
        return "'"
    rows = lexed(head, Dialect(delimiter, '"'))
    ill = len(rows.malformed) > 0 or (rows.unclosed is not None and len(head) < HEAD_BYTES)
    if not rows.quoted and not ill and _evenness(head, delimiter, "'") > _evenness(head, delimiter, '"'):
        return "'"
    return "" if ill and not rows.quoted else '"'


def _evenness(head: bytes, delimiter: str, quote: str) -> float:
    """Share of the rows that have the usual width; 0 where quotes are out of place."""
    rows = _head_rows(head, Dialect(delimiter, quote))
    if rows.malformed or rows.unclosed is not None:
        return 0.0
    widths = rows.fields[np.flatnonzero(~rows.empty)[:_ROWS_LOOKED_AT]].tolist()
    return widths.count(_usual(widths)) / len(widths) if widths else 0.0


def _is_rare_table(head: bytes, delimiter: str) -> bool:
    fit = _fit(head, delimiter)
    return fit.width >= _RARE_WIDTH_MIN and fit.share == 1.0 and fit.rows >= _RARE_ROWS_MIN


def _fit(head: bytes, delimiter: str) -> _Fit:
    rows = _head_rows(head, Dialect(delimiter, _quote(head, delimiter)))
    widths = rows.fields[np.flatnonzero(~rows.empty)[:_ROWS_LOOKED_AT]].tolist()
    if not widths:
        # A head without one complete row: a first row of very many columns.
        return _Fit(head.count(delimiter.encode()) + 1, 1.0, True)
    width = _usual(widths)
    return _Fit(width, widths.count(width) / len(widths), widths[0] == width, len(widths))


def _head_rows(head: bytes, dialect: Dialect) -> Lexed:
    """The rows of the head; the last one too, where the head is the whole file."""
    return lexed(head if len(head) == HEAD_BYTES else head + b"\n", dialect)


def _is_table(fit: _Fit) -> bool:
    """A wrong delimiter cuts few rows, or cuts them unevenly; commas in prose do not reach the header."""
    return fit.width > 1 and (fit.first_fits or fit.share >= 0.9 or (fit.share >= 0.5 and fit.width > 2))


def _usual(widths: list[int]) -> int:
    """The most frequent width, of two as frequent the first row's; one field only where no row has more."""
    counts = Counter(width for width in widths if width > 1) or Counter(widths)
    return max(counts, key=lambda width: (counts[width], width == widths[0], width))


def _preamble(rows: Lexed, filled: Positions, width: int, dialect: Dialect) -> int:
    """Rows above the header: titles and dates that fill at most a third of the columns of a wider table.

    The header below them has the table's width, hardly a gap and no data.
    """
    if width < 3:
        return 0
    for index, row in enumerate(filled[: _PREAMBLE_ROWS_MAX + 1].tolist()):
        names = [cell for cell in cells(rows, row, dialect) if cell.strip()]
        if len(names) > max(1, width // 3):
            header = rows.fields[row] == width and len(names) >= 0.8 * width and not any(map(looks_like_data, names))
            return index if header else 0
    return 0


def _is_data(first: list[str], body: list[list[str]]) -> bool:
    """Whether the first row reads as one more row of the body: more of its cells look like their columns than not."""
    pairs = list(zip(first, body, strict=False))
    # Votes against need not be counted where none can be in favour, as with nearly every header.
    return any(looks_like_data(cell) or column.count(cell) > 1 for cell, column in pairs) and (
        sum(_vote(cell, column) for cell, column in pairs) > 0
    )


def _vote(cell: str, column: list[str]) -> int:
    """1 where the cell belongs to the column below it, -1 where it is of another kind, 0 where one cannot say."""
    below = [value for value in column if value.strip()]
    if not below or not cell.strip():
        return 0
    if _mostly_data(below):
        return 1 if looks_like_data(cell) else -1
    return int(below.count(cell) > 1)


def _mostly_data(cells: list[str]) -> bool:
    """Whether at least nine in ten look like data; each value is looked at once."""
    allowed = len(cells) // 10
    for cell, count in Counter(cells).items():
        if not looks_like_data(cell):
            allowed -= count
            if allowed < 0:
                return False
    return True


def _counts_up(column: list[str]) -> bool:
    return len(column) > 1 and column == [str(place) for place in range(1, len(column) + 1)]
