"""Tables in zip, Excel, Parquet and Arrow files read as their text would."""

import datetime
import gzip
import io
import zipfile

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from services.ingest.domain import (
    ContainerTooLarge,
    DamagedContainer,
    GzipBomb,
    Limits,
    NoRows,
    UnsupportedFormat,
    WorkbookTooLarge,
)

CSV = b"id,price\n1,2.5\n2,3\n"


def zipped(**files: bytes) -> bytes:
    """A zip archive; in names _in_ stands for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_in_", "/").replace("_csv", ".csv"), content)
    return out.getvalue()


SHEET = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}</sheetData></worksheet>"
)


def workbook(*sheets: str) -> bytes:
    """An .xlsx of these rows, in SpreadsheetML; style 1 is a date."""
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    rels = f"{office}/package/2006/relationships"
    kind = f"{office}/officeDocument/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    linked = "".join(
        f'<Relationship Id="r{n}" Type="{kind}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{kind}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}">{linked}<Relationship Id="s" '
        f'Type="{kind}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": SHEET.format(rows) for n, rows in zip(numbers, sheets, strict=True)}
    return zipped(**{name: text.encode() for name, text in parts.items()})


def cell(place: str, value: str, attributes: str = "") -> str:
    """One cell: text where it is told so."""
    if attributes == "text":
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}" {attributes}><v>{value}</v></c>'


DATE, FLAG = 's="1"', 't="b"'

ROWS = (
    f"<row r='1'>{cell('A1', 'Report', 'text')}</row>"
    f"<row r='3'>{cell('A3', 'id', 'text')}{cell('B3', 'price', 'text')}{cell('C3', 'since', 'text')}"
    f"{cell('D3', 'left', 'text')}</row>"
    f"<row r='4'>{cell('A4', '7')}{cell('B4', '2.5')}{cell('C4', '45000', DATE)}{cell('D4', '1', FLAG)}</row>"
    f"<row r='5'>{cell('A5', '8')}{cell('B5', '1,5 x', 'text')}{cell('C5', '45000.5', DATE)}</row>"
)


def test_the_only_file_of_a_zip_is_read(read):
    """What macOS adds is no file; the profile says how it was packed."""
    found = read(zipped(customers_csv=CSV, __MACOSX_in_customers=b"x"), chunk=7)
    assert ([["1", "2.5"], ["2", "3"]], "zip", "delimited") == (
        found.rows,
        found.profile.text_format.compression,
        found.profile.text_format.container,
    )


def test_a_workbook_in_a_zip_and_a_csv_in_gzip_in_a_zip(read):
    """One thing at a time: a workbook is no archive in an archive to a person, but two archives are one too many."""
    with pytest.raises(UnsupportedFormat, match="inside"):
        read(zipped(a=zipped(a_csv=CSV)))
    with pytest.raises(UnsupportedFormat, match="gzip"):
        read(zipped(a=gzip.compress(CSV)))


REFUSED = {
    "two files": (zipped(a_csv=CSV, b_csv=CSV), UnsupportedFormat, "holds 2 files"),
    "no file": (zipped(a_in_=b""), UnsupportedFormat, "holds 0 files"),
    "half an archive": (zipped(a_csv=CSV)[:-30], DamagedContainer, "cut off"),
    "a Word document": (zipped(**{"[Content_Types].xml": b"", "word/document.xml": b""}), UnsupportedFormat, "office"),
    "a bomb": (zipped(a_csv=bytes(200_000)), GzipBomb, "times its size"),
    "a large archive": (zipped(a_csv=bytes(range(256)) * 100) + bytes(9_000), ContainerTooLarge, "export it as CSV"),
    "an empty workbook": (workbook("", ""), NoRows, "no sheet"),
    "a cell far out": (workbook(cell("XFD9", "1")), WorkbookTooLarge, "too large"),
    "half a Parquet file": (b"PAR1\x15\0" + bytes(50), DamagedContainer, "Parquet"),
    "half an Arrow file": (b"ARROW1\0\0\xff\xff" + bytes(50), DamagedContainer, "Arrow"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused(read, name):
    """Each with a sentence that says what would work."""
    data, error, words = REFUSED[name]
    limits = Limits(gzip_ratio_max=20, gzip_ratio_from_bytes=100_000, spool_bytes_max=9_000, workbook_cells_max=100_000)
    with pytest.raises(error, match=words):
        read(data, limits=limits)


def test_a_workbook_reads_as_text(read):
    """Titles are skipped, numbers are plain, dates ISO, booleans words; other sheets are told."""
    found = read(workbook("", ROWS, ROWS))
    assert (["id", "price", "since", "left"], "xlsx") == (found.names, found.profile.text_format.container)
    assert [["7", "2.5", "2023-03-15", "true"], ["8", "1,5 x", "2023-03-15 12:00:00", ""]] == found.rows
    assert {"other_sheets": (1, ()), "preamble_lines": (1, (1,)), "blank_lines": (1, (2,))} == found.repairs


TABLE = pa.table(
    {
        "id": pa.array([1, None], pa.int64()),
        "price": [12.0, 0.1],
        "left": [True, None],
        "day": [datetime.date(2024, 5, 31), None],
        "at": [datetime.datetime(2024, 5, 31), datetime.datetime(2024, 5, 31, 12, 30)],
        "plan": pa.array(["a\nb", None]).dictionary_encode(),
        'a "name"': ["x,y", '"'],
    }
)
TEXTS = [
    ["1", "12", "true", "2024-05-31", "2024-05-31", "a\nb", "x,y"],
    ["", "0.1", "", "", "2024-05-31 12:30:00", "", '"'],
]


def written(how: str, table: pa.Table) -> bytes:
    """The table in a file of that kind."""
    out = io.BytesIO()
    if how == "parquet":
        pq.write_table(table, out)
    elif how == "feather":
        feather.write_feather(table, out)
    else:
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)
    return out.getvalue()


@pytest.mark.parametrize("how", ["parquet", "feather", "stream"])
def test_typed_tables_read_as_a_person_would_write_them(read, how):
    """In whichever format, with nothing to mend."""
    found = read(written(how, TABLE), chunk=100)
    assert (TABLE.column_names, TEXTS, {}) == (found.names, found.rows, found.repairs)
    assert {"parquet": "parquet"}.get(how, "arrow") == found.profile.text_format.container


@pytest.mark.parametrize("column", [pa.array([[1]]), pa.array([{"a": 1}]), pa.array([b"\xff"])])
def test_columns_that_are_no_text_are_refused_by_name(read, column):
    """Lists, records and bytes."""
    with pytest.raises(UnsupportedFormat, match="'tags'"):
        read(written("parquet", pa.table({"tags": column})))


def test_one_column_of_blanks_keeps_its_rows(read):
    """A blank cell is a row where the file has types."""
    assert [["1"], [""], ["2"]] == read(written("parquet", pa.table({"a": ["1", None, "2"]}))).rows
