"""Of several columns with a claim to one canonical column, the one whose words say more: a price before an average.

Nothing is vetoed here: a lesser name only stands back where a better one has nearly as good a claim.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.mapping.cells import Cells
from services.mapping.match import Match
from services.mapping.relations import COMES_LAST
from services.mapping.segments import splits
from services.mapping.thesaurus import SENSES

Matches = list[dict[str, Match]]
_Senses = frozenset[str]

RIVAL_MIN = 72.0
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


def _began(given: _Senses) -> bool:
    if "FIRST" in given:
        return "ACCESS" not in given
    return bool(given & {"STARTED", "FROM", "SINCE", "BEGIN"}) and not given & {"CREATED", "CONTRACT"}


_WHOSE = frozenset({"CUSTOMER", "ACCOUNT", "SUBSCRIPTION", "ORG", "PERSON", "VENUE"})

_PREFERENCES = (
    _Preference(
        ("signup_date",),
        lambda given: "CREATED" in given and not given & _WHOSE,
        lambda given: _began(given) or ("CREATED" in given and bool(given & _WHOSE)),
        8.0,
        "another column says when the customer began, this one when the record was made",
    ),
    _Preference(
        ("signup_date",),
        lambda given: "STARTED" in given and not given & (_WHOSE | {"FIRST"}),
        lambda given: "FIRST" in given and bool(given & {"ACCESS", "PURCHASES", "PAYMENT", "BILLTO"}),
        14.0,
        "another column says when the customer was first seen, this one when a period starts",
    ),
    _Preference(
        ("canceled_at",),
        lambda given: bool(given & {"ENDED", "UNTIL"}) and "END" not in given,
        lambda given: "END" in given and "ENDED" not in given,
        8.0,
        "another column says when the customer left, this one when something ends",
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
    _Preference(
        ("customer_name",),
        _has("SURNAMELIKE"),
        _has("FORENAME"),
        8.0,
        "the first name has a column of its own, so this one is the last name",
    ),
    _Preference(
        ("customer_name",),
        lambda given: bool(given & {"FIRSTNAME", "LASTNAME", "FORENAME"}) and "ORG" not in given,
        lambda given: "ORG" in given and "NAME" in given,
        8.0,
        "another column says the company's name, this one a person's",
    ),
    _Preference(
        ("customer_name",),
        _has("PERSON"),
        lambda given: "NAME" in given and not given & {"PERSON", "FIRSTNAME", "LASTNAME", "FORENAME"},
        10.0,
        "another column says the customer's name, this one whom to speak to there",
    ),
    _Preference(
        ("customer_email",),
        _has("TO"),
        _has("FROM"),
        20.0,
        "another column says from whom it comes, this one to whom it goes",
    ),
    _Preference(
        ("payment_method", "country"),
        _without("NAME"),
        _has("NAME"),
        4.0,
        "another column has it in words",
    ),
    _Preference(
        ("seats_used",),
        _without("USED", "ACTIVEW", "MONTHLY", "WINDOW"),
        _has("USED", "ACTIVEW"),
        6.0,
        "another column counts those who are active, this one all",
    ),
    _Preference(
        ("customer_id",),
        _has("CONTAINER"),
        _without("CONTAINER"),
        8.0,
        "another column is the tool's own, this one is something that somebody filed with it",
    ),
)


def preferred(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> Matches:
    """The matches, those whose words are the lesser ones put back."""
    found = [dict(each) for each in matches]
    senses = [_senses(cells.name.compact) for cells in columns]
    for rule in _PREFERENCES:
        for name in rule.canonical:
            claims = [place for place, each in enumerate(found) if name in each and each[name].confidence >= RIVAL_MIN]
            better = {
                place
                for place in claims
                if senses[place] and rule.better(senses[place]) and COMES_LAST not in found[place][name].evidence
            }
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
