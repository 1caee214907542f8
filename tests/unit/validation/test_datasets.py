"""Real and simulated files in canonical columns: what the sentinel says of each, and what it must not say."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from libs.tables.columns import EXTRA_PREFIX, SOURCE_ROW, Industry, Kind, by_name
from services.validation.domain import Operation, Options, Severity
from services.validation.stage import validate

DATASETS = Path(__file__).parents[3] / "../shared/data/datasets"
DAYS_PER_MONTH = 30.4375


def read(name: str) -> pd.DataFrame:
    """The file as text."""
    if not (DATASETS / name).exists():
        pytest.skip("the shared data sets are not on this machine")
    return pd.read_csv(DATASETS / name, dtype=str, keep_default_na=False)


def months(frame: pd.DataFrame, name: str, until: str) -> pd.Series:
    """Months from a date column to a day."""
    return (pd.Timestamp(until) - pd.to_datetime(frame[name])).dt.days / DAYS_PER_MONTH


def canonical(
    frame: pd.DataFrame, names: Mapping[str, str], derived: Mapping[str, pd.Series], industry: Industry
) -> pa.Table:
    """The table as mapping would send it: `names` from canonical to the file's, `derived` by canonical name."""
    columns = by_name(industry)
    given = {name: frame[column] for name, column in names.items()} | dict(derived)
    arrays = {SOURCE_ROW: pa.array(range(1, len(frame) + 1), pa.int64())}
    for name in columns:
        if name in given:
            arrays[name] = converted(given[name], columns[name].kind, columns[name].arrow_type)
    kept = [column for column in frame if column not in names.values()]
    return pa.table(arrays | {EXTRA_PREFIX + column: pa.array(frame[column], pa.string()) for column in kept})


def converted(cells: pd.Series, kind: Kind, type: pa.DataType) -> pa.Array:
    """One column in its canonical type; blanks are null."""
    match kind:
        case Kind.NUMBER:
            return pa.array(pd.to_numeric(cells, errors="coerce"), type, from_pandas=True)
        case Kind.FLAG:
            return pa.array([str(cell).lower() in ("1", "true", "yes") for cell in cells], type)
        case Kind.DATE:
            return pa.array([date.fromisoformat(cell) if cell else None for cell in cells], type)
        case Kind.CATEGORY:
            return pa.array([cell.lower() or None for cell in cells], type)
        case Kind.TEXT:
            return pa.array(cells, type)


def nps() -> pa.Table:
    """5,000 customers whose last login was counted after they had left."""
    frame = read("saas_customers_nps_synth.csv")
    names = {
        "customer_id": "customer_id",
        "mrr": "mrr",
        "plan_type": "plan_tier",
        "country": "country",
        "seats_purchased": "num_users",
        "support_tickets": "support_tickets",
        "days_since_last_login": "last_login_days_ago",
        "nps_score": "nps_score",
        "signup_date": "signup_date",
        "canceled_at": "churn_date",
    }
    derived = {"tenure_months": months(frame, "signup_date", "2024-12-31"), "churned": frame["churn_date"] != ""}
    return canonical(frame, names, derived, Industry.SAAS)


def accounts() -> pa.Table:
    """500 accounts with a label that was thrown like dice; no price, which the person waived."""
    frame = read("ravenstack_accounts.csv")
    names = {
        "customer_id": "account_id",
        "customer_name": "account_name",
        "industry": "industry",
        "country": "country",
        "plan_type": "plan_tier",
        "seats_purchased": "seats",
        "signup_date": "signup_date",
        "churned": "churn_flag",
    }
    return canonical(frame, names, {"tenure_months": months(frame, "signup_date", "2024-12-31")}, Industry.SAAS)


def subscriptions() -> pa.Table:
    """5,000 subscriptions of the same company."""
    frame = read("ravenstack_subscriptions.csv")
    names = {
        "customer_id": "subscription_id",
        "mrr": "mrr_amount",
        "plan_type": "plan_tier",
        "seats_purchased": "seats",
        "billing_interval": "billing_frequency",
        "signup_date": "start_date",
        "canceled_at": "end_date",
        "churned": "churn_flag",
    }
    return canonical(frame, names, {"tenure_months": months(frame, "start_date", "2024-12-31")}, Industry.SAAS)


def tiny() -> pa.Table:
    """35 customers."""
    frame = read("saas_churn_tiny.csv")
    names = {
        "customer_id": "CustomerID",
        "mrr": "MonthlySpend",
        "plan_type": "SubscriptionPlan",
        "country": "Location",
        "logins_per_month": "num_logins_30d",
        "churned": "Churn",
    }
    return canonical(frame, names, {}, Industry.SAAS)


def business() -> pa.Table:
    """10,000 customers of a simulated company, with many columns that mapping does not know."""
    frame = read("customer_churn_business_synth.csv")
    names = {
        "customer_id": "customer_id",
        "tenure_months": "tenure_months",
        "mrr": "monthly_fee",
        "total_revenue": "total_revenue",
        "payment_method": "payment_method",
        "logins_per_month": "monthly_logins",
        "days_since_last_login": "last_login_days_ago",
        "support_tickets": "support_tickets",
        "nps_score": "nps_score",
        "failed_payments": "payment_failures",
        "country": "country",
        "churned": "churn",
    }
    return canonical(frame, names, {}, Industry.SAAS)


def fightchurn() -> pa.Table:
    """One snapshot of each of some 12,000 accounts, with a churn of 2 %."""
    frame = read("fightchurn_socialnet7_simulated.csv").drop_duplicates("account_id", keep="last")
    names = {"customer_id": "account_id", "tenure_months": "account_tenure", "churned": "is_churn"}
    return canonical(frame.reset_index(drop=True), names, {}, Industry.SAAS)


def bank() -> pa.Table:
    """10,001 customers of a bank."""
    frame = read("bank_churn_modelling_original.csv")
    names = {"customer_id": "CustomerId", "customer_name": "Surname", "tenure_months": "Tenure", "churned": "Exited"}
    return canonical(frame, names, {}, Industry.SAAS)


def mlc() -> pa.Table:
    """5,000 telecom customers without an id."""
    frame = read("mlc_churn_modeldata.csv")
    return canonical(frame, {"customer_id": "rownames", "churned": "churn"}, {}, Industry.TELECOM)


def findings(table: pa.Table, industry: Industry = Industry.SAAS) -> dict:
    """The findings by id."""
    validation = validate(table.to_batches(max_chunksize=4096), Options(industry, table.schema))
    for _ in validation:
        pass
    return {finding.id: finding for finding in validation.findings().checks}


def leaks(found: dict) -> set[str]:
    """Columns that are said to leak."""
    return {id.removeprefix("readiness.leak.") for id in found if id.startswith("readiness.leak.")}


def test_login_counted_after_leaving_is_named():
    """days_since_last_login tells who left with an AUC of 0.98: that is named, with the figure and what follows."""
    found = findings(nps())
    assert {"days_since_last_login"} == leaks(found)
    leak = found["readiness.leak.days_since_last_login"]
    assert "AUC of 0.98" in leak.message and "excluded from training" in leak.message
    assert (Severity.WARNING, Operation.DROP_COLUMN) == (leak.severity, leak.repair.operation)
    assert "canceled_at (AUC 1.00 alone)" in found["readiness.leak"].message
    assert found["readiness.signal"].passed


@pytest.mark.parametrize("table", [accounts, subscriptions])
def test_label_of_noise_is_said_to_look_like_chance(table: Callable[[], pa.Table]):
    """Where nothing tells who left, that is said, and nothing is said to leak."""
    found = findings(table())
    assert "looks like chance as far as single columns can tell" in found["readiness.signal"].message
    assert not found["readiness.signal"].passed
    assert set() == leaks(found)


def test_tiny_file_is_said_to_be_small():
    """35 rows: small, too few to train on, and too few for any figure on leaks or chance."""
    found = findings(tiny())
    assert "35 rows can be scored: a small file" in found["readiness.rows"].message
    assert "too few for a model of your own" in found["readiness.trainable"].message
    assert set() == leaks(found)
    assert "readiness.signal" not in found


@pytest.mark.parametrize(
    ("table", "industry"),
    [
        (business, Industry.SAAS),
        (fightchurn, Industry.SAAS),
        (bank, Industry.SAAS),
        (mlc, Industry.TELECOM),
    ],
)
def test_honest_file_raises_no_alarm(table: Callable[[], pa.Table], industry: Industry):
    """Real signal is neither called a leak nor chance."""
    found = findings(table(), industry)
    assert set() == leaks(found)
    assert found["readiness.signal"].passed
    assert "readiness.other_score" not in found
