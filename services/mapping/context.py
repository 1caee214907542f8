"""What the header row as a whole says of its columns: a payment's date is no sign-up, a price beside an interval is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from libs.tables.columns import REVENUE
from services.mapping.cells import Cells
from services.mapping.match import CONFIDENCE_MAX, Match
from services.mapping.segments import splits
from services.mapping.signatures import SIGNATURE_POINTS
from services.mapping.words import PAID, PAYMENT_STATES, folded

Matches = list[dict[str, Match]]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PAYMENT_WORDS = _words(
    "refunded refund captured fee fees tax taxes subtotal descriptor transfer payout payouts dispute settlement "
    "transaction transactions charge payment payments invoice invoices due receipt"
)
_DEAL_WORDS = _words("opportunity deal pipeline forecast probability won stage close campaign nextstep quota")
_TICKET_WORDS = _words(
    "ticket submitted resolution resolved response escalation priority assignee subject satisfaction"
)
_BILLED_TO = _words("billing address addresses customers shipping contact")
"""Words of the person that a company's bills go to: the company is the customer then."""

_TELLING_MIN, _TELLING_WORDS_MIN = 4, 3
"""Columns with such words, and different ones, that make a file one of payments, deals or tickets."""

_EVENT_DATES = ("signup_date", "last_login_at", "canceled_at", "days_since_last_login")
_OF_CUSTOMER = _words("customer client subscriber account member user signup joined registration")

_OF_OWN = _OF_CUSTOMER | _words("company organization organisation person contact org")
_GROUPS = _words("group groups org orgs organization organisation parent team")
_ID_WORDS = _words("id uuid guid number no key code reference ref")
_EVENT_WORDS = _PAYMENT_WORDS | _DEAL_WORDS | _TICKET_WORDS | _words("order purchase event sale")

ROWS_MIN, UNLIKE_MIN, OWN_ID_MIN = 8, 0.98, 80.0
"""Rows, the share of different cells among them, and the score of the id, from which rows are customers."""

PRICE_BESIDE_INTERVAL_POINTS = 16.0
EVENT_DATE_CAP = 40.0
PRICE_OF_EVENT_CAP = 30.0
COMPANY_BESIDE_PERSON_CAP = 82.0
ROW_ID_CAP = 58.0
TOOL_SPEAKS_MIN = 58.0
ROW_IDS = frozenset({"id", "uuid", "guid", "key", "identifier", "reference", "number", "no", "record"})
PERSON_NAME_MIN = 84.0


def in_context(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]], means: Mapping[str, str]) -> Matches:
    """The matches as the other columns leave them.

    means: what columns (compact names) usually are in the tool whose export this looks like; empty where none is known.
    """
    found = [dict(each) for each in matches]
    for cells, each in zip(columns, found, strict=True):
        _as_in_the_tool(each, means.get(cells.name.compact, ""))
    words = [{word for split in splits(cells.name.compact) for word in split} for cells in columns]
    subscriptions = any(_best(each, "billing_interval", "contract") >= 80 for each in found)
    if not _rows_are_customers(columns, found, words) and (
        (_rows_are_events(words) and not subscriptions) or any(map(_of_payments, columns))
    ):
        _cap(
            found, _EVENT_DATES, EVENT_DATE_CAP, "one row of this file is a payment, a deal or a ticket", _unless(words)
        )
        _cap(found, tuple(REVENUE.values()), PRICE_OF_EVENT_CAP, "it is what one of them came to", _unless(words))
        _cap(
            found,
            ("customer_id",),
            ROW_ID_CAP,
            "it tells payments, deals or tickets apart",
            lambda place: columns[place].name.compact in ROW_IDS,
        )
    if subscriptions:
        _raise_prices(found)
    if any(
        _best(match, "customer_name") >= PERSON_NAME_MIN and not _company(each) and not each & _BILLED_TO
        for each, match in zip(words, found, strict=True)
    ):
        reason = "a person's name stands beside it"
        _cap(found, ("customer_name",), COMPANY_BESIDE_PERSON_CAP, reason, lambda place: _company(words[place]))
    _group_ids(columns, found)
    _row_ids(columns, found)
    return found


def _as_in_the_tool(found: dict[str, Match], canonical: str) -> None:
    """The tool's own meaning speaks for a match that name and values allow; it makes none."""
    match = found.get(canonical)
    if match is not None and match.confidence >= TOOL_SPEAKS_MIN:
        reason = "that is what it is in the export this file looks like"
        sure = min(CONFIDENCE_MAX, match.confidence + SIGNATURE_POINTS)
        found[canonical] = replace(match, confidence=sure, evidence=f"{match.evidence}; {reason}")


def _rows_are_events(words: Sequence[set[str]]) -> bool:
    """Whether enough columns, by enough different words, are of payments, deals or tickets.

    One word in many columns is where they come from: "primary_opportunity_value" stands in a list of leads.
    """
    return any(
        sum(bool(each & telling) for each in words) >= _TELLING_MIN
        and len(set().union(*(each & telling for each in words))) >= _TELLING_WORDS_MIN
        for telling in (_PAYMENT_WORDS, _DEAL_WORDS, _TICKET_WORDS)
    )


def _rows_are_customers(columns: Sequence[Cells], found: Matches, words: Sequence[set[str]]) -> bool:
    """Whether a customer's own id tells rows apart and no id of an event does: a summary of customers is none."""
    unlike = [
        place
        for place, cells in enumerate(columns)
        if cells.profile.filled >= ROWS_MIN
        and cells.profile.filled_share > 0.98
        and cells.profile.distinct >= UNLIKE_MIN * cells.profile.filled
    ]
    own = [place for place in unlike if _best(found[place], "customer_id") >= OWN_ID_MIN and words[place] & _OF_OWN]
    ids = [place for place in unlike if words[place] & _ID_WORDS]
    return bool(own) and not any(words[place] & _EVENT_WORDS or columns[place].name.compact in ROW_IDS for place in ids)


def _of_payments(cells: Cells) -> bool:
    """Whether the column holds what becomes of payments: a subscription is not refunded."""
    values = {folded(value) for value, _ in cells.profile.top_values}
    return values <= PAYMENT_STATES and len(values & PAID) > 0 and len(values) > 1


def _unless(words: Sequence[set[str]]) -> Callable[[int], bool]:
    return lambda place: not words[place] & _OF_CUSTOMER


def _company(words: set[str]) -> bool:
    return bool(words & {"company", "organization", "organisation", "business", "org", "firm"})


def _cap(found: Matches, names: Sequence[str], cap: float, reason: str, where: Callable[[int], bool]) -> None:
    for place, each in enumerate(found):
        for name in names:
            match = each.get(name)
            if match is not None and match.confidence > cap and where(place):
                each[name] = replace(match, confidence=cap, evidence=f"{match.evidence}; {reason}")


def _raise_prices(found: Matches) -> None:
    """A bare price is what a customer pays per interval where an interval stands beside it and nothing better does."""
    for each in found:
        for name in ("mrr", "monthly_charges"):
            match = each.get(name)
            if match is not None and 50 <= match.confidence < 75:
                sure = match.confidence + PRICE_BESIDE_INTERVAL_POINTS
                reason = "a billing interval stands beside it, so it is the price of an interval"
                each[name] = replace(match, confidence=sure, evidence=f"{match.evidence}; {reason}")


def _group_ids(columns: Sequence[Cells], found: Matches) -> None:
    """A group's id that repeats is no customer's where an address, and a bare id beside it, differ in every row."""
    if not any(
        _best(each, "customer_email") >= OWN_ID_MIN and _unlike(cells)
        for cells, each in zip(columns, found, strict=True)
    ) or not any(cells.name.compact in ROW_IDS and _unlike(cells) for cells in columns):
        return
    for cells, each in zip(columns, found, strict=True):
        match = each.get("customer_id")
        if match is not None and not _unlike(cells) and any(set(way) & _GROUPS for way in splits(cells.name.compact)):
            said = "it repeats while addresses do not, so it is of a group of customers"
            sure = min(match.confidence, ROW_ID_CAP)
            each["customer_id"] = replace(match, confidence=sure, evidence=f"{match.evidence}; {said}")


def _unlike(cells: Cells) -> bool:
    profile = cells.profile
    return profile.filled >= ROWS_MIN and profile.distinct >= UNLIKE_MIN * profile.filled


def _row_ids(columns: Sequence[Cells], found: Matches) -> None:
    """A bare id is the row's own where another id's values repeat: customers have several rows then."""
    ids = [
        (cells.profile, each["customer_id"])
        for cells, each in zip(columns, found, strict=True)
        if "customer_id" in each
    ]
    if not any(
        profile.filled and profile.distinct < 0.9 * profile.filled and match.confidence >= 70 for profile, match in ids
    ):
        return
    for each in found:
        match = each.get("customer_id")
        if match is not None and match.generic:
            each["customer_id"] = replace(match, confidence=min(match.confidence, ROW_ID_CAP))


def _best(match: Mapping[str, Match], *names: str) -> float:
    return max((match[name].confidence for name in names if name in match), default=0.0)
