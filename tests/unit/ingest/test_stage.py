"""The whole stage: whatever was written reads back, however it was sent, and the real files read as they are."""

import csv
import gzip
import io
import resource
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from libs.errors import Internal
from services.ingest import unpacking
from services.ingest.domain import (
    BadOption,
    BinaryContent,
    DamagedGzip,
    EmptyTable,
    GzipBomb,
    Limits,
    LineTooLong,
    NoRows,
    Options,
    TooManyColumns,
    UnclosedQuote,
    UnpackedTooLarge,
    UnsupportedFormat,
    WrongEncoding,
)
from services.ingest.stage import parse

DATASETS = Path(__file__).parents[3] / "../shared/data/datasets"

CONTROLS = "".join(chr(code) for code in range(32) if chr(code) not in "\t\n\r")
"""What makes a file binary rather than text, when there is much of it."""

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=CONTROLS), max_size=12)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=12)
)


def written(rows: list[list[str]], delimiter: str, quoting: int, line_end: str) -> str:
    """What Python's csv module makes of the rows, under a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerow([f"name{place}" for place in range(len(rows[0]))])
    writer.writerows(rows)
    return out.getvalue()


@settings(max_examples=150, deadline=None)
@given(
    rows=TABLES,
    delimiter=st.sampled_from(",;\t|"),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\r\n", "\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]),
    packed=st.booleans(),
    chunk=st.integers(1, 300),
)
@example(rows=[["a\rb"]], delimiter=",", quoting=csv.QUOTE_ALL, line_end="\n", encoding="utf-8", packed=False, chunk=1)
@example(rows=[[""]], delimiter=",", quoting=csv.QUOTE_ALL, line_end="\n", encoding="utf-8", packed=True, chunk=1)
@example(
    rows=[["\ufeffx", ""]],
    delimiter=";",
    quoting=csv.QUOTE_MINIMAL,
    line_end="\n",
    encoding="utf-8",
    packed=False,
    chunk=5,
)
def test_whatever_csv_writes_reads_back_equal(read, rows, delimiter, quoting, line_end, encoding, packed, chunk):
    """Any text in any supported dialect and encoding, packed or not, sent in chunks of any size."""
    if quoting == csv.QUOTE_MINIMAL:
        # csv.writer leaves a CR unquoted where lines end with LF, and cannot read that back itself.
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    data = written(rows, delimiter, quoting, line_end).encode(encoding)
    found = read(
        gzip.compress(data) if packed else data, chunk=chunk, delimiter=delimiter, has_header=True, **_stated(encoding)
    )
    assert rows == found.rows
    assert list(range(1, len(rows) + 1)) == found.table["source_row"].to_pylist()


def _stated(encoding: str) -> dict[str, str]:
    return {"encoding": encoding} if encoding == "utf-16-be" else {}


@settings(max_examples=60, deadline=None)
@given(data=st.text(st.sampled_from('ab,;"\n\r\té '), max_size=60), chunk=st.integers(1, 9))
def test_how_a_file_was_cut_never_shows(data, chunk):
    """One chunk or many: the same batches and profile, or the same refusal."""

    def outcome(size: int) -> object:
        sent = ("h1,h2\n" + data).encode()
        try:
            parsed = parse((sent[at : at + size] for at in range(0, len(sent), size)), Options(), Limits())
            return [batch.to_pydict() for batch in parsed], parsed.profile
        except (NoRows, UnclosedQuote) as refusal:
            return type(refusal), refusal.message

    assert outcome(1 << 20) == outcome(chunk)


@settings(max_examples=100, deadline=None)
@given(body=st.text(st.sampled_from('ab,"\n\r '), min_size=1, max_size=40), block=st.integers(1, 20))
def test_rows_across_blocks_read_as_the_csv_module_reads_them(body, block):
    """Blocks may end anywhere, in quotes and between CR and LF; malformed quotes mean what they mean to Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacking, "BLOCK_BYTES", block)
        try:
            # The first block, from which the dialect is found, is only the head of the file.
            parsed = parse([("h1,h2\n" + body).encode()], Options(delimiter=",", has_header=True), Limits())
            table = pa.Table.from_batches(list(parsed), parsed.schema)
        except (NoRows, UnclosedQuote):
            return
    width = table.num_columns - 1
    quoting = {} if parsed.profile.text_format.quote else {"quoting": csv.QUOTE_NONE}
    expected = [(row + [""] * width)[:width] for row in csv.reader(io.StringIO(body, newline=""), **quoting)]
    rows = [list(row.values())[:-1] for row in table.to_pylist()]
    # A line of spaces is a blank line here, and a row to Python.
    assert _filled(expected) == _filled(rows)


def _filled(rows: list[list[str]]) -> list[list[str]]:
    return [row for row in rows if "".join(row).strip()]


def test_batches_have_fixed_boundaries(read):
    """Batches have 8,192 rows but for the last."""
    found = read("a,b\n" + "1,2\n" * 20_000, chunk=777)
    assert [8192, 8192, 3616] == found.sizes
    assert list(range(1, 20_001)) == found.table["source_row"].to_pylist()


def test_columns_are_text_and_last_the_row(read):
    """The schema is known before the rows: every column text, source_row last."""
    parsed = parse([b"a,b\n1,2\n"], Options(), Limits())
    assert pa.schema({"a": pa.string(), "b": pa.string(), "source_row": pa.int64()}) == parsed.schema


def test_profile_is_known_only_at_the_end():
    """Asking for the profile before the last batch is a fault of ours."""
    parsed = parse([b"a,b\n1,2\n"], Options(), Limits())
    with pytest.raises(Internal):
        parsed.profile  # noqa: B018
    list(parsed)
    assert 1 == parsed.profile.row_count


SMALL = Limits(
    columns_max=3, line_bytes_max=100, unpacked_bytes_max=5_000, gzip_ratio_max=20, gzip_ratio_from_bytes=1_000
)

REFUSED = {
    "nothing": (b"", EmptyTable),
    "a byte order mark": (b"\xef\xbb\xbf", EmptyTable),
    "blank lines": (b"\n\r\n\n", EmptyTable),
    "an empty gzip member": (gzip.compress(b""), EmptyTable),
    "a header alone": (b"a,b\n\n", NoRows),
    "random bytes": (bytes(range(256)) * 4, BinaryContent),
    "four columns": (b"a,b,c,d\n1,2,3,4\n", TooManyColumns),
    "four columns without a header": (b"1,2,3,4\n5,6,7,8\n", TooManyColumns),
    "a long line": (b"a,b\n1," + b"x" * 200 + b"\n", LineTooLong),
    "a long line without an end": (b"a,b\n1," + b"x" * 200, LineTooLong),
    "a long header": (b"a," + b"x" * 200 + b"\n1,2\n", LineTooLong),
    "much content": (b"a,b\n" + b"1,2\n" * 2_000, UnpackedTooLarge),
    "much content, packed": (gzip.compress(b"".join(b"%d,2\n" % n for n in range(2_000))), UnpackedTooLarge),
    "a gzip bomb": (gzip.compress(b"a,b\n" + b"1,2\n" * 1_000), GzipBomb),
    "half a gzip file": (gzip.compress(b"a,b\n1,2\n")[:-9], DamagedGzip),
    "a gzip file with another check sum": (gzip.compress(b"a,b\n1,2\n")[:-8] + bytes(8), DamagedGzip),
    "gzip and then something else": (gzip.compress(b"a,b\n1,2\n") + b"a,b", DamagedGzip),
    "gzip in gzip": (gzip.compress(gzip.compress(b"a,b\n1,2\n")), UnsupportedFormat),
    "an open quote": (b'a,b\n"1",2\n"3,4\n', UnclosedQuote),
    "an open quote, and another row's": (b'a,b\n"1",2\n"3,4\n5,6\n"7",8\n', UnclosedQuote),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_work_is_refused(read, name):
    """Each with its own error, a child of InvalidInput or TooLarge, and a sentence."""
    data, error = REFUSED[name]
    with pytest.raises(error) as caught:
        read(data, limits=SMALL)
    assert 40 < len(caught.value.message)


def test_a_line_without_end_is_refused_after_the_limit():
    """Of a gigabyte without a line end little more than the limit is read."""
    taken = 0

    def endless():
        nonlocal taken
        for _ in range(1024):
            taken += 1
            yield b"x" * (1 << 20)

    with pytest.raises(LineTooLong):
        parse(endless(), Options(), Limits())
    assert 6 >= taken


def test_five_thousand_columns_are_refused_by_name(read):
    """The sentence says how many there are and how many are read."""
    with pytest.raises(TooManyColumns, match=r"5,000 columns; at most 2,000"):
        read(",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join("1" * 5000) + "\n")


def test_refusals_hold_no_cells(read):
    """A message names lines and counts, never what a customer's row holds."""
    with pytest.raises(UnclosedQuote) as caught:
        read('email,x\n"a@example.org",1\n"secret@example.org,2\n')
    assert "line 3" in caught.value.message and "secret" not in caught.value.message


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"delimiter": ""}, BadOption),
        ({"delimiter": ",,"}, BadOption),
        ({"delimiter": '"'}, BadOption),
        ({"delimiter": "é"}, BadOption),
        ({"delimiter": "a"}, BadOption),
        ({"encoding": "klingon"}, BadOption),
        ({"encoding": "hex"}, BadOption),
        ({"encoding": "utf-16"}, WrongEncoding),
        ({"encoding": "ascii"}, WrongEncoding),
    ],
)
def test_options_that_cannot_be_meant_are_refused(read, options, error):
    """An unknown encoding or delimiter, or one that the bytes disprove."""
    with pytest.raises(error):
        read("a,b\n1,é\n", **options)


MENDED = {
    "short rows": (b"a,b,c\n1,2,3\n1\n1,2,3\n1,2\n", {"ragged_rows_short": (2, (3, 5))}, ["1", "", ""]),
    "long rows": (b"a,b\n1,2\n1,2,3\n4,5\n", {"ragged_rows_long": (1, (3,))}, ["1", "2"]),
    "trailing delimiters": (b"a,b\n5,6\n1,2,,\n", {"trailing_delimiters": (1, (3,))}, ["1", "2"]),
    "blank lines": (b"\na,b\n\n7,8\n  \n", {"blank_lines": (3, (1, 3, 5))}, None),
    "nuls": (b"a,b\n1,2\n3\0,4\0\n", {"nul_bytes": (2, (3,))}, ["3", "4"]),
    "line ends": (b"a,b\n1,2\r\n3,4\n5,6\r7,8\n", {"mixed_line_ends": (2, (2, 4))}, ["3", "4"]),
    "stray bytes": ("a,b\né,1\n".encode() + b"caf\xe9,2\n", {"undecodable_bytes": (1, (3,))}, ["café", "2"]),
    "characters after a quote": (b'a,b\n"x",1\n"y"z,2\n', {"malformed_quotes": (1, (3,))}, ["yz", "2"]),
    "a title": (b"My report\n\nid,b,c\n1,2,x\n3,4,y\n", {"preamble_lines": (1, (1,)), "blank_lines": (1, (2,))}, None),
    "a named delimiter": (b"sep=;\na;b\n1;2\n3;4\n", {"preamble_lines": (1, (1,))}, ["3", "4"]),
}


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_mended_is_mended_and_told(read, name):
    """Each repair has a code, a count and the first lines concerned; the second row is as it should be."""
    data, repairs, second = MENDED[name]
    found = read(data)
    assert repairs == found.repairs
    assert second is None or second == found.rows[1]


def test_formulas_are_left_alone(read):
    """Reading loses nothing: cells that a spreadsheet would run stay as written."""
    cells = ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2"]
    assert cells == read("f\n" + "\n".join(cells) + "\n").table["f"].to_pylist()


def test_members_of_a_gzip_file_are_one_file(read):
    """Packed files joined end to end, padded with zeros, unpack to the joined content."""
    data = gzip.compress(b"a,b\n1,2\n") + bytes(5) + gzip.compress(b"") + gzip.compress(b"3,4\n") + bytes(9)
    found = read(data, chunk=7)
    assert [["1", "2"], ["3", "4"]] == found.rows
    assert "gzip" == found.profile.text_format.compression


def test_memory_is_flat():
    """Sixteen times the rows take hardly more memory: nothing grows with the file."""

    def chunks(rows: int):
        for start in range(0, rows, 1_000):
            yield b"".join(b"id-%09d,some text,%d,No\n" % (n, n % 97) for n in range(start, start + 1_000))

    def peak_kib(rows: int) -> int:
        parsed = parse(chain([b"id,text,number,flag\n"], chunks(rows)), Options(), Limits())
        assert rows == sum(batch.num_rows for batch in parsed)
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    small = peak_kib(20_000)
    assert 40 * 1024 > peak_kib(320_000) - small


def real_file(name: str) -> bytes:
    """A file of the shared data; the test is skipped where it is absent."""
    path = DATASETS / name
    if not path.exists():
        pytest.skip(f"{name} is not in ../shared/data/datasets")
    return path.read_bytes()


def test_telecom_file_reads_whole(read):
    """IBM's file: 7,043 rows, 21 columns, eleven blank TotalCharges, nothing to mend."""
    found = read(real_file("ibm_telco_customer_churn.csv"))
    total = found.column("TotalCharges")
    assert (7043, 21, {}) == (found.table.num_rows, len(found.names), found.repairs)
    assert (11, 7032) == (total.blank, total.filled)
    assert (18.8, 8684.8) == (total.numbers.minimum, total.numbers.maximum)
    assert ["7590-VHVEG", "Female", "0", "Yes"] == found.rows[0][:4]


def test_file_of_a_french_excel_reads_as_written(read):
    """Semicolons are found, headers keep their inner spaces, and VRAI and FAUX are flags."""
    found = read(real_file("bigml_churn20_french_excel.csv"))
    assert ";" == found.profile.text_format.delimiter
    assert (667, 20) == (found.table.num_rows, len(found.names))
    assert {"boolean": 667} == found.column("Churn").formats
