"""Names understood by the senses of their words: which combinations of senses mean which canonical column."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from services.mapping.segments import splits
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


_WHO = "CUSTOMER ACCOUNT SUBSCRIPTION ORG PERSON"
_WHEN = "MONTHLY PER WINDOW AVG LAST CURRENT"
_MONEY_EXTRA = f"{_WHO} CURRENCY CURRENT AVG"

_PATTERNS: tuple[tuple[str, float, str, str], ...] = (
    ("customer_id", 97, "CUSTOMER ID", "ACCOUNT"),
    ("customer_id", 79, "CUSTOMER ID EXTERNAL", "ACCOUNT"),
    ("customer_id", 79, "ACCOUNT ID EXTERNAL", "ACCOUNT ORG PRODUCTW FIRST CUSTOMER"),
    ("customer_id", 93, "CUSTOMER NUMBER", "ACCOUNT"),
    ("customer_id", 84, "ACCOUNT NUMBER", "BILLING"),
    ("customer_id", 91, "ACCOUNT ID", ""),
    ("customer_id", 82, "ORG ID", "ACCOUNT"),
    ("customer_id", 82, "PERSON ID", ""),
    ("customer_id", 86, "RECORD ID", ""),
    ("customer_id", 86, "RECORD ID PERSON", ""),
    ("customer_id", 81, "RECORD ID ORG", ""),
    ("tenure_months", 97, "TENURE", f"{_WHO} MONTHS DAYS YEARS CURRENT PER"),
    ("tenure_months", 91, "AGE SUBSCRIPTION", f"{_WHO} MONTHS DAYS YEARS PER CURRENT"),
    ("tenure_months", 91, "AGE CUSTOMER", f"{_WHO} MONTHS DAYS YEARS PER RELATION"),
    ("tenure_months", 91, "AGE ACCOUNT", f"{_WHO} MONTHS DAYS YEARS PER"),
    ("tenure_months", 91, "AGE RELATION", f"{_WHO} MONTHS DAYS YEARS PER"),
    ("tenure_months", 93, "MONTHS SINCE BEGIN", f"{_WHO} FIRST UP"),
    ("tenure_months", 92, "MONTHS SINCE STARTED", f"{_WHO} FIRST"),
    ("tenure_months", 92, "MONTHS SINCE CREATED", f"{_WHO} FIRST"),
    ("tenure_months", 92, "MONTHS RELATION", f"{_WHO} PER DATE"),
    ("tenure_months", 91, "LIFETIME MONTHS", f"{_WHO} PER"),
    ("tenure_months", 90, "DAYS SINCE BEGIN", f"{_WHO} FIRST UP"),
    ("tenure_months", 90, "DAYS SINCE STARTED", f"{_WHO} FIRST"),
    ("tenure_months", 90, "DAYS SINCE CREATED", f"{_WHO} FIRST"),
    ("tenure_months", 90, "DAYS RELATION", f"{_WHO}"),
    ("mrr", 97, "MRR", f"{_MONEY_EXTRA} MONEY TOTAL PLAN PRICING"),
    ("mrr", 91, "MONTHLY MONEY", f"{_MONEY_EXTRA} PER TOTAL RECURRING MONEY PLAN"),
    ("mrr", 86, "SUBSCRIPTION MONTHLY", f"{_MONEY_EXTRA} PER"),
    ("mrr", 83, "BILLED AVG", f"{_MONEY_EXTRA} MONTHLY WINDOW MONEY"),
    ("mrr", 80, "REVENUE AVG", f"{_MONEY_EXTRA} MONTHLY WINDOW PER"),
    ("mrr", 88, "ARPU", f"{_MONEY_EXTRA} MONTHLY WINDOW"),
    ("mrr", 78, "RECURRING MONEY", f"{_MONEY_EXTRA} PLAN"),
    ("mrr", 84, "MONTHLY CASH", _WHO),
    ("mrr", 86, "MONTHLY RECURRING", _MONEY_EXTRA),
    ("mrr", 66, "UNIT PRICE", f"{_MONEY_EXTRA}"),
    ("mrr", 66, "PRODUCT PRICE", f"{_MONEY_EXTRA} UNIT"),
    ("mrr", 76, "SUBSCRIPTION MONEY", f"{_MONEY_EXTRA} UNIT"),
    ("mrr", 76, "PLAN PRICE", f"{_MONEY_EXTRA} UNIT"),
    ("total_revenue", 92, "TOTAL MONEY", f"{_MONEY_EXTRA} LIFETIME MONEY TO TODATE"),
    ("total_revenue", 94, "LIFETIME MONEY", f"{_MONEY_EXTRA} TOTAL"),
    ("total_revenue", 92, "MONEY TO TODATE", f"{_MONEY_EXTRA} TOTAL"),
    ("total_revenue", 90, "LTV", f"{_MONEY_EXTRA} TOTAL MONEY"),
    ("plan_type", 95, "PLAN", f"{_WHO} NAME KIND PRODUCT CURRENT CODE"),
    ("plan_type", 88, "PLAN ID", f"{_WHO} PRODUCT CURRENT EXTERNAL"),
    ("plan_type", 91, "PRICING PLAN", f"{_WHO} NAME KIND CURRENT CODE"),
    ("plan_type", 91, "SUBSCRIPTION KIND", "CURRENT NAME CUSTOMER ACCOUNT"),
    ("plan_type", 86, "SUBSCRIPTION NAME", "CURRENT"),
    ("plan_type", 86, "ACCOUNT KIND", "CURRENT NAME CUSTOMER"),
    ("plan_type", 86, "PRODUCT NAME", f"{_WHO} CURRENT PRODUCT KIND"),
    ("plan_type", 72, "PRODUCT ID", "CURRENT"),
    ("plan_type", 84, "PRODUCT KIND", f"{_WHO} CURRENT CODE"),
    ("plan_type", 84, "PRODUCT CODE", f"{_WHO} CURRENT"),
    ("billing_interval", 95, "BILLING INTERVAL", f"{_WHO} UNIT KIND NAME CURRENT PLAN CODE PRICING"),
    ("billing_interval", 91, "PLAN INTERVAL", f"{_WHO} UNIT CURRENT"),
    ("billing_interval", 90, "BILLING TERM", f"{_WHO} PLAN CURRENT"),
    ("billing_interval", 90, "CONTRACT TERM", f"{_WHO}"),
    ("billing_interval", 80, "SUBSCRIPTION TERM", "KIND CURRENT"),
    ("billing_interval", 91, "CONTRACT KIND", f"{_WHO}"),
    ("billing_interval", 88, "INTERVAL", "UNIT KIND"),
    ("billing_interval", 86, "INTERVAL UNIT", "DELIVERY UNIT"),
    ("payment_method", 95, "PAY METHOD", f"DEFAULT EXTERNAL CODE NAME {_WHO}"),
    ("payment_method", 78, "PAY PROCESSOR", f"DEFAULT NAME {_WHO}"),
    ("payment_method", 80, "PAY METHOD ID", f"DEFAULT {_WHO}"),
    ("payment_method", 83, "CARD BRAND", f"DEFAULT PAY EXTERNAL {_WHO}"),
    ("seats_purchased", 95, "SEAT", f"{_WHO} COUNT BOUGHT CURRENT PLAN"),
    ("seats_purchased", 87, "QUANTITY", f"{_WHO} CURRENT PLAN PRICING PRODUCT"),
    ("seats_used", 95, "SEAT USED", f"{_WHO} COUNT CURRENT"),
    ("seats_used", 88, "USED ACCOUNT COUNT", "COUNT CURRENT ORG WINDOW PER MONTHLY"),
    ("seats_used", 88, "USERS", f"COUNT CURRENT MONTHLY ORG {_WHO} USED PER WINDOW AVG"),
    ("feature_usage_score", 92, "USAGE SCORE", f"FEATURE PRODUCTW {_WHO} CURRENT AVG"),
    ("feature_usage_score", 90, "FEATURE USED", f"PRODUCTW COUNT SCORE PERCENT {_WHO} AVG"),
    ("feature_usage_score", 90, "FEATURE USAGE", f"PRODUCTW COUNT SCORE PERCENT {_WHO}"),
    ("feature_usage_score", 84, "USAGE PRODUCTW", f"FEATURE PRODUCTW {_WHO}"),
    ("logins_per_month", 92, "LOGIN", f"COUNT MONTHLY PER WINDOW AVG PRODUCTW {_WHO}"),
    ("logins_per_month", 86, "SESSION", f"COUNT MONTHLY PER WINDOW AVG PRODUCTW {_WHO}"),
    ("logins_per_month", 84, "USE OFTEN", f"PRODUCTW {_WHO} MONTHLY"),
    ("days_since_last_login", 95, "DAYS ACCESS SINCE", f"{_WHO} LAST UP"),
    ("days_since_last_login", 95, "DAYS ACCESS AGO", f"{_WHO} LAST UP"),
    ("days_since_last_login", 95, "DAYS ACCESS LAST", f"{_WHO} SINCE AGO UP"),
    ("days_since_last_login", 93, "DAYS INACTIVE", f"{_WHO} COUNT"),
    ("days_since_last_login", 86, "RECENCY", f"{_WHO} DAYS"),
    ("last_login_at", 94, "LAST ACCESS", f"{_WHO} DATE UP USERS PRODUCTW PER CURRENT"),
    ("days_since_last_login", 84, "LAST ACCESS", f"{_WHO} UP"),
    ("api_calls_per_month", 95, "API CALL", f"COUNT MONTHLY PER WINDOW AVG {_WHO}"),
    ("support_tickets", 95, "SUPPORT TICKET", f"COUNT MONTHLY PER WINDOW AVG RAISED {_WHO}"),
    ("support_tickets", 92, "TICKET", f"COUNT MONTHLY PER WINDOW AVG RAISED {_WHO}"),
    ("support_tickets", 92, "SUPPORT CONTACTED", f"TO COUNT MONTHLY PER WINDOW AVG RAISED {_WHO} SUPPORT"),
    ("support_tickets", 84, "CUSTOMER CARE", "COUNT AVG MONTHLY CONTACTED PER WINDOW"),
    ("support_tickets", 84, "CASE", f"COUNT MONTHLY PER WINDOW RAISED SUPPORT {_WHO}"),
    ("nps_score", 97, "NPS", f"SURVEY {_WHO} NET"),
    ("failed_payments", 80, "FAILED COUNT", "COUNT"),
    ("failed_payments", 94, "FAILED PAYMENT", f"COUNT MONTHLY PER WINDOW ATTEMPT {_WHO}"),
    ("discount_percent", 94, "DISCOUNT PERCENT", f"{_WHO} CURRENT PERCENT AVG"),
    ("discount_percent", 85, "DISCOUNT", f"{_WHO} CURRENT"),
    ("company_size", 94, "ORG SIZE", "CUSTOMER ACCOUNT KIND"),
    ("company_size", 93, "EMPLOYEE", "COUNT ORG SIZE CUSTOMER ACCOUNT CODE PER"),
    ("company_size", 84, "SEGMENT", f"MARKET {_WHO}"),
    ("company_size", 84, "CUSTOMER SIZE", "KIND"),
    ("company_size", 84, "ACCOUNT SIZE", "KIND"),
    ("industry", 96, "INDUSTRY", f"{_WHO} NAME KIND SEGMENT"),
    ("industry", 86, "INDUSTRY CODE", f"{_WHO} NAME"),
    ("country", 96, "COUNTRY", f"{_WHO} NAME ADDRESS BILLTO TO DEFAULT PER"),
    ("country", 80, "CARD COUNTRY ADDRESS", ""),
    ("country", 93, "COUNTRY ID", f"{_WHO} ADDRESS"),
    ("country", 93, "COUNTRY CODE", f"{_WHO} ADDRESS"),
    ("signup_date", 97, "BEGIN DATE", f"{_WHO} CONTRACT UP FIRST DATE"),
    ("signup_date", 94, "BEGIN UP", f"{_WHO} DATE"),
    ("signup_date", 95, "CUSTOMER SINCE", f"{_WHO} DATE"),
    ("signup_date", 95, "ACCOUNT SINCE", f"{_WHO} DATE"),
    ("signup_date", 95, "SUBSCRIPTION SINCE", f"{_WHO} DATE"),
    ("signup_date", 96, "SUBSCRIPTION STARTED DATE", f"{_WHO} CONTRACT"),
    ("signup_date", 94, "STARTED DATE", f"{_WHO} CONTRACT FIRST DATE"),
    ("signup_date", 97, "SUBSCRIPTION STARTEDAT", f"{_WHO} CONTRACT FIRST DATE"),
    ("signup_date", 94, "SUBSCRIPTION STARTED", f"{_WHO} CONTRACT FIRST DATE BILLING"),
    ("signup_date", 92, "CREATED DATE", f"{_WHO} CONTRACT DATE"),
    ("signup_date", 91, "CUSTOMER CREATED", f"{_WHO} DATE"),
    ("signup_date", 91, "ACCOUNT CREATED", f"{_WHO} DATE"),
    ("signup_date", 91, "SUBSCRIPTION CREATED", f"{_WHO} DATE"),
    ("signup_date", 90, "BEGIN", f"{_WHO}"),
    ("signup_date", 93, "CUSTOMER FROM", f"{_WHO} DATE"),
    ("signup_date", 90, "CONTRACT STARTED", f"{_WHO} DATE"),
    ("signup_date", 84, "STARTED", "FIRST"),
    ("signup_date", 72, "PURCHASED DATE", "FIRST DATE"),
    ("signup_date", 90, "CREATED", f"{_WHO}"),
    ("signup_date", 88, "FIRST PAYMENT DATE", f"{_WHO} DATE"),
    ("signup_date", 93, "FIRST BILLTO DATE", f"{_WHO} DATE"),
    ("signup_date", 82, "FIRST ACCESS DATE", f"{_WHO} DATE"),
    ("signup_date", 88, "FIRST CONTRACT DATE", f"{_WHO} DATE"),
    ("signup_date", 86, "COHORT", "MONTHS DATE BEGIN STARTED"),
    ("signup_date", 90, "BEGIN MONTHS", f"{_WHO} DATE"),
    ("canceled_at", 97, "END DATE", f"{_WHO} CONTRACT DATE EFFECTIVE"),
    ("canceled_at", 90, "END MONTHS", f"{_WHO} DATE"),
    ("canceled_at", 88, "CUSTOMER TO", "DATE"),
    ("canceled_at", 90, "ENDED DATE", f"{_WHO} CONTRACT DATE EFFECTIVE"),
    ("canceled_at", 79, "END", _WHO),
    ("canceled_at", 86, "CONTRACT ENDED", f"{_WHO} DATE"),
    ("canceled_at", 93, "SUBSCRIPTION ENDED", f"{_WHO} CONTRACT DATE"),
    ("status", 95, "STATUS", f"{_WHO} CONTRACT CURRENT NAME BILLING EXTERNAL CODE"),
    ("customer_name", 96, "CUSTOMER NAME", f"FULL {_WHO} ADDRESS"),
    ("customer_name", 94, "ACCOUNT NAME", f"{_WHO}"),
    ("customer_name", 93, "ORG NAME", f"FULL {_WHO}"),
    ("customer_name", 93, "FULL NAME", f"{_WHO}"),
    ("customer_name", 72, "CUSTOMER", "ORG"),
    ("customer_name", 72, "ACCOUNT", "CUSTOMER"),
    ("customer_name", 89, "PERSON NAME", ""),
    ("customer_name", 86, "FIRSTNAME NAME", f"{_WHO} ADDRESS"),
    ("customer_name", 91, "ORG ADDRESS", ""),
    ("customer_name", 76, "LASTNAME NAME", f"{_WHO}"),
    ("customer_email", 97, "EMAIL", f"{_WHO} ADDR USERS BILLTO TO"),
    ("churned", 97, "CHURN", f"FLAG {_WHO}"),
    ("churned", 90, "END FLAG", f"FLAG {_WHO}"),
    ("churned", 78, "END", _WHO),
)
"""Canonical column, grade, senses needed, senses allowed beside them (source: field usage)."""

_TELECOM: dict[str, str] = {"mrr": "monthly_charges", "total_revenue": "total_charges", "billing_interval": "contract"}
"""The telecom names of the same things."""

PATTERNS = tuple(
    _Pattern(canonical, grade, tuple(needs.split()), frozenset(f"{needs} {allows}".split()))
    for canonical, grade, needs, allows in _PATTERNS
)


@lru_cache(maxsize=16_384)
def readings(compact: str) -> tuple[Reading, ...]:
    """The canonical columns (of either industry) that a compact name's words mean together, best grade of each.

    Every word must be known and have its part in the pattern: one that has none makes it another thing.
    """
    found: dict[str, Reading] = {}
    for split in splits(compact):
        own = dropwhile(CONTAINERS.__contains__, split)
        words = tuple(dict.fromkeys(word for word in own if word not in FILLERS))
        senses = [SENSES[word] for word in words]
        for pattern in PATTERNS:
            if all(each & pattern.allows for each in senses) and _covered(pattern.needs, senses):
                held = found.get(pattern.canonical)
                if held is None or held.grade < pattern.grade:
                    found[pattern.canonical] = Reading(pattern.canonical, pattern.grade, words)
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
