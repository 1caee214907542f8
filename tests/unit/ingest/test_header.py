"""Names of columns, unique whatever the header says."""

from hypothesis import given
from hypothesis import strategies as st

from services.ingest.header import column_names
from services.ingest.repairs import Repairs


def named(header: list[str] | None, width: int, row_names: bool = False) -> tuple[list[str], dict[str, int]]:
    """The names and the repairs told, by code."""
    repairs = Repairs()
    names = column_names(header, width, row_names, 1, repairs)
    return names, {str(one.code): one.count for one in repairs.told()}


def test_names_are_trimmed_numbered_and_filled_in():
    """Spaces go, repeated names are numbered, empty ones named by their place."""
    assert (["a", "a_2", "column_3"], {"trimmed_headers": 2, "empty_headers": 1, "duplicate_headers": 1}) == named(
        [" a", "a", " "], 3
    )


def test_a_number_already_taken_is_passed_over():
    """The third column really is called a_2, so the second becomes a_3."""
    assert ["a", "a_3", "a_2"] == named(["a", "a", "a_2"], 3)[0]


def test_the_name_of_our_own_column_is_taken():
    """A file may hold a column called source_row."""
    assert (["source_row_2"], {"duplicate_headers": 1}) == named(["source_row"], 1)


def test_columns_that_the_header_does_not_name():
    """They come last, or first where rows are numbered."""
    assert (["a", "column_2"], {"missing_headers": 1}) == named(["a"], 2)
    assert (["column_1", "a"], {"missing_headers": 1}) == named(["a"], 2, row_names=True)


def test_no_header_names_by_place():
    """And says so."""
    assert (["column_1", "column_2"], {"no_header": 1}) == named(None, 2)


def test_long_names_are_cut():
    """Prose in place of names does not travel with every message; cut names stay unique."""
    names, repairs = named(["x" * 500, "x" * 400], 2)
    assert ["x" * 200, "x" * 200 + "_2"] == names
    assert {"long_headers": 2, "duplicate_headers": 1} == repairs


@given(
    st.lists(
        st.sampled_from(["", "a", "a_2", " a", "column_1", "column_2", "source_row", "a_2_2"]), min_size=1, max_size=9
    )
)
def test_names_are_unique_and_none_is_lost(header):
    """One name for each column, no two alike, none empty or reserved."""
    names = named(header, len(header))[0]
    assert len(header) == len(set(names)) and "" not in names and "source_row" not in names
