"""Excel workbooks (.xlsx): the first sheet that holds anything, as text."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path

import python_calamine as calamine

from services.ingest import zipped
from services.ingest.domain import DamagedContainer, Limits, NoRows, WorkbookTooLarge
from services.ingest.repairs import Code, Repairs

_CELL = re.compile(rb'<(?:[a-z]+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_OVERLAP_BYTES = 200
"""A cell's tag may lie across two chunks."""

_ROWS_A_BLOCK = 4_096


def text(path: Path, limits: Limits, repairs: Repairs) -> Iterator[bytes]:
    """The rows as CSV, blank rows as blank lines. Raises DamagedContainer, WorkbookTooLarge, NoRows and GzipBomb."""
    _refuse_large(path, limits)
    try:
        with calamine.load_workbook(str(path)) as book:
            shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == calamine.SheetVisibleEnum.Visible]
            filled: list[calamine.CalamineSheet] = []
            for name in shown:
                sheet = book.get_sheet_by_name(name)
                if sheet.height > 0:
                    filled.append(sheet)
                if len(filled) == 2:
                    break
            if not filled:
                raise NoRows("no sheet of the workbook holds anything; upload one with a row for each customer")
            repairs.add(Code.OTHER_SHEETS, len(filled) - 1)
            yield from _written(filled[0])
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, calamine.PasswordError) as error:
        raise DamagedContainer("the Excel workbook cannot be read; save it again as .xlsx or CSV") from error


def _written(sheet: calamine.CalamineSheet) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = [_as_text(cell) for cell in row]
        # A row without content is a blank line, and the number of a line is that of its row.
        writer.writerow(cells if any(cells) else [])
        if number % _ROWS_A_BLOCK == 0:
            yield out.getvalue().encode(errors="replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode(errors="replace")


def _as_text(cell: object) -> str:
    """A cell as a person would write it, with nothing lost."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    return str(cell)


def _refuse_large(path: Path, limits: Limits) -> None:
    """Unpacks every part once, within limits, before a reader that holds a sheet in memory sees it.

    That reader makes room for the whole rectangle up to a sheet's last cell, so one cell far out would fill memory.
    """
    total = 0
    with zipped.opened(path) as archive:
        for entry in archive.infolist():
            columns: set[bytes] = set()
            last_row = 0
            rest = b""
            for chunk in zipped.member(archive, entry, limits):
                total += len(chunk)
                if total > limits.workbook_bytes_max:
                    raise _too_large()
                if entry.filename.startswith("xl/worksheets/"):
                    rest += chunk
                    found = _CELL.findall(rest)
                    columns.update(column for column, _ in found)
                    last_row = max(last_row, max((int(row) for _, row in found), default=0))
                    rest = rest[-_OVERLAP_BYTES:]
            if last_row * max(map(_place, columns), default=0) > limits.workbook_cells_max:
                raise _too_large()


def _place(column: bytes) -> int:
    """The number of a column from its letters: A is 1."""
    place = 0
    for letter in column:
        place = 26 * place + letter - 64
    return place


def _too_large() -> WorkbookTooLarge:
    return WorkbookTooLarge("the Excel workbook is too large to be read as a whole; export its sheet as CSV")
