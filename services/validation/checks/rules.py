"""Layer 4: what must hold between the columns of one row. Rows that break a rule are kept as they are."""

from collections.abc import Callable
from datetime import date

import numpy as np

from libs.tables.columns import REVENUE, Column, Industry
from services.validation.checks import dates
from services.validation.checks.dates import DAYS_PER_MONTH
from services.validation.checks.row import Block, Flags, RowCheck, holds
from services.validation.domain import FREE, Effect, Layer, Operation, Repair, Severity

TOTAL_FACTOR = 3.0
"""How far a total may be from price × tenure, either way: prices rise, plans change, discounts end."""

TOTAL_SLACK_MONTHS = 3.0
"""Months of pay by which a total may differ besides, so that new customers are not judged on rounding."""

LOGIN_SLACK_DAYS = 62.0
"""Days by which the last login may lie before the first day, or the last month's: both count in whole months."""

_INTERNET_EXTRAS = (
    "online_security",
    "online_backup",
    "device_protection",
    "tech_support",
    "streaming_tv",
    "streaming_movies",
)


def checks(columns: tuple[Column, ...], industry: Industry, snapshot: date | None = None) -> list[RowCheck]:
    """The rules whose columns the table has; those on the snapshot date only where there is one."""
    names = {column.name for column in columns}
    revenue = REVENUE[industry]
    total = "total_revenue" if industry is Industry.SAAS else "total_charges"
    extras = tuple(name for name in _INTERNET_EXTRAS if name in names)
    every = [
        _seats(),
        _total(revenue, total),
        *dates.checks(snapshot),
        _login_within_tenure(),
        _logins_without_a_login(),
        _phone(),
        *([_internet(extras)] if extras else []),
        _paying(revenue),
    ]
    return [rule for rule in every if names.issuperset(rule.columns)]


def _rule(
    id: str,
    columns: tuple[str, ...],
    failing: Callable[[Block], Flags],
    fault: str,
    advice: str,
    severity: Severity = Severity.WARNING,
    weight: float = 1.0,
    repair: Repair | None = None,
) -> RowCheck:
    return RowCheck(
        id=f"rule.{id}",
        layer=Layer.BUSINESS_RULES,
        columns=columns,
        failing=failing,
        fault=fault,
        advice=advice,
        effect=Effect.KEPT,
        severity=severity,
        weight=weight,
        repair=repair,
    )


def _seats() -> RowCheck:
    return _rule(
        "seats",
        ("seats_used", "seats_purchased"),
        lambda block: block.numbers("seats_used") > block.numbers("seats_purchased"),
        "seats_used is more than seats_purchased",
        "Check that seats_used and seats_purchased were not swapped; overuse that is real can stay.",
        repair=Repair(Operation.CAP, "seats_used", {"maximum_column": "seats_purchased"}),
    )


def _total(revenue: str, total: str) -> RowCheck:
    def failing(block: Block) -> Flags:
        price, paid = block.numbers(revenue), block.numbers(total)
        expected = price * block.numbers("tenure_months")
        slack = price * TOTAL_SLACK_MONTHS
        # A comparison with NaN is false, so a row that lacks one of the three is not judged.
        too_little = paid * TOTAL_FACTOR + slack < expected
        too_much = expected * TOTAL_FACTOR + slack < paid
        # A customer who pays nothing now may have paid before.
        return (too_little | too_much) & (price > 0)

    return _rule(
        "total",
        (total, revenue, "tenure_months"),
        failing,
        f"{total} is less than a third or more than three times {revenue} × tenure_months",
        f"Check that tenure_months counts months and that {revenue} is a month's pay in the same unit as {total}.",
    )


def _login_within_tenure() -> RowCheck:
    def failing(block: Block) -> Flags:
        days = block.numbers("tenure_months") * DAYS_PER_MONTH + LOGIN_SLACK_DAYS
        return block.numbers("days_since_last_login") > days

    return _rule(
        "login_within_tenure",
        ("days_since_last_login", "tenure_months"),
        failing,
        "days_since_last_login reaches back before the customer's first month",
        "Check that tenure_months counts months and days_since_last_login days.",
    )


def _logins_without_a_login() -> RowCheck:
    def failing(block: Block) -> Flags:
        none_lately = block.numbers("days_since_last_login") > LOGIN_SLACK_DAYS
        return none_lately & (block.numbers("logins_per_month") > 0)

    return _rule(
        "logins_without_a_login",
        ("logins_per_month", "days_since_last_login"),
        failing,
        "logins_per_month counts logins, and days_since_last_login knows of none for two months",
        "Check that logins_per_month covers the last month before the export, not all time or an average.",
    )


def _phone() -> RowCheck:
    def failing(block: Block) -> Flags:
        service, lines = block.column("phone_service"), block.column("multiple_lines")
        without, with_phone = holds(service, False), holds(service, True)
        return (without & holds(lines, "yes")) | (with_phone & holds(lines, "no phone service"))

    return _rule(
        "phone",
        ("phone_service", "multiple_lines"),
        failing,
        "multiple_lines contradicts phone_service",
        "Correct phone_service or multiple_lines: who has no phone service has no second line.",
    )


def _internet(extras: tuple[str, ...]) -> RowCheck:
    def failing(block: Block) -> Flags:
        service = block.column("internet_service")
        without = holds(service, "no")
        connected = holds(service, "dsl") | holds(service, "fiber optic")
        found = block.none()
        for name in extras:
            extra = block.column(name)
            found |= (without & holds(extra, "yes")) | (connected & holds(extra, "no internet service"))
        return found

    return _rule(
        "internet",
        ("internet_service", *extras),
        failing,
        "a service that needs internet contradicts internet_service",
        f"Correct internet_service or the services that need it ({', '.join(extras)}).",
    )


def _paying(revenue: str) -> RowCheck:
    return _rule(
        "paying",
        (revenue,),
        lambda block: np.equal(block.numbers(revenue), 0),
        f"{revenue} is 0",
        "Leave out leads, trials and free accounts: whoever pays nothing has no revenue at risk.",
        severity=Severity.INFO,
        weight=FREE,
    )
