"""Whether the file says what each customer pays a month: in cents, for a period, or for one of several seats."""

import re
from dataclasses import dataclass, field

import numpy as np

from libs.tables.columns import REVENUE, Industry, Kind
from services.mapping.asking import Option
from services.mapping.derivations.money import AMOUNT_PER_PERIOD
from services.mapping.proofs import cents
from services.mapping.proofs.draft import Draft, settle_reading
from services.mapping.proofs.prices import (
    Prices,
    count_header,
    doubt_of_periods,
    doubt_of_quantity,
    interval_header,
    prices,
    quantity_header,
    shortest_period,
)

CANDIDATE_MIN = 40.0
CONFIDENCE = 88.0
TOTALS = {Industry.SAAS: "total_revenue", Industry.TELECOM: "total_charges"}

_BEFORE = "(current|total|active|net|sf|crm|salesforce|hubspot)?"
_AFTER = "(amount|value|usd|eur|gbp|inusd|local|total)?"
_SUM = "(amount|value|fees?|price|costs?|charges?|payment|spend)"
_YEARLY = "(annual|annually|yearly)"
_ANNUAL = re.compile(
    f"{_BEFORE}(c?arr|acv|annuali[sz]ed(revenue|{_SUM})"
    f"|{_YEARLY}(recurring|subscription|contract|plan|licen[cs]e)(revenue|{_SUM})|{_YEARLY}{_SUM}"
    f"|(contract|plan|subscription)?{_SUM}({_YEARLY}|peryear|perannum|pa)"
    "|(jahres|jahrlicher)(beitrag|preis|gebuhr|gebuehr|betrag)|(preis|betrag|beitrag)projahr"
    "|(prix|montant|tarif|forfait)annuel|(precio|importe|cuota|valor|preco|canone|prezzo)(anual|annuo|annuale)"
    f"|jaar(bedrag|prijs)|(bedrag|prijs)perjaar){_AFTER}"
)
"""Compact names of what a customer pays in a year, and not of a company's sales ("annual revenue")."""

AMOUNT_NAMES = (
    "unitamount",
    "planunitamount",
    "planunitprice",
    "subscriptionsplanunitprice",
    "planamount",
    "planprice",
    "unitprice",
    "itemprice",
    "recurringamount",
    "subscriptionamount",
    "baseprice",
    "amount",
    "price",
)
"""Compact names of the price of a billing period."""

_OF_SUBSCRIPTIONS = frozenset({"plan_type", "status", "canceled_at"})
"""Columns that a list of subscriptions has: an amount beside them is paid again and again."""

_MONTHLY = re.compile(r"mrr|month|recurringrevenue|arpu|arpa")
_PRICE = re.compile(r"amount|price|cost|fee|charge|rate|betrag|preis|beitrag|prix|montant|importe|cuota|prezzo|canone")
"""Parts of compact names that say a month's revenue, and that say no more than a price."""

PER_PERIOD = Option("per_period", "each amount is for one billing period, as the interval column says")
PER_MONTH = Option("per_month", "each amount is what the customer pays a month")
PER_YEAR = Option("per_year", "each amount is what the customer pays a year")
SEVERAL = Option("several_periods", "some amounts are for several periods; go on without monthly revenue")
PER_SEAT = Option("per_seat", "the amount is the price of one seat")
IN_TOTAL = Option("in_total", "the amount is for all seats together")


@dataclass
class _Way:
    """How the amount becomes monthly revenue: the columns to read, the rule's parameters, and why."""

    columns: list[str]
    parameters: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def add(self, parameter: str, header: str) -> None:
        self.parameters[parameter] = str(len(self.columns))
        self.columns.append(header)


def prove_price(draft: Draft) -> None:
    """Gives monthly revenue where names and values prove how; asks where they do not."""
    price = REVENUE[draft.industry]
    header = draft.sources.get(price)
    decided = header is not None and draft.decided.get(price) == header
    if header is None:
        header, _ = draft.nearest_column(price, CANDIDATE_MIN)
        header = header or _amount_header(draft, price)
        if not header:
            _by_year(draft, price)
            return
    mapped = price in draft.sources
    if not draft.columns[header].known:
        return
    if not mapped and not settle_reading(draft, price, header, Kind.NUMBER, ask=True):
        return
    if price in draft.asked:
        return
    way = _Way([header])
    name = draft.columns[header].name.compact
    per_period = not _MONTHLY.search(name) and (decided or not mapped or bool(_PRICE.search(name)))
    if not _settle_cents(draft, price, header, way) or (
        per_period and not _settle_period(draft, price, way, decided or mapped)
    ):
        return
    if way.parameters:
        _give(draft, price, way, 100.0 if decided else CONFIDENCE)


def _give(draft: Draft, price: str, way: _Way, confidence: float) -> None:
    evidence = "; ".join(way.reasons)
    header = way.columns[0]
    if price not in draft.sources:
        draft.take(header, price, confidence, evidence)
    if list(way.parameters) == ["divisor"]:
        draft.derive(price, "cents_to_units", [header], confidence, evidence, way.parameters)
    else:
        draft.derive(price, AMOUNT_PER_PERIOD.name, way.columns, confidence, evidence, way.parameters)


def _amount_header(draft: Draft, price: str) -> str:
    """A column of amounts beside one of billing periods, where no name says monthly revenue; "" for none."""
    header = draft.named(*AMOUNT_NAMES)
    taken = header is None or header in draft.sources.values() or draft.waived(price)
    if taken or header is None or interval_header(draft) is None:
        return ""
    return header if len(draft.floats(header)) and np.isfinite(draft.floats(header)).any() else ""


def _by_year(draft: Draft, price: str) -> None:
    """A twelfth of what a year brings, where only that is given."""
    header = draft.matching(_ANNUAL)
    if draft.waived(price) or header is None or header in draft.sources.values():
        return
    if draft.columns[header].profile.number_min is None or not settle_reading(
        draft, price, header, Kind.NUMBER, ask=True
    ):
        return
    way = _Way([header], {"months": "12"}, [f"'{header}' is a year's recurring revenue, a twelfth of it a month's"])
    if _settle_cents(draft, price, header, way):
        _give(draft, price, way, CONFIDENCE)


# --- cents -----------------------------------------------------------------------------------------


def _settle_cents(draft: Draft, canonical: str, header: str, way: _Way) -> bool:
    """Whether it is known what one of the amount is; a doubt is asked."""
    cells = draft.columns[header]
    chosen = [each for each in draft.answers.get(canonical, ()) if each in ("cents", "units")]
    if chosen:
        if chosen[-1] == "cents":
            way.parameters["divisor"] = "100"
            way.reasons.append(f"you said that '{header}' is in cents")
        return True
    verdict = cents.judged(cells, shortest_period(draft, draft.floats(header)), draft.tool)
    if verdict.is_cents:
        way.parameters["divisor"] = "100"
        way.reasons.append(verdict.reason)
    if verdict.is_cents is None:
        draft.doubt(header, canonical, draft.free.get(header, {}).get(canonical))
        draft.ask(canonical, header, f"column '{header}': {verdict.reason}; say which", cents.OPTIONS)
    return verdict.is_cents is not None


def prove_totals(draft: Draft) -> None:
    """Gives what a customer has paid so far: from cents where name and values agree, else from price and tenure."""
    total, price = TOTALS[draft.industry], REVENUE[draft.industry]
    if draft.given(total) or draft.waived(total):
        return
    header, match = draft.nearest_column(total, CANDIDATE_MIN)
    if match is not None and draft.columns[header].name.unit == "cents":
        verdict = cents.judged(draft.columns[header], draft.floats(header), draft.tool)
        if verdict.is_cents:
            draft.take(header, total, CONFIDENCE, verdict.reason)
            draft.derive(total, "cents_to_units", [header], CONFIDENCE, verdict.reason)
            return
    # A tenure that is only stated may hold trials and pauses; one counted from dates is the time that was paid for.
    counted = any(each.rule == "months_since" for each in draft.derivations)
    # Of several subscriptions, what is paid now was not paid since the first signup.
    if counted and draft.grain is None and draft.given(price):
        sources = [_shown(draft, price), _shown(draft, "tenure_months")]
        evidence = (
            f"no column says {total}; {price} x tenure_months stands in for it, as if the price had never changed"
        )
        draft.derive(total, "price_times_tenure", sources, 60.0, evidence, {"price": price, "tenure": "tenure_months"})


def _shown(draft: Draft, canonical: str) -> str:
    """The file's column behind a canonical one."""
    derived = next((each.columns[0] for each in draft.derivations if each.canonical == canonical), "")
    return derived or draft.sources[canonical]


# --- periods and quantities ------------------------------------------------------------------------


def _settle_period(draft: Draft, price: str, way: _Way, accepted: bool) -> bool:
    """Whether it is known what period and how many seats the amount is for; a doubt is asked."""
    header = way.columns[0]
    interval = interval_header(draft)
    if interval is None:
        # Without a word on the period an amount is monthly only where its name, or a person, is sure of it.
        return _settle_alone(draft, price, way, accepted)
    count, quantity = count_header(draft, interval), quantity_header(draft)
    seen = prices(draft, header, interval, count, quantity)
    answers = draft.answers.get(price, ())
    if not _settle_quantity(draft, price, way, quantity, seen, answers):
        return False
    if "several_periods" in answers:
        draft.pending.add(price)
        if price in draft.sources:
            draft.leave(price, f"you said that some amounts of '{header}' are for several periods")
        return False
    if "per_month" in answers:
        way.reasons.append(f"you said that '{header}' is for a month")
        way.parameters.setdefault("months", "1")
        return True
    doubt = None if "per_period" in answers else doubt_of_periods(seen, header, interval, counted=count is not None)
    if doubt:
        draft.doubt(header, price, draft.free.get(header, {}).get(price))
        draft.ask(price, header, f"{doubt}; say what each amount is for", (PER_PERIOD, PER_MONTH, SEVERAL))
        return False
    way.add("interval", interval)
    if count is not None:
        way.add("count", count)
    told = "you said so" if "per_period" in answers else f"{seen.known:.0%} of rows say theirs"
    beside = f" and '{count}'" if count else ""
    way.reasons.append(f"'{header}' is the price of the period in '{interval}'{beside} ({told})")
    return True


def _settle_alone(draft: Draft, price: str, way: _Way, accepted: bool) -> bool:
    """The same for an amount beside which nothing says a period."""
    header, answers = way.columns[0], draft.answers.get(price, ())
    if "per_year" in answers or "per_month" in answers:
        way.parameters["months"] = "12" if "per_year" in answers else "1"
        way.reasons.append(f"you said that '{header}' is for a {'year' if 'per_year' in answers else 'month'}")
        return True
    if "several_periods" in answers:
        draft.pending.add(price)
        return False
    named = _PRICE.search(draft.columns[header].name.compact)
    if not accepted and named and _OF_SUBSCRIPTIONS & draft.sources.keys():
        draft.doubt(header, price, draft.free.get(header, {}).get(price))
        message = f"column '{header}' holds amounts, and nothing says for what period; say what each amount is for"
        draft.ask(price, header, message, (PER_MONTH, PER_YEAR, SEVERAL))
    return accepted


def _settle_quantity(
    draft: Draft, price: str, way: _Way, quantity: str | None, seen: Prices, answers: tuple[str, ...]
) -> bool:
    header = way.columns[0]
    if quantity is None or "in_total" in answers:
        return True
    verdict = "per_seat" if "per_seat" in answers else doubt_of_quantity(seen, draft.columns[header].name.compact)
    if verdict == "per_seat":
        way.add("quantity", quantity)
        way.reasons.append(f"'{header}' is the price of one of '{quantity}'")
    if verdict == "doubt":
        message = (
            f"column '{header}' may be the price of one seat or of all in '{quantity}', and the values do not tell; "
            "say which"
        )
        draft.doubt(header, price, draft.free.get(header, {}).get(price))
        draft.ask(price, header, message, (PER_SEAT, IN_TOTAL))
    return verdict != "doubt"
