"""Of several columns with a claim, the one whose words say more."""

import pytest

DAYS = [f"2024-01-{1 + place % 28:02}" for place in range(30)]
LATER = [f"2024-02-{1 + place % 28:02}" for place in range(30)]
IDS = [str(place) for place in range(30)]


@pytest.mark.parametrize(
    ("canonical", "better", "lesser"),
    [
        ("signup_date", "Start date", "Created at"),
        ("canceled_at", "Deactivated on", "Contract end date"),
    ],
)
def test_days_of_customers_come_before_days_of_records(suggested, canonical, better, lesser):
    """The lesser column is still taken where it stands alone."""
    some = [day if place % 3 else "" for place, day in enumerate(DAYS)]
    other = [day if place % 2 else "" for place, day in enumerate(LATER)]
    ids = {"customer_id": IDS}
    assert better == suggested({**ids, lesser: some, better: other}, industry="saas").plan.sources[canonical]
    assert lesser == suggested({**ids, lesser: some}, industry="saas").plan.sources[canonical]


def test_what_is_paid_comes_before_an_average(suggested):
    """An average over months is not what the customer pays now."""
    prices = [str(10 + place % 3) for place in range(30)]
    columns = {"customer_id": IDS, "ARPU": prices, "MRC": prices}
    assert "MRC" == suggested(columns, industry="saas").plan.sources["mrr"]


def test_a_name_of_a_subscription_is_no_name_of_a_customer(suggested):
    """Whatever its cells are."""
    names = [f"Otto Quux {'abcdefghij'[place % 10] * (1 + place // 10)}" for place in range(30)]
    found = suggested({"customer_id": IDS, "subscription_name": names}, industry="saas").plan.sources
    assert "customer_name" not in found


def test_a_companys_name_comes_before_a_persons(suggested):
    """Of two names of a customer, whoever signs for it is the lesser; alone, a first name is better than none."""
    people = {"customer_id": IDS, "Vorname": [f"Quux{'abcdefghij'[place % 10]}" for place in range(30)]}
    firms = {"Firmenname": [f"Zed {'klmnopqrst'[place % 10] * (1 + place // 10)} GmbH" for place in range(30)]}
    assert "Firmenname" == suggested({**people, **firms}, industry="saas").plan.sources["customer_name"]
    assert "Vorname" == suggested(people, industry="saas").plan.sources["customer_name"]


def test_whom_to_speak_to_is_not_the_customer(suggested):
    """A bare name in a list of accounts is the account's, though a plan and its price stand beside it."""
    columns = {
        "customer_id": IDS,
        "Name": [f"Zed {'klmnopqrst'[place % 10] * (1 + place // 10)} Ltd" for place in range(30)],
        "Primary Contact": [f"Otto Quux{'abcdefghij'[place % 10] * (1 + place // 10)}" for place in range(30)],
        "Plan": ["Basic", "Pro", "Team"] * 10,
        "Price": ["10", "20", "30"] * 10,
    }
    assert "Name" == suggested(columns, industry="saas").plan.sources["customer_name"]
