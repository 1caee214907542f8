"""Billing periods in every notation that exports use, as months."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

import re
from functools import lru_cache
from typing import Any

import pyarrow as pa

from services.mapping import words

_NAMED: dict[str, float] = {
    "weekly": 7 / 30.4375,
    "monthly": 1.0,
    "quarterly": 3.0,
    "half-yearly": 6.0,
    "yearly": 12.0,
}
_UNITS: dict[str, float] = {
    "d": 1 / 30.4375,
    "day": 1 / 30.4375,
    "w": 7 / 30.4375,
    "wk": 7 / 30.4375,
    "week": 7 / 30.4375,
    "m": 1.0,
    "mo": 1.0,
    "mth": 1.0,
    "month": 1.0,
    "q": 3.0,
    "quarter": 3.0,
    "y": 12.0,
    "yr": 12.0,
    "year": 12.0,
    "annum": 12.0,
}
_COUNTED = re.compile(r"(?:every |per |p)?(\d{1,3}) ?([a-z]+?)s?")
_OTHER = {
    "daily": 1 / 30.4375,
    "day": 1 / 30.4375,
    "biennial": 24.0,
    "biennially": 24.0,
    "two year": 24.0,
    "2 year": 24.0,
}
_WORD = re.compile(r"[a-z]+|\d+")


def months_of(cells: pa.Array[Any]) -> pa.Array[Any]:
    """The months of each cell's billing period, null where it says none."""
    encoded = cells.dictionary_encode()
    found = pa.array([months(cell) for cell in encoded.dictionary.to_pylist()], pa.float64())
    return found.take(encoded.indices)


@lru_cache(maxsize=4_096)
def months(cell: str | None) -> float | None:
    """The months of one billing period: of "month-to-month", "P1M", "3 months", "pro-yearly-usd"; None for none."""
    if cell is None:
        return None
    text = words.folded(cell)
    named = _KNOWN.get(text) or _OTHER.get(text)
    if named is not None:
        return named
    counted = _COUNTED.fullmatch(text)
    if counted and counted.group(2) in _UNITS and int(counted.group(1)):
        return int(counted.group(1)) * _UNITS[counted.group(2)]
    # Ids of plans and prices hold the period as one of their words ("pro-monthly-usd"); two that differ say nothing.
    inside = {_KNOWN[word] for word in _WORD.findall(text) if len(word) > 3 and word in _KNOWN}
    return inside.pop() if len(inside) == 1 else None


_KNOWN: dict[str, float] = {
    words.folded(word): length
    for value, length in _NAMED.items()
    for word in (value, *words.CATEGORY_WORDS["billing_interval"][value])
}
