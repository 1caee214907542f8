"""Text in blocks, into blocks of complete rows that all have as many fields as the table has columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from services.ingest.domain import Dialect, Limits, LineTooLong, UnclosedQuote
from services.ingest.lexing import Lexed, Positions, lexed
from services.ingest.repairs import LINES_MAX, Code, Repairs

_WHOLE_BYTES_MAX = 64 << 10
"""A head shorter than this is as likely the whole of a small file whose last row lacks its line end: that row stays,
unless it is plainly incomplete."""

_LINE_ENDS = ("\r\n", "\n", "\r")


@dataclass(frozen=True)
class RowBlock:
    """Complete rows. first_line: line of the file in which the first of them begins, from 1."""

    rows: Lexed
    first_line: int

    def line_of(self, position: int) -> int:
        """The file's line at a position of `rows.data`."""
        return self.first_line + self.rows.line_of(position)

    def lines_of(self, chosen: Positions) -> list[int]:
        """The lines in which the first of the chosen rows begin."""
        return [self.line_of(int(start)) for start in self.rows.starts[chosen[:LINES_MAX]]]


class _LineEnds:
    """Counts the kinds of line end that rows have, to report files that mix them."""

    def __init__(self) -> None:
        self._counts = dict.fromkeys(_LINE_ENDS, 0)
        self._lines: dict[str, list[int]] = {kind: [] for kind in _LINE_ENDS}

    def add(self, block: RowBlock) -> None:
        rows = block.rows
        if b"\r" not in rows.data:
            self._note(block, "\n", np.arange(len(rows.ends)))
            return
        last = np.frombuffer(rows.data, np.uint8)[rows.ends - 1]
        crlf = rows.ends - rows.stops == 2
        self._note(block, "\r\n", np.flatnonzero(crlf))
        self._note(block, "\n", np.flatnonzero(~crlf & (last == ord("\n"))))
        self._note(block, "\r", np.flatnonzero(last == ord("\r")))

    def _note(self, block: RowBlock, kind: str, chosen: Positions) -> None:
        self._counts[kind] += len(chosen)
        room = LINES_MAX - len(self._lines[kind])
        if room:
            self._lines[kind] += block.lines_of(chosen)[:room]

    def report(self, repairs: Repairs) -> None:
        usual = max(_LINE_ENDS, key=lambda kind: self._counts[kind])
        others = [kind for kind in _LINE_ENDS if kind != usual]
        lines = sorted(line for kind in others for line in self._lines[kind])
        repairs.add(Code.MIXED_LINE_ENDS, sum(self._counts[kind] for kind in others), lines)


def row_blocks(
    text: Iterable[bytes], dialect: Dialect, limits: Limits, repairs: Repairs, head_only: bool = False
) -> Iterator[RowBlock]:
    """The rows of the text, with at most one block of text and one row in memory.

    head_only: whether the text may be cut off; an incomplete last row is then left out.

    Raises LineTooLong for a row beyond the limit, as soon as that much of it was read, and UnclosedQuote.
    """
    line_ends = _LineEnds()
    for block in _cut(text, dialect, limits, head_only):
        line_ends.add(block)
        yield block
    line_ends.report(repairs)


def split_at_row(
    blocks: Iterator[RowBlock], number: int, repairs: Repairs
) -> tuple[list[tuple[RowBlock, int]], Iterator[RowBlock]]:
    """The first `number` rows that are no empty lines, each as its block and index, and the blocks after these.

    There are fewer where the file ends before.
    """
    found: list[tuple[RowBlock, int]] = []
    for block in blocks:
        filled = np.flatnonzero(~block.rows.empty)[: number - len(found)].tolist()
        found += [(block, row) for row in filled]
        done = len(found) == number
        empty = np.flatnonzero(block.rows.empty[: filled[-1] if done else None])
        repairs.add(Code.BLANK_LINES, len(empty), block.lines_of(empty))
        if done:
            break
    return found, blocks


def _cut(text: Iterable[bytes], dialect: Dialect, limits: Limits, head_only: bool) -> Iterator[RowBlock]:
    line = 1
    rest = b""
    size = width = 0
    line_end = b"\n"
    for block in text:
        data = rest + block
        # CR at the end may be half of CRLF; it waits for what follows.
        rows = _checked(lexed(data.removesuffix(b"\r"), dialect), line, limits)
        rest = data
        size += len(block)
        if len(rows.ends):
            width = int(rows.fields[-1])
            line_end = data[int(rows.stops[-1]) : int(rows.ends[-1])]
            yield RowBlock(rows, line)
            line += rows.line_of(int(rows.ends[-1]))
            rest = data[int(rows.ends[-1]) :]
    if head_only and line_end == b"\r\n":
        rest = rest.removesuffix(b"\r")
    if rest:
        # The last line ends as the one before it would have: a missing line end is no fault.
        rows = _checked(lexed(rest if rest.endswith((b"\n", b"\r")) else rest + line_end, dialect), line, limits)
        if head_only and (size >= _WHOLE_BYTES_MAX or rows.unclosed is not None or rows.fields[-1] < width):
            return
        if rows.unclosed is not None:
            raise _unclosed(line + rows.line_of(rows.unclosed))
        yield RowBlock(rows, line)


def mended(block: RowBlock, width: int, dialect: Dialect, repairs: Repairs) -> tuple[bytes, int]:
    """The block's rows as text of exactly `width` fields a row, empty lines aside, and how many they are."""
    rows = block.rows
    if not len(rows.ends):
        return b"", 0
    _report_malformed(block, repairs)
    # Empty lines may stay in the text, for the reader passes over them.
    empty = np.flatnonzero(rows.empty)
    repairs.add(Code.BLANK_LINES, len(empty), block.lines_of(empty))
    odd = np.flatnonzero((rows.fields != width) & ~rows.empty)
    begin, end = int(rows.starts[0]), int(rows.ends[-1])
    if not len(odd):
        return rows.data[begin:end], len(rows.ends) - len(empty)
    pieces: list[bytes] = []
    faults: dict[Code, list[int]] = {}
    copied = begin
    for row in odd.tolist():
        start = int(rows.starts[row])
        piece, code = _mended_row(rows, row, width, dialect)
        faults.setdefault(code, []).append(row)
        pieces += (rows.data[copied:start], piece)
        copied = int(rows.ends[row])
    pieces.append(rows.data[copied:end])
    for code, chosen in faults.items():
        repairs.add(code, len(chosen), block.lines_of(np.array(chosen)))
    return b"".join(pieces), len(rows.ends) - len(empty) - len(faults.get(Code.BLANK_LINES, ()))


def _mended_row(rows: Lexed, row: int, width: int, dialect: Dialect) -> tuple[bytes, Code]:
    start, stop, fields = int(rows.starts[row]), int(rows.stops[row]), int(rows.fields[row])
    content = rows.text_of(row)
    if fields == 1 and not content.strip():
        return b"", Code.BLANK_LINES
    delimiter = dialect.delimiter.encode()
    if fields < width:
        return content + delimiter * (width - fields) + b"\n", Code.RAGGED_ROWS_SHORT
    cut = int(rows.delimiters[np.searchsorted(rows.delimiters, start) + width - 1])
    beyond = rows.data[cut:stop].strip(delimiter + b' "')
    # In a table of one column what is left may be nothing; written as "" it is not taken for an empty line.
    kept = rows.data[start:cut] or 2 * dialect.quote.encode()
    if not kept:
        return b"", Code.BLANK_LINES
    return kept + b"\n", Code.RAGGED_ROWS_LONG if beyond else Code.TRAILING_DELIMITERS


def _report_malformed(block: RowBlock, repairs: Repairs) -> None:
    complete = [position for position in block.rows.malformed if position < block.rows.ends[-1]]
    repairs.add(Code.MALFORMED_QUOTES, len(complete), (block.line_of(position) for position in complete[:LINES_MAX]))


def _checked(rows: Lexed, line: int, limits: Limits) -> Lexed:
    if rows.broken is not None:
        raise _unclosed(line + rows.line_of(rows.broken))
    done = int(rows.ends[-1]) if len(rows.ends) else 0
    long = np.flatnonzero(rows.stops - rows.starts > limits.line_bytes_max)
    if len(long) or len(rows.data) - done > limits.line_bytes_max:
        start = int(rows.starts[long[0]]) if len(long) else done
        where = line + rows.line_of(start)
        if not len(long) and rows.unclosed is not None and rows.line_of(len(rows.data)) > rows.line_of(start):
            raise _unclosed(line + rows.line_of(rows.unclosed))
        raise LineTooLong(
            f"line {where:,} is longer than {limits.line_bytes_max:,} bytes, as no row of a table is; "
            "check that the file has line ends and that its quotes are closed"
        )
    return rows


def _unclosed(line: int) -> UnclosedQuote:
    return UnclosedQuote(
        f"the quoted field that begins on line {line:,} has no proper end; close its quote, "
        "or double each quote inside a quoted field"
    )
