"""Names are reduced to what they say."""

import pytest

from services.mapping.names import compact, read, undecorated


@pytest.mark.parametrize(
    "raw", ["MonthlyCharges", "monthly_charges", " Monthly  Charges ", "MONTHLY-CHARGES", "Monthly.Chargés"]
)
def test_one_name_however_it_is_written(raw):
    """Case, spaces, punctuation, camel case and accents make no difference."""
    assert "monthlycharges" == read(raw).compact


@pytest.mark.parametrize(
    ("raw", "name", "unit"),
    [
        ("Tenure (months)", "tenure", "months"),
        ("MRR ($)", "mrr", "currency units"),
        ("Created (UTC)", "created", ""),
        ("Logins (30d)", "logins", "months"),
        ("Amount [cents]", "amount", "cents"),
        ("Price (old)", "priceold", ""),
    ],
)
def test_unit_in_brackets_is_told_apart(raw, name, unit):
    """A unit in brackets is no part of the name; other words in brackets are."""
    assert (name, unit) == (read(raw).compact, read(raw).unit)


@pytest.mark.parametrize("remark", ["(1 = Yes, 0 = No)", "(Y/N)", "[Required]", "[READ ONLY]", "(yes/no)"])
def test_remarks_on_the_field_are_no_part_of_its_name(remark):
    """What only explains the cells, or says how the field is kept, goes."""
    assert read(f"Churn {remark}").compact == "churn"


def test_unit_at_the_end_is_told_apart():
    """A name that ends in a unit is kept whole and is also known without it."""
    name = read("tenure_in_days")
    assert ("tenureindays", "days", "tenure") == (name.compact, name.unit, name.bare)


def test_signs_are_words():
    """Percent and number signs are read aloud."""
    assert ("discountpercent", "numberseats") == (compact("Discount %"), compact("# seats"))


def test_words_around_a_name_are_taken_off():
    """ "Number of" goes from counts and "is" from flags, but not the other way round."""
    assert "seats" in set(undecorated("numberofseats", count=True, money=False, flag=False))
    assert "seats" not in set(undecorated("numberofseats", count=False, money=True, flag=True))
    assert "partner" in set(undecorated("ispartner", count=False, money=False, flag=True))


@pytest.mark.parametrize(
    "raw", ["Created at (UTC+0)", "Created at (Y-m-d)", "Created at (dd/mm/yyyy)", "Created at (TT.MM.JJJJ)"]
)
def test_notation_in_brackets_is_taken_off(raw):
    """How a day is written, and in which zone, is not part of what it is."""
    assert "createdat" == read(raw).compact


@pytest.mark.parametrize("raw", ["Résilié (O/N)", "Résilié (oui/non)", "Resilie (J/N)"])
def test_yes_and_no_in_other_languages_are_taken_off(raw):
    """What a yes or a no is written as only explains the cells."""
    assert "resilie" == read(raw).compact


@pytest.mark.parametrize(("raw", "compact"), [("Industry cf_110", "industry"), ("MRR (property)", "mrr")])
def test_what_tools_add_to_a_field_is_taken_off(raw, compact):
    """The number of a custom field, and a remark that it is one."""
    assert compact == read(raw).compact
