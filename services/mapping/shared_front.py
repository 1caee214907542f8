"""Words that several headers of a file begin with: they say where the columns come from, not what they are.

One kind is the front of most headers ("parent_crm_account_"), whatever it says; the other the namespace of some of them
("custentity_", "SBQQ__"), a word that no list knows.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from services.mapping.segments import splits

COLUMNS_MIN, SHARE_MIN = 4, 0.6
"""Headers that must begin with a front of most, and the share of all of them."""

NAMESPACE_COLUMNS_MIN, NAMESPACE_LENGTH_MIN = 3, 2
"""Headers that must begin with a namespace, and its least letters."""

KNOWN_SHARE_MIN = 0.8
"""Share of what is left of them that must be made of known words: "status" and "start" do not share a "sta"."""

MAKERS = frozenset(["new"])
"""Known words that a maker of fields puts before them all ("new_mrr"), once they are a namespace."""

LOOKED_AT = 40
"""Headers whose rest is looked at: more of them say nothing new."""


def shared_fronts(compacts: Sequence[str]) -> list[str]:
    """The front of each compact name that others share, or ""."""
    return list(_shared_fronts(tuple(compacts)))


@lru_cache(maxsize=64)
def _shared_fronts(compacts: tuple[str, ...]) -> list[str]:
    """Cached, as each industry asks for the same header row."""
    if len(compacts) < NAMESPACE_COLUMNS_MIN:
        return [""] * len(compacts)
    counted = Counter(name[:end] for name in set(compacts) for end in range(1, len(name)))
    least = max(COLUMNS_MIN, SHARE_MIN * len(compacts))
    common = [front for front, count in counted.items() if count >= least]
    most = next((each for each in sorted(common, key=len, reverse=True) if _leaves_words(each, compacts)), "")
    known = {
        front: (front in MAKERS or not splits(front)) and _leaves_words(front, compacts)
        for front, count in counted.items()
        if count >= NAMESPACE_COLUMNS_MIN and len(front) >= NAMESPACE_LENGTH_MIN and count < least
    }
    return [most if most and name.startswith(most) else _namespace(name, known) for name in compacts]


def _namespace(name: str, known: dict[str, bool]) -> str:
    """The longest namespace of a name that is not itself made of known words."""
    if splits(name) and not name.startswith(tuple(MAKERS)):
        return ""
    return next((name[:end] for end in range(len(name) - 1, 0, -1) if known.get(name[:end])), "")


def _leaves_words(front: str, compacts: Sequence[str]) -> bool:
    rests = [name.removeprefix(front) for name in compacts if name.startswith(front) and name != front][:LOOKED_AT]
    return sum(bool(splits(rest)) for rest in rests) >= KNOWN_SHARE_MIN * len(rests)
