"""Cells of text become numbers, flags, dates and categories, or are said to have failed."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import Industry, by_name
from services.mapping.convert import converted

SAAS, TELECOM = by_name(Industry.SAAS), by_name(Industry.TELECOM)


def outcome(column, cells, header="column"):
    """Values, and the places that failed."""
    result = converted(column, header, pa.array(cells, pa.string()))
    failed = [] if result.failed is None else [place for place, bad in enumerate(result.failed) if bad]
    assert column.arrow_type == result.values.type
    return result.values.to_pylist(), failed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12.0),
        ("-3.5", -3.5),
        ("+4", 4.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        (" 7 ", 7.0),
        ("1.234", 1.234),
        ("$1,234.50", 1234.5),
        ("-$12.00", -12.0),
        ("$-12.00", -12.0),
        ("($1,234.50)", -1234.5),
        ("1,234,567", 1234567.0),
        ("1,234.50 USD", 1234.5),
        ("EUR 99.90", 99.9),
        ("€1,234.50", 1234.5),
        ("$1,234", 1234.0),
        ("US$ 20", 20.0),
    ],
)
def test_numbers_are_read_plain_and_in_the_us_form(text, number):
    """Currency marks, signs and thousands commas are taken off where they can mean only one thing."""
    assert ([number, 1.0], []) == outcome(SAAS["mrr"], [text, "1"])


@pytest.mark.parametrize(
    "text",
    ["1,234", "€1,234", "1.234,50", "12,50 €", "1,23", "12%", "abc", "1 2", "inf", "1e999", "--5", "12 months", "$"],
)
def test_what_is_no_sure_number_is_left_unconverted(text):
    """Ambiguous, European and foreign forms become null and are reported, never guessed."""
    assert ([None, 1.0], [0]) == outcome(SAAS["mrr"], [text, "1"])


def test_the_columns_own_unit_may_follow_a_number():
    """Percent signs, months and days are read in columns of that unit."""
    assert ([12.5], []) == outcome(SAAS["discount_percent"], ["12.5 %"])
    assert ([3.0, 1.0], []) == outcome(SAAS["tenure_months"], ["3 months", "1 mo"])
    assert ([None], [0]) == outcome(SAAS["tenure_months"], ["2 years"])


@pytest.mark.parametrize("name", ["mrr", "plan_type", "signup_date", "churned", "billing_interval", "customer_id"])
@pytest.mark.parametrize("blank", ["", "  ", "NA", "n/a", "NULL", "-", "NaN", None])
def test_blank_cells_are_null_and_no_failure(name, blank):
    """A blank is missing, whatever the column."""
    assert ([None], []) == outcome(SAAS[name], [blank])


def test_none_is_blank_except_in_categories():
    """ "None" is no number, flag or date, but may be a category's value."""
    assert ([None], []) == outcome(SAAS["mrr"], ["None"])
    assert (["none"], []) == outcome(SAAS["plan_type"], ["None"])
    assert (["no"], []) == outcome(TELECOM["internet_service"], ["None"])


def test_flags_in_many_words():
    """Yes and no in digits, words, and pandas' floats."""
    cells = ["Yes", "no", "TRUE", "f", "1", "0.0", "VRAI", "faux", "On"]
    assert ([True, False, True, False, True, False, True, False, True], []) == outcome(TELECOM["partner"], cells)


def test_flags_do_not_swallow_other_numbers():
    """-1 and 2 are no flags, though folding punctuation would make a 1 of the first."""
    assert ([None, None, True], [0, 1]) == outcome(TELECOM["partner"], ["-1", "2", "1"])


def test_churn_words_belong_to_the_label():
    """ "Churned" and "stayed" answer the label only."""
    assert ([True, False], []) == outcome(TELECOM["churned"], ["Churned", "Stayed"])
    assert ([None, None], [0, 1]) == outcome(TELECOM["dependents"], ["Churned", "Stayed"])


def test_iso_dates_alone_are_dates():
    """A date with a time keeps the day as written; other orders and impossible days are left."""
    cells = [
        "2024-05-31",
        "2024-05-31T23:59:59Z",
        "2024-05-31 10:00:00.123 +02:00",
        "31/05/2024",
        "2023-02-30",
        "20240531",
    ]
    day = date(2024, 5, 31)
    assert ([day, day, day, None, None, None], [3, 4, 5]) == outcome(SAAS["signup_date"], cells)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("contract", "Month-to-month", "month-to-month"),
        ("contract", "month to month", "month-to-month"),
        ("contract", "Monthly", "month-to-month"),
        ("contract", "1 year", "one year"),
        ("contract", "Annual", "one year"),
        ("contract", "TWO_YEAR", "two year"),
        ("internet_service", "Fiber optic", "fiber optic"),
        ("internet_service", "Fibre", "fiber optic"),
        ("internet_service", "DSL", "dsl"),
        ("online_backup", "No internet service", "no internet service"),
        ("online_backup", "1", "yes"),
        ("multiple_lines", "No phone service", "no phone service"),
        ("gender", "F", "female"),
    ],
)
def test_telecom_categories_are_brought_to_their_values(name, text, value):
    """Synonyms and spellings become the allowed value."""
    assert ([value], []) == outcome(TELECOM[name], [text])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("months", "monthly"),
        ("P1M", "monthly"),
        ("Annual", "yearly"),
        ("3 months", "quarterly"),
        ("half-yearly", "half-yearly"),
    ],
)
def test_billing_intervals_are_brought_to_their_values(text, value):
    """One interval, however it is written."""
    assert ([value], []) == outcome(SAAS["billing_interval"], [text])


def test_unknown_value_of_a_closed_category_is_left():
    """A value that is not allowed is reported, and free categories take any."""
    assert ([None, "dsl"], [0]) == outcome(TELECOM["internet_service"], ["Carrier pigeon", "DSL"])
    assert (["carrier pigeon"], []) == outcome(TELECOM["payment_method"], ["  Carrier   Pigeon "])


def test_gender_digits_follow_the_header():
    """1 is female, as in "female", unless the column is named for men."""
    assert (["female", "male"], []) == outcome(TELECOM["gender"], ["1", "0"], header="gender")
    assert (["male", "female"], []) == outcome(TELECOM["gender"], ["1", "0"], header="is_male")


def test_text_is_trimmed_and_keeps_its_case():
    """Identifiers keep their letters and leading zeros."""
    assert (["00Ab-1"], []) == outcome(SAAS["customer_id"], [" 00Ab-1 "])


def test_empty_and_all_blank_columns():
    """No rows and no values are no failure."""
    for name in ("mrr", "churned", "signup_date", "billing_interval", "plan_type", "customer_id"):
        assert ([], []) == outcome(SAAS[name], [])
        assert ([None, None], []) == outcome(SAAS[name], [None, ""])


@settings(deadline=None, derandomize=True)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_plain_number_reads_back(number):
    """What Python writes as a number is read as that number."""
    assert ([number], []) == outcome(SAAS["mrr"], [repr(number)])


@settings(deadline=None, derandomize=True)
@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_any_us_amount_reads_back(amount):
    """Two decimals with thousands commas and a dollar sign are that amount."""
    assert ([float(amount)], []) == outcome(SAAS["mrr"], [f"${amount:,.2f}"])


@settings(deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=20), st.sampled_from(sorted(TELECOM | SAAS)))
def test_any_text_is_converted_blank_or_reported(cells, name):
    """No cell raises, and a null is either a blank or a failure, never both."""
    values, failed = outcome((TELECOM | SAAS)[name], cells)
    assert len(cells) == len(values)
    assert all(values[place] is None and cells[place] is not None for place in failed)
