"""Names never listed as aliases are understood by their words."""

import pytest

from services.mapping.meanings import PATTERNS, readings
from services.mapping.names import compact
from services.mapping.thesaurus import SENSES


def best(name):
    """The SaaS column of the best reading, or None."""
    found = [each for each in readings(compact(name)) if each.canonical not in {"monthly_charges", "total_charges"}]
    return max(found, key=lambda each: each.grade).canonical if found else None


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("Buyer Reference", "customer_id"),
        ("Months since enrolment", "tenure_months"),
        ("Avg monthly spend EUR", "mrr"),
        ("Cumulative invoiced", "total_revenue"),
        ("Membership tier name", "plan_type"),
        ("Renewal cadence", "billing_interval"),
        ("Default pay mode", "payment_method"),
        ("No of licences bought", "seats_purchased"),
        ("Seats in use", "seats_used"),
        ("User last seen on", "last_login_at"),
        ("Days since last session", "days_since_last_login"),
        ("num_cases_opened", "support_tickets"),
        ("Declined transactions count", "failed_payments"),
        ("Client onboarded on", "signup_date"),
        ("Membership termination date", "canceled_at"),
        ("Staff headcount range", "company_size"),
        ("Net promoter rating", "nps_score"),
        ("API requests last 30 days", "api_calls_per_month"),
        ("has churned", "churned"),
        ("Churned next 90 days", "churned"),
        ("Deal - Organization ID", "customer_id"),
        ("Klaviyo ID", "customer_id"),
        ("Months with provider", "tenure_months"),
        ("Pledge amount", "mrr"),
        ("Amount per cycle", "mrr"),
        ("Lifetime $", "total_revenue"),
        ("Total amount received", "total_revenue"),
        ("Product/Service", "plan_type"),
        ("Visits last 30 days", "logins_per_month"),
        ("Viewing hours per week", "feature_usage_score"),
        ("Contract effective date", "signup_date"),
        ("Paying since", "signup_date"),
        ("Access valid until", "canceled_at"),
        ("Inactive since", "canceled_at"),
        ("Customer journey stage", "status"),
        ("Late payments", "failed_payments"),
        ("ACTV_DT", "signup_date"),
        ("cdate", "signup_date"),
        ("Tarifa contratada", "plan_type"),
        ("Kundnummer", "customer_id"),
        ("Numer klienta", "customer_id"),
        ("Opłata miesięczna", "mrr"),
        ("Data rozpoczęcia", "signup_date"),
        ("Avslutad datum", "canceled_at"),
        ("Number of locations", "seats_purchased"),
    ],
)
def test_words_compose(name, canonical):
    """The senses of the words together mean a column."""
    assert canonical == best(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Trial end date", "Next billing date", "Card expiry month", "Ticket ID", "Subscription ID", "Invoice number"),
        *("Estimated salary", "Annual revenue", "Account state", "Churn probability", "Churn reason", "Lead status"),
        *("Previous plan", "Updated at", "Order count", "Current period start", "MRR movement", "Discount amount due"),
        *("Plan currency", "Renewal probability", "Date of birth", "Sales owner"),
        *("Total recharge amount", "Bill month", "Payment month", "Monthly income", "Net amount", "Trial until"),
    ],
)
def test_one_other_word_makes_another_thing(name):
    """A word that has no part in the meaning is not passed over."""
    assert best(name) is None


def test_every_sense_of_a_pattern_has_words():
    """No pattern waits for a sense that no word has."""
    known = {sense for senses in SENSES.values() for sense in senses}
    assert set() == {sense for pattern in PATTERNS for sense in pattern.needs} - known


def test_a_word_is_not_cut_after_what_turns_it_round():
    """A day of deactivation is no day of activation in Dutch or French."""
    assert {"canceled_at"} == {each.canonical for each in readings("deactivatedon")}


def test_a_number_of_one_of_the_staff_is_no_number_of_staff():
    """ "Employee number" is an id in a file of employees; "number of employees" is a firm's size."""
    assert () == readings("employeenumber")
    assert "company_size" == best("Number of employees")
