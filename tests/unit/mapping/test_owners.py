"""Whose record a row names: told by an address and an id or a name behind one front."""

import pytest

from services.mapping.owners import owned, owners

IDS = [f"k{place:03}" for place in range(30)]
EMAILS = [f"p{place}@example.org" for place in range(30)]
NAMES = [f"Ada Adams {chr(65 + place % 26)}" for place in range(30)]
DAYS = [f"2024-03-{1 + place % 28:02}" for place in range(30)]


def test_a_front_of_an_address_and_an_id_is_whose_it_is():
    """Whatever the word; what stands behind it is what it says of them."""
    fronts = owners(["id", "partnerid", "partnerids", "partneridemail", "partneridname"])
    assert ("partnerid",) == fronts
    assert ("name", "") == (owned("partneridname", fronts), owned("plan", fronts))


@pytest.mark.parametrize("front", ["accountowner", "assigneduser", "purchase", "invoice", "referrer"])
def test_staff_and_things_own_no_row(front):
    """A seller has an id and an address too, and a purchase the address of its buyer."""
    assert () == owners([f"{front}id", f"{front}email", f"{front}name"])


def test_the_row_names_its_customer(suggested):
    """Its own bare id and day are not theirs."""
    columns = {
        "id": [f"r{place:04}" for place in range(30)],
        "created_at": DAYS,
        "end_user.id": IDS,
        "end_user.email": EMAILS,
        "end_user.name": NAMES,
        "end_user.properties.plan": ["pro", "basic", "team"] * 10,
        "end_user.properties.signup_date": DAYS[::-1],
    }
    sources = suggested(columns, industry="saas").plan.sources
    assert ("end_user.id", "end_user.email") == (sources["customer_id"], sources["customer_email"])
    assert ("end_user.properties.plan", "end_user.properties.signup_date") == (
        sources["plan_type"],
        sources["signup_date"],
    )
