"""Names understood by the senses of their words: which combinations of senses mean which canonical column."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile

from services.mapping.patterns import PATTERN_ROWS
from services.mapping.segments import splits
from services.mapping.telecom_patterns import TELECOM_PATTERN_ROWS
from services.mapping.thesaurus import CONTAINERS, FILLERS, SENSES


@dataclass(frozen=True)
class Reading:
    """A canonical column that a name's words mean. grade: 0-100, as an alias's; words: the words read."""

    canonical: str
    grade: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Pattern:
    """needs: senses that must all be there, each in a word of its own; allows: senses that other words may have."""

    canonical: str
    grade: float
    needs: tuple[str, ...]
    allows: frozenset[str]
    needed: frozenset[str]


_TELECOM: dict[str, str] = {"mrr": "monthly_charges", "total_revenue": "total_charges", "billing_interval": "contract"}
"""The telecom names of the same things."""

PATTERNS = tuple(
    _Pattern(canonical, grade, tuple(needs.split()), frozenset(f"{needs} {allows}".split()), frozenset(needs.split()))
    for canonical, grade, needs, allows in (*PATTERN_ROWS, *TELECOM_PATTERN_ROWS)
)


CALENDAR_NAMES: frozenset[str] = frozenset(
    f"{word}month" for word in ("bill", "billing", "payment", "invoice", "charge", "revenue", "sales", "fee", "price")
)
"""Names of a calendar month, though their words read as a month's money."""


STAFF_NUMBERS: frozenset[str] = frozenset(
    f"{who}{number}" for who in ("employee", "emp", "staff") for number in ("number", "no", "nr", "num", "nbr")
)
"""Numbers that one of the staff has, though their words read as a number of staff."""

LOGIN_NAMES, LOGIN_NAME_GRADE = ("username", "usernames"), 78.0
"""Names of what somebody logs in with: some tools mean a person's name by them, and the grade for that."""


CURRENCIES = ("currency", "currencycode")
"""What names end with that say in which money, not how much."""

MAILING_NAMES, MAILING_GRADE = ("unsubscribed", "unsubscribe", "optedout"), 58.0
"""Names of who wants no more mail, in nearly every tool, and the grade of reading them as who has left."""


@lru_cache(maxsize=16_384)
def readings(compact: str) -> tuple[Reading, ...]:
    """The canonical columns (of either industry) that a compact name's words mean together, best grade of each.

    Every word must be known and have its part in the pattern: one that has none makes it another thing.
    """
    found: dict[str, Reading] = {}
    if compact in CALENDAR_NAMES or compact in STAFF_NUMBERS:
        return ()
    for split in splits(compact):
        own = dropwhile(CONTAINERS.__contains__, split)
        words = tuple(dict.fromkeys(word for word in own if word not in FILLERS))
        senses = [SENSES[word] for word in words]
        seen = frozenset().union(*senses)
        for pattern in PATTERNS:
            if (
                pattern.needed <= seen
                and all(each & pattern.allows for each in senses)
                and _covered(pattern.needs, senses)
            ):
                held = found.get(pattern.canonical)
                if held is None or held.grade < pattern.grade:
                    found[pattern.canonical] = Reading(pattern.canonical, pattern.grade, words)
    if compact.endswith(LOGIN_NAMES):
        found = {name: replace(each, grade=min(each.grade, LOGIN_NAME_GRADE)) for name, each in found.items()}
    if compact.endswith(CURRENCIES):
        found = {name: each for name, each in found.items() if name not in ("mrr", "total_revenue")}
    if compact.endswith(MAILING_NAMES) and "churned" in found:
        found["churned"] = replace(found["churned"], grade=MAILING_GRADE)
    return tuple(found.values()) + tuple(
        Reading(_TELECOM[name], each.grade, each.words) for name, each in found.items() if name in _TELECOM
    )


def _covered(needs: Iterable[str], senses: list[frozenset[str]]) -> bool:
    """Whether each need has a word of its own; tried word by word, as names are short."""
    wanted = tuple(needs)
    if not wanted:
        return True
    first, rest = wanted[0], wanted[1:]
    return any(first in each and _covered(rest, senses[:at] + senses[at + 1 :]) for at, each in enumerate(senses))
