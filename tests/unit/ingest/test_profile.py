"""Profiles of columns, against what a person would count."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain import Format
from services.ingest.profile import ColumnProfiler, TableProfiler

CELLS = st.sampled_from(
    "|".join(
        ["| |NA|1|2.5| 2.5|-3|yes|No|x@y.zz|2024-01-31|$5|héllo|1e400", "1,5|1.234|03/04/2024|31/03/2024|5 EUR"]
    ).split("|")
)


def profiled(*batches: list[str], capacity: int = 1_000):
    """The profile of one column."""
    profiler = ColumnProfiler("c", capacity, 20)
    for batch in batches:
        profiler.add(pa.array(batch, pa.string()))
    return profiler.profile()


def test_profile_counts_the_whole_column():
    """Every cell counts, in whichever batch it stands."""
    found = profiled(["1", "1", " 4 ", ""], ["2.5", "NA", "no", "1"])
    assert (6, 2, 4, True) == (found.filled, found.blank, found.distinct, found.distinct_exact)
    assert (("1", 3), (" 4 ", 1), ("2.5", 1), ("no", 1)) == found.top_values
    assert {
        Format.INTEGER: 4,
        Format.DECIMAL: 5,
        Format.BOOLEAN: 4,
        Format.DECIMAL_POINT: 1,
    } == found.formats
    assert (1.0, 4.0, pytest.approx(1.9)) == (found.numbers.minimum, found.numbers.maximum, found.numbers.mean)
    assert 3 == found.length_max


@given(st.lists(CELLS, min_size=1, max_size=40), st.integers(1, 40))
def test_batches_may_be_cut_anywhere(cells, size):
    """Two cuts of the same cells give the same profile, but for the last bits of the mean."""
    whole = profiled(cells)
    parts = profiled(*(cells[start : start + size] for start in range(0, len(cells), size)))
    assert (whole.filled, whole.blank, whole.distinct) == (parts.filled, parts.blank, parts.distinct)
    assert (whole.top_values, whole.formats, whole.length_max) == (parts.top_values, parts.formats, parts.length_max)
    assert (whole.date_min, whole.date_max, whole.ascending) == (parts.date_min, parts.date_max, parts.ascending)
    assert whole.currencies == parts.currencies
    assert (whole.numbers and whole.numbers.quantiles) == (parts.numbers and parts.numbers.quantiles)
    assert (whole.numbers is None) == (parts.numbers is None)
    assert whole.numbers is None or whole.numbers.mean == pytest.approx(parts.numbers.mean)


@given(st.lists(CELLS, min_size=1, max_size=60), st.integers(1, 20))
def test_values_that_are_no_longer_few_are_told_the_same(cells, size):
    """All but the most frequent ones and the quantiles, which may be less exact then."""
    batches = [cells[start : start + size] for start in range(0, len(cells), size)]
    few, many = profiled(*batches), profiled(*batches, capacity=2)
    assert (few.filled, few.blank, few.distinct, few.formats) == (many.filled, many.blank, many.distinct, many.formats)
    assert (few.length_max, few.date_min, few.date_max) == (many.length_max, many.date_min, many.date_max)
    assert (few.ascending, few.currencies) == (many.ascending, many.currencies)
    assert (few.numbers is None) == (many.numbers is None)
    assert few.numbers is None or (few.numbers.minimum, few.numbers.maximum, few.numbers.whole_share) == (
        *(many.numbers.minimum, many.numbers.maximum, many.numbers.whole_share),
    )


def test_a_profile_may_be_asked_for_on_the_way():
    """What was told changes nothing of what comes."""
    profiler = ColumnProfiler("c", 1_000, 20)
    profiler.add(pa.array(["3", "x"]))
    assert 2 == profiler.profile().filled
    profiler.add(pa.array(["x", "4"]))
    assert profiled(["3", "x"], ["x", "4"]) == profiler.profile()


def test_numbers_beyond_floats_are_left_out():
    """An infinity is no minimum, and great numbers do not overflow the mean."""
    found = profiled(["1e999", "1e308", "1e308"], ["1e308", "-1e999"])
    assert (1e308, pytest.approx(1e308)) == (found.numbers.maximum, found.numbers.mean)
    assert None is profiled(["1e999"]).numbers


def test_prose_is_no_top_value():
    """Long values are counted as distinct and never sent along."""
    found = profiled(["x" * 101, "y" * 100])
    assert (2, (("y" * 100, 1),)) == (found.distinct, found.top_values)


def test_a_column_without_a_filled_cell_has_nothing_else():
    """Blanks have a length."""
    found = profiled(["", "null"])
    assert (0, 2, 0, (), {}, None, 4) == (
        *(found.filled, found.blank, found.distinct, found.top_values, found.formats, found.numbers, found.length_max),
    )


def test_wide_tables_keep_fewer_top_values():
    """So that the profile of two thousand columns is still one message."""
    names = [f"c{place}" for place in range(2_000)]
    profiler = TableProfiler(names)
    values = pa.array([f"value {number}" for number in range(30)])
    profiler.add(pa.record_batch([values] * 2_000, names))
    assert 30 == profiler.row_count
    assert {10} == {len(column.top_values) for column in profiler.columns()}


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        (["1.234", "12.5"], 1.234, 12.5),
        (["1,234", "12,5"], 1.234, 12.5),
        (["1,234", "$12.50"], 12.5, 1234.0),
        (["1.234", "12,50 €"], 12.5, 1234.0),
        (["1.234", "7"], 7.0, 7.0),
        (["1.234", "1,5", "2.5"], 1.5, 2.5),
    ],
)
def test_numbers_are_read_in_the_family_that_the_column_proves(cells, low, high):
    """What may be thousands or decimals counts only where another cell of the column settles it."""
    found = profiled(cells).numbers
    assert (low, high) == (found.minimum, found.maximum)


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        (["03/04/2024", "31/05/2024"], "2024-04-03", "2024-05-31"),
        (["03/04/2024", "05/31/2024"], "2024-03-04", "2024-05-31"),
        (["03/04/2024"], "", ""),
        (["03/04/2024", "31/05/2024", "05/31/2024"], "2024-05-31", "2024-05-31"),
        (["2024-02-31", "31 Mai 24", "May 1st, 2023"], "2023-05-01", "2024-05-31"),
        (["2024/1/2", "5/5/99"], "1999-05-05", "2024-01-02"),
    ],
)
def test_dates_are_read_in_the_order_that_the_column_proves(cells, first, last):
    """No order of day and month is guessed, and what the calendar has not is no date."""
    found = profiled(cells)
    assert (first, last) == (found.date_min, found.date_max)


@pytest.mark.parametrize(
    ("cells", "rises"),
    [
        (["9", "10", "", "10"], True),
        (["a", "b", "c"], True),
        (["c", "b"], False),
        (["31/01/2024", "28.02.2024", "2024-03-01"], True),
        (["1", "x", "2"], False),
        (["1"], False),
        (["", ""], False),
        (["b", " b", "b"], True),
        (["b", "c", "b"], False),
        (["1", "1.0", "1"], True),
    ],
)
def test_ascending_is_as_numbers_dates_or_text(cells, rises):
    """Blank cells do not break it; one filled cell is no order."""
    assert rises == profiled(cells).ascending
    assert rises == profiled(*([cell] for cell in cells)).ascending


def test_currencies_are_those_of_the_cells():
    """The most frequent first, codes in capitals."""
    assert ("€", "USD", "CA$") == profiled(["5 €", "€6", "7€", "usd 5", "USD 6", "CA$1", "9"]).currencies
