"""Names that give a column away, and names that do not."""

import pytest

from libs.tables.suspects import is_after_the_fact, is_another_score, is_personal


@pytest.mark.parametrize(
    "name",
    [
        "extra.Churn Reason",
        "extra.churn_date",
        "extra.ChurnLabel",
        "extra.Churn",
        "extra.Customer Status",
        "extra.cancellation_reason",
        "extra.CancelledAt",
        "extra.closed_at",
        "extra.reason_for_cancellation",
        "extra.Exit Survey",
        "extra.account_status",
    ],
)
def test_after_the_fact(name):
    """Dates, reasons and words for having left."""
    assert is_after_the_fact(name)
    assert not is_another_score(name)


@pytest.mark.parametrize(
    "name",
    [
        "extra.Churn Score",
        "extra.churn_probability",
        "extra.predicted_churn",
        "extra.CLTV",
        "extra.RiskTier",
        "extra.customer lifetime value",
        "extra.Health Score",
        "extra.Naive_Bayes_Prediction",
    ],
)
def test_another_models_score(name):
    """What another model said, in its many names."""
    assert is_another_score(name)
    assert not is_after_the_fact(name)


@pytest.mark.parametrize(
    "name",
    [
        "extra.tickets_closed_at",
        "extra.CreditScore",
        "extra.csat_score",
        "extra.contract_end_date",
        "extra.payment_status",
        "extra.lead_score",
        "extra.last_login_date",
        "extra.Age",
        "extra.",
        "extra.离开",
        "extra.leftover_credits",
    ],
)
def test_honest_names(name):
    """Names that only resemble one."""
    assert not is_after_the_fact(name)
    assert not is_another_score(name)


@pytest.mark.parametrize(
    "name",
    [
        "email",
        "Contact Email",
        "companyName",
        "account_id",
        "phone number",
        "Zip Code",
        "IP address",
        "extra.user-uuid",
    ],
)
def test_personal(name):
    """What tells one customer from another."""
    assert is_personal(name)


@pytest.mark.parametrize("name", ["email_open_rate", "phone_service", "video minutes", "paid", "names_count", "code"])
def test_not_personal(name):
    """Names that only mention it."""
    assert not is_personal(name)
