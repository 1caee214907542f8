"""Amounts read back from every notation, and never with a mark that nothing says."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mapping.domain import Reading
from services.mapping.numbers import MarkCounts, mark_counts, numbers

POINT, COMMA = Reading.DECIMAL_POINT, Reading.DECIMAL_COMMA


def read(cell, reading=Reading.PLAIN, unit="currency units"):
    """The number of one cell."""
    return numbers(pa.array([cell]), unit, reading).to_pylist()[0]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    cents=st.integers(0, 10**10),
    form=st.sampled_from(["{}", "${}", "{} USD", "-{}", "€ {}", "({})"]),
    comma=st.booleans(),
    thousands=st.sampled_from(["", "mark", " ", "\u00a0", "'"]),
)
def test_money_reads_back(cents, form, comma, thousands):
    """Whatever marks an amount was written with, the same amount comes out once the decimal mark is known."""
    whole = f"{cents // 100:,}".replace(",", {"mark": "." if comma else ","}.get(thousands, thousands))
    cell = form.format(f"{whole}{',' if comma else '.'}{cents % 100:02d}")
    sign = -1 if form in ("-{}", "({})") else 1
    assert sign * cents / 100 == read(cell, COMMA if comma else POINT)


@pytest.mark.parametrize(
    ("cell", "reading", "number"),
    [
        ("1,234", POINT, 1234.0),
        ("1.234", COMMA, 1234.0),
        ("1.234.567", COMMA, 1234567.0),
        ("1,5", COMMA, 1.5),
        ("12", COMMA, 12.0),
        ("1.5", COMMA, None),
        ("1,23", POINT, None),
        ("1,234", Reading.PLAIN, None),
    ],
)
def test_the_mark_decides(cell, reading, number):
    """The same cell means two things, and a cell that the mark does not fit means nothing."""
    assert number == read(cell, reading)


def test_percent_needs_a_column_of_percent():
    """12 % is twelve where percent is the unit."""
    assert (12.5, 12.5, None) == (
        read("12.5 %", POINT, "percent"),
        read("12,5%", COMMA, "percent"),
        read("12%", POINT, "currency units per month"),
    )


@pytest.mark.parametrize(
    ("cell", "unit", "number"),
    [
        ("€99/mo", "currency units per month", 99.0),
        ("$49 / month", "currency units per month", 49.0),
        ("99 per month", "currency units per month", 99.0),
        ("1,299.50 EUR/month", "currency units per month", 1299.5),
        ("$1188/yr", "currency units per month", None),
        ("$49 promo", "currency units per month", None),
        ("1188 per year", "currency units per month", None),
        ("€99/mo", "currency units", None),
    ],
)
def test_an_amount_may_say_that_it_is_of_a_month(cell, unit, number):
    """In a column of amounts a month; one of a year, or where it would be added up, is no number."""
    assert number == read(cell, unit=unit)


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("1,234.50", MarkCounts(point=1)),
        ("1.234,50 €", MarkCounts(comma=1)),
        ("1,234,567", MarkCounts(point=1)),
        ("1.234.567", MarkCounts(comma=1)),
        ("12,5", MarkCounts(comma=1)),
        ("1,234", MarkCounts(ambiguous=1)),
        ("1.234", MarkCounts(ambiguous=1)),
        ("0.123", MarkCounts(point=1)),
        ("$1,234", MarkCounts(point=1)),
        ("€1.234", MarkCounts(ambiguous=1)),
        ("12", MarkCounts()),
        ("abc", MarkCounts()),
    ],
)
def test_cells_are_counted_by_what_they_prove(cell, counts):
    """A mark before three digits may be either; a dollar sign says which."""
    assert counts == mark_counts(pa.array([cell]), np.array([1]))
