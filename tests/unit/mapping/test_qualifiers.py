"""Names of which one word only qualifies, or is not known."""

import pytest

from services.mapping.names import read
from services.mapping.qualifiers import partial_readings


def meant(name):
    """The canonical columns that the name means without some of its words."""
    return {each.meant.canonical for each in partial_readings(read(name))}


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("TOP_PACK", "plan_type"), ("dim_country", "country"), ("stats.lastActivity", "last_login_at")],
)
def test_words_that_only_qualify_are_passed_over(name, canonical):
    """What is left is read, at a price."""
    assert canonical in meant(name)
    assert all(each.meant.grade < 97 for each in partial_readings(read(name)))


def test_an_unknown_word_inside_is_passed_over():
    """One that no list knows, in the middle or at the end."""
    assert {"support_tickets"} <= meant("Tickets Quuxly")
    assert {"signup_date"} <= meant("Signup Quuxly Date")


@pytest.mark.parametrize("name", ["Trial End Date", "Company Quuxly", "Total quuxly charge", "Quuxly Country"])
def test_other_things_stay_other_things(name):
    """A known other thing, a company's unknown something, a part of a total, and a word in front (foreign.py)."""
    assert set() == meant(name)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("assigned_user_id", "customer_id"), ("App Name", "customer_name"), ("itemInSession", "logins_per_month")],
)
def test_some_words_make_it_another_thing(name, canonical):
    """An assigned user is one of the staff, and an app's name is no customer's."""
    assert canonical not in meant(name)
