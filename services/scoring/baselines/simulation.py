"""A documented simulation of SaaS companies and their customers: what the literature knows, and no company's data.

Each simulated file is a company with its own level, its own scales, its own weights of the signals and its own
missing columns. What a model learns from many such companies is what holds among them, and its errors are as large as
the differences between them. The directions are the literature's; the sizes are a careful reading of it, not estimates.

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
- Weights: which signals matter differs between companies, and nobody knows yours. Near-equal weights in standard
  deviations predict nearly as well as fitted ones and better than wrong ones (Dawes 1979, The Robust Beauty of
  Improper Linear Models, American Psychologist 34(7)); so the mean weights are near-equal, and each company's differ.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from services.scoring.baselines.companies import OPTIONAL, Columns, Companies, observed
from services.scoring.calibrate import probability
from services.scoring.features import Floats

CUSTOMERS_PER_FILE = 20
"""Few, so that there are many companies: what differs between them is what the prior must not rely on."""

SIGNALS = {
    "tenure_months": 0.32,
    "billing_interval": 0.20,
    "company_size": 0.20,
    "failed_payments": 0.26,
    "feature_usage_score": 0.22,
    "days_since_last_login": 0.22,
    "support_tickets": 0.22,
    "nps_score": 0.22,
    "logins_per_month": 0.20,
    "seat_use": 0.18,
    "discount_percent": 0.10,
    "api_calls_per_month": 0.08,
    "mrr": 0.05,
}
"""Mean weight of each signal: log-odds for a standard deviation towards leaving."""

_WEIGHT_SPREAD = 0.7
"""Standard deviation of the log of a company's weight of a signal around that mean."""

_LEVEL = -4.05
_LEVEL_SPREAD = 0.3
_UNSEEN = 0.3
"""Log-odds: the level, its standard deviation between companies, and that of what no export shows of a customer."""

_ABSENT_SHARE = 0.45
_BLANK_SHARE = 0.03


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
    companies = Companies(rng, n_files, CUSTOMERS_PER_FILE)
    columns, signals = observed(companies)
    chance = probability(_log_odds(companies, signals))
    churned = rng.random(len(chance)) < chance
    return Simulated(_table(_with_gaps(columns, companies)), chance, churned)


def _log_odds(companies: Companies, signals: Columns) -> Floats:
    """(n,) of leaving within 30 days: the company's level, its weighted signals, and what nobody sees."""
    log_odds = _LEVEL + companies.own(_LEVEL_SPREAD) + companies.rng.normal(0, _UNSEEN, companies.customers)
    for name, mean in SIGNALS.items():
        # The mean of the log-normal is 1: a company's weights differ, the prior's stay.
        weight = mean * np.exp(companies.own(_WEIGHT_SPREAD) - _WEIGHT_SPREAD**2 / 2)
        log_odds = log_odds + weight * signals[name]
    return np.asarray(log_odds, dtype=np.float64)


def _with_gaps(columns: Columns, companies: Companies) -> Columns:
    """Columns with blank cells and, per company, some optional ones absent; every tenth company has none."""
    shown = dict(columns)
    bare = np.arange(companies.files) % 10 == 0
    for name in OPTIONAL:
        absent = (companies.rng.random(companies.files) < _ABSENT_SHARE) | bare
        blank = companies.rng.random(companies.customers) < _BLANK_SHARE
        shown[name] = np.ma.array(shown[name], mask=absent[companies.file] | blank)
    return shown


def _table(columns: Columns) -> pa.Table:
    arrays = {}
    for name, values in columns.items():
        mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
        kind = pa.string() if name in ("company_size", "billing_interval") else pa.float64()
        arrays[name] = pa.array(np.ma.getdata(values), type=kind, mask=mask)
    return pa.table(arrays)
