"""What columns say of each other by their values: a total that is price times tenure shows what all three are."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from libs.tables.columns import Column, Kind
from services.mapping.cells import Cells
from services.mapping.convert import converted
from services.mapping.match import CONFIDENCE_MAX, Match
from services.mapping.readings import of_dates, of_numbers

Matches = list[dict[str, Match]]
Values = npt.NDArray[np.float64]

ROWS_MAX, ROWS_MIN = 500, 8
"""Rows of the sample that are compared, and how many must be filled on both sides."""

CANDIDATE_MIN = 50.0
"""Score from which a match is worth comparing."""

PRODUCT_POINTS, ORDER_POINTS = 18.0, 1.0
"""What is added where total is price times tenure, and where one column is never more than another."""

PRODUCT_SHARE_MIN, ORDER_SHARE_MIN = 0.7, 0.98
"""Share of rows in which it must be so."""

FIRST_SHARE_MIN = 0.95
FIRST_POINTS, LAST_POINTS = 3.5, 9.0
"""What days lose that come after another signup, or before another end."""

RIVAL_MIN, RIVALS_MAX, RIVAL_ROWS_MIN = 70.0, 6, 2
"""Score from which days are compared with each other, how many of them, and in how many rows at least."""

_FILLED = ("customer_name", "customer_email", "country")
FILL_GAP, FILL_POINTS = 0.2, 6.0
"""How much less filled a rival must be, as a share of rows, and what it loses."""

COMES_LAST = "is never before it and filled in the same rows"
"""What the evidence says of a day that another one follows."""

SAME_ROWS_MIN = 0.85
"""Share of rows that must have both days of leaving."""

PRODUCT_OFF = 0.15
"""How far a total may be off the product: prices change, and months are not whole."""

_PRICES, _TOTALS, _TENURES = ("mrr", "monthly_charges"), ("total_revenue", "total_charges"), ("tenure_months",)
_ORDERS = (("seats_used", "seats_purchased", Kind.NUMBER), ("signup_date", "canceled_at", Kind.DATE))


def related(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> Matches:
    """The matches with what relations between columns add to them. A relation only ever speaks for a match."""
    found = [dict(each) for each in matches]
    _by_product(columns, found)
    for low, high, kind in _ORDERS:
        _by_order(columns, found, low, high, kind)
    _by_first_day(columns, found)
    _by_last_day(columns, found)
    for name in _FILLED:
        _by_fill(columns, found, name)
    return found


def _by_product(columns: Sequence[Cells], found: Matches) -> None:
    """Total, price and tenure, each of them the best candidate or a doubtful one, that fit each other."""
    for total in _candidates(found, _TOTALS):
        for tenure in _candidates(found, _TENURES):
            for price in _candidates(found, _PRICES):
                if len({total, tenure, price}) == 3 and _is_product(columns, total, price, tenure):
                    names = [columns[place].profile.name for place in (total, price, tenure)]
                    said = f"'{names[0]}' is about '{names[1]}' times '{names[2]}'"
                    for place, wanted in ((total, _TOTALS), (price, _PRICES), (tenure, _TENURES)):
                        _speak_for(found[place], wanted, PRODUCT_POINTS, said)


def _is_product(columns: Sequence[Cells], total: int, price: int, tenure: int) -> bool:
    read = [_values(columns[place], Kind.NUMBER) for place in (total, price, tenure)]
    if any(values is None for values in read):
        return False
    totals, prices, months = (values for values in read if values is not None)
    some = np.isfinite(totals * prices * months) & (months >= 2) & (prices > 0)
    if some.sum() < ROWS_MIN or len(np.unique(months[some])) < 3:
        return False
    off = np.abs(totals[some] / (prices[some] * months[some]) - 1)
    return bool((off <= PRODUCT_OFF).mean() >= PRODUCT_SHARE_MIN)


def _by_order(columns: Sequence[Cells], found: Matches, low: str, high: str, kind: Kind) -> None:
    """A pair in which one is never more than the other: seats in use and paid for, signup and cancellation."""
    for first in _candidates(found, (low,)):
        for second in _candidates(found, (high,)):
            left, right = _values(columns[first], kind), _values(columns[second], kind)
            if first == second or left is None or right is None:
                continue
            both = np.isfinite(left) & np.isfinite(right)
            if both.sum() < ROWS_MIN or (left[both] <= right[both]).mean() < ORDER_SHARE_MIN:
                continue
            if (left[both] < right[both]).any():
                names = columns[first].profile.name, columns[second].profile.name
                said = f"'{names[0]}' is never {'after' if kind is Kind.DATE else 'more than'} '{names[1]}'"
                _speak_for(found[first], (low,), ORDER_POINTS, said)
                _speak_for(found[second], (high,), ORDER_POINTS, said)


def _by_first_day(columns: Sequence[Cells], found: Matches) -> None:
    """Of days that may all be the signup, the one that is never after another was the first."""
    for first, later, name in _rivals(columns, found, "signup_date", FIRST_SHARE_MIN):
        match = found[later][name]
        said = f"'{columns[first].profile.name}' is never after it"
        found[later][name] = replace(
            match, confidence=match.confidence - FIRST_POINTS, evidence=f"{match.evidence}; {said}"
        )


def _by_last_day(columns: Sequence[Cells], found: Matches) -> None:
    """Of two days of leaving that the same rows have, the later one is the end: the other that of the notice."""
    for earlier, last, name in _rivals(columns, found, "canceled_at", FIRST_SHARE_MIN):
        both = columns[earlier].profile.filled, columns[last].profile.filled
        if min(both) >= SAME_ROWS_MIN * max(both):
            match = found[earlier][name]
            said = f"'{columns[last].profile.name}' {COMES_LAST}"
            found[earlier][name] = replace(
                match, confidence=match.confidence - LAST_POINTS, evidence=f"{match.evidence}; {said}"
            )


def _by_fill(columns: Sequence[Cells], found: Matches, name: str) -> None:
    """Of columns that may all be the name or the address, one that many rows have not is the lesser."""
    rivals = [place for place in _candidates(found, (name,)) if found[place][name].confidence >= RIVAL_MIN]
    fullest = max((columns[place].profile.filled_share for place in rivals), default=0.0)
    for place in rivals:
        share = columns[place].profile.filled_share
        if columns[place].known and share < fullest - FILL_GAP:
            match = found[place][name]
            said = f"another column has it in more rows than these {share:.0%}"
            found[place][name] = replace(
                match, confidence=match.confidence - FILL_POINTS, evidence=f"{match.evidence}; {said}"
            )


def _rivals(columns: Sequence[Cells], found: Matches, name: str, share_min: float) -> Iterator[tuple[int, int, str]]:
    """Pairs of columns that may both be `name`, the first never after the second, and before it somewhere."""
    rivals = [place for place in _candidates(found, (name,)) if found[place][name].confidence >= RIVAL_MIN]
    days = {place: _values(columns[place], Kind.DATE) for place in rivals[:RIVALS_MAX]}
    for first, left in days.items():
        for second, right in days.items():
            if first == second or left is None or right is None:
                continue
            both = np.isfinite(left) & np.isfinite(right)
            enough = both.sum() >= (ROWS_MIN if name == "signup_date" else RIVAL_ROWS_MIN)
            if enough and (left[both] <= right[both]).mean() >= share_min and (left[both] < right[both]).any():
                yield first, second, name


def _candidates(found: Matches, names: Sequence[str]) -> list[int]:
    return [
        place
        for place, each in enumerate(found)
        if any(name in each and each[name].confidence >= CANDIDATE_MIN for name in names)
    ]


def _speak_for(found: dict[str, Match], names: Sequence[str], points: float, reason: str) -> None:
    """A price that the total proves to be a month's is no price of an unknown period any more."""
    for name in names:
        match = found.get(name)
        if match is not None and reason not in match.evidence:
            sure = max(match.confidence, min(CONFIDENCE_MAX - 1, match.confidence + points))
            evidence = f"{match.evidence}; {reason}"
            proved = match.per_period and points < PRODUCT_POINTS
            found[name] = replace(match, confidence=sure, evidence=evidence, per_period=proved)


def _values(cells: Cells, kind: Kind) -> Values | None:
    """The first cells of the sample as numbers, dates as days, NaN for blanks; None without a sample."""
    if cells.sample is None:
        return None
    sample = cells.sample.slice(0, ROWS_MAX)
    reading = (of_dates if kind is Kind.DATE else of_numbers)(cells.profile, sample).reading
    unit = "currency units" if kind is Kind.NUMBER else ""
    read: Any = converted(Column("", kind, "", unit=unit), cells.profile.name, sample, reading).values
    if kind is Kind.DATE:
        read = read.cast(pa.int32())
    numbers: Values = read.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
    return numbers
