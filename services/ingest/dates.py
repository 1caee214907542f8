"""Dates that cells of text read as; those whose order of day and month may be either are kept apart."""

from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.domain import Format
from services.ingest.patterns import DATE_NAMED_DAY_FIRST, DATE_NAMED_MONTH_FIRST, MONTH_NAMES

Mask = NDArray[np.bool_]
Days = NDArray[np.int64]
"""Dates as YYYYMMDD; 0 where there is none."""

_PARTS = "^(?P<a>[0-9]+)[/.-](?P<b>[0-9]+)[/.-](?P<c>[0-9]+)"

_CENTURY_TURN = 69
"""Years of two digits from this on lie in the 1900s. Source: POSIX, strptime's %y."""

_MONTH_NUMBERS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split()}
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True)
class Dates:
    """What distinct values read as. sure: (n,) their one reading. day_first, month_first: (n,) of ambiguous ones."""

    sure: Days
    day_first: Days
    month_first: Days
    formats: dict[Format, Mask] = field(default_factory=dict)


def dates_of(values: pa.StringArray, fits: dict[Format, Mask]) -> Dates | None:
    """The dates among distinct values (trimmed) whose basic formats are `fits`; None where there are none."""
    iso, other, named = (fits.get(name) for name in (Format.DATE_ISO, Format.DATE_OTHER, Format.DATE_NAMED))
    if iso is None and other is None and named is None:
        return None
    nothing = np.zeros(len(values), np.int64)
    found = Dates(nothing, nothing.copy(), nothing.copy())
    if iso is not None:
        found.sure[iso] = _iso(values.filter(pa.array(iso)))
    if named is not None:
        found.sure[named] = _named(values.filter(pa.array(named)))
    if other is not None:
        _add_other(found, values.filter(pa.array(other)), other)
    return found


def iso_text(day: int) -> str:
    """YYYYMMDD as YYYY-MM-DD."""
    return f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def _iso(texts: pa.StringArray) -> Days:
    parts = pc.extract_regex(texts, "^(?P<a>[0-9]{4})-(?P<b>[0-9]{2})-(?P<c>[0-9]{2})")
    return _days(*(_integers(_part(parts, name)) for name in "abc"))


def _named(texts: pa.StringArray) -> Days:
    days = np.zeros(len(texts), np.int64)
    for pattern in (DATE_NAMED_DAY_FIRST, DATE_NAMED_MONTH_FIRST):
        parts = pc.extract_regex(texts, pattern)
        fitting = parts.is_valid().to_numpy(zero_copy_only=False)
        chosen = parts.filter(pa.array(fitting))
        names = cast(list[str], pc.utf8_lower(_part(chosen, "month")).to_pylist())
        months = np.array([_MONTH_NUMBERS[name] for name in names], np.int64)
        years = _part(chosen, "year")
        days[fitting] = _days(_years(years), months, _integers(_part(chosen, "day")))
    return days


def _add_other(found: Dates, texts: pa.StringArray, where: Mask) -> None:
    parts = pc.extract_regex(texts, _PARTS)
    first, second = _integers(_part(parts, "a")), _integers(_part(parts, "b"))
    year_first = pc.binary_length(_part(parts, "a")).to_numpy() == 4
    third = np.where(year_first, _integers(_part(parts, "c")), _years(_part(parts, "c")))
    day_first, month_first = _days(third, second, first), _days(third, first, second)
    day_first[year_first] = month_first[year_first] = 0
    both = (day_first > 0) & (month_first > 0)
    # 03/03/2024 is the same day in both orders, and proves neither.
    open_ones = both & (day_first != month_first)
    sure = np.where(both, day_first, day_first + month_first)
    sure = np.where(year_first, _days(first, second, third), sure)
    found.sure[where] = np.where(open_ones, 0, sure)
    found.day_first[where] = np.where(open_ones, day_first, 0)
    found.month_first[where] = np.where(open_ones, month_first, 0)
    for name, fitting in (
        (Format.DATE_DAY_FIRST, (day_first > 0) & ~both),
        (Format.DATE_MONTH_FIRST, (month_first > 0) & ~both),
        (Format.DATE_AMBIGUOUS, both),
    ):
        if fitting.any():
            found.formats[name] = where.copy()
            found.formats[name][where] = fitting


def _part(parts: pa.StructArray, name: str) -> pa.StringArray:
    return cast(pa.StringArray, parts.field(name))


def _integers(texts: pa.StringArray) -> Days:
    return texts.cast(pa.int64()).to_numpy()


def _years(texts: pa.StringArray) -> Days:
    numbers = _integers(texts)
    short = pc.binary_length(texts).to_numpy() == 2
    return np.where(short, numbers + np.where(numbers < _CENTURY_TURN, 2000, 1900), numbers)


def _days(years: Days, months: Days, days: Days) -> Days:
    """YYYYMMDD, and 0 for what the calendar has not."""
    exists = (months >= 1) & (months <= 12) & (days >= 1) & (years >= 1)
    exists &= days <= _MONTH_DAYS[np.where(exists, months, 0)]
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    exists &= ~((months == 2) & (days == 29) & ~leap)
    return np.where(exists, years * 10_000 + months * 100 + days, 0)
