"""Dates that cells of text read as; those whose order of day and month may be either are kept apart."""

import re
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from services.ingest.characters import digits
from services.ingest.domain import Format
from services.ingest.patterns import DATE_NAMED_DAY_FIRST, DATE_NAMED_MONTH_FIRST, MONTH_NAMES
from services.ingest.shapes import Texts

Mask = NDArray[np.bool_]
Days = NDArray[np.int64]
"""Dates as YYYYMMDD; 0 where there is none."""

_PARTS = re.compile("(?P<a>[0-9]+)[/.-](?P<b>[0-9]+)[/.-](?P<c>[0-9]+)")
_DAY_FIRST, _MONTH_FIRST = re.compile(DATE_NAMED_DAY_FIRST), re.compile(DATE_NAMED_MONTH_FIRST)

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


def dates_of(texts: Texts, fits: dict[Format, Mask]) -> Dates | None:
    """The dates among distinct values whose basic formats are `fits`; None where there are none."""
    iso, other, named = (fits.get(name) for name in (Format.DATE_ISO, Format.DATE_OTHER, Format.DATE_NAMED))
    if iso is None and other is None and named is None:
        return None
    nothing = np.zeros(len(texts.values), np.int64)
    found = Dates(nothing, nothing.copy(), nothing.copy())
    if iso is not None:
        found.sure[iso] = _iso(texts.only(iso).values)
    if named is not None:
        found.sure[named] = _named(texts.only(named))
    if other is not None:
        _add_other(found, texts.only(other), other)
    return found


def iso_text(day: int) -> str:
    """YYYYMMDD as YYYY-MM-DD."""
    return f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def _iso(values: pa.StringArray) -> Days:
    return _days(digits(values, 0, 4), digits(values, 5, 2), digits(values, 8, 2))


def _named(texts: Texts) -> Days:
    found = _matches(texts, _MONTH_FIRST, _DAY_FIRST)
    months = np.array([_MONTH_NUMBERS[match["month"].lower()] for match in found], np.int64)[texts.of]
    return _days(_years(*_part(texts, found, "year")), months, _part(texts, found, "day")[0])


def _add_other(found: Dates, texts: Texts, where: Mask) -> None:
    parts = _matches(texts, _PARTS)
    (first, digits_of_first), (second, _), (third, digits_of_third) = (_part(texts, parts, name) for name in "abc")
    year_first = digits_of_first == 4
    third = np.where(year_first, third, _years(third, digits_of_third))
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


def _matches(texts: Texts, *patterns: re.Pattern[str]) -> list[re.Match[str]]:
    """For each shape the match of the first pattern that it fits, as each fits one."""
    shapes = cast(list[str], texts.shapes.to_pylist())
    return [next(match for pattern in patterns if (match := pattern.match(shape))) for shape in shapes]


def _part(texts: Texts, found: list[re.Match[str]], group: str) -> tuple[Days, Days]:
    """The number that stands where the group does in each text's shape, and how many digits it has."""
    spans = [(len(match.string[: match.start(group)].encode()), len(match[group])) for match in found]
    begins, lengths = (np.array(places, np.int64)[texts.of] for places in zip(*spans, strict=True))
    return digits(texts.values, begins, lengths), lengths


def _years(numbers: Days, lengths: Days) -> Days:
    """Years, of which those of two digits lack their century."""
    return np.where(lengths == 2, numbers + np.where(numbers < _CENTURY_TURN, 2000, 1900), numbers)


def _days(years: Days, months: Days, days: Days) -> Days:
    """YYYYMMDD, and 0 for what the calendar has not."""
    exists = (months >= 1) & (months <= 12) & (days >= 1) & (years >= 1)
    exists &= days <= _MONTH_DAYS[np.where(exists, months, 0)]
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    exists &= ~((months == 2) & (days == 29) & ~leap)
    return np.where(exists, years * 10_000 + months * 100 + days, 0)
