"""Columns that explain each other by their values."""

import pytest

ROWS = 60
MONTHS = [2 + 7 * place % 60 for place in range(ROWS)]
PRICES = [(19, 49, 99)[place % 3] for place in range(ROWS)]


@pytest.fixture
def columns():
    """A file whose total is price times tenure, under names that say little."""
    return {
        "customer_id": [f"c{place}" for place in range(ROWS)],
        "tenure": list(map(str, MONTHS)),
        "price": list(map(str, PRICES)),
        "total": [str(price * months) for price, months in zip(PRICES, MONTHS, strict=True)],
    }


def sources(suggestion):
    """The file's column of each canonical one."""
    return suggestion.plan.sources


def test_a_total_that_is_price_times_tenure_proves_both(suggested, columns):
    """Neither "price" nor "total" says enough alone; together with the tenure they do."""
    suggestion = suggested(columns)
    assert ("price", "total") == (sources(suggestion)["mrr"], sources(suggestion)["total_revenue"])
    price = next(each for each in suggestion.plan.mappings if each.column == "price")
    assert "'total' is about 'price' times 'tenure'" in price.evidence
    assert () == suggestion.questions


def test_a_total_of_something_else_proves_nothing(suggested, columns):
    """Without the relation the price is asked about."""
    suggestion = suggested({**columns, "total": [str(17 * place % 900) for place in range(ROWS)]})
    assert ("mrr",) == tuple(question.canonical for question in suggestion.questions)


def test_an_order_is_told(suggested, columns):
    """Seats in use are never more than those paid for, and it is said."""
    columns = {**columns, "seats": ["5", "9", "12"] * 20, "users": ["5", "7", "3"] * 20}
    users = next(each for each in suggested(columns).plan.mappings if each.column == "users")
    assert "'users' is never more than 'seats'" in users.evidence


def days(step, *, month=1, blank_after=ROWS):
    """A day for each row, `step` days apart, blank from a row on."""
    return [
        f"202{place % 4}-{month:02}-{1 + step + place % 20:02}" if place < blank_after else "" for place in range(ROWS)
    ]


def test_the_first_of_two_signups_is_the_signup(suggested):
    """A day that is never after another's is when the customer began, whichever stands first."""
    columns = {"Date added": days(3), "Profile created on": days(0)}
    assert sources(suggested(columns, industry="saas"))["signup_date"] == "Profile created on"


def test_the_end_counts_rather_than_the_notice(suggested):
    """Where the same rows have both days, the later one is when the customer left."""
    columns = {"Canceled at": days(0, blank_after=20), "Ends at": days(6, blank_after=20)}
    assert sources(suggested(columns, industry="saas"))["canceled_at"] == "Ends at"


def test_an_end_that_other_rows_have_is_the_end_of_a_term(suggested):
    """A day of ending that stands in every row says nothing of leaving."""
    columns = {"Canceled at": days(0, blank_after=20), "Ends at": days(6)}
    assert sources(suggested(columns, industry="saas"))["canceled_at"] == "Canceled at"
    assert "canceled_at" not in sources(suggested({"Ends at": days(6)}, industry="saas"))


def test_the_fuller_of_two_addresses_is_the_customers(suggested):
    """One that half of the rows lack stands back."""
    columns = {
        "Buyer email": [f"p{place}@example.org" if place % 2 else "" for place in range(ROWS)],
        "Purchase email": [f"p{place}@example.org" for place in range(ROWS)],
    }
    assert sources(suggested(columns, industry="saas"))["customer_email"] == "Purchase email"
