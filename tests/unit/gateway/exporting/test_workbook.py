"""Workbooks, read back by another library than the one that writes them."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from services.gateway.exporting import workbook
from services.gateway.exporting.sheet import Cells, SheetColumn
from services.gateway.exporting.workbook import ABOUT, SHEET, TooManyForExcel, check_fits, write_workbook

COLUMNS = (
    SheetColumn("customer_id", "Customer", Cells.TEXT, 18),
    SheetColumn("churn_probability", "Churn probability", Cells.SHARE, 12),
    SheetColumn("monthly_revenue", "Monthly revenue", Cells.MONEY, 14),
    SheetColumn("scored_at", "Scored at (UTC)", Cells.MOMENT, 18),
)
AT = datetime(2026, 11, 29, 12, 30)
MADE_AT = datetime(2026, 11, 29, 13, tzinfo=UTC)


def table(ids: list[str]) -> pa.Table:
    """A row for each id."""
    return pa.table(
        {
            "customer_id": ids,
            "churn_probability": [row / 8 for row in range(len(ids))],
            "monthly_revenue": [None, *(99.5 for _ in ids[1:])],
            "scored_at": pa.array([AT] * len(ids), pa.timestamp("us")),
        }
    )


def written(path: Path, rows: pa.Table, **about: str) -> CalamineWorkbook:
    """The workbook of the rows, in batches of 3."""
    told: list[int] = []
    batches = rows.to_batches(max_chunksize=3)
    assert rows.num_rows == write_workbook(path, COLUMNS, batches, about, MADE_AT, told.append)
    assert rows.num_rows == told[-1]
    return CalamineWorkbook.from_path(path)


def part(path: Path, name: str) -> str:
    """One of the files that a workbook is packed from."""
    with zipfile.ZipFile(path) as packed:
        return packed.read(name).decode()


def test_cells_have_types(tmp_path: Path) -> None:
    """Text, numbers and moments, not text that looks like them; nothing where nothing is known."""
    book = written(tmp_path / "a.xlsx", table(["007", "1e5", "http://x", "ü <&>", "a\tb"]))
    header, *rows = book.get_sheet_by_name(SHEET).to_python()
    assert [column.title for column in COLUMNS] == header
    assert ["007", "1e5", "http://x", "ü <&>", "a\tb"] == [row[0] for row in rows]
    assert [[0.0, "", AT], [0.125, 99.5, AT]] == [row[1:] for row in rows[:2]]


def test_columns_are_formatted(tmp_path: Path) -> None:
    """The header stays in sight with the ids, filters stand over all rows, and shares, amounts and moments look so."""
    path = tmp_path / "a.xlsx"
    written(path, table(["a", "b"]))
    sheet, styles = part(path, "xl/worksheets/sheet1.xml"), part(path, "xl/styles.xml")
    assert 'topLeftCell="B2"' in sheet and 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:D3"/>' in sheet
    assert [f'width="{column.width}.7109375"' in sheet for column in COLUMNS] == [True] * 4
    formats = {'formatCode="0.0%"', 'formatCode="#,##0.00"', 'formatCode="yyyy-mm-dd hh:mm"'}
    assert all(each in styles or each == 'formatCode="#,##0.00"' for each in formats)  # the last is built in: 4
    styled: list[Any] = [each.split('"')[0] for each in sheet.split('<c r="B2" s="')[1:]]
    assert styled and styled[0] != "0"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://x","y")', "{=1}", "=" * 9])
def test_formulas_stay_text(tmp_path: Path, cell: str) -> None:
    """As they were, and marked as text, so that they stay it when somebody edits the cell."""
    path = tmp_path / "a.xlsx"
    book = written(path, table(["safe", cell]), Search=cell)
    assert ["safe", cell] == [row[0] for row in book.get_sheet_by_name(SHEET).to_python()[1:]]
    assert [["Search", cell]] == book.get_sheet_by_name(ABOUT).to_python()
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    quoted = 'quotePrefix="1"' in part(path, "xl/styles.xml")
    assert (quoted, ' s="' in sheet.split('<c r="A3"')[1].split(">")[0]) == (True, cell[0] != "{")


def test_more_rows_than_a_sheet_holds_go_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its header and its filters; none is lost at the seam, and beyond the last sheet it is refused."""
    monkeypatch.setattr(workbook, "SHEET_ROWS_MAX", 4)
    ids = [f"C{row}" for row in range(9)]
    path = tmp_path / "a.xlsx"
    book = written(path, table(ids))
    names = [SHEET, f"{SHEET} 2", f"{SHEET} 3"]
    assert [*names, ABOUT] == book.sheet_names
    sheets = [book.get_sheet_by_name(name).to_python() for name in names]
    assert [5, 5, 2] == [len(sheet) for sheet in sheets]
    assert ids == [row[0] for sheet in sheets for row in sheet[1:]]
    assert '<autoFilter ref="A1:D2"/>' in part(path, "xl/worksheets/sheet3.xml")
    check_fits(16)
    for refused in (lambda: check_fits(17), lambda: written(path, table(["x"] * 17))):
        with pytest.raises(TooManyForExcel, match=r"17 customers .* up to 16"):
            refused()


def test_exactly_full_makes_no_empty_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four rows on sheets of four."""
    monkeypatch.setattr(workbook, "SHEET_ROWS_MAX", 4)
    assert [SHEET, ABOUT] == written(tmp_path / "a.xlsx", table(list("abcd"))).sheet_names


def test_without_rows_there_is_a_header(tmp_path: Path) -> None:
    """Nobody matched the filter: the file says so, and opens."""
    assert 0 == write_workbook(tmp_path / "a.xlsx", COLUMNS, [], {"Customers": "0"}, MADE_AT, lambda rows: None)
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert [[column.title for column in COLUMNS]] == book.get_sheet_by_name(SHEET).to_python()


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """A worker that takes over from a dead one makes the file that the other would have made."""
    for name in ("a.xlsx", "b.xlsx"):
        written(tmp_path / name, table(["a", "=b"]), Title="t")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert ["a.xlsx", "b.xlsx"] == sorted(path.name for path in tmp_path.iterdir())
