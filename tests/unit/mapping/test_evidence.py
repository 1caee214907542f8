"""Values speak for or against a column."""

import pytest

from libs.tables.columns import Industry, by_name
from services.mapping.cells import Cells
from services.mapping.evidence import verdicts

SAAS, TELECOM = by_name(Industry.SAAS), by_name(Industry.TELECOM)


@pytest.fixture
def cap(as_profile, as_batch):
    """The most that a column of these cells may be trusted to be the canonical one."""

    def of(column, header, cells, *, generic=False):
        sample = as_batch({header: cells}).column(header)
        said = verdicts(column, Cells(as_profile({header: cells}).columns[0], sample), generic=generic)
        return min(verdict.cap for verdict in said)

    return of


def test_text_cannot_be_a_number(cap):
    """Cells that hardly read as numbers veto a numeric column."""
    assert 0 == cap(SAAS["mrr"], "MRR", ["gold", "silver", "7"])


def test_digits_after_zeros_are_codes(cap):
    """Nobody counts "000201" logins; a lone 0 is a number."""
    assert 0 == cap(SAAS["logins_per_month"], "Portal login", ["000201", "000202", "000233"])
    assert 100 == cap(SAAS["logins_per_month"], "Logins", ["0", "3", "0"])


def test_numbers_that_partly_fail_are_doubted(cap):
    """Amounts of both families in one column cannot all be read, so a required column is asked about."""
    assert 65 == cap(SAAS["mrr"], "MRR", ["12,50 €", "14,50 €", "$5.20", "$6.10", "$7"])
    assert 100 == cap(SAAS["mrr"], "MRR", ["12,50 €", "14,50 €", "5 €", "6 €", "7 €"])


def test_values_far_outside_the_range_are_doubted(cap):
    """A tenure of thousands is not in months."""
    assert 40 == cap(SAAS["tenure_months"], "Tenure", ["2000", "3000", "1500"])


def test_short_tenure_may_be_years(cap):
    """Many customers, none beyond twelve: years or months, only a person knows; a name that says months decides it."""
    cells = [str(place % 11) for place in range(200)]
    assert (65, 100) == (
        cap(SAAS["tenure_months"], "Tenure", cells),
        cap(SAAS["tenure_months"], "Tenure (months)", cells),
    )


def test_unit_of_the_name_must_fit(cap):
    """Days are not months and cents are not units."""
    assert 45 == cap(SAAS["tenure_months"], "tenure (days)", ["20", "30", "40"])
    assert 45 == cap(SAAS["mrr"], "mrr_cents", ["2000", "3000", "4000"])


def test_flags_must_look_like_flags(cap):
    """Names of people are no yes or no."""
    assert (0, 100) == (
        cap(TELECOM["partner"], "Partner", ["Acme", "Bolt", "Core"]),
        cap(TELECOM["partner"], "P", ["Yes", "No"]),
    )


def test_closed_categories_need_their_values(cap):
    """A contract column full of contract numbers is not the contract's length."""
    assert 30 == cap(TELECOM["contract"], "Contract", ["C-1", "C-2", "C-3"])


def test_identifiers_differ_and_are_filled(cap):
    """Few distinct values, measurements or dates are no customer id; a half-empty one is doubted."""
    assert 0 == cap(SAAS["customer_id"], "id", [str(place % 2) for place in range(200)], generic=True)
    assert 71 == cap(SAAS["customer_id"], "customer_id", [str(place % 2) for place in range(200)])
    assert 40 == cap(SAAS["customer_id"], "customer_id", ["1"] * 200)
    assert 0 == cap(SAAS["customer_id"], "id", [f"{place}.5" for place in range(20)])
    assert 0 == cap(SAAS["customer_id"], "id", [f"2024-01-{place + 1:02}" for place in range(20)])
    assert 50 == cap(SAAS["customer_id"], "id", [str(place) if place % 3 == 0 else "" for place in range(30)])


def test_dates_must_be_dates(cap):
    """A date column holds dates, of whatever order."""
    assert 0 == cap(SAAS["signup_date"], "created", ["yes", "no"])
    assert 100 == cap(SAAS["signup_date"], "created", ["05/31/2024", "06/30/2024"])


def test_blank_columns_are_doubted(cap):
    """A name without one value proves nothing."""
    assert 30 == cap(SAAS["mrr"], "MRR", ["", " ", "NA"])


def test_no_values_no_word(as_profile):
    """Where nothing is known of the values, only the name's unit speaks."""
    from services.mapping.profiles import ColumnProfile

    assert [100] == [verdict.cap for verdict in verdicts(SAAS["mrr"], Cells(ColumnProfile("MRR")))]


def test_counts_neither_fall_below_zero_nor_start_as_ids_do(cap):
    """Changes of a count, and numbers that all reach a thousand, are not counted tickets or logins."""
    assert 45 == cap(SAAS["support_tickets"], "Support cases 0-1", ["0", "-1", "3", "2"])
    assert 45 == cap(SAAS["logins_per_month"], "Portal login", [str(100_000 + each) for each in range(20)])


def test_an_end_in_every_row_is_the_end_of_a_term(cap):
    """Unless the name itself says that the customer left."""
    days = [f"2025-01-{each:02}" for each in range(1, 21)]
    assert 60 == cap(SAAS["canceled_at"], "Expires at", days)
    assert 100 == cap(SAAS["canceled_at"], "Churned on", days)


def test_numbers_are_billing_periods_only_as_months_or_days(cap):
    """1, 6 and 12 are months and 30 and 365 days; a count that is always 1 is no period."""
    said = [
        cap(SAAS["billing_interval"], "Contract period", cells * 5)
        for cells in (["1", "6", "12"], ["30", "365", "30"], ["1", "1", "1"])
    ]
    assert [100, 100, 30] == said


def test_a_count_of_dependents_says_whether_there_are_any(cap):
    """Any number of them is a yes."""
    assert 100 == cap(TELECOM["dependents"], "Number of dependents", ["0", "1", "2", "3"] * 5)


def test_codes_of_answers_are_no_states(suggested):
    """The status of a request is a number of three digits."""
    columns = {"customer_id": [str(place) for place in range(30)], "status": ["200", "404", "307"] * 10}
    assert "status" not in suggested(columns, industry="saas").plan.sources


def test_a_price_is_no_plan(suggested):
    """The price of a service names a service, but its cells are amounts."""
    columns = {"customer_id": [str(place) for place in range(30)], "Service price": ["10.5", "20.5", "30.5"] * 10}
    assert "plan_type" not in suggested(columns, industry="saas").plan.sources


def test_an_unknown_count_may_be_written_below_zero(cap):
    """-999 stands where nothing is known; it makes no change of a count."""
    assert cap(SAAS["days_since_last_login"], "days_since_last_login", ["17", "-999", "3"] * 4) > 90
