"""A letter gone wrong in a known header changes no mapping."""

from hypothesis import given, settings
from hypothesis import strategies as st

KNOWN = {
    "Customer ID": "customer_id",
    "Tenure Months": "tenure_months",
    "Monthly Recurring Revenue": "mrr",
    "Total Revenue": "total_revenue",
    "Subscription Plan": "plan_type",
    "Billing Interval": "billing_interval",
    "Payment Method": "payment_method",
    "Seats Purchased": "seats_purchased",
    "Days since last login": "days_since_last_login",
    "Support Tickets": "support_tickets",
    "Failed Payments": "failed_payments",
    "Company Size": "company_size",
    "Industry": "industry",
    "Country": "country",
    "Signup Date": "signup_date",
    "Cancellation Date": "canceled_at",
    "Subscription Status": "status",
    "Customer Name": "customer_name",
    "Email Address": "customer_email",
}


@st.composite
def typos(draw):
    """One of the headers with a letter missing, doubled, wrong or swapped with the next, and all others."""
    header = draw(st.sampled_from(sorted(KNOWN)))
    place = draw(st.sampled_from([at for at, letter in enumerate(header[:-1]) if letter != " "]))
    letter, after = header[place], header[place + 1]
    changes = {header[:place], header[:place] + 2 * letter, header[:place] + "q", header[:place] + after + letter}
    change = draw(st.sampled_from(sorted(changes)))
    rest = header[place + 2 :] if change.endswith(after + letter) else header[place + 1 :]
    return header, change + rest


@settings(max_examples=150, deadline=None, derandomize=True)
@given(typos())
def test_one_wrong_letter_changes_no_mapping(headers_mapped, typo):
    """What a header is survives its typo."""
    header, wrong = typo
    others = [name for name in KNOWN if name != header]
    assert {wrong: KNOWN[header]} | {name: KNOWN[name] for name in others} == headers_mapped(
        wrong, *others, industry="saas"
    )
