"""Which customers of a prediction, and in which order, as SQL over its results."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

TOP_FACTORS = 3
"""Reasons that each row of results names."""

RETENTION_BINS = 10

RETENTION_BIN = f"greatest(0, least({RETENTION_BINS - 1}, floor(retention_probability * {RETENTION_BINS})))::INTEGER"
"""Which of ten bins of equal width a customer's retention probability is in; 1 belongs to the last."""


class Sort(StrEnum):
    """Orders of customers; "-" for the greatest first. Ties go by customer id, unknown values last."""

    PROBABILITY = "probability"
    PROBABILITY_DOWN = "-probability"
    CUSTOMER_ID = "customer_id"
    CUSTOMER_ID_DOWN = "-customer_id"
    CUSTOMER_NAME = "customer_name"
    CUSTOMER_NAME_DOWN = "-customer_name"
    PLAN = "plan"
    PLAN_DOWN = "-plan"
    REVENUE_AT_RISK = "revenue_at_risk"
    REVENUE_AT_RISK_DOWN = "-revenue_at_risk"
    MONTHLY_REVENUE = "monthly_revenue"
    MONTHLY_REVENUE_DOWN = "-monthly_revenue"
    SAVED_REVENUE = "expected_saved_revenue"
    SAVED_REVENUE_DOWN = "-expected_saved_revenue"

    @property
    def sql(self) -> str:
        column, *ties = self.columns
        down = "DESC" if self.value.startswith("-") else "ASC"
        return f"{column} {down} NULLS LAST, {', '.join(ties)}"

    @property
    def columns(self) -> tuple[str, str, str]:
        """By what is sorted: the columns of results, the first before those that break ties."""
        column = self.value.removeprefix("-")
        column = {"probability": "churn_probability", "expected_saved_revenue": "saved_revenue"}.get(column, column)
        return column, "customer_id", "source_row"


@dataclass(frozen=True)
class Filter:
    """Which customers. risk_levels, plans, retention_bins: none for all. search: part of a customer id or name,
    in any case.

    uploaded_from, uploaded_to: days in UTC, both within; for tables that have `uploaded_at`.
    """

    risk_levels: tuple[str, ...] = ()
    search: str = ""
    plans: tuple[str, ...] = ()
    retention_bins: tuple[int, ...] = ()
    uploaded_from: date | None = None
    uploaded_to: date | None = None

    def document(self) -> dict[str, Any]:
        """As JSON; `filter_of` reads it."""
        told = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}

    def where(self) -> tuple[str, list[Any]]:
        """The condition in SQL, and its parameters."""
        conditions, parameters = ["true"], list[Any]()
        if self.risk_levels:
            conditions.append("list_contains(?, risk_level)")
            parameters.append(list(self.risk_levels))
        if self.search:
            searched = ("customer_id", "customer_name")
            conditions.append("(" + " OR ".join(f"contains(lower({name}), lower(?))" for name in searched) + ")")
            parameters += [self.search] * len(searched)
        if self.plans:
            conditions.append("list_contains(?, plan)")
            parameters.append(list(self.plans))
        if self.retention_bins:
            conditions.append(f"list_contains(?, {RETENTION_BIN})")
            parameters.append(list(self.retention_bins))
        if self.uploaded_from:
            conditions.append("uploaded_at >= ?")
            parameters.append(_midnight(self.uploaded_from))
        if self.uploaded_to:
            conditions.append("uploaded_at < ?")
            parameters.append(_midnight(self.uploaded_to + timedelta(days=1)))
        return " AND ".join(conditions), parameters


def filter_of(document: Mapping[str, Any]) -> Filter:
    """What `document` wrote; fields that it did not know yet filter nothing."""
    days = {name: date.fromisoformat(document[name]) for name in ("uploaded_from", "uploaded_to") if document.get(name)}
    lists = {name: tuple(value) for name, value in document.items() if isinstance(value, list)}
    return Filter(**(dict(document) | lists | days))


def _midnight(day: date) -> datetime:
    """The day's beginning, UTC, without a zone: as tables hold times."""
    return datetime(day.year, day.month, day.day)
