"""A documented simulation of SaaS customers: what the literature knows of churn, and no real company's data.

The directions are the literature's; the sizes are a careful reading of it, not estimates.

- Level: B2B SaaS loses about 3.5 % of customers a month, 0.8 points of it to failed payments (Recurly Research,
  churn rate benchmarks); 3-7 % a month for small, 1-2 % for mid-sized and 0.5-1 % for large customers (Tunguz,
  The Innovator's Dilemma for SaaS Startups).
- Tenure: retention of a cohort rises with its age, because those likely to leave do so first (Fader & Hardie 2007,
  How to Project Customer Retention, Journal of Interactive Marketing 21(1)).
- Usage: use and renewal share a latent commitment, so falling use comes before leaving (Ascarza & Hardie 2013, A
  Joint Model of Usage and Churn in Contractual Settings, Marketing Science 32(4)); so do logins, recency, unused
  seats (Gold 2020, Fighting Churn with Data).
- Satisfaction: satisfied customers stay longer (Bolton 1998, Marketing Science 17(1)); the "would recommend" answer
  (Reichheld 2003, Harvard Business Review 81(12)); repeated support cases are its other side.
- Discounts: customers won by deep discounts stay less (Lewis 2006, Journal of Marketing Research 43(2)).
- Billing interval: who pays by the year can leave once a year.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from services.scoring.calibrate import probability
from services.scoring.features import Floats

CUSTOMERS_PER_FILE = 100
"""Each simulated file has its own level, and lacks its own columns, as real exports do."""

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

_ABSENT_SHARE = 0.45
_BLANK_SHARE = 0.03
_SIZES = np.array(["small", "medium", "large"])
_INTERVALS = np.array(["monthly", "quarterly", "yearly"])

Columns = dict[str, Any]


@dataclass(frozen=True)
class Simulated:
    """table: (n,) canonical SaaS columns with absent and blank cells null. chance: (n,) the true probability of
    leaving within 30 days. churned: (n,) drawn from it."""

    table: pa.Table
    chance: Floats
    churned: np.ndarray


def simulated(n_files: int, seed: int) -> Simulated:
    """n_files * CUSTOMERS_PER_FILE customers; the same for the same seed."""
    rng = np.random.default_rng(seed)
    files = np.repeat(np.arange(n_files), CUSTOMERS_PER_FILE)
    columns = _observed(rng, len(files))
    level = rng.normal(0, 0.3, n_files)[files]
    chance = probability(_log_odds(columns) + level + rng.normal(0, 0.4, len(files)))
    churned = rng.random(len(files)) < chance
    return Simulated(_table(_with_gaps(columns, files, rng)), chance, churned)


def _observed(rng: np.random.Generator, n: int) -> Columns:
    """What a complete export would show, as (n,) arrays. `commitment` is the latent that use and satisfaction share."""
    size = rng.choice(3, n, p=[0.6, 0.28, 0.12])
    commitment = rng.normal(0, 1, n)
    use = 0.75 * commitment + 0.66 * rng.normal(0, 1, n)
    interval = (rng.random(n) < 0.1).astype(int)
    interval[rng.random(n) < np.array([0.2, 0.4, 0.65])[size]] = 2
    seats = np.ceil(np.exp(np.array([1.0, 2.7, 4.3])[size] + 0.7 * rng.normal(0, 1, n)))
    logins = rng.poisson(np.exp(2.3 + 0.25 * size + 0.8 * use))
    return {
        "size": size,
        "interval": interval,
        "tenure_months": np.floor(np.minimum(rng.exponential(22, n), 120)),
        "mrr": np.round(np.exp(np.log(seats) * 0.8 + 3.4 + 0.7 * rng.normal(0, 1, n)), 2),
        "seats_purchased": seats,
        "seats_used": np.maximum(np.round(seats * probability(1.1 + 0.9 * use + 0.6 * rng.normal(0, 1, n))), 0),
        "feature_usage_score": np.round(100 * probability(0.2 + 0.9 * use + 0.5 * rng.normal(0, 1, n))),
        "logins_per_month": logins.astype(float),
        "days_since_last_login": np.floor(np.minimum(rng.exponential(30 / (1.0 + logins)) + (logins == 0) * 30, 365)),
        "api_calls_per_month": np.floor(np.exp(5 + 1.0 * use + 0.5 * size + 1.3 * rng.normal(0, 1, n))),
        "support_tickets": rng.poisson(np.exp(0.1 + 0.25 * size - 0.35 * commitment)).astype(float),
        "nps_score": np.clip(np.round((30 + 28 * commitment + 25 * rng.normal(0, 1, n)) / 10) * 10, -100, 100),
        "failed_payments": rng.poisson(np.array([0.22, 0.12, 0.05])[interval]).astype(float),
        "discount_percent": np.where(rng.random(n) < 0.65, 0.0, rng.integers(1, 11, n) * 5.0),
    }


def _log_odds(columns: Columns) -> Floats:
    """(n,) log-odds of leaving within 30 days, before the file's own level and what nobody sees."""
    seat_use = columns["seats_used"] / columns["seats_purchased"]
    terms = (
        -4.05,
        np.array([0.0, -0.55, -1.1])[columns["size"]],
        np.array([0.0, -0.5, -1.3])[columns["interval"]],
        1.0 * np.exp(-columns["tenure_months"] / 5) - 0.3 * np.log1p(columns["tenure_months"] / 12),
        -0.12 * (np.log(columns["mrr"]) - np.log(100)),
        -0.8 * (columns["feature_usage_score"] - 50) / 50,
        -0.35 * (np.log1p(columns["logins_per_month"]) - np.log1p(10)),
        0.02 * np.minimum(columns["days_since_last_login"], 60),
        -0.8 * (seat_use - 0.7),
        -0.04 * (np.log1p(columns["api_calls_per_month"]) - 5),
        0.14 * np.minimum(columns["support_tickets"], 6),
        -0.008 * (columns["nps_score"] - 30),
        0.6 * np.minimum(columns["failed_payments"], 3),
        0.012 * columns["discount_percent"],
    )
    return np.asarray(sum(terms), dtype=np.float64)


def _with_gaps(columns: Columns, files: np.ndarray, rng: np.random.Generator) -> Columns:
    """Canonical columns with blank cells and, per file, some optional ones absent; every tenth file has none."""
    shown: Columns = {name: values for name, values in columns.items() if name not in ("size", "interval")}
    shown["company_size"] = _SIZES[columns["size"]]
    shown["billing_interval"] = _INTERVALS[columns["interval"]]
    bare = np.arange(files[-1] + 1) % 10 == 0
    for name in OPTIONAL:
        absent = (rng.random(len(bare)) < _ABSENT_SHARE) | bare
        shown[name] = np.ma.array(shown[name], mask=absent[files] | (rng.random(len(files)) < _BLANK_SHARE))
    return shown


def _table(columns: Columns) -> pa.Table:
    arrays = {}
    for name, values in columns.items():
        mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
        kind = pa.string() if name in ("company_size", "billing_interval") else pa.float64()
        arrays[name] = pa.array(np.ma.getdata(values), type=kind, mask=mask)
    return pa.table(arrays)
