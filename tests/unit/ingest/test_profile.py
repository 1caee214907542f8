"""Profiles of columns, against what a person would count."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain import Format
from services.ingest.profile import ColumnProfiler, TableProfiler

CELLS = st.sampled_from(
    ["", " ", "NA", "1", "2.5", " 2.5", "-3", "yes", "No", "x@y.zz", "2024-01-31", "$5", "héllo", "1e400"]
)


def profiled(*batches: list[str]):
    """The profile of one column."""
    profiler = ColumnProfiler("c", 1_000, 20)
    for batch in batches:
        profiler.add(pa.array(batch, pa.string()))
    return profiler.profile()


def test_profile_counts_the_whole_column():
    """Every cell counts, in whichever batch it stands."""
    found = profiled(["1", "1", " 4 ", ""], ["2.5", "NA", "no", "1"])
    assert (6, 2, 4, True) == (found.filled, found.blank, found.distinct, found.distinct_exact)
    assert (("1", 3), (" 4 ", 1), ("2.5", 1), ("no", 1)) == found.top_values
    assert {Format.INTEGER: 4, Format.DECIMAL: 5, Format.BOOLEAN: 4} == found.formats
    assert (1.0, 4.0, pytest.approx(1.9)) == (found.numbers.minimum, found.numbers.maximum, found.numbers.mean)
    assert 3 == found.length_max


@given(st.lists(CELLS, min_size=1, max_size=40), st.integers(1, 40))
def test_batches_may_be_cut_anywhere(cells, size):
    """Two cuts of the same cells give the same profile, but for the last bits of the mean."""
    whole = profiled(cells)
    parts = profiled(*(cells[start : start + size] for start in range(0, len(cells), size)))
    assert (whole.filled, whole.blank, whole.distinct) == (parts.filled, parts.blank, parts.distinct)
    assert (whole.top_values, whole.formats, whole.length_max) == (parts.top_values, parts.formats, parts.length_max)
    assert (whole.numbers is None) == (parts.numbers is None)
    assert whole.numbers is None or whole.numbers.mean == pytest.approx(parts.numbers.mean)


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
