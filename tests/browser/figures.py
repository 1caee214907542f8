"""A dashboard's numbers twice: worked out from results with pandas alone, and as the page is to write the API's."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

PAGE_SIZE = 50
NOTABLE = 0.01
"""Probability points, as a fraction, from which a feature counts as raising a customer's risk."""

CENTS_BELOW = 10
"""An amount from which the page writes no cents."""

Document = Mapping[str, Any]


def worked_out(customers: pd.DataFrame) -> dict[str, float]:
    """Every figure of a summary by a name of its own. customers: rows of results, at least one."""
    leaves, revenue = customers["churn_probability"], customers["monthly_revenue"]
    bins = ((1 - leaves) * 10).astype(int).clip(0, 9)
    impacts = customers.filter(regex=r"^impact\.").astype(float).dropna(axis="columns", how="all")
    levels = {level: (customers["risk_level"] == level).sum() for level in ("high", "medium", "low")}
    return {
        "customers": len(customers),
        **levels,
        "average_retention": 1 - leaves.mean(),
        "revenue_at_risk": (revenue * leaves).sum(),
        "revenue_at_risk_low": (revenue * customers["probability_low"]).sum(),
        "revenue_at_risk_high": (revenue * customers["probability_high"]).sum(),
        **{f"bin {place}": (bins == place).sum() for place in range(10)},
        **{f"size of {name}": impacts[name].abs().sum() / len(customers) for name in impacts},
        **{f"raised by {name}": (impacts[name] >= NOTABLE).sum() for name in impacts},
    }


def listed(summary: Document) -> dict[str, float]:
    """The same figures as the API has them."""
    plain = ("customers", "average_retention", "revenue_at_risk", "revenue_at_risk_low", "revenue_at_risk_high")
    return {
        **{name: summary[name] for name in plain},
        **summary["by_risk"],
        **{f"bin {place}": each["customers"] for place, each in enumerate(summary["retention_histogram"])},
        **{f"size of impact.{each['feature']}": each["mean_impact_abs"] for each in summary["drivers"]},
        **{f"raised by impact.{each['feature']}": each["customers"] for each in summary["drivers"]},
    }


def first_rows(customers: pd.DataFrame) -> list[dict[str, Any]]:
    """What the table's first page shows of its customers: the likeliest to leave come first."""
    ordered = customers.sort_values(["churn_probability", "customer_id"], ascending=[False, True]).head(PAGE_SIZE)
    return [
        {
            "customer_id": row.customer_id,
            "risk_level": row.risk_level,
            "churn_probability": row.churn_probability,
            "probability_low": row.probability_low,
            "probability_high": row.probability_high,
            "revenue_at_risk": row.monthly_revenue * row.churn_probability,
            "revenue_at_risk_low": row.monthly_revenue * row.probability_low,
            "revenue_at_risk_high": row.monthly_revenue * row.probability_high,
        }
        for row in ordered.itertuples()
    ]


def latest(uploads: list[pa.Table]) -> pd.DataFrame:
    """Each customer's row of the last upload that has it. uploads: the first one first, all of one industry."""
    rows = pd.concat([upload.to_pandas() for upload in uploads])
    return rows.drop_duplicates("customer_id", keep="last")


def written(summary: Document, customers: Document, *, filtered: bool) -> dict[str, Any]:
    """What the dashboard is to say, as `numbers.mjs` reads it. customers: the first page."""
    count, risk = summary["customers"], summary["by_risk"]
    whence = f"in {summary['uploads']['count']} uploads" if "uploads" in summary else "in this file"
    revenue = f"{money_range(summary['revenue_at_risk_low'], summary['revenue_at_risk_high'])} a month"
    bins = [
        (f"{round(100 * each['lower'])}–{round(100 * each['upper'])}", each["customers"])
        for each in summary["retention_histogram"]
    ]
    shown = customers["customers"]
    return {
        "cards": [
            ["Total customers", f"{count:,}", "with these filters" if filtered else whence],
            ["High risk", f"{risk['high']:,}", _share(risk["high"], count)],
            ["Medium risk", f"{risk['medium']:,}", _share(risk["medium"], count)],
            ["Average retention", percent(summary["average_retention"]), "chance of staying"],
            ["Revenue at risk", money(summary["revenue_at_risk"]), revenue],
        ],
        "risk": [[level.capitalize(), f"{risk[level]:,}"] for level in ("high", "medium", "low")],
        "risk_bars": [
            f"{level.capitalize()} risk: {risk[level]:,} ({percent(risk[level] / count)})"
            for level in ("high", "medium", "low")
        ],
        "retention": [[name, f"{customers:,}"] for name, customers in bins],
        "retention_bars": [f"{name}%: {_customers(customers)}" for name, customers in bins],
        "drivers": [
            [
                each["title"][:1].upper() + each["title"][1:],
                fixed(100 * each["mean_impact_abs"], 1),
                _customers(each["customers"]),
                "yes" if each["actionable"] else "no",
            ]
            for each in summary["drivers"]
        ],
        "rows": [_row(each) for each in shown],
        "page": f"1–{len(shown)} of {customers['total']:,}",
    }


def percent(share: float, digits: int = 1) -> str:
    """26.2%; what is not quite 0 or 1 never reads as if it were."""
    step = 10**-digits
    if 0 < 100 * share < step:
        return f"< {step:g}%"
    if 100 - step < 100 * share < 100:
        return f"> {fixed(100 - step, digits)}%"
    return f"{fixed(100 * share, digits)}%"


def money(amount: float) -> str:
    """48,920; below 10 with its cents."""
    cents = abs(amount) < CENTS_BELOW and not float(amount).is_integer()
    return fixed(amount, 2) if cents else _whole(amount)


def money_range(low: float, high: float) -> str:
    """Both of one precision."""
    return f"{money(low) if high < CENTS_BELOW else _whole(low)}–{money(high)}"


def fixed(number: float, digits: int) -> str:
    """Rounded as a browser does, by what the number exactly is, halves away from zero."""
    return str(Decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _whole(amount: float) -> str:
    return f"{int(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)):,}"


def _share(part: int, whole: int) -> str:
    """What part of all customers it is."""
    if part in (0, whole):
        return "all of them" if part else "none"
    return f"{percent(part / whole)} of all"


def _customers(count: int) -> str:
    return f"{count:,} {'customer' if count == 1 else 'customers'}"


def _range(low: float, high: float) -> str:
    first, last = percent(low), percent(high)
    plain = first[0].isdigit() and last[0].isdigit()
    return f"{first[:-1]}–{last}" if plain else f"{first} to {last}"


def _row(customer: Document) -> list[list[str]]:
    """The cells of a customer, each as its lines."""
    reason, advice = customer["top_risk_factor"], customer["recommendation"].split(": by the model")[0]
    before, after = (percent(customer[name] or 0, 0) for name in ("churn_probability", "action_probability"))
    return [
        [customer["customer_id"], *(plan[:1].upper() + plan[1:] for plan in filter(None, [customer["plan"]]))],
        [customer["risk_level"].capitalize()],
        [percent(customer["churn_probability"]), _range(customer["probability_low"], customer["probability_high"])],
        [
            money(customer["revenue_at_risk"]),
            money_range(customer["revenue_at_risk_low"], customer["revenue_at_risk_high"]),
        ],
        [(reason[:1].upper() + reason[1:]).replace(" %", "%")],
        [advice, f"{before} → {after}"] if customer["action"] else [advice],
    ]
