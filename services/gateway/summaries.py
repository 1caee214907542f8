"""Figures over the chosen customers: cards, distribution, histogram, drivers and plans, in two passes over the file."""

from dataclasses import dataclass, replace
from typing import Any

import pyarrow.parquet as pq

from services.gateway.choosing import RETENTION_BIN, RETENTION_BINS, Filter
from services.gateway.result_columns import IMPACT, feature_of, identifier, source
from services.gateway.results import File, Results, one

DRIVERS_MAX = 20
PLANS_MAX = 100
"""A plan is a free word of the file: where every customer has another, nobody chooses from all of them."""

NOTABLE = 0.01
"""Probability points, as a fraction, from which a feature counts as raising a customer's risk."""

_FIGURES = {
    "mean_churn_probability": "avg(churn_probability)",
    "average_retention": "avg(retention_probability)",
    "monthly_revenue": "sum(monthly_revenue)",
    "revenue_at_risk": "sum(revenue_at_risk)",
    "revenue_at_risk_low": "sum(monthly_revenue * probability_low)",
    "revenue_at_risk_high": "sum(monthly_revenue * probability_high)",
    "saved_revenue": "sum(saved_revenue)",
}
"""Fields of Summary, and what they are in SQL."""


@dataclass(frozen=True)
class Driver:
    """What one feature does over some customers. title: the feature in a person's words.

    mean_impact_abs, mean_impact: probability points as a fraction, the mean over all of the customers; of the size,
    and with its sign. customers: whose risk it raises by NOTABLE or more.
    """

    feature: str
    title: str
    mean_impact_abs: float
    mean_impact: float
    customers: int
    actionable: bool


@dataclass(frozen=True)
class Summary:
    """Figures over some customers. histogram: customers by retention probability, in ten bins of equal width.

    revenue_at_risk_low, revenue_at_risk_high: if every customer's probability lay at that end of its interval.
    saved_revenue: expected with the recommended action for each. drivers: at most DRIVERS_MAX, the strongest first;
    none where no reasons are stored. plans: the most frequent first, at most PLANS_MAX, with their customers.
    """

    customers: int
    by_risk: dict[str, int]
    mean_churn_probability: float | None
    average_retention: float | None
    monthly_revenue: float | None
    revenue_at_risk: float | None
    revenue_at_risk_low: float | None
    revenue_at_risk_high: float | None
    saved_revenue: float | None
    histogram: tuple[int, ...]
    drivers: tuple[Driver, ...]
    plans: tuple[tuple[str, int], ...]


def summarised(results: Results, file: File, chosen: Filter) -> Summary:
    """Counts, means and sums over the chosen customers; None where there is nothing to add.

    The plans are those to choose from: counted under the filter as it is but for its plans.
    Raises what every query of results raises.
    """
    where, parameters = chosen.where()
    with results.query(file) as (cursor, path, columns):
        bars = [name for name in columns if name.startswith(IMPACT)]
        sums = [part for bar in bars for part in _sums(identifier(bar))]
        told = ["count(*)", "histogram(risk_level)", f"histogram({RETENTION_BIN})", *_FIGURES.values(), *sums]
        count, levels, bins, *rest = one(
            cursor, f"SELECT {', '.join(told)} FROM ({source(columns)}) WHERE {where}", [path, *parameters]
        )
        any_plan, parameters = replace(chosen, plans=()).where()
        plans = cursor.execute(
            f"SELECT plan, count(*) FROM ({source(columns)}) WHERE {any_plan} AND plan IS NOT NULL"
            f" GROUP BY plan ORDER BY count(*) DESC, plan LIMIT {PLANS_MAX}",
            [path, *parameters],
        ).fetchall()
        schema = pq.read_schema(path)
    figures, impacts = rest[: len(_FIGURES)], rest[len(_FIGURES) :]
    by_bar = [impacts[3 * place : 3 * place + 3] for place in range(len(bars))]
    drivers = [
        _driver(schema.field(bar), count, sums) for bar, sums in zip(bars, by_bar, strict=True) if None not in sums
    ]
    return Summary(
        count,
        levels or {},
        histogram=tuple((bins or {}).get(place, 0) for place in range(RETENTION_BINS)),
        drivers=tuple(sorted(drivers, key=lambda driver: (-driver.mean_impact_abs, driver.feature))[:DRIVERS_MAX]),
        plans=tuple(plans),
        **dict(zip(_FIGURES, map(_shown, figures), strict=True)),
    )


def _sums(bar: str) -> tuple[str, str, str]:
    """In SQL: the sum of the impacts' sizes, that of the impacts, and whose risk it raises; null where no customer has
    the feature, as those of another industry do not."""
    return f"sum(abs({bar}))", f"sum({bar})", f"count_if({bar} >= {NOTABLE})"


def _driver(field: Any, count: int, sums: list[Any]) -> Driver:
    feature, title, actionable = feature_of(field)
    size, signed, raised = sums
    return Driver(feature, title, round(size / count, 9), round(signed / count, 9), raised, actionable)


def _shown(figure: float | None) -> float | None:
    """Threads add up in any order: what differs in the last digits from call to call is not shown."""
    return None if figure is None else round(figure, 9)
