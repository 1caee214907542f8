"""What ingest is about: options, limits, the dialect of a file, its profile, and the errors this stage can raise."""

from dataclasses import dataclass
from enum import StrEnum

from libs.errors import InvalidInput, TooLarge


class EmptyTable(InvalidInput):
    """A file without a single cell."""


class NoRows(InvalidInput):
    """A file that has a header and nothing below it."""


class UnsupportedFormat(InvalidInput):
    """A file of a kind that is not delimited text."""


class BinaryContent(InvalidInput):
    """Bytes that are no text in any encoding known here."""


class MalformedStream(InvalidInput):
    """Messages that do not come in the order the contract says: options once, then chunks."""


class BadOption(InvalidInput):
    """An option that cannot be meant: an unknown encoding, a delimiter of two characters."""


class WrongEncoding(InvalidInput):
    """The stated encoding does not fit the bytes."""


class DamagedGzip(InvalidInput):
    """Gzip data that is cut off or corrupt."""


class DamagedContainer(InvalidInput):
    """A zip, Excel, Parquet or Arrow file that is cut off or corrupt."""


class UnclosedQuote(InvalidInput):
    """A quoted field without an end."""


class TooManyColumns(TooLarge):
    """More columns than the limit."""


class LineTooLong(TooLarge):
    """One line, or one quoted row, beyond the limit."""


class UnpackedTooLarge(TooLarge):
    """A file whose content is beyond the limit once it is unpacked."""


class GzipBomb(TooLarge):
    """A gzip or zip file that unpacks to implausibly much."""


class ContainerTooLarge(TooLarge):
    """A zip, Excel, Parquet or Arrow file beyond what is spooled to disk."""


class WorkbookTooLarge(TooLarge):
    """An Excel workbook beyond what is read in memory."""


@dataclass(frozen=True)
class Options:
    """How to read; None is found from the bytes. encoding: an IANA name. delimiter: one ASCII character.

    head_only: whether the bytes may be cut off anywhere; the incomplete end is then left out.
    rows_max: rows that are given, None for all; the profile covers all rows all the same.
    """

    encoding: str | None = None
    delimiter: str | None = None
    has_header: bool | None = None
    head_only: bool = False
    rows_max: int | None = None


@dataclass(frozen=True)
class Limits:
    """Where reading ends: columns; bytes of a row as UTF-8; bytes of the file unpacked; unpacked / packed bytes.

    gzip_ratio_from_bytes: bytes that may be unpacked before the ratio is looked at; small files of one
        repeated row pack well without malice.
    spool_bytes_max: of a zip, Excel, Parquet or Arrow file, which waits on disk until it is whole.
    workbook_bytes_max, workbook_cells_max: of an Excel workbook unpacked, and of the rectangle of one sheet.
    row_group_bytes_max: of one row group of a Parquet file, unpacked.
    """

    columns_max: int = 2_000
    line_bytes_max: int = 4 << 20
    unpacked_bytes_max: int = 20 << 30
    gzip_ratio_max: float = 200
    gzip_ratio_from_bytes: int = 64 << 20
    spool_bytes_max: int = 2 << 30
    workbook_bytes_max: int = 512 << 20
    workbook_cells_max: int = 12_000_000
    row_group_bytes_max: int = 1 << 30


@dataclass(frozen=True)
class Dialect:
    """How rows are cut into fields. quote: empty where quotes are ordinary characters."""

    delimiter: str
    quote: str


@dataclass(frozen=True)
class Layout:
    """Where the table begins. Rows are counted without blank lines.

    rows_before: rows before the header (before the data, where there is no header).
    width: fields that most rows near the start have; 0 where no row was complete.
    row_names: whether the rows have one field more than the header because they begin with a number (R's habit).
    """

    rows_before: int
    has_header: bool
    width: int
    row_names: bool = False


@dataclass(frozen=True)
class TextFormat:
    """How the bytes were read. header_line: from 1; 0 where the file has no header. compression: "gzip",
        "zip" or empty.

    encoding_confidence: 0-100. container: what holds the table; "delimited" is text.
    """

    encoding: str
    delimiter: str
    quote: str
    header_line: int
    compression: str
    encoding_confidence: float = 100.0
    container: str = "delimited"


@dataclass(frozen=True)
class Repair:
    """One kind of mending. message: a sentence without cells. lines: of the file, from 1, the first ten."""

    code: str
    message: str
    count: int
    lines: tuple[int, ...]


class Format(StrEnum):
    """Ways to read a cell of text; a cell may fit several."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE_ISO = "date_iso"
    DATE_OTHER = "date_other"
    EMAIL = "email"
    FORMATTED_NUMBER = "formatted_number"
    DECIMAL_POINT = "decimal_point"
    DECIMAL_COMMA = "decimal_comma"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    PERCENT = "percent"
    CURRENCY = "currency"
    DATE_DAY_FIRST = "date_day_first"
    DATE_MONTH_FIRST = "date_month_first"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_NAMED = "date_named"
    EXCEL_SERIAL = "excel_serial"
    UNIX_TIME = "unix_time"
    DURATION = "duration"


QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
"""The shares at which numbers are told."""


@dataclass(frozen=True)
class Numbers:
    """Of the cells that read as finite numbers, in the family of marks that the column proves.

    quantiles: at QUANTILES, about. whole_share: of the numbers, 0-1.
    """

    minimum: float
    maximum: float
    mean: float
    quantiles: tuple[float, ...]
    whole_share: float


@dataclass(frozen=True)
class ColumnProfile:
    """What is known of one whole column.

    filled, blank, distinct: counts of cells; distinct is of filled ones, exact or an estimate.
    top_values: the most frequent values and their counts, which are lower bounds where the column has more
        distinct values than are counted. They may hold PII.
    formats: filled cells by the format they fit; formats that no cell fits are left out.
    length_max: of all cells, in characters.
    date_min, date_max: ISO 8601 dates, of cells that read as one date only, or do so in the order that the whole
        column proves; empty where there are none.
    ascending: whether every filled cell is at least the one before it, as a number, a date or text.
    currencies: marks seen in amounts, codes in capitals, the most frequent first.
    """

    name: str
    filled: int
    blank: int
    distinct: int
    distinct_exact: bool
    top_values: tuple[tuple[str, int], ...]
    formats: dict[Format, int]
    numbers: Numbers | None
    length_max: int
    date_min: str
    date_max: str
    ascending: bool
    currencies: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """What is known of the whole table after one pass over it."""

    row_count: int
    columns: tuple[ColumnProfile, ...]
    text_format: TextFormat
    repairs: tuple[Repair, ...]
