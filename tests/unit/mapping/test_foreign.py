"""Names with a word in front that nobody knows."""

from services.mapping.foreign import soft_readings
from services.mapping.names import read

IDS = [f"k{place:03}" for place in range(30)]
DAYS = [f"2024-01-{1 + place % 28:02}" for place in range(30)]


def meant(*names):
    """The canonical columns that the first name means without the word in front."""
    return {each.meant.canonical for each in soft_readings([read(name) for name in names])[0]}


def test_a_word_that_no_list_knows_is_passed_over(suggested):
    """The brand in front of a customer's id changes nothing; it only makes it less sure."""
    plan = suggested({"Quuxly Customer ID": IDS, "Quuxly Signup Date": DAYS}, industry="saas").plan
    assert {"customer_id": "Quuxly Customer ID", "signup_date": "Quuxly Signup Date"} == plan.sources


def test_the_values_must_agree(suggested):
    """The same name over words that are no dates is left alone."""
    words = ["red", "green", "blue"] * 10
    plan = suggested({"Quuxly Customer ID": IDS, "Quuxly Signup Date": words}, industry="saas").plan
    assert "signup_date" not in plan.sources


def test_a_known_word_of_another_thing_still_vetoes():
    """A trial's end is no cancellation, a typo of it is none, and neither is what an unknown word follows."""
    assert [set(), set(), set()] == [meant(each) for each in ("trial end date", "trail end date", "myinvoice status")]


def test_a_word_before_id_and_name_is_who_the_customers_are():
    """A coworking space calls its customers coworkers; alone, an unknown thing's id is no customer's."""
    assert {"customer_id"} == meant("CoworkerId", "CoworkerFullName")
    assert set() == meant("CoworkerId", "Started")


def test_a_bare_rest_names_no_customer():
    """An unknown thing's company id is not the customer's."""
    assert set() == meant("Quuxly Company ID")
