"""Layer 3: plausible ranges and allowed words."""

import math

import pytest

from services.validation.domain import Severity


def only(value, count=60, at=0, rest=1.0):
    """A column of `rest` with one other value."""
    return [value if n == at else rest for n in range(count)]


@pytest.mark.parametrize(
    ("name", "value"), [("tenure_months", -1.0), ("tenure_months", 601.0), ("mrr", -0.01), ("mrr", math.inf)]
)
def test_required_number_out_of_range_sets_the_row_aside(saas, name, value):
    """A negative tenure or price poisons a score: the row is set aside, and the value is not shown."""
    outcome = saas(60, **{name: only(value, at=4)})
    assert [5] == list(outcome.reasons)
    assert outcome.reasons[5].startswith(f"{name} is outside")
    assert (Severity.ERROR, 1) == (outcome[f"range.{name}"].severity, outcome[f"range.{name}"].count)
    assert 1 / 60 == pytest.approx(outcome[f"range.{name}"].cost, abs=1e-6)


@pytest.mark.parametrize(
    ("name", "value"), [("nps_score", 101.0), ("total_revenue", -5.0), ("total_revenue", math.inf)]
)
def test_optional_number_out_of_range_becomes_missing(saas, name, value):
    """An implausible optional number is treated as missing; its row stays."""
    outcome = saas(60, **{name: only(value, at=4, rest=200.0 if name == "total_revenue" else 1.0)})
    found = outcome[f"range.{name}"]
    assert (False, (5,), Severity.WARNING) == (found.passed, found.rows, found.severity)
    assert outcome.clean[name][4].as_py() is None
    assert (60, 1) == (outcome.clean.num_rows, outcome.clean[name].null_count)


@pytest.mark.parametrize(("name", "value"), [("tenure_months", 0.0), ("tenure_months", 600.0), ("nps_score", -100.0)])
def test_bounds_are_plausible(saas, name, value):
    """A range includes its ends."""
    assert saas(60, **{name: only(value)})[f"range.{name}"].passed


def test_unknown_word_in_a_required_category_sets_the_row_aside(telecom):
    """A contract that is none of the three is not guessed at."""
    outcome = telecom(60, contract=only("weekly", rest="one year"))
    assert {1: "contract is none of month-to-month, one year, two year"} == outcome.reasons


def test_unknown_word_in_an_optional_category_becomes_missing(telecom):
    """An internet service that is none of the known kinds is treated as missing."""
    outcome = telecom(60, internet_service=only("satellite", rest="dsl"))
    assert (1, 60) == (outcome.clean["internet_service"].null_count, outcome.clean.num_rows)


def test_missing_cells_are_not_out_of_range(telecom):
    """A blank is the readiness layer's affair."""
    outcome = telecom(60, tenure_months=only(None), contract=only(None, rest="one year"))
    assert outcome["range.tenure_months"].passed and outcome["range.contract"].passed
    assert 60 == outcome.clean.num_rows


def test_free_categories_take_any_word(saas):
    """Plans have any name."""
    assert "range.plan_type" not in saas(60, plan_type=["Pro"] * 60).ids
