"""Sample files and the data dictionary, generated from the canonical columns."""

import csv
import io
from typing import Any

from libs.tables.columns import COLUMNS, Column, Industry, Kind

TITLES = {Industry.SAAS: "Software as a service", Industry.TELECOM: "Telecommunications"}

EXAMPLES: dict[Industry, dict[str, tuple[str, str, str]]] = {
    Industry.SAAS: {
        "customer_id": ("C-1001", "C-1002", "C-1003"),
        "tenure_months": ("26", "4", "13"),
        "mrr": ("490.00", "49.00", "1250.00"),
        "total_revenue": ("12740.00", "196.00", "16250.00"),
        "plan_type": ("business", "starter", "enterprise"),
        "billing_interval": ("yearly", "monthly", "quarterly"),
        "payment_method": ("credit card", "credit card", "invoice"),
        "seats_purchased": ("20", "2", "60"),
        "seats_used": ("18", "1", "41"),
        "feature_usage_score": ("82", "17", "55"),
        "logins_per_month": ("140", "3", "260"),
        "days_since_last_login": ("1", "24", "2"),
        "api_calls_per_month": ("52000", "0", "8100"),
        "support_tickets": ("1", "4", "2"),
        "nps_score": ("60", "-20", "10"),
        "failed_payments": ("0", "2", "0"),
        "discount_percent": ("0", "20", "10"),
        "company_size": ("51-200", "1-10", "201-500"),
        "industry": ("logistics", "retail", "health"),
        "country": ("DE", "US", "FR"),
        "churned": ("no", "yes", "no"),
        "signup_date": ("2024-03-31", "2026-01-31", "2025-04-30"),
        "last_login_at": ("2026-05-30", "2026-05-07", "2026-05-29"),
        "canceled_at": ("", "2026-05-20", ""),
        "status": ("active", "canceled", "active"),
        "customer_name": ("Example Freight", "Sample Shop", "Specimen Clinic"),
        "customer_email": ("billing@freight.example", "hello@shop.example", "office@clinic.example"),
    },
    Industry.TELECOM: {
        "customer_id": ("T-2001", "T-2002", "T-2003"),
        "tenure_months": ("34", "2", "45"),
        "monthly_charges": ("56.95", "70.70", "42.30"),
        "total_charges": ("1936.30", "141.40", "1903.50"),
        "contract": ("one year", "month-to-month", "two year"),
        "payment_method": ("mailed check", "electronic check", "bank transfer"),
        "paperless_billing": ("no", "yes", "no"),
        "gender": ("male", "female", "male"),
        "senior_citizen": ("no", "no", "yes"),
        "partner": ("no", "no", "yes"),
        "dependents": ("no", "no", "yes"),
        "phone_service": ("yes", "yes", "no"),
        "multiple_lines": ("no", "yes", "no phone service"),
        "internet_service": ("dsl", "fiber optic", "dsl"),
        "online_security": ("yes", "no", "yes"),
        "online_backup": ("no", "no", "no"),
        "device_protection": ("yes", "no", "yes"),
        "tech_support": ("no", "no", "yes"),
        "streaming_tv": ("no", "yes", "no"),
        "streaming_movies": ("no", "yes", "no"),
        "churned": ("no", "yes", "no"),
    },
}
"""Cells of three invented customers for every canonical column, by column."""


def sample(industry: Industry) -> str:
    """A CSV with every canonical column and three invented customers."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [column.name for column in COLUMNS[industry]]
    writer.writerow(names)
    writer.writerows(zip(*(EXAMPLES[industry][name] for name in names), strict=True))
    return text.getvalue()


def dictionary(industry: Industry) -> list[dict[str, Any]]:
    """What each canonical column means, one entry a column, in their order."""
    return [
        {
            "name": column.name,
            "kind": column.kind.value,
            "meaning": column.meaning,
            "unit": column.unit,
            "required": column.required,
            "minimum": column.minimum,
            "maximum": column.maximum,
            "values": list(column.values),
            "personal": column.pii,
            "example": next(cell for cell in EXAMPLES[industry][column.name] if cell),
        }
        for column in COLUMNS[industry]
    ]


def markdown(industry: Industry) -> str:
    """The data dictionary as a page of Markdown."""
    rows = [
        f"| `{column.name}`{'*' if column.required else ''} | {column.kind.value} | {column.meaning} "
        f"| {_allowed(column)} |"
        for column in COLUMNS[industry]
    ]
    head = [
        f"# Columns: {TITLES[industry]}",
        "",
        "| column | kind | meaning | unit, range, values |",
        "|---|---|---|---|",
    ]
    foot = ["", "`*` required: derived from other columns where they allow it, asked for otherwise.", ""]
    return "\n".join([*head, *rows, *foot])


def _allowed(column: Column) -> str:
    if column.values:
        return ", ".join(column.values)
    if column.kind is not Kind.NUMBER:
        return ""
    least = f"from {column.minimum:,g}" if column.minimum is not None else ""
    most = f"to {column.maximum:,.0f}" if column.maximum is not None else ""
    return f"{column.unit}, {' '.join(filter(None, (least, most)))}".strip(", ")
