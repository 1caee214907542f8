"""Names with a word in front that nobody knows: what they say without it, and what that costs.

Read strictly, such a name means nothing. Read softly it means what its rest does ("Square Customer ID"), where the word
is in no dictionary, is no typo of one that is, and the values agree. A word that stands before both an id and a name,
or an address, is what the company calls its customers ("CoworkerId" beside "CoworkerFullName").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from services.mapping.meanings import Reading, readings
from services.mapping.names import Name, compact
from services.mapping.other_words import OTHER
from services.mapping.segments import near, splits

FRONT_LENGTH_MIN, REST_LENGTH_MIN, REST_UNBROKEN_MIN = 3, 4, 6
"""Letters of the word in front, of the rest, and of the rest of a name that is written as one word."""

FOREIGN_POINTS, SHARED_POINTS, OWN_WORD_POINTS = -12.0, -6.0, -5.0
"""What the word costs, what it costs where other headers begin with it, and where it is the customers' own name."""

GRADE_MIN, ID_GRADE_MIN = 85.0, 91.0
"""Grade that the rest's own meaning needs, and that of the rest that is an id: it must say whose."""

SHARED_MIN = 3
"""Headers that begin with one word which then says where they come from, not what they are."""

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
_OTHER = frozenset(word for word in OTHER.split() if len(word) >= FRONT_LENGTH_MIN)
_ID_ENDS = ("id", "number", "no", "code", "uuid", "key")
_WHO_ENDS = ("name", "fullname", "firstname", "lastname", "email", "emailaddress", "mail")


@dataclass(frozen=True)
class SoftReading:
    """What a name means without the word in front, at its lowered grade."""

    front: str
    meant: Reading


def soft_readings(names: Sequence[Name]) -> list[tuple[SoftReading, ...]]:
    """For each of a file's names, what it means without the unknown word in front of it; none for known names."""
    own = _own_words(names)
    return [tuple(_readings_of(name, own, names)) for name in names]


def _readings_of(name: Name, own: set[str], names: Sequence[Name]) -> Iterator[SoftReading]:
    for front in _fronts(name.raw):
        form, points = name.compact.removeprefix(front), FOREIGN_POINTS
        if front in own:
            form, points = f"customer{form}", OWN_WORD_POINTS
        elif len(form) < REST_LENGTH_MIN:
            continue
        elif sum(each.compact.startswith(front) for each in names) >= SHARED_MIN:
            points = SHARED_POINTS
        for reading in readings(form):
            if reading.grade >= (ID_GRADE_MIN if reading.canonical == "customer_id" else GRADE_MIN):
                yield SoftReading(front, replace(reading, grade=reading.grade + points))


def _own_words(names: Sequence[Name]) -> set[str]:
    """Unknown words that stand before an id and before a name or an address."""
    compacts = {name.compact for name in names}
    fronts = {front for name in names for front in _fronts(name.raw)}
    return {
        front
        for front in fronts
        if any(front + end in compacts for end in _ID_ENDS) and any(front + end in compacts for end in _WHO_ENDS)
    }


@lru_cache(maxsize=16_384)
def _fronts(raw: str) -> tuple[str, ...]:
    """The unknown words that the name may begin with, shortest first."""
    return tuple(_unknown_fronts(raw))


def _unknown_fronts(raw: str) -> Iterator[str]:
    whole = compact(raw)
    if splits(whole):
        return
    words = [compact(word) for word in _BOUNDARY.split(raw) if compact(word)]
    ends = {sum(map(len, words[:count])) for count in range(1, len(words))}
    for end in range(FRONT_LENGTH_MIN, len(whole) - 1):
        front, rest = whole[:end], whole[end:]
        broken = end in ends if ends else len(rest) >= REST_UNBROKEN_MIN
        if broken and splits(rest) and not near(front) and not _says_other(front):
            yield front


def _says_other(front: str) -> bool:
    """Whether a word that makes it another thing begins or ends what stands in front."""
    return any(front[:end] in _OTHER or front[end:] in _OTHER for end in range(len(front)))
