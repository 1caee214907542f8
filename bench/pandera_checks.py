"""The checks of validation's layers 1 to 4, and repeated customers, in pandera's own, vectorised words."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pandera
import pandera.pandas as pandera_pandas
import pyarrow as pa

from libs.tables.columns import SAAS, UNCONVERTED, Column, Kind

DAYS_PER_MONTH = 30.4375


def checking(table: pa.Table, snapshot: date) -> Callable[[], None]:
    """One validation of the table, already a data frame of pandera's types; it must find something."""
    frame = table.drop_columns([UNCONVERTED]).to_pandas()
    for column in SAAS:
        if column.kind is Kind.DATE and column.name in frame:
            frame[column.name] = pd.to_datetime(frame[column.name])
    schema = _schema(set(frame), snapshot)

    def check() -> None:
        try:
            schema.validate(frame, lazy=True)
        except pandera.errors.SchemaErrors:
            return
        raise AssertionError("pandera found none of the odd cells")

    return check


def _schema(names: set[str], snapshot_date: date) -> pandera_pandas.DataFrameSchema:
    """The same checks in pandera's own, vectorised words."""
    columns = {column.name: _column(column) for column in SAAS if column.name in names}
    check, snapshot = pandera_pandas.Check, pd.Timestamp(snapshot_date)
    active = ("active", "live", "current", "paying", "subscribed", "renewing")
    rules = {
        "seats": lambda t: ~(t.seats_used > t.seats_purchased),
        "total": lambda t: (
            ~(
                (
                    (t.total_revenue * 3 + t.mrr * 3 < t.mrr * t.tenure_months)
                    | (t.mrr * t.tenure_months * 3 + t.mrr * 3 < t.total_revenue)
                )
                & (t.mrr > 0)
            )
        ),
        "canceled_before_signup": lambda t: ~(t.canceled_at < t.signup_date),
        "login_before_signup": lambda t: ~(t.last_login_at < t.signup_date),
        "signup_in_future": lambda t: ~(t.signup_date > snapshot),
        "login_in_future": lambda t: ~(t.last_login_at > snapshot),
        "active_but_canceled": lambda t: ~(t.status.isin(active) & (t.canceled_at < snapshot)),
        "label_against_cancellation": lambda t: (
            ~((t.churned & (t.canceled_at > snapshot)) | (~t.churned & (t.canceled_at < snapshot)))
        ),
        "tenure_before_signup": lambda t: ~(t.tenure_months * DAYS_PER_MONTH > (snapshot - t.signup_date).dt.days + 62),
        "login_within_tenure": lambda t: ~(t.days_since_last_login > t.tenure_months * DAYS_PER_MONTH + 62),
        "logins_without_a_login": lambda t: ~((t.days_since_last_login > 62) & (t.logins_per_month > 0)),
        "paying": lambda t: t.mrr != 0,
        # Rows of one customer are adjacent, for both sides.
        "duplicates": lambda t: t.customer_id != t.customer_id.shift(),
    }
    return pandera_pandas.DataFrameSchema(columns, checks=[check(rule, name=name) for name, rule in rules.items()])


def _column(column: Column) -> pandera_pandas.Column:
    check = pandera_pandas.Check
    checks = []
    if column.minimum is not None:
        checks.append(check.ge(column.minimum))
    if column.maximum is not None:
        checks.append(check.le(column.maximum))
    if column.values:
        checks.append(check.isin(column.values))
    types = {Kind.NUMBER: "float64", Kind.FLAG: "bool", Kind.DATE: "datetime64[ns]"}
    return pandera_pandas.Column(types.get(column.kind, "object"), checks, nullable=not column.required)
