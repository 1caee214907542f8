"""Where rows and fields end in a piece of text, found with whole-array operations.

The rules are those of RFC 4180, read as Python's csv module and pyarrow read them: a quote has a
meaning only at the start of a field, a doubled quote inside a quoted field is one quote, and rows
end with LF, CRLF or CR outside quotes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.ingest.domain import Dialect

Positions = NDArray[np.int64]

_CR, _LF = 13, 10

_SPACES = re.compile(rb" *")
"""Some writers pad quoted fields; spaces between the closing quote and the delimiter are no fault."""


@dataclass(frozen=True)
class Lexed:
    """The complete rows at the beginning of `data`; what follows the last of them is an incomplete row.

    starts, stops, ends: (n,) where each row begins, where its last field ends, and where its line end ends.
    fields: (n,) number of fields.
    delimiters: positions of the delimiters outside quotes. line_ends: (m,) positions just after every line
        end, those inside quotes included.
    quoted: whether any field is properly quoted.
    malformed: where quoted fields begin whose closing quote is followed by more than a delimiter.
    broken: where the first of these begins that also runs over a line end: a sign that an earlier quote was
        never closed. None where there is none.
    unclosed: where a quoted field begins that does not end in `data`; None where there is none.
    """

    data: bytes
    starts: Positions
    stops: Positions
    ends: Positions
    fields: Positions
    delimiters: Positions
    line_ends: Positions
    quoted: bool
    malformed: Sequence[int]
    broken: int | None
    unclosed: int | None

    def line_of(self, position: int) -> int:
        """Line ends before `position`."""
        return int(np.searchsorted(self.line_ends, position, side="right"))

    @property
    def empty(self) -> NDArray[np.bool_]:
        """(n,) whether each row is an empty line."""
        nothing: NDArray[np.bool_] = (self.fields == 1) & (self.stops == self.starts)
        return nothing

    def text_of(self, row: int) -> bytes:
        """The row as written, without its line end."""
        return self.data[self.starts[row] : self.stops[row]]

    def rows_from(self, first: int) -> "Lexed":
        """The rows from the one at index `first` on."""
        begin = int(self.starts[first]) if first < len(self.starts) else len(self.data)
        return replace(
            self,
            starts=self.starts[first:],
            stops=self.stops[first:],
            ends=self.ends[first:],
            fields=self.fields[first:],
            malformed=[position for position in self.malformed if position >= begin],
        )

    def rows_before(self, stop: int) -> "Lexed":
        """The rows before the one at index `stop`."""
        end = int(self.starts[stop]) if stop < len(self.starts) else len(self.data)
        return replace(
            self,
            starts=self.starts[:stop],
            stops=self.stops[:stop],
            ends=self.ends[:stop],
            fields=self.fields[:stop],
            malformed=[position for position in self.malformed if position < end],
        )


@dataclass(frozen=True)
class _Quoted:
    """Spans from an opening to a closing quote, in order; the last one may be open."""

    opens: Positions
    closes: Positions
    malformed: Sequence[tuple[int, int]] = ()
    unclosed: int | None = None


def lexed(data: bytes, dialect: Dialect) -> Lexed:
    """The rows of `data`, which begins at the start of a row and does not end between CR and LF."""
    codes = np.frombuffer(data, np.uint8)
    delimiter = ord(dialect.delimiter)
    delimiters = np.flatnonzero(codes == delimiter)
    line_ends = _line_ends(data, codes)
    ends = line_ends
    quoted = _quoted(data, codes, dialect)
    if len(quoted.opens):
        delimiters = delimiters[~_inside(delimiters, quoted)]
        ends = line_ends[~_inside(line_ends - 1, quoted)]
    starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
    crlf = (ends - starts >= 2) & (codes[ends - 1] == _LF) & (codes[ends - 2] == _CR)
    fields = np.diff(np.searchsorted(delimiters, ends), prepend=0) + 1
    return Lexed(
        data=data,
        starts=starts,
        stops=ends - 1 - crlf,
        ends=ends,
        fields=fields,
        delimiters=delimiters,
        line_ends=line_ends,
        quoted=len(quoted.opens) > len(quoted.malformed) + (quoted.unclosed is not None),
        malformed=[opened for opened, _ in quoted.malformed],
        broken=next((opened for opened, closed in quoted.malformed if _runs_over_lines(data, opened, closed)), None),
        unclosed=quoted.unclosed,
    )


def _line_ends(data: bytes, codes: NDArray[np.uint8]) -> Positions:
    """Positions just after each LF, CRLF or CR."""
    feeds = np.flatnonzero(codes == _LF)
    if b"\r" not in data or np.count_nonzero(codes == _CR) == np.count_nonzero(codes[feeds[feeds > 0] - 1] == _CR):
        return feeds + 1
    returns = np.flatnonzero(codes == _CR)
    following = codes[np.minimum(returns + 1, len(codes) - 1)]
    alone = returns[(following != _LF) | (returns == len(codes) - 1)]
    return np.sort(np.concatenate([feeds, alone])) + 1


def _inside(positions: Positions, quoted: _Quoted) -> NDArray[np.bool_]:
    span = np.searchsorted(quoted.opens, positions) - 1
    return (span >= 0) & (positions < quoted.closes[span])


def _quoted(data: bytes, codes: NDArray[np.uint8], dialect: Dialect) -> _Quoted:
    empty = np.empty(0, np.int64)
    if not dialect.quote or dialect.quote.encode() not in data:
        return _Quoted(empty, empty)
    quotes = np.flatnonzero(codes == ord(dialect.quote))
    if not _well_formed(codes, quotes, dialect):
        return _walked(data, quotes.tolist(), dialect)
    opens, closes = quotes[0::2], quotes[1::2]
    if len(opens) == len(closes):
        return _Quoted(opens, closes)
    # The field that stays open may hold doubled quotes; it began where no quote stands just before.
    firsts = opens[np.concatenate([[True], opens[1:] - closes != 1])]
    return _Quoted(opens, np.append(closes, len(data)), unclosed=int(firsts[-1]))


def _well_formed(codes: NDArray[np.uint8], quotes: Positions, dialect: Dialect) -> bool:
    """Whether every second quote opens at the start of a field and the others close at its end, so that
    counting quotes tells inside from outside. A doubled quote counts as a close and an open, with
    nothing between."""
    boundary = np.zeros(256, np.bool_)
    boundary[[_CR, _LF, ord(dialect.delimiter), ord(dialect.quote)]] = True
    opens, closes = quotes[0::2], quotes[1::2]
    opens_well = boundary[codes[np.maximum(opens - 1, 0)]] | (opens == 0)
    closes_well = boundary[codes[np.minimum(closes + 1, len(codes) - 1)]] | (closes == len(codes) - 1)
    return bool(opens_well.all() and closes_well.all())


def _walked(data: bytes, quotes: list[int], dialect: Dialect) -> _Quoted:
    """The spans of data whose quotes must be looked at one by one."""
    before = (_CR, _LF, ord(dialect.delimiter))
    opens: list[int] = []
    closes: list[int] = []
    malformed: list[tuple[int, int]] = []
    index, inside = 0, False
    while index < len(quotes):
        position = quotes[index]
        index += 1
        if not inside:
            inside = position == 0 or data[position - 1] in before
            if inside:
                opens.append(position)
        elif index < len(quotes) and quotes[index] == position + 1:
            index += 1
        else:
            inside = False
            closes.append(position)
            after = _SPACES.match(data, position + 1).end()  # type: ignore[union-attr]  # matches anywhere
            if after < len(data) and data[after] not in before:
                malformed.append((opens[-1], position))
    unclosed = opens[-1] if inside else None
    if inside:
        closes.append(len(data))
    return _Quoted(np.array(opens, np.int64), np.array(closes, np.int64), malformed, unclosed)


def _runs_over_lines(data: bytes, start: int, stop: int) -> bool:
    return data.find(b"\n", start, stop) >= 0 or data.find(b"\r", start, stop) >= 0
