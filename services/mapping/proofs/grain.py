"""What one row of the file is, and by which rule a customer's rows become one."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

import re
from collections import defaultdict

from libs.tables.columns import Kind
from services.mapping import readings, words
from services.mapping.asking import Option
from services.mapping.derivations.rules import later
from services.mapping.domain import Fold, Grain
from services.mapping.proofs.draft import Draft, settle_reading

KEY = "customer_id"
DISTINCT_SHARE_MAX = 0.98
"""Customers per row from which repeated ones are slips that validation sets aside."""

ASKED_SHARE_MAX = 0.9
ASKED_ROWS_MIN = 100
"""Customers per row, and rows, from which it is asked what a row is when nothing says it."""

REPEATED_MIN = 20
"""Customers with several rows that must agree before a value is taken for the customer's own."""

_IDS = {
    "subscription": re.compile(r"subscription(id|uuid|key|no|number|code|oid|externalid)$|^sub(id|uuid)$"),
    "invoice": re.compile(r"invoice(id|uuid|no|number|key)$|^number$"),
    "payment": re.compile(r"(payment|charge|transaction|paymentintent|receipt|order)(id|uuid|no|number|key)$"),
}
_PERIODS = (
    "observationdate", "snapshotdate", "snapshot", "asof", "asofdate", "period", "month", "reportmonth", "yearmonth",
    "reportdate", "reportingdate", "date", "week", "day", "metricmonth", "metricdate", "calendarmonth", "monthdate",
    "observationmonth", "snapshotmonth", "periodstart", "periodend", "monthend", "monthstart",
)  # fmt: skip
_DATES = (
    "invoicedate",
    "paidat",
    "paymentdate",
    "createdutc",
    "created",
    "createdat",
    "date",
    "createddate",
    "dateutc",
)

OPTIONS = (
    Option("subscription", "each row is a subscription: those that run are added up"),
    Option("snapshot", "each row is the same customer at another time: the last row counts"),
    Option("duplicates", "the rows are duplicates: they are set aside"),
)

_SUBSCRIPTION = {
    "mrr": Fold.SUM_LIVE,
    "monthly_charges": Fold.SUM_LIVE,
    "seats_purchased": Fold.SUM_LIVE,
    "seats_used": Fold.SUM_LIVE,
    "total_revenue": Fold.SUM,
    "total_charges": Fold.SUM,
    "support_tickets": Fold.SUM,
    "failed_payments": Fold.SUM,
    "logins_per_month": Fold.SUM,
    "api_calls_per_month": Fold.SUM,
    "tenure_months": Fold.MAX,
    "days_since_last_login": Fold.MIN,
    "last_login_at": Fold.MAX,
    "signup_date": Fold.MIN,
    "canceled_at": Fold.MAX_IF_ENDED,
    "churned": Fold.ALL,
}
_BILL = {
    "total_revenue": Fold.SUM,
    "total_charges": Fold.SUM,
    "failed_payments": Fold.SUM,
    "support_tickets": Fold.MAX,
    "tenure_months": Fold.MAX,
    "days_since_last_login": Fold.MIN,
    "last_login_at": Fold.MAX,
    "signup_date": Fold.MIN,
}
_FOLDS = {"subscription": _SUBSCRIPTION, "invoice": _BILL, "payment": _BILL, "snapshot": {"signup_date": Fold.MIN}}
_CUSTOMERS_OWN = words.listed(
    "total_revenue, total_charges, support_tickets, failed_payments, logins_per_month, api_calls_per_month, "
    "mrr, monthly_charges, seats_purchased, seats_used"
)
"""Columns that some files repeat on each of a customer's rows, and that must then not be added up."""


def prove_grain(draft: Draft) -> None:
    """Says what a row is where customers have several; asks where they plainly do and nothing says why."""
    if KEY not in draft.sources:
        return
    profile = draft.columns[draft.sources[KEY]].profile
    share = profile.distinct / profile.filled if profile.filled else 1.0
    if share >= DISTINCT_SHARE_MAX:
        return
    chosen = [each for each in draft.answers.get(KEY, ()) if each in {option.id for option in OPTIONS}]
    row = chosen[-1] if chosen else _row(draft)
    if row == "duplicates":
        return
    if row is None:
        if share < ASKED_SHARE_MAX and draft.row_count >= ASKED_ROWS_MIN:
            seen = f"column '{draft.sources[KEY]}' names {profile.distinct:,} customers in {draft.row_count:,} rows"
            message = f"{seen}, and nothing says why they have several; say what one row is"
            draft.ask(KEY, draft.sources[KEY], message, OPTIONS)
        return
    order = _order(draft, row)
    folds = _folds(draft, row)
    draft.grain = Grain(row, _rule(row, order, profile.distinct, draft.row_count, folds), folds, order)


def _row(draft: Draft) -> str | None:
    """What a row is, by another id that tells rows apart, a period, or dates of beginning and end."""
    key = draft.sources[KEY]
    for header, cells in draft.columns.items():
        telling = cells.profile.distinct >= DISTINCT_SHARE_MAX * max(1, cells.profile.filled)
        kind = next((kind for kind, pattern in _IDS.items() if pattern.search(cells.name.compact)), None)
        if header != key and kind and telling and cells.profile.filled:
            return kind
    if draft.tool:
        told = next((kind for kind in _IDS if kind in draft.tool.casefold()), None)
        if told:
            return told
    if period_header(draft) is not None:
        return "snapshot"
    dated = {"signup_date", "canceled_at"} <= draft.sources.keys()
    return "subscription" if dated and _begin_apart(draft) else None


def _begin_apart(draft: Draft) -> bool:
    """Whether customers' rows in the sample begin on different days: the same row twice is a slip, no subscription."""
    several = [days for days in _by_customer(draft, draft.sources["signup_date"]) if len(days) > 1]
    return bool(several) and sum(len(set(days)) > 1 for days in several) >= 0.8 * len(several)


def period_header(draft: Draft) -> str | None:
    """The column of dates, other than the customer's own, that says what time a row is of."""
    for name in _PERIODS:
        header = draft.named(name)
        if header is None or draft.sources.get("signup_date") == header:
            continue
        cells = draft.columns[header]
        if readings.date_share(cells.profile, cells.sample) > 0.9:
            return header
    return None


def _order(draft: Draft, row: str) -> str:
    """What orders a customer's rows; nothing where the dates cannot be read for sure."""
    if row == "subscription":
        return "signup_date" if "signup_date" in draft.sources and "signup_date" not in draft.asked else ""
    header = period_header(draft) if row == "snapshot" else draft.named(*_DATES)
    if header is None:
        return ""
    cells = draft.columns[header]
    if readings.date_share(cells.profile, cells.sample) <= 0.9:
        return ""
    canonical = next((name for name, source in draft.sources.items() if source == header), None)
    if canonical is not None:
        return canonical if draft.canonical[canonical].kind is Kind.DATE else ""
    return header if settle_reading(draft, "", header, Kind.DATE, ask=False) else ""


def _folds(draft: Draft, row: str) -> dict[str, Fold]:
    after = {each.canonical for each in draft.derivations if later(each)}
    given = [name for name in draft.canonical if draft.given(name) and name not in after]
    folds = {name: _FOLDS[row].get(name, Fold.LAST) for name in given if name != KEY} | {KEY: Fold.FIRST}
    for name in given:
        if name in _CUSTOMERS_OWN and folds[name] in (Fold.SUM, Fold.SUM_LIVE) and _repeated(draft, name):
            folds[name] = Fold.LAST
    return folds


def _repeated(draft: Draft, canonical: str) -> bool:
    """Whether the sample shows one value on all rows of each customer, though customers differ."""
    header = draft.sources.get(canonical)
    rows = _by_customer(draft, header) if header else []
    several = [set(values) for values in rows if len(values) > 1]
    return (
        len(several) >= REPEATED_MIN
        and all(len(values) == 1 for values in several)
        and len(set().union(*several)) >= REPEATED_MIN / 4
    )


def _by_customer(draft: Draft, header: str) -> list[list[str | None]]:
    """The cells of a column for each customer of the sample."""
    ids, cells = draft.columns[draft.sources[KEY]].sample, draft.columns[header].sample
    rows: dict[str | None, list[str | None]] = defaultdict(list)
    if ids is not None and cells is not None:
        for customer, cell in zip(ids.to_pylist(), cells.to_pylist(), strict=True):
            rows[customer].append(cell)
    return list(rows.values())


def _rule(row: str, order: str, customers: int, rows: int, folds: dict[str, Fold]) -> str:
    """The rule in a sentence."""
    begin = f"each row is a {row}" if row[0] not in "aeiou" else f"each row is an {row}"
    by = f", in the order of '{order}'" if order else ", in the file's order"
    added = sorted(name for name, fold in folds.items() if fold is Fold.SUM)
    running = sorted(name for name, fold in folds.items() if fold is Fold.SUM_LIVE)
    parts = [
        f"{begin}, about {customers:,} customers in {rows:,} rows; of each customer the last filled value counts{by}"
    ]
    if running:
        parts.append(f"{', '.join(running)} of the rows that still run are added up")
    if added:
        parts.append(f"{', '.join(added)} of all rows are added up")
    if folds.get("signup_date") is Fold.MIN and row != "snapshot":
        parts.append("the first signup counts")
    if folds.get("churned") is Fold.ALL:
        parts.append("a customer has left when every row has ended")
    return "; ".join(parts)
