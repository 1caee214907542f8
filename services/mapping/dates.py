"""Dates in every notation that exports use, as days; and how many cells of a column say which order they are in."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from services.mapping.domain import Reading

_TIME = (
    r"(?:[T ,]+\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?\s*(?:[AaPp]\.?[Mm]\.?)?"
    r"\s*(?:Z|[A-Za-z]{2,5})?\s*(?:[+-]\d{2}(?::?\d{2})?)?(?:\s*\([^)]*\))?)?"
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_NAME = r"(?P<name>[^\W\d]{3,10})\.?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_SEPARATED = r"[-/. ]"

YEAR_FIRST = rf"^(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}$"
YEAR_LAST = rf"^(?P<one>\d{{1,2}}){_SEPARATED}(?P<two>\d{{1,2}}){_SEPARATED}{_YEAR}{_TIME}$"
COMPACT = r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})$"
DAY_NAMED = (
    rf"^{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|er)?(?:\s+de)?[-/. ]+{_NAME}(?:\s+de)?[-/., ]+{_YEAR}{_TIME}$"
)
MONTH_NAMED = rf"^{_WEEKDAY}{_NAME}[-/. ]+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/, ]+{_YEAR}{_TIME}$"
YEAR_MONTH = r"^(?P<year>\d{4})[-/](?P<month>\d{1,2})$"
MONTH_YEAR = r"^(?P<month>\d{1,2})[-/](?P<year>\d{4})$"
NAMED_MONTH = rf"^{_NAME}[-/., ]+(?P<year>\d{{4}})$"
NUMBER = r"^(?P<whole>\d{1,13})(?:\.\d+)?$"

_MONTH_NAMES = (
    "jan january janv janvier januar ene enero jänner gennaio janeiro",
    "feb february fév févr février februar febrero febbraio fev fevereiro fevr fevrier",
    "mar march mars märz mrz marzo março marco",
    "apr april avr avril abr abril aprile",
    "may mai mayo maggio maio",
    "jun june juin juni junio giugno junho",
    "jul july juil juillet juli julio luglio julho",
    "aug august août aout ago agosto",
    "sep sept september septembre septiembre settembre set setembro",
    "oct october octobre okt oktober octubre ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december déc décembre decembre dez dezember dic diciembre dicembre dezembro",
)
_MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_TWO_DIGIT_PIVOT = 69
"""Years of two digits from here on are of the last century (POSIX strptime)."""

_EXCEL_EPOCH_DAYS = 25_569
"""Days from Excel's day 0 (1899-12-30, its calendar has a 29 February 1900) to 1970-01-01."""

_SECONDS_A_DAY = 86_400
_DAYS_PER_MONTH = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class OrderCounts:
    """How many cells are dates with the day first only, the month first only, and in either order."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: int = 0


def days(cells: pa.Array[Any], reading: Reading = Reading.PLAIN) -> pa.Array[Any]:
    """The trimmed cells as date32; null where a cell is no date.

    31/05/2024 is one only when `reading` says which of day and month comes first.
    Of a date with a time and zone, the day as written.
    """
    found, known = _read(cells, reading)
    # The stubs take every array made from numpy for one of booleans.
    numbers: Any = pa.array(found.astype(np.int32), mask=~known)
    dated: pa.Array[Any] = numbers.cast(pa.date32())
    return dated


def order_counts(cells: pa.Array[Any], counts: Whole) -> OrderCounts:
    """What distinct trimmed cells, which stand `counts` times each, say of the order of day and month."""
    parts, fits = _parts(cells, YEAR_LAST, ("one", "two", "year"))
    year = _whole_years(parts["year"])
    day_first = fits & _real(year, parts["two"], parts["one"])
    month_first = fits & _real(year, parts["one"], parts["two"])
    same = parts["one"] == parts["two"]
    return OrderCounts(
        int(counts[day_first & ~month_first].sum()),
        int(counts[month_first & ~day_first].sum()),
        int(counts[day_first & month_first & ~same].sum()),
    )


def _read(cells: pa.Array[Any], reading: Reading) -> tuple[Whole, Flags]:
    """Days since 1970 of each cell, and which cells are dates."""
    size = len(cells)
    found, known = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=bool)
    if reading in (Reading.EXCEL_SERIAL, Reading.UNIX_SECONDS, Reading.UNIX_MILLISECONDS):
        numbers, fits = _parts(cells, NUMBER, ("whole",))
        return _counted(numbers["whole"], reading), fits
    for pattern, read, readings in _READERS:
        if reading not in readings:
            continue
        rest = ~known
        if not rest.any():
            break
        places = np.flatnonzero(rest)
        some, fits = read(cells.take(pa.array(places, pa.int64())), pattern, reading)
        found[places[fits]], known[places[fits]] = some[fits], True
    return found, known


def _year_first(cells: pa.Array[Any], pattern: str, reading: Reading) -> tuple[Whole, Flags]:
    parts, fits = _parts(cells, pattern, ("year", "month", "day"))
    return _days_of(parts["year"], parts["month"], parts["day"], fits)


def _year_last(cells: pa.Array[Any], pattern: str, reading: Reading) -> tuple[Whole, Flags]:
    parts, fits = _parts(cells, pattern, ("one", "two", "year"))
    day_first = reading is Reading.DAY_FIRST
    month, day = (parts["two"], parts["one"]) if day_first else (parts["one"], parts["two"])
    return _days_of(_whole_years(parts["year"]), month, day, fits)


def _named(cells: pa.Array[Any], pattern: str, reading: Reading) -> tuple[Whole, Flags]:
    parts, fits = _parts(cells, pattern, ("day", "year"), text=("name",))
    month = parts["name"]
    return _days_of(_whole_years(parts["year"]), month, parts["day"], fits & (month > 0))


def _month(cells: pa.Array[Any], pattern: str, reading: Reading) -> tuple[Whole, Flags]:
    """A month alone is its first day."""
    parts, fits = _parts(cells, pattern, ("year", "month"))
    return _days_of(parts["year"], parts["month"], np.ones_like(parts["year"]), fits)


def _named_month(cells: pa.Array[Any], pattern: str, reading: Reading) -> tuple[Whole, Flags]:
    parts, fits = _parts(cells, pattern, ("year",), text=("name",))
    return _days_of(parts["year"], parts["name"], np.ones_like(parts["year"]), fits & (parts["name"] > 0))


_ORDERED = (Reading.DAY_FIRST, Reading.MONTH_FIRST)
_READERS = (
    (YEAR_FIRST, _year_first, (Reading.PLAIN, Reading.COMPACT, *_ORDERED)),
    (YEAR_LAST, _year_last, _ORDERED),
    (DAY_NAMED, _named, (Reading.PLAIN, *_ORDERED)),
    (MONTH_NAMED, _named, (Reading.PLAIN, *_ORDERED)),
    (COMPACT, _year_first, (Reading.COMPACT,)),
    (YEAR_MONTH, _month, (Reading.PLAIN, *_ORDERED)),
    (MONTH_YEAR, _month, (Reading.PLAIN, *_ORDERED)),
    (NAMED_MONTH, _named_month, (Reading.PLAIN, *_ORDERED)),
)
"""Each notation, what reads it, and with which readings of the column it is read."""


def _parts(
    cells: pa.Array[Any], pattern: str, numbers: tuple[str, ...], text: tuple[str, ...] = ()
) -> tuple[dict[str, Whole], Flags]:
    """The named parts of each cell as whole numbers (a month's name as its number), 0 where the cell does not fit."""
    struct = pc.extract_regex(cells, pattern)
    fits = struct.is_valid().to_numpy(zero_copy_only=False)
    parts = {}
    for name in numbers:
        field = pc.if_else(struct.is_valid(), pc.struct_field(struct, name), "0")
        parts[name] = field.cast(pa.int64()).to_numpy(zero_copy_only=False)
    for name in text:
        encoded = pc.utf8_lower(pc.if_else(struct.is_valid(), pc.struct_field(struct, name), "")).dictionary_encode()
        months = np.array([_MONTHS.get(word, 0) for word in encoded.dictionary.to_pylist()], dtype=np.int64)
        parts[name] = months[encoded.indices.to_numpy()] if len(months) else np.zeros(len(cells), dtype=np.int64)
    return parts, fits


def _whole_years(years: Whole) -> Whole:
    """Years of two digits in full; those of four stay."""
    return np.where(years >= 100, years, np.where(years >= _TWO_DIGIT_PIVOT, years + 1900, years + 2000))


def _real(year: Whole, month: Whole, day: Whole) -> Flags:
    """Whether there is such a day."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    inside = (month >= 1) & (month <= 12) & (day >= 1) & (year >= 1)
    length = _DAYS_PER_MONTH[np.clip(month, 1, 12) - 1] - ((month == 2) & ~leap)
    real: Flags = inside & (day <= length)
    return real


def _days_of(year: Whole, month: Whole, day: Whole, fits: Flags) -> tuple[Whole, Flags]:
    known = fits & _real(year, month, day)
    months = (np.where(known, year, 1970) - 1970) * 12 + np.where(known, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return first + np.where(known, day, 1) - 1, known


def _counted(numbers: Whole, reading: Reading) -> Whole:
    if reading is Reading.EXCEL_SERIAL:
        return numbers - _EXCEL_EPOCH_DAYS
    return numbers // (_SECONDS_A_DAY * (1000 if reading is Reading.UNIX_MILLISECONDS else 1))
