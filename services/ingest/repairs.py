"""What was mended on the way: counted as it happens, told in sentences at the end."""

import re
from collections.abc import Iterable
from enum import StrEnum

from services.ingest.domain import Repair

LINES_MAX = 10
"""Lines named for each kind of repair."""


class Code(StrEnum):
    """The kinds of repair, in the order in which they are told."""

    ENCODING_ASSUMED = "encoding_assumed"
    UNDECODABLE_BYTES = "undecodable_bytes"
    NUL_BYTES = "nul_bytes"
    MIXED_LINE_ENDS = "mixed_line_ends"
    OTHER_SHEETS = "other_sheets"
    PREAMBLE_LINES = "preamble_lines"
    FOOTER_LINES = "footer_lines"
    NO_HEADER = "no_header"
    TRIMMED_HEADERS = "trimmed_headers"
    LONG_HEADERS = "long_headers"
    EMPTY_HEADERS = "empty_headers"
    MISSING_HEADERS = "missing_headers"
    DUPLICATE_HEADERS = "duplicate_headers"
    BLANK_LINES = "blank_lines"
    RAGGED_ROWS_SHORT = "ragged_rows_short"
    RAGGED_ROWS_LONG = "ragged_rows_long"
    TRAILING_DELIMITERS = "trailing_delimiters"
    ESCAPED_QUOTES = "escaped_quotes"
    MALFORMED_QUOTES = "malformed_quotes"


_ONE_OR_MANY = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")

_MESSAGES: dict[Code, str] = {
    Code.ENCODING_ASSUMED: (
        "The bytes are not UTF-8 and were read as Windows-1252 (Western European); "
        "state the encoding if letters look wrong."
    ),
    Code.UNDECODABLE_BYTES: (
        "{n} {byte|bytes} did not fit the file's encoding and {was|were} read as Windows-1252 or replaced by �."
    ),
    Code.NUL_BYTES: "{n} NUL {byte was|bytes were} removed.",
    Code.MIXED_LINE_ENDS: (
        "{n} {line ends|lines end} otherwise than most lines of the file; every kind of line end was accepted."
    ),
    Code.OTHER_SHEETS: "The first sheet with data was read; the workbook has others that hold data too.",
    Code.FOOTER_LINES: "{n} {line|lines} below the table (totals, or a note) {was|were} set aside.",
    Code.PREAMBLE_LINES: "{n} {line|lines} above the table (a title, or `sep=`) {was|were} skipped.",
    Code.NO_HEADER: "The first line holds data, not names, so the columns were named column_1, column_2 and so on.",
    Code.TRIMMED_HEADERS: "{n} column {name had spaces around it|names had spaces around them}, which were removed.",
    Code.LONG_HEADERS: "{n} column {name was|names were} cut to 200 characters.",
    Code.EMPTY_HEADERS: (
        "{n} {column|columns} had no name and {was named by its|were named by their} place (column_3)."
    ),
    Code.MISSING_HEADERS: (
        "The rows have {n} {column|columns} more than the header names; "
        "{it was named by its|these were named by their} place."
    ),
    Code.DUPLICATE_HEADERS: "{n} {column|columns} had the name of an earlier column and {was|were} numbered (name_2).",
    Code.BLANK_LINES: "{n} blank {line was|lines were} skipped.",
    Code.RAGGED_ROWS_SHORT: "{n} {row|rows} had too few fields; the missing fields at {its|their} end were left empty.",
    Code.RAGGED_ROWS_LONG: (
        "{n} {row|rows} had too many fields, often because a value holds the delimiter and is not quoted; "
        "the fields beyond the last column were dropped."
    ),
    Code.TRAILING_DELIMITERS: "{n} {row|rows} ended with empty fields beyond the last column, which were dropped.",
    Code.ESCAPED_QUOTES: "Quotes inside quoted fields have a backslash before them and were read as quotes.",
    Code.MALFORMED_QUOTES: (
        "{n} quoted {field goes on after its|fields go on after their} closing quote; "
        "the quotes around {it|them} were removed."
    ),
}
"""Said of {n}; of {one|many} the first is said of one."""


class Repairs:
    """The ledger that every room of the stage writes to."""

    def __init__(self) -> None:
        self._counts: dict[Code, int] = {}
        self._lines: dict[Code, list[int]] = {}

    def add(self, code: Code, count: int, lines: Iterable[int] = ()) -> None:
        """Counts `count` more repairs; `lines` (ascending, from 1) are kept while there is room."""
        if count == 0:
            return
        self._counts[code] = self._counts.get(code, 0) + count
        kept = self._lines.setdefault(code, [])
        for line in lines:
            if len(kept) == LINES_MAX:
                return
            if not kept or line > kept[-1]:
                kept.append(line)

    def count(self, code: Code) -> int:
        """How many repairs of one kind there were so far."""
        return self._counts.get(code, 0)

    def told(self) -> tuple[Repair, ...]:
        """What was mended so far, each kind once."""
        return tuple(
            Repair(code, _said(_MESSAGES[code], count), count, tuple(self._lines[code]))
            for code in Code
            if (count := self._counts.get(code, 0))
        )


def _said(message: str, count: int) -> str:
    chosen = _ONE_OR_MANY.sub(lambda either: either[1 if count == 1 else 2], message)
    return chosen.replace("{n}", f"{count:,}")
