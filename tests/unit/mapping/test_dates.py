"""Dates read back from every notation, and never in an order that nothing says."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mapping.dates import OrderCounts, days, order_counts
from services.mapping.domain import Reading

DAY = date(2024, 5, 31)
FORMATS = {
    "%Y-%m-%d": Reading.PLAIN,
    "%Y/%m/%d %H:%M": Reading.PLAIN,
    "%Y-%m-%dT%H:%M:%SZ": Reading.PLAIN,
    "%Y-%m-%d %H:%M:%S -0400": Reading.PLAIN,
    "%d %b %Y": Reading.PLAIN,
    "%d-%b-%y": Reading.PLAIN,
    "%B %d, %Y": Reading.PLAIN,
    "%a, %d %b %Y %H:%M:%S GMT": Reading.PLAIN,
    "%d/%m/%Y": Reading.DAY_FIRST,
    "%d.%m.%y": Reading.DAY_FIRST,
    "%d-%m-%Y %H:%M": Reading.DAY_FIRST,
    "%m/%d/%Y": Reading.MONTH_FIRST,
    "%m/%d/%y %H:%M": Reading.MONTH_FIRST,
    "%m/%d/%Y %I:%M:%S %p PST": Reading.MONTH_FIRST,
    "%Y%m%d": Reading.COMPACT,
}


def read(cells, reading=Reading.PLAIN):
    """The days of cells of text."""
    return days(pa.array(cells, pa.string()), reading).to_pylist()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(day=st.dates(date(1970, 1, 1), date(2068, 12, 31)), form=st.sampled_from(sorted(FORMATS)))
def test_a_date_reads_back(day, form):
    """Whatever notation a date was written in, the same day comes out."""
    assert [day] == read([day.strftime(form)], FORMATS[form])


@settings(max_examples=50, deadline=None, derandomize=True)
@given(day=st.dates(date(1980, 1, 1), date(2050, 1, 1)))
def test_counted_days_read_back(day):
    """Excel's serials and Unix times, in seconds and milliseconds."""
    seconds = (day - date(1970, 1, 1)).days * 86_400 + 3_600
    assert [day] == read([f"{(day - date(1899, 12, 30)).days}.25"], Reading.EXCEL_SERIAL)
    assert [day] == read([str(seconds)], Reading.UNIX_SECONDS)
    assert [day] == read([str(seconds * 1000)], Reading.UNIX_MILLISECONDS)


@pytest.mark.parametrize(
    "cell", ["31 mai 2024", "31. Mai 2024", "31 de mayo de 2024", "May 31st, 2024", "vendredi 31 mai 2024", "31-MAY-24"]
)
def test_months_may_be_named_in_several_languages(cell):
    """A name leaves no doubt about the order."""
    assert [DAY] == read([cell])


@pytest.mark.parametrize(
    "cell", ["2023-02-30", "31/02/2024", "32/01/2024", "00/01/2024", "1.2", "31 foo 2024", "24", ""]
)
def test_what_is_no_day_is_none(cell):
    """An impossible day is not moved to a possible one."""
    assert [None] == read([cell], Reading.DAY_FIRST)


def test_the_order_is_never_taken_from_the_cell():
    """Without a reading, a date with slashes is none; with one, a cell that contradicts it is none."""
    assert [None, None] == read(["03/04/2024", "31/05/2024"])
    assert [date(2024, 4, 3), None] == read(["03/04/2024", "05/31/2024"], Reading.DAY_FIRST)


def test_cells_are_counted_by_what_they_prove():
    """31/05 says day first, 05/31 month first, 03/04 neither, 04/04 nothing at all."""
    cells = pa.array(["31/05/24", "05/31/24", "03/04/24", "04/04/24", "2024-05-31"])
    assert OrderCounts(1, 2, 3) == order_counts(cells, np.array([1, 2, 3, 4, 5]))


def test_two_digit_years_have_a_pivot():
    """68 is to come, 69 has been."""
    assert [date(2068, 1, 13), date(1969, 1, 13)] == read(["13/01/68", "13/01/69"], Reading.DAY_FIRST)
    assert timedelta(0) < date(2068, 1, 13) - date(1969, 1, 13)
