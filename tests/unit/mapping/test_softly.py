"""Names that mean nothing as they stand, through the whole stage."""

import pytest

COUNTS = [str(place % 17) for place in range(30)]
EMAILS = [f"p{place}@example.org" for place in range(30)]


@pytest.mark.parametrize(
    ("header", "cells", "canonical"),
    [
        ("n_logins_l30d", COUNTS, "logins_per_month"),
        ("P1 tickets", COUNTS, "support_tickets"),
        ("emailaddress1", EMAILS, "customer_email"),
        ("SMTP_ADR", EMAILS, "customer_email"),
    ],
)
def test_they_are_read_where_the_values_agree(suggested, header, cells, canonical):
    """A count's "n", a word that qualifies, the first of several, and the only addresses there are."""
    ids = [f"c{place:04}" for place in range(30)]
    plan = suggested({"Customer ID": ids, header: cells}, industry="saas").plan
    assert header == plan.sources.get(canonical)


def test_addresses_of_others_are_left_alone(suggested):
    """The owner's and the agent's addresses are nobody's of ours."""
    ids = [f"c{place:04}" for place in range(30)]
    plan = suggested({"Customer ID": ids, "Sales agent mailbox": EMAILS}, industry="saas").plan
    assert "customer_email" not in plan.sources
