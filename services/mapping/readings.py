"""How the cells of a column are read, decided from the whole column where it proves itself; never guessed."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.mapping import dates, numbers, words
from services.mapping.asking import Option
from services.mapping.domain import Reading
from services.mapping.profiles import ColumnProfile, Format

DAY_FIRST = Option("day_first", "the day comes first: 03/04/2024 is 3 April")
MONTH_FIRST = Option("month_first", "the month comes first: 03/04/2024 is 4 March")
DECIMAL_POINT = Option("decimal_point", "a point marks decimals: 1,234 is one thousand two hundred and thirty-four")
DECIMAL_COMMA = Option("decimal_comma", "a comma marks decimals: 1.234 is one thousand two hundred and thirty-four")

SECONDS_MIN, SECONDS_MAX = 946_684_800, 2_524_608_000
"""Unix times of the years 2000 and 2050."""

SERIAL_MIN, SERIAL_MAX = 20_000, 60_000
"""Excel's day numbers of 1954 and 2064."""

DATES_SHARE_MIN = 0.5
"""Share of filled cells that must be dates, written in any order, for the column to hold dates."""


PLAIN_NUMBERS_MIN = 0.9
"""Share of plain numbers from which a column is not looked through for dates."""

_WRITTEN = (Format.DATE_DAY_FIRST, Format.DATE_MONTH_FIRST, Format.DATE_AMBIGUOUS, Format.DATE_NAMED)


@dataclass(frozen=True)
class Found:
    """How a column is read. options: what to choose from where the column does not prove it; empty where it does.

    doubted: an ambiguous cell as an example of `count` such ones.
    """

    reading: Reading = Reading.PLAIN
    options: tuple[Option, ...] = ()
    doubted: str = ""
    count: int = 0

    def answered(self, answers: tuple[str, ...]) -> Found:
        """The same once a person has chosen one of the options."""
        chosen = [option.id for option in self.options if option.id in answers]
        return Found(Reading(chosen[-1])) if chosen else self


def of_dates(profile: ColumnProfile, sample: pa.Array[Any] | None) -> Found:
    """How the cells of a column that should hold dates are read."""
    counted = _counted_dates(profile)
    if counted is not None:
        return Found(counted)
    said = _orders(profile, sample)
    if said.ambiguous and bool(said.day_first) == bool(said.month_first):
        return Found(
            Reading.PLAIN, (DAY_FIRST, MONTH_FIRST), _example(sample, profile, _is_doubted_date), said.ambiguous
        )
    if said.day_first or said.month_first:
        return Found(Reading.DAY_FIRST if said.day_first >= said.month_first else Reading.MONTH_FIRST)
    return Found()


def of_numbers(profile: ColumnProfile, sample: pa.Array[Any] | None) -> Found:
    """How the cells of a column that should hold numbers are read."""
    said = _marks(profile, sample)
    if said.ambiguous and bool(said.point) == bool(said.comma):
        options = (DECIMAL_POINT, DECIMAL_COMMA)
        return Found(Reading.PLAIN, options, _example(sample, profile, _is_doubted_number), said.ambiguous)
    if said.comma and not said.point:
        return Found(Reading.DECIMAL_COMMA)
    return Found(Reading.DECIMAL_POINT if said.ambiguous and said.point else Reading.PLAIN)


def date_share(profile: ColumnProfile, sample: pa.Array[Any] | None) -> float:
    """Share of filled cells that are dates in some notation, 0-1, were the column one of dates."""
    share = max(profile.share(Format.DATE_ISO, Format.DATE_OTHER), profile.share(Format.DATE_ISO, *_WRITTEN))
    share = min(1.0, share * profile.filled / max(1, profile.filled - _blank_dates(profile)))
    if share >= DATES_SHARE_MIN or sample is None:
        return 1.0 if share < DATES_SHARE_MIN and _counted_dates(profile) is not None else share
    if _counted_dates(profile) is not None:
        return 1.0
    if profile.share(Format.DECIMAL) > PLAIN_NUMBERS_MIN:
        return share
    filled = _filled(sample, words.DATE_BLANKS)
    if not len(filled):
        return share
    read = max(
        len(filled) - dates.days(filled, reading).null_count for reading in (Reading.DAY_FIRST, Reading.MONTH_FIRST)
    )
    return max(share, read / len(filled))


def _blank_dates(profile: ColumnProfile) -> int:
    """Cells such as "0" that are filled, and say that there is no date."""
    return sum(count for cell, count in profile.top_values if cell.strip().casefold() in words.DATE_BLANKS)


def _counted_dates(profile: ColumnProfile) -> Reading | None:
    """How a column of numbers counts days, if it does."""
    least, greatest = profile.number_min, profile.number_max
    if least is None or greatest is None or profile.share(Format.DECIMAL) < 0.9:
        return None
    if least >= SECONDS_MIN and greatest <= SECONDS_MAX:
        return Reading.UNIX_SECONDS
    if least >= SECONDS_MIN * 1000 and greatest <= SECONDS_MAX * 1000:
        return Reading.UNIX_MILLISECONDS
    if least >= SERIAL_MIN and greatest <= SERIAL_MAX:
        return Reading.EXCEL_SERIAL
    if least >= 19_000_101 and greatest <= 20_991_231:
        return Reading.COMPACT
    return None


def _orders(profile: ColumnProfile, sample: pa.Array[Any] | None) -> dates.OrderCounts:
    formats = profile.formats
    told = (Format.DATE_DAY_FIRST, Format.DATE_MONTH_FIRST, Format.DATE_AMBIGUOUS)
    if any(formats.get(each) for each in told):
        return dates.OrderCounts(*(formats.get(each, 0) for each in told))
    return dates.order_counts(*_distinct(profile, sample))


def _marks(profile: ColumnProfile, sample: pa.Array[Any] | None) -> numbers.MarkCounts:
    formats = profile.formats
    if profile.filled and formats.get(Format.INTEGER, 0) == profile.filled:
        return numbers.MarkCounts()
    seen = numbers.mark_counts(*_distinct(profile, sample))
    told = (Format.DECIMAL_POINT, Format.DECIMAL_COMMA, Format.AMBIGUOUS_NUMBER)
    if not any(formats.get(each) for each in told):
        return seen
    counts = numbers.MarkCounts(*(formats.get(each, 0) for each in told))
    # "$1,234" fits both marks as digits go; the currency that writes it so is seen in the sample.
    by_currency = seen.point and not seen.comma and not seen.ambiguous and not counts.comma
    return numbers.MarkCounts(max(counts.point, seen.point), 0, counts.ambiguous) if by_currency else counts


def _distinct(profile: ColumnProfile, sample: pa.Array[Any] | None) -> tuple[pa.Array[Any], np.ndarray[Any, Any]]:
    """The distinct trimmed filled cells that are at hand, and how often each is seen."""
    seen = dict(profile.top_values)
    if sample is not None:
        encoded = _filled(sample).dictionary_encode()
        counts = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary))
        for cell, count in zip(encoded.dictionary.to_pylist(), counts.tolist(), strict=True):
            seen.setdefault(str(cell), count)
    cells = pa.array([cell.strip() for cell in seen], pa.string())
    return cells, np.array(list(seen.values()), dtype=np.int64)


def _filled(sample: pa.Array[Any], blanks: tuple[str, ...] = words.NONE_BLANKS) -> pa.Array[Any]:
    trimmed = pc.utf8_trim_whitespace(sample)
    blank = pc.is_in(pc.utf8_lower(trimmed), value_set=pa.array(blanks, pa.string()))
    filled: pa.Array[Any] = trimmed.filter(pc.invert(blank)).drop_null()
    return filled


def _example(sample: pa.Array[Any] | None, profile: ColumnProfile, doubted: Any) -> str:
    cells, _ = _distinct(profile, sample)
    return next((str(cell) for cell in cells.to_pylist() if doubted(str(cell))), "03/04/21")


@lru_cache(maxsize=1_024)
def _is_doubted_date(cell: str) -> bool:
    return bool(dates.order_counts(pa.array([cell]), np.array([1])).ambiguous)


@lru_cache(maxsize=1_024)
def _is_doubted_number(cell: str) -> bool:
    return bool(numbers.mark_counts(pa.array([cell]), np.array([1])).ambiguous)
