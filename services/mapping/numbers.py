"""Numbers with currency marks, percent signs and thousands marks, read with a decimal point or a decimal comma."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from services.mapping import words
from services.mapping.domain import Reading

PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$"
_SIGN = "[+\u2212-]?"
_GAP = "[\u00a0\u202f'\u2019 ]"
"""What stands between thousands in France and Switzerland; it says nothing of the decimal mark."""

_THOUSANDS = r"\d{1,3}(?:%s\d{3})+"
"""Digits in groups of three, with the mark that stands between them left open."""

_POINT = "|".join(
    (
        r"\d+(?:\.\d*)?",
        r"\.\d+",
        _THOUSANDS % "," + r"\.\d+",
        r"\d{1,3}(?:,\d{3}){2,}",
        _THOUSANDS % _GAP + r"(?:\.\d+)?",
    )
)
"""An amount that can only have a decimal point. "1,234" could be either, and is left for a currency mark to decide."""

_LONE_COMMA = r"\d{1,3},\d{3}"


def _surely(mark: str, other: str) -> str:
    """An amount in a column whose decimal mark is known."""
    decimals = rf"(?:{mark}\d*)?"
    return rf"\d+{decimals}|{mark}\d+|{_THOUSANDS % other}{decimals}|{_THOUSANDS % _GAP}{decimals}"


def _only(mark: str, other: str) -> str:
    """An amount that is none with the other decimal mark."""
    lone = rf"\d*{mark}(?:\d{{0,2}}|\d{{4,}})|\d{{4,}}{mark}\d{{3}}|0?{mark}\d{{3}}"
    grouped = rf"{_THOUSANDS % other}{mark}\d+|\d{{1,3}}(?:{other}\d{{3}}){{2,}}|{_THOUSANDS % _GAP}{mark}\d+"
    return rf"^(?:{lone}|{grouped})$"


_DIGITS = {
    Reading.PLAIN: _POINT,
    Reading.DECIMAL_POINT: _surely(r"\.", ","),
    Reading.DECIMAL_COMMA: _surely(",", r"\."),
}
_AMBIGUOUS = r"^0*[1-9]\d{0,2}[.,]\d{3}$"
_AROUND = r"(?i)^[^\d.,]*|[^\d.,]*$"


@dataclass(frozen=True)
class MarkCounts:
    """How many cells are numbers only with a decimal point, only with a decimal comma, and with either."""

    point: int = 0
    comma: int = 0
    ambiguous: int = 0


def numbers(cells: pa.Array[Any], unit: str, reading: Reading = Reading.PLAIN) -> pa.Array[Any]:
    """The trimmed cells as numbers, null where they are none: plain ones, then "$1,234.50", "(12.00)", "12 %".

    unit: of the column (Column.unit); its word may follow a number ("3 months").
    Without a reading, "1,234" is a number only where a currency says what its comma is.
    """
    comma = reading is Reading.DECIMAL_COMMA
    plain = pc.match_substring_regex(cells, r"^[+-]?\d+$" if comma else PLAIN)
    formatted = pc.and_not(pc.match_substring_regex(cells, _formatted(unit, reading)), plain)
    negative = pc.match_substring_regex(cells, "^\\(|^[^0-9]*[\u2212-]")
    digits = pc.replace_substring_regex(cells, r"[^0-9,]" if comma else r"[^0-9.]", "")
    digits = pc.replace_substring(digits, ",", ".") if comma else digits
    unsigned = pc.replace_substring_regex(cells, r"^\+", "")
    text = pc.if_else(plain, unsigned, pc.if_else(formatted, digits, pa.scalar(None, pa.string())))
    found = text.cast(pa.float64())
    found = pc.if_else(pc.and_(formatted, negative), pc.negate(found), found)
    finite: pa.Array[Any] = pc.if_else(pc.is_finite(found), found, pa.scalar(None, pa.float64()))
    return finite


def mark_counts(cells: pa.Array[Any], counts: npt.NDArray[np.int64]) -> MarkCounts:
    """What distinct trimmed cells, which stand `counts` times each, say of the decimal mark.

    Nothing is counted where no cell has a comma, or a point before three digits: there is nothing to tell apart.
    """
    marked = pc.match_substring_regex(cells, r",|\.\d{3}(?:\D|$)").to_numpy(zero_copy_only=False)
    if not marked.any():
        return MarkCounts()
    told = pc.match_substring_regex(cells, rf"(?i){words.POINT_MARK}")
    bare = pc.replace_substring_regex(cells, _AROUND, "")

    def count(pattern: str, among: pa.Array[Any] | None = None) -> int:
        fits = pc.match_substring_regex(bare, pattern)
        fits = fits if among is None else pc.and_(fits, among)
        return int(counts[fits.to_numpy(zero_copy_only=False)].sum())

    lone = pc.and_(told, pc.match_substring(bare, ","))
    return MarkCounts(
        count(_only(r"\.", ",")) + count(_AMBIGUOUS, lone),
        count(_only(",", r"\.")),
        count(_AMBIGUOUS, pc.invert(lone)),
    )


@lru_cache
def _formatted(unit: str, reading: Reading) -> str:
    """The pattern of a number with marks, for a column of this unit."""
    after = "|".join(each for each in (words.CURRENCY_MARK, words.UNIT_WORDS.get(unit)) if each)
    before = rf"{words.CURRENCY_MARK}?\s*"
    amount = rf"(?:{_DIGITS[reading]})\s*(?:{after})?"
    lone = rf"{words.POINT_MARK}\s*{_LONE_COMMA}|{_LONE_COMMA}\s*{words.POINT_MARK}"
    signed = rf"{_SIGN}\s*{before}{amount}|{before}{_SIGN}{amount}"
    if reading is Reading.DECIMAL_COMMA:
        return rf"(?i)^(?:{signed}|\({before}{amount}\))$"
    return rf"(?i)^(?:{signed}|{_SIGN}(?:{lone})|\((?:{before}{amount}|{lone})\))$"
