"""Names of which one word says little, or nothing that is known: what they mean without it, and what that costs.

"Top pack" is a plan and "P1 tickets" are tickets. Words that make it another thing ("trial end") are never passed over:
they are known to (`other_words.py`), and stand in no list here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from services.mapping.meanings import Reading, readings
from services.mapping.names import Name, compact
from services.mapping.other_words import QUALIFIERS
from services.mapping.segments import near, splits

_QUALIFIERS = frozenset(QUALIFIERS.split())

LEFT_OUT_MAX = 2
QUALIFIER_POINTS, UNKNOWN_POINTS = -6.0, -14.0
"""What each such word costs, and what a word that no list knows costs inside or at the end of a name."""

QUALIFIED_MIN, GRADE_MIN, ID_GRADE_MIN = 66.0, 84.0, 91.0
"""Grade that the meaning of the rest needs without words that only qualify, without an unknown one, and that of an id,
which must say whose."""

UNKNOWN_LENGTH_MIN, REST_LENGTH_MIN = 3, 4
NOT_OF_CUSTOMERS: dict[str, frozenset[str]] = {
    "customer_id": frozenset(["assigned", "related", "linked", "entry", "item", "list", "page", "object"]),
    "customer_name": frozenset(["app", "tool", "system", "page", "list", "item", "entry", "object", "logo", "root"]),
    "logins_per_month": frozenset(["item", "entry", "object"]),
    "plan_type": frozenset(["list"]),
}
"""Words that only qualify other columns: an assigned user is one of the staff, an app's name is no customer's."""

NOT_BEFORE_UNKNOWN = ("customer_id", "customer_name", "tenure_months")
"""Columns that an unknown last word makes another thing: a "company motto" is no company's name."""

NOT_AROUND_UNKNOWN = ("mrr", "monthly_charges", "total_revenue", "total_charges")
"""Columns that an unknown word anywhere makes a part of themselves: "total eve charge"."""

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")


@dataclass(frozen=True)
class PartialReading:
    """What a name means without the words `left_out`, at its lowered grade. unknown: whether no list knows them."""

    left_out: str
    meant: Reading
    unknown: bool = False


def partial_readings(name: Name) -> tuple[PartialReading, ...]:
    """What the name means without words that only qualify, or else without one unknown word."""
    return _without_qualifiers(name.compact) or _without_unknown(name.raw)


@lru_cache(maxsize=16_384)
def _without_qualifiers(whole: str) -> tuple[PartialReading, ...]:
    found: list[PartialReading] = []
    for way in splits(whole)[:2]:
        left_out = [word for word in way if word in _QUALIFIERS]
        if 0 < len(left_out) <= LEFT_OUT_MAX:
            rest = "".join(word for word in way if word not in left_out)
            found += (
                each
                for each in _read(rest, " ".join(left_out), QUALIFIER_POINTS * len(left_out), QUALIFIED_MIN)
                if not NOT_OF_CUSTOMERS.get(each.meant.canonical, frozenset()).intersection(left_out)
            )
    return tuple(found)


@lru_cache(maxsize=16_384)
def _without_unknown(raw: str) -> tuple[PartialReading, ...]:
    words = [compact(word) for word in _WORDS.split(raw) if compact(word)]
    unknown = [word for word in words if not splits(word)]
    if len(unknown) != 1 or len(unknown[0]) < UNKNOWN_LENGTH_MIN or words[0] == unknown[0] or near(unknown[0]):
        return ()
    rest = "".join(word for word in words if word != unknown[0])
    last = words[-1] == unknown[0]
    return tuple(
        replace(each, unknown=True)
        for each in _read(rest, unknown[0], UNKNOWN_POINTS, GRADE_MIN)
        if not (last and each.meant.canonical in NOT_BEFORE_UNKNOWN) and each.meant.canonical not in NOT_AROUND_UNKNOWN
    )


def _read(rest: str, left_out: str, points: float, least: float) -> Iterator[PartialReading]:
    if len(rest) < REST_LENGTH_MIN - 1:
        return
    for each in readings(rest):
        if each.grade >= (ID_GRADE_MIN if each.canonical == "customer_id" else least):
            yield PartialReading(left_out, Reading(each.canonical, each.grade + points, each.words))
