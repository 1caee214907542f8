"""What one row is, told by the headers together, and what its barest names mean then: a survey's score is an NPS."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.mapping.cells import Cells
from services.mapping.context import ROW_IDS
from services.mapping.domain import Strategy
from services.mapping.match import Match
from services.mapping.owners import owned, owners
from services.mapping.segments import splits

Matches = list[dict[str, Match]]

SURVEY_WORDS_MIN = 2
SURVEY_SCORE, NPS_MIN, NPS_MAX = 84.0, -100.0, 10.0
"""Columns with words of surveys that make a file one, the score of its bare "score", and the range of an answer."""

PLAN_NAME_SCORE, OTHERS_NAME_CAP = 76.0, 58.0
"""Score of a bare name as a plan's where the customer's own columns say that they are the customer's, and its cap as a
customer's name then."""

HOUSEHOLD_MIN, LONE_PARTNER_CAP = 1, 60.0
"""Other columns of a household that make a bare "partner" somebody whom the customer lives with, and its cap alone."""

SUBSCRIPTION_WORDS_MIN, BARE_ID_CAP = 4, 70.7
"""Columns with words of subscriptions that make a file one of them, and the score of a bare id then: mapped with a
confidence below 80."""

_SUBSCRIPTIONS = frozenset(
    ["subscription", "interval", "period", "renewal", "renews", "next", "trial", "quantity", "plan", "cycle"]
)
_SURVEY = frozenset(
    [
        "survey",
        "surveys",
        "nps",
        "promoter",
        "promoters",
        "detractor",
        "response",
        "responses",
        "respondent",
        "comment",
        "feedback",
    ]
)
_SCORES = frozenset(["score", "rating", "answer", "response"])
_CUSTOMERS = frozenset(
    ["customer", "customers", "client", "clients", "subscriber", "subscribers", "member", "members", "user"]
)
_PLANS = frozenset(
    ["subscription", "plan", "interval", "amount", "price", "unit", "period", "recurring", "frequency", "cycle"]
)
_HOUSEHOLD = ("dependents", "senior_citizen", "phone_service", "multiple_lines", "internet_service", "streaming_tv")
_OWNED, OWNED_MIN = ("customer_id", "customer_name", "signup_date"), 70.0
"""What a row and whom it names may both have, and the score from which the latter has it."""

_BARE_DAYS = frozenset(["created", "createdat", "createdon", "date", "datecreated", "timestamp"])

TOTAL_WORDS_MIN = 3
_BARE_TOTALS = frozenset(["amount", "total", "fee", "fees", "value", "net", "gross", "grand", "sum", "price", "order"])
_PROVED = "' times '"
"""Words that a total says nothing with, and what the evidence says where values proved one (relations.py)."""

_BARE_NAMES = frozenset(["name", "title", "description", "label"])


def of_the_row(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> Matches:
    """The matches as they are once it is known what one row is; some may be of columns that the industry has not."""
    found = [dict(each) for each in matches]
    words = [{word for way in splits(cells.name.compact) for word in way} for cells in columns]
    _scores_of_surveys(columns, found, words)
    _names_of_plans(columns, found, words)
    _lone_partner(columns, found)
    _ids_of_subscriptions(columns, found, words)
    _beside_an_owner(columns, found)
    _totals_of_subscriptions(found, words)
    return found


def _scores_of_surveys(columns: Sequence[Cells], found: Matches, words: Sequence[set[str]]) -> None:
    if sum(bool(each & _SURVEY) for each in words) < SURVEY_WORDS_MIN:
        return
    for cells, each in zip(columns, found, strict=True):
        low, high = cells.profile.number_min, cells.profile.number_max
        if (
            cells.name.compact in _SCORES
            and low is not None
            and high is not None
            and low >= NPS_MIN
            and high <= NPS_MAX
        ):
            said = f"the file is one of surveys, and '{cells.profile.name}' is what was answered"
            each["nps_score"] = Match("nps_score", SURVEY_SCORE, Strategy.MEANING, said, rank=700)


def _names_of_plans(columns: Sequence[Cells], found: Matches, words: Sequence[set[str]]) -> None:
    """A bare name beside "customer.email" and an interval is the subscription's, and that is its plan."""
    named = sum(
        _has(each, "customer_name") and bool(split & _CUSTOMERS) for each, split in zip(found, words, strict=True)
    )
    own = sum(bool(each & _PLANS) and not each & _CUSTOMERS for each in words)
    if not named or own < 2:
        return
    plans = any(_has(each, "plan_type") for each in found)
    for cells, each in zip(columns, found, strict=True):
        if cells.name.compact not in _BARE_NAMES or "customer_name" not in each:
            continue
        said = "other columns say the customer's name, so it is the name of what was sold"
        match = each["customer_name"]
        _cap(each, "customer_name", OTHERS_NAME_CAP, said)
        if not plans:
            each["plan_type"] = Match(
                "plan_type", PLAN_NAME_SCORE, Strategy.MEANING, f"{match.evidence}; {said}", rank=700
            )


def _lone_partner(columns: Sequence[Cells], found: Matches) -> None:
    """A partner beside nothing else of a household is who else sells, or an employer."""
    if sum(_has(each, name) for each in found for name in _HOUSEHOLD) >= HOUSEHOLD_MIN:
        return
    for cells, each in zip(columns, found, strict=True):
        if cells.name.compact == "partner":
            _cap(each, "partner", LONE_PARTNER_CAP, "no other column is of a household")


def _ids_of_subscriptions(columns: Sequence[Cells], found: Matches, words: Sequence[set[str]]) -> None:
    """A bare id in a file that tells subscriptions may be theirs: it is taken, and shown as doubtful."""
    if sum(bool(each & _SUBSCRIPTIONS) for each in words) < SUBSCRIPTION_WORDS_MIN:
        return
    for cells, each in zip(columns, found, strict=True):
        if cells.name.compact in ROW_IDS:
            _cap(each, "customer_id", BARE_ID_CAP, "it may be the id of a subscription")


def _beside_an_owner(columns: Sequence[Cells], found: Matches) -> None:
    """A bare id, name or day is the row's own where the row names somebody who has one."""
    fronts = owners([cells.name.compact for cells in columns])
    if not fronts:
        return
    _staff_of_owners(columns, found, fronts)
    for name in _OWNED:
        theirs = {
            place
            for place, each in enumerate(found)
            if owned(columns[place].name.compact, fronts) and name in each and each[name].confidence >= OWNED_MIN
        }
        for place, each in enumerate(found):
            bare = columns[place].name.compact in ROW_IDS | _BARE_NAMES | _BARE_DAYS
            if theirs and place not in theirs and bare:
                _cap(each, name, OTHERS_NAME_CAP, "it is the row's own, which names somebody else")


def _staff_of_owners(columns: Sequence[Cells], found: Matches, fronts: Sequence[str]) -> None:
    """A user's id beside somebody whom the row names by another word may be that of who serves them."""
    for cells, each in zip(columns, found, strict=True):
        if cells.name.compact == "userid" and not owned(cells.name.compact, fronts):
            _cap(each, "customer_id", BARE_ID_CAP, "it may be the id of one of the staff")


def _totals_of_subscriptions(found: Matches, words: Sequence[set[str]]) -> None:
    """A bare total among subscriptions or orders is what the row comes to, not what its customer has paid so far."""
    if sum(bool(each & _SUBSCRIPTIONS) for each in words) < TOTAL_WORDS_MIN:
        return
    for each, split in zip(found, words, strict=True):
        if split and split <= _BARE_TOTALS:
            for name in ("total_revenue", "total_charges"):
                if name in each and _PROVED not in each[name].evidence:
                    _cap(each, name, OTHERS_NAME_CAP, "it is what one row comes to")


def _has(match: Mapping[str, Match], name: str) -> bool:
    return name in match and match[name].confidence >= SURVEY_SCORE - 4


def _cap(each: dict[str, Match], name: str, cap: float, reason: str) -> None:
    match = each.get(name)
    if match is not None and match.confidence > cap:
        each[name] = replace(match, confidence=cap, evidence=f"{match.evidence}; {reason}")
