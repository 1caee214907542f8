"""What is known of a table before it is mapped: the profile of each column, as ingest counts it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Format(StrEnum):
    """Ways to read a cell of text, as ingest counts them."""

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


@dataclass(frozen=True)
class ColumnProfile:
    """What is known of one whole column of the file.

    filled, blank, distinct: counts of cells; distinct is of the filled ones.
    top_values: the most frequent filled values with their counts. They may hold PII.
    formats: how many filled cells read as each format.
    number_min, number_max, number_mean: of the cells that read as numbers; None where there were none.
    number_quantiles: at 1, 5, 25, 50, 75, 95 and 99 %, about; empty where not known.
    whole_share: share of the numbers that are whole, 0-1; 0 where not known.
    date_min, date_max: ISO 8601, empty where not known. ascending: no filled cell is less than the one before it.
    currencies: codes or symbols seen, most frequent first.
    """

    name: str
    filled: int = 0
    blank: int = 0
    distinct: int = 0
    top_values: tuple[tuple[str, int], ...] = ()
    formats: Mapping[Format, int] = field(default_factory=dict)
    number_min: float | None = None
    number_max: float | None = None
    number_mean: float | None = None
    number_quantiles: tuple[float, ...] = ()
    whole_share: float = 0.0
    date_min: str = ""
    date_max: str = ""
    ascending: bool = False
    currencies: tuple[str, ...] = ()

    @property
    def filled_share(self) -> float:
        """Share of cells that are filled, 0-1; 1 where nothing was counted."""
        cells = self.filled + self.blank
        return self.filled / cells if cells else 1.0

    def share(self, *formats: Format) -> float:
        """Share of filled cells that read as one of `formats`, which must not overlap; 0 where nothing is filled."""
        counted = sum(self.formats.get(each, 0) for each in formats)
        return min(1.0, counted / self.filled) if self.filled else 0.0


@dataclass(frozen=True)
class Profile:
    """What is known of the whole table. columns: in the order of the file."""

    row_count: int
    columns: tuple[ColumnProfile, ...]
