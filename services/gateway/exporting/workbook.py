"""Customers as an Excel workbook, written row by row: memory does not grow with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from libs.errors import TooLarge, Unavailable
from services.gateway.exporting.sheet import Cells, SheetColumn
from services.gateway.result_columns import FORMULA

SHEET_ROWS_MAX = 1_048_575
"""Rows of a sheet of Excel, one taken by the header."""

SHEETS_MAX = 4
"""Beyond that nobody opens it any more; the file would be of 1 GB."""

SHEET, ABOUT = "Customers", "About"

_FORMATS = {Cells.SHARE: "0.0%", Cells.MONEY: "#,##0.00", Cells.MOMENT: "yyyy-mm-dd hh:mm"}


class TooManyForExcel(TooLarge):
    """More customers than a workbook is made for."""

    def __init__(self, rows: int) -> None:
        super().__init__(
            f"{rows:,} customers do not go into an Excel file, which takes up to {SHEETS_MAX * SHEET_ROWS_MAX:,} here; "
            "filter them, or take CSV, which has no limit"
        )


def check_fits(rows: int) -> None:
    """Raises TooManyForExcel."""
    if rows > SHEETS_MAX * SHEET_ROWS_MAX:
        raise TooManyForExcel(rows)


def write_workbook(
    path: Path,
    columns: Sequence[SheetColumn],
    batches: Iterable[pa.RecordBatch],
    about: Mapping[str, str],
    made_at: datetime,
    told: Callable[[int], None],
) -> int:
    """Writes as many sheets as the rows need, and one that says what they are; how many rows.

    batches: of the columns, in their order. about: lines of the last sheet. made_at: as the file's properties say it,
    so that writing it again gives the same bytes. told: called with the rows so far. Raises TooManyForExcel.
    """
    # Text stays text, whatever it looks like; and a row is written to disk as soon as the next begins.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent), **plain})
    book.use_zip64()
    book.set_properties({"title": about.get("Title", SHEET), "author": "RetainWise", "created": made_at})
    writer = _Writer(book, columns)
    for batch in batches:
        writer.write(batch)
        told(writer.rows)
    writer.end_sheet()
    _tell(book, about)
    try:
        book.close()  # not when something was raised above: it would put the whole file together first
    except FileCreateError as error:
        raise Unavailable("there was no room to put the workbook together; it is tried again") from error
    return writer.rows


class _Writer:
    """rows: written so far, on all sheets."""

    def __init__(self, book: Any, columns: Sequence[SheetColumn]) -> None:
        self._book, self._columns = book, columns
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._quoted = book.add_format({"quote_prefix": True})
        self._formats = {cells: book.add_format({"num_format": shown}) for cells, shown in _FORMATS.items()}
        self.rows = 0
        self._sheet = self._next_sheet()
        self._filled = 0

    def write(self, batch: pa.RecordBatch) -> None:
        """Appends the rows, on another sheet once one is full."""
        dangerous = _formulas(batch)
        for number, row in enumerate(_rows(batch)):
            if self._filled == SHEET_ROWS_MAX:
                self.end_sheet()
                check_fits(self.rows + 1)
                self._sheet, self._filled = self._next_sheet(), 0
            self._filled += 1
            self._sheet.write_row(self._filled, 0, row)
            for place in dangerous.get(number, ()):
                # Text of its own here, and still so if somebody edits the cell.
                self._sheet.write_string(self._filled, place, row[place], self._quoted)
            self.rows += 1

    def end_sheet(self) -> None:
        """What is known of a sheet only once it is full."""
        self._sheet.autofilter(0, 0, self._filled, len(self._columns) - 1)

    def _next_sheet(self) -> Any:
        number = self.rows // SHEET_ROWS_MAX + 1
        sheet = self._book.add_worksheet(SHEET if number == 1 else f"{SHEET} {number}")
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width, self._formats.get(column.cells))
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, [column.title for column in self._columns], self._bold)
        return sheet


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _formulas(batch: pa.RecordBatch) -> dict[int, list[int]]:
    """By row, the places of text that Excel would take for a formula if it were typed in."""
    found: dict[int, list[int]] = {}
    for place, column in enumerate(batch.columns):
        if pa.types.is_string(column.type):
            numbers: list[Any] = pc.indices_nonzero(pc.match_substring_regex(column, FORMULA)).to_pylist()
            for number in numbers:
                found.setdefault(number, []).append(place)
    return found


def _tell(book: Any, about: Mapping[str, str]) -> None:
    sheet = book.add_worksheet(ABOUT)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for number, (name, text) in enumerate(about.items()):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text, quoted)
