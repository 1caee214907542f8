"""Of several columns with a claim to one canonical column, the one whose words say more: a price before an average.

Nothing is vetoed here: a lesser name only stands back where a better one has nearly as good a claim.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.mapping.cells import Cells
from services.mapping.matcher import Match
from services.mapping.segments import splits
from services.mapping.thesaurus import SENSES

Matches = list[dict[str, Match]]
_Senses = frozenset[str]

RIVAL_MIN = 80.0
"""Score from which a column with better words makes another stand back."""


@dataclass(frozen=True)
class _Preference:
    """lesser, better: what the senses of a name's words must be; points: what the lesser one loses."""

    canonical: tuple[str, ...]
    lesser: Callable[[_Senses], bool]
    better: Callable[[_Senses], bool]
    points: float
    reason: str


def _has(*senses: str) -> Callable[[_Senses], bool]:
    return lambda given: bool(given & set(senses))


def _without(*senses: str) -> Callable[[_Senses], bool]:
    return lambda given: not given & set(senses)


_PREFERENCES = (
    _Preference(
        ("signup_date",),
        lambda given: "CREATED" in given and not given & {"CUSTOMER", "ACCOUNT", "SUBSCRIPTION", "ORG"},
        lambda given: bool(given & {"STARTED", "FROM", "SINCE"}) and not given & {"CREATED", "CONTRACT"},
        6.0,
        "another column says when the customer began, this one when the record was made",
    ),
    _Preference(
        ("canceled_at",),
        lambda given: bool(given & {"CONTRACT", "TERM"}) and "ENDED" in given,
        lambda given: "END" in given and "CONTRACT" not in given,
        8.0,
        "another column says when the customer left, this one when the term ends",
    ),
    _Preference(
        ("mrr", "monthly_charges"),
        _has("AVG", "ARPU"),
        _without("AVG", "ARPU"),
        6.0,
        "another column says what the customer pays, this one an average",
    ),
)


def preferred(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> Matches:
    """The matches, those whose words are the lesser ones put back."""
    found = [dict(each) for each in matches]
    senses = [_senses(cells.name.compact) for cells in columns]
    for rule in _PREFERENCES:
        for name in rule.canonical:
            claims = [place for place, each in enumerate(found) if name in each and each[name].confidence >= RIVAL_MIN]
            better = {place for place in claims if senses[place] and rule.better(senses[place])}
            for place in claims:
                if better - {place} and rule.lesser(senses[place]):
                    match = found[place][name]
                    found[place][name] = replace(
                        match, confidence=match.confidence - rule.points, evidence=f"{match.evidence}; {rule.reason}"
                    )
    return found


def _senses(compact: str) -> _Senses:
    """What the words of the shortest way to read the name may mean."""
    ways = splits(compact)
    return frozenset(sense for word in ways[0] for sense in SENSES[word]) if ways else frozenset()
