"""Cells read as formats, the same by Python and by Arrow."""

import pyarrow as pa
import pytest

from services.ingest.domain import Format
from services.ingest.patterns import formats_of, looks_like_data, missing

FITS = {
    "0": {Format.INTEGER, Format.DECIMAL, Format.BOOLEAN},
    "-12": {Format.INTEGER, Format.DECIMAL},
    "12.50": {Format.DECIMAL},
    ".5": {Format.DECIMAL},
    "1e-3": {Format.DECIMAL},
    "VRAI": {Format.BOOLEAN},
    "n": {Format.BOOLEAN},
    "2024-05-31": {Format.DATE_ISO},
    "2024-05-31T12:30:00.5Z": {Format.DATE_ISO},
    "2024-05-31 12:30:00+02:00": {Format.DATE_ISO},
    "31/05/2024": {Format.DATE_OTHER},
    "5.3.24": {Format.DATE_OTHER},
    "12/25/25 20:18": {Format.DATE_OTHER},
    "2024/5/31": {Format.DATE_OTHER},
    "5/3/2024 8:18 PM PST": {Format.DATE_OTHER},
    "a.b+c@example.co.uk": {Format.EMAIL},
    "$1,234.50": {Format.FORMATTED_NUMBER},
    "1.234,50 €": {Format.FORMATTED_NUMBER},
    "12%": {Format.FORMATTED_NUMBER},
    "12,5": {Format.FORMATTED_NUMBER},
    "1 234": {Format.FORMATTED_NUMBER},
    "(99.00)": {Format.FORMATTED_NUMBER},
    "-$5": {Format.FORMATTED_NUMBER},
    "2024-13-01": set(),
    "7590-VHVEG": set(),
    "inf": set(),
    "0x10": set(),
    "@home": set(),
    "Month-to-month": set(),
    "9" * 2_000: set(),
}


def test_each_cell_fits_its_formats():
    """All at once, as columns are read."""
    found = formats_of(pa.array(FITS))
    assert list(FITS.values()) == [{name for name in found if found[name][place]} for place in range(len(FITS))]


@pytest.mark.parametrize("cell", FITS)
def test_one_cell_is_judged_as_a_column_is(cell):
    """Data is what has a format other than yes or no."""
    assert bool(FITS[cell] - {Format.BOOLEAN}) == looks_like_data(f" {cell} ")


def test_missing_is_blank_or_a_word_for_it():
    """In any case; "none" is a value."""
    assert [True, True, True, False, False] == missing(pa.array(["", "N/A", "NaN", "none", "0"])).tolist()


def test_formats_that_nothing_fits_are_left_out():
    """And an empty batch has none."""
    assert {} == formats_of(pa.array(["x"]))
    assert {} == formats_of(pa.array([], pa.string()))
