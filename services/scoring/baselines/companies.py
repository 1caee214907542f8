"""What the exports of simulated companies show, and each signal in standard deviations towards leaving."""

from typing import Any

import numpy as np

from services.scoring.calibrate import probability
from services.scoring.features import Floats

OPTIONAL = (
    "billing_interval",
    "seats_purchased",
    "seats_used",
    "feature_usage_score",
    "logins_per_month",
    "days_since_last_login",
    "api_calls_per_month",
    "support_tickets",
    "nps_score",
    "failed_payments",
    "discount_percent",
    "company_size",
)

_SIZES = np.array(["small", "medium", "large"])
_INTERVALS = np.array(["monthly", "quarterly", "yearly"])

Columns = dict[str, Any]


class Companies:
    """files companies with as many customers each. file: (customers,) the company of each customer."""

    def __init__(self, rng: np.random.Generator, files: int, customers_each: int) -> None:
        self.rng = rng
        self.files = files
        self.file = np.repeat(np.arange(files), customers_each)
        self.customers = len(self.file)

    def own(self, spread: float) -> Floats:
        """(customers,) a normal number of standard deviation `spread`, the same for all customers of a company."""
        numbers: Floats = self.rng.normal(0, spread, self.files)[self.file]
        return numbers

    def each(self, spread: float = 1.0) -> Floats:
        """(customers,) a normal number of each customer's own."""
        numbers: Floats = self.rng.normal(0, spread, self.customers)
        return numbers

    def some(self, share: float) -> np.ndarray:
        """(customers,) True for all customers of about this share of the companies."""
        chosen: np.ndarray = (self.rng.random(self.files) < share)[self.file]
        return chosen


def observed(companies: Companies) -> tuple[Columns, Columns]:
    """What complete exports would show, as (n,) arrays by canonical column; and the signals, by name.

    Scales differ between companies: how much a busy customer logs in, how long a support period is, whether use is a
    score of 100 or a count of ten features, whether satisfaction is a Net Promoter Score or an answer from 0 to 10.
    `commitment` is the latent that use and satisfaction share.
    """
    rng, n = companies.rng, companies.customers
    size = rng.choice(3, n, p=[0.6, 0.28, 0.12])
    interval = (rng.random(n) < 0.12).astype(int)
    interval[rng.random(n) < np.array([0.2, 0.4, 0.65])[size]] = 2
    commitment = companies.each()
    use = 0.75 * commitment + 0.66 * companies.each()
    parts = (
        _account(companies, size, interval),
        _seats(companies, size, use),
        _usage(companies, size, use),
        _satisfaction(companies, size, commitment),
        _payments(companies, interval),
    )
    columns = {name: values for shown, _ in parts for name, values in shown.items()}
    signals = {name: values for _, said in parts for name, values in said.items()}
    return columns, signals


def _account(companies: Companies, size: np.ndarray, interval: np.ndarray) -> tuple[Columns, Columns]:
    mean_tenure = 22 * np.exp(companies.own(0.5))
    tenure = np.floor(np.minimum(companies.rng.exponential(mean_tenure), 240))
    mrr = np.round(np.exp(4.3 + 0.9 * size + companies.own(0.9) + companies.each(0.9)), 2)
    shown = {
        "tenure_months": tenure,
        "mrr": mrr,
        "company_size": _SIZES[size],
        "billing_interval": _INTERVALS[interval],
    }
    signals = {
        # The hazard falls fast in the first half year and slowly ever after.
        "tenure_months": (np.exp(-tenure / 5) - 0.3 * np.log1p(tenure / 12) + 0.05) / 0.42,
        "mrr": -(np.log1p(mrr) - 4.8) / 1.45,
        "company_size": -(size - 0.52) / 0.7,
        # A year's commitment is worth more than three times a quarter's: most of it cannot leave yet.
        "billing_interval": -(np.array([0.0, 0.8, 2.0])[interval] - 0.7) / 0.9,
    }
    return shown, signals


def _seats(companies: Companies, size: np.ndarray, use: Floats) -> tuple[Columns, Columns]:
    bought = np.ceil(np.exp(np.array([1.0, 2.7, 4.3])[size] + companies.each(0.7)))
    used = np.maximum(np.round(bought * probability(1.1 + 0.9 * use + companies.each(0.6))), 0)
    return {"seats_purchased": bought, "seats_used": used}, {"seat_use": -(used / bought - 0.7) / 0.25}


def _usage(companies: Companies, size: np.ndarray, use: Floats) -> tuple[Columns, Columns]:
    rng = companies.rng
    share = probability(0.2 + 0.9 * use + companies.each(0.5))
    counted = companies.some(0.3)
    score = np.where(counted, np.round(10 * share), np.round(100 * share))
    logins = rng.poisson(np.exp(2.3 + 0.25 * size + companies.own(0.8) + 0.8 * use)).astype(float)
    pause = (30 / (1 + logins) + 3 * np.exp(-0.6 * use)) * np.exp(companies.own(0.5))
    days = np.floor(np.minimum(rng.exponential(pause) + (logins == 0) * 30, 365))
    calls = np.floor(np.exp(5 + companies.own(1.0) + use + 0.5 * size + companies.each(1.3)))
    shown = {
        "feature_usage_score": score,
        "logins_per_month": logins,
        "days_since_last_login": days,
        "api_calls_per_month": calls,
    }
    signals = {
        "feature_usage_score": -np.where(counted, (score - 5.4) / 2.1, (score - 54) / 21),
        "logins_per_month": -(np.log1p(logins) - 2.4) / 1.15,
        "days_since_last_login": (np.log1p(days) - 1.4) / 0.95,
        "api_calls_per_month": -(np.log1p(calls) - 5.2) / 2.0,
    }
    return shown, signals


def _satisfaction(companies: Companies, size: np.ndarray, commitment: Floats) -> tuple[Columns, Columns]:
    tickets = companies.rng.poisson(np.exp(0.1 + 0.25 * size + companies.own(0.7) - 0.35 * commitment)).astype(float)
    answered = companies.some(0.4)
    promoters = np.clip(np.round((30 + 28 * commitment + companies.each(25)) / 10) * 10, -100, 100)
    answers = np.clip(np.round(7.3 + 1.4 * commitment + companies.each(1.4)), 0, 10)
    shown = {"support_tickets": tickets, "nps_score": np.where(answered, answers, promoters)}
    signals = {
        "support_tickets": (np.log1p(tickets) - 0.8) / 0.6,
        "nps_score": -np.where(answered, (answers - 7.3) / 1.9, (promoters - 30) / 37),
    }
    return shown, signals


def _payments(companies: Companies, interval: np.ndarray) -> tuple[Columns, Columns]:
    rng = companies.rng
    failed = rng.poisson(np.array([0.3, 0.15, 0.06])[interval] * np.exp(companies.own(0.5))).astype(float)
    discount = np.where(rng.random(companies.customers) < 0.65, 0.0, rng.integers(1, 11, companies.customers) * 5.0)
    shown = {"failed_payments": failed, "discount_percent": discount}
    return shown, {"failed_payments": (np.minimum(failed, 4) - 0.2) / 0.5, "discount_percent": (discount - 9.6) / 15.5}
