"""The canonical columns of both industries: the one place that names them.

Mapping aims at them, validation checks them, scoring reads them, and the data dictionary and
templates are generated from them.
"""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

SOURCE_ROW = "source_row"
"""int64 column of every table: the row's place in the file, counting data rows from 1."""

UNCONVERTED = "unconverted"
"""list<string> column of canonical tables: canonical columns whose cell could not be converted."""

REASON = "reason"
"""string column of quarantined tables: why the row was set aside, without PII."""

EXTRA_PREFIX = "extra."
"""Prefix of columns that mapping keeps but does not know; their cells stay text."""


class Industry(StrEnum):
    SAAS = "saas"
    TELECOM = "telecom"


class Kind(StrEnum):
    """What a column's cells are, and so their Arrow type."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "yes or no"
    DATE = "date"
    CATEGORY = "category"


ARROW_TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DATE: pa.date32(),
    Kind.CATEGORY: pa.string(),
}


@dataclass(frozen=True)
class Column:
    """One canonical column.

    unit: of a number, in the field's words; empty otherwise.
    minimum, maximum: plausible range, inclusive; None for no bound.
    values: the allowed values of a category, lower case; empty for free categories.
    pii: displayed to its owner, never logged, never a feature.
    feature: whether a model may read it.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] = ()
    pii: bool = False
    feature: bool = True

    @property
    def arrow_type(self) -> pa.DataType:
        return ARROW_TYPES[self.kind]


def _number(
    name: str,
    unit: str,
    meaning: str,
    minimum: float = 0,
    maximum: float | None = None,
    required: bool = False,
) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit=unit, minimum=minimum, maximum=maximum, required=required)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, Kind.FLAG, meaning)


def _category(name: str, meaning: str, *values: str) -> Column:
    return Column(name, Kind.CATEGORY, meaning, values=values)


_CUSTOMER_ID = Column(
    "customer_id", Kind.TEXT, "what tells one customer from another", required=True, pii=True, feature=False
)
_TENURE = _number("tenure_months", "months", "time since the customer first subscribed", 0, 600, required=True)
_CHURNED = Column("churned", Kind.FLAG, "whether the customer has left (the label)", feature=False)
_PAYMENT_METHOD = _category("payment_method", "how the customer pays")

SAAS: tuple[Column, ...] = (
    _CUSTOMER_ID,
    _TENURE,
    _number("mrr", "currency units per month", "monthly recurring revenue", 0, 10_000_000, required=True),
    _number("total_revenue", "currency units", "everything the customer has paid so far"),
    _category("plan_type", "the plan the customer is on"),
    _category(
        "billing_interval",
        "how often the customer is billed",
        "weekly",
        "monthly",
        "quarterly",
        "half-yearly",
        "yearly",
    ),
    _PAYMENT_METHOD,
    _number("seats_purchased", "seats", "seats paid for", 0, 1_000_000),
    _number("seats_used", "seats", "seats in use", 0, 1_000_000),
    _number("feature_usage_score", "score", "how much of the product is used", 0, 100),
    _number("logins_per_month", "logins per month", "logins in the last month", 0, 1_000_000),
    _number("days_since_last_login", "days", "days since anyone last logged in", 0, 10_000),
    _number("api_calls_per_month", "calls per month", "API calls in the last month"),
    _number("support_tickets", "tickets", "support tickets opened in the period the file covers", 0, 100_000),
    _number("nps_score", "score", "latest answer to the Net Promoter question", -100, 100),
    _number("failed_payments", "payments", "payments that failed in the period the file covers", 0, 10_000),
    _number("discount_percent", "percent", "discount on the list price", 0, 100),
    _category("company_size", "size of the customer's company"),
    _category("industry", "the customer's own industry"),
    _category("country", "the customer's country"),
    _CHURNED,
    Column("signup_date", Kind.DATE, "the day the customer first subscribed", feature=False),
    Column("last_login_at", Kind.DATE, "the day anyone last logged in", feature=False),
    Column("canceled_at", Kind.DATE, "the day the subscription ended or will end", feature=False),
    Column("status", Kind.CATEGORY, "the tool's own word for the subscription's state", feature=False),
    Column("customer_name", Kind.TEXT, "the customer's name", pii=True, feature=False),
    Column("customer_email", Kind.TEXT, "the customer's e-mail address", pii=True, feature=False),
)

TELECOM: tuple[Column, ...] = (
    _CUSTOMER_ID,
    _TENURE,
    _number("monthly_charges", "currency units per month", "what the customer pays a month", 0, 100_000, required=True),
    _number("total_charges", "currency units", "everything the customer has paid so far"),
    Column(
        "contract",
        Kind.CATEGORY,
        "how long the customer is bound",
        required=True,
        values=("month-to-month", "one year", "two year"),
    ),
    _PAYMENT_METHOD,
    _flag("paperless_billing", "bills go out without paper"),
    _category("gender", "the customer's gender", "female", "male"),
    _flag("senior_citizen", "the customer is 65 or older"),
    _flag("partner", "the customer lives with a partner"),
    _flag("dependents", "the customer has dependents"),
    _flag("phone_service", "has phone service"),
    _category("multiple_lines", "has several phone lines", "no", "yes", "no phone service"),
    _category("internet_service", "kind of internet service", "dsl", "fiber optic", "no"),
    *(
        _category(name, meaning, "no", "yes", "no internet service")
        for name, meaning in (
            ("online_security", "has online security"),
            ("online_backup", "has online backup"),
            ("device_protection", "has device protection"),
            ("tech_support", "has tech support"),
            ("streaming_tv", "streams television"),
            ("streaming_movies", "streams films"),
        )
    ),
    _CHURNED,
)

COLUMNS: dict[Industry, tuple[Column, ...]] = {Industry.SAAS: SAAS, Industry.TELECOM: TELECOM}

REVENUE: dict[Industry, str] = {Industry.SAAS: "mrr", Industry.TELECOM: "monthly_charges"}
"""The column that says what a customer pays a month."""

PLAN: dict[Industry, str] = {Industry.SAAS: "plan_type", Industry.TELECOM: "contract"}
"""The column that says what a customer is on, by which customers are looked through."""

CUSTOMER_NAME = "customer_name"

RATIOS: dict[str, tuple[str, str]] = {"seat_use": ("seats_used", "seats_purchased")}
"""What is known of a customer by dividing one column by another: the part, and the whole that it cannot exceed."""


def by_name(industry: Industry) -> dict[str, Column]:
    """The industry's columns by name, in their order."""
    return {column.name: column for column in COLUMNS[industry]}


def required(industry: Industry) -> tuple[str, ...]:
    """Names of the columns without which the industry's customers are not scored unasked."""
    return tuple(column.name for column in COLUMNS[industry] if column.required)
