"""Cells that fit patterns, the same by Python and by Arrow."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.patterns import FEW, FORMATS, fitting_mask, looks_like_data

PIECES = st.sampled_from(
    [*"01259.,-+/: @$%()'PTMDZ", "EUR", "usd", "jan", "MÄRZ", "août", "\u00a0", "\v", "ı", "ſ", "é"]
)


@pytest.mark.parametrize(
    ("cell", "data"),
    [
        ("0", True),
        (" 12.50 ", True),
        ("1e-3", True),
        ("2024-05-31T12:30:00.5Z", True),
        ("5/3/2024 8:18 PM PST", True),
        ("a.b+c@example.co.uk", True),
        ("1.234,50 €", True),
        ("P1M", True),
        ("31 mai 2024", True),
        ("2024-13-01", False),
        ("7590-VHVEG", False),
        ("VRAI", False),
        ("Month-to-month", False),
        ("9" * 2_000, False),
    ],
)
def test_data_is_told_from_words(cell, data):
    """Numbers, dates and addresses; yes and no are words."""
    assert data == looks_like_data(cell)


@pytest.mark.parametrize("name", FORMATS)
@given(st.lists(st.lists(PIECES, max_size=8).map("".join).map(str.strip), max_size=20))
def test_python_and_arrow_agree(name, texts):
    """So that it does not show which of them read a column."""
    few = fitting_mask(pa.array(texts, pa.string()), FORMATS[name]).tolist()
    many = fitting_mask(pa.array([*texts, *["x"] * FEW, "y"], pa.string()), FORMATS[name]).tolist()
    assert few == many[: len(texts)]
