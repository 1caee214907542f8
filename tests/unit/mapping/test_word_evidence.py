"""Names, plans, states and ways to pay judged by the words in their cells."""

import pytest

from libs.tables.columns import Industry, by_name
from services.mapping.cells import Cells
from services.mapping.word_evidence import by_wording

SAAS = by_name(Industry.SAAS)
PEOPLE = [
    "Ada Horn",
    "Alan Brook",
    "Grace Costa",
    "Ken Dietz",
    "Radia Evans",
    "Barbara Gupta",
    "Donald Frost",
    "Li Wei",
]


def _cap(as_profile, canonical, header, cells, *, generic=False):
    (column,) = as_profile({header: cells}).columns
    return min(verdict.cap for verdict in by_wording(SAAS[canonical], Cells(column), generic=generic))


@pytest.mark.parametrize(
    ("canonical", "header", "cells", "doubted"),
    [
        ("customer_name", "Name", PEOPLE, False),
        ("customer_name", "username", [f"user{each}" for each in range(9)], True),
        ("customer_name", "Subscriber", ["YES", "NO"] * 5, True),
        ("customer_name", "Full Name", [*PEOPLE[:4], *[""] * 8], True),
        ("payment_method", "Billing type", ["Recurring", "Prepaid (Custom)"] * 5, True),
        ("payment_method", "Billing type", ["Credit card", "Bank transfer"] * 5, False),
        ("plan_type", "Membership code", [f"S{each:05}" for each in range(20)], True),
        ("plan_type", "Membership", ["Gold yoga", "Silver yoga"] * 10, False),
    ],
)
def test_cells_that_do_not_suit_the_name_doubt_it(as_profile, canonical, header, cells, doubted):
    """Logins, yes and no, blanks, kinds of billing and codes keep a match from being sure; what suits does not."""
    assert (_cap(as_profile, canonical, header, cells) < 80) is doubted


def test_a_plain_name_of_few_values_is_no_customer(as_profile):
    """ "Name" that holds three memberships again and again names what is sold."""
    assert _cap(as_profile, "customer_name", "Name", ["Yoga", "Club", "Massage"] * 10, generic=True) < 70


def test_kinds_of_accounts_are_no_plans(suggested):
    """A list of accounts says which are customers and which prospects."""
    columns = {"customer_id": [f"k{place:03}" for place in range(30)], "account_type": ["Customer", "Prospect"] * 15}
    assert "plan_type" not in suggested(columns, industry="saas").plan.sources


def test_plain_names_are_told_by_what_the_cells_say(suggested):
    """Bands of numbers under "size", and ways to pay under "method"."""
    columns = {
        "customer_id": [f"k{place:03}" for place in range(30)],
        "size": ["11-50", "51-200", "1-10"] * 10,
        "method": ["creditcard", "directdebit"] * 15,
    }
    sources = suggested(columns, industry="saas").plan.sources
    assert ("size", "method") == (sources["company_size"], sources["payment_method"])
