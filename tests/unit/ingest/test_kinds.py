"""What shapes tell, and texts through them."""

import pyarrow as pa

from services.ingest.domain import Format
from services.ingest.kinds import formats_of, kinds_of
from services.ingest.patterns import FEW
from services.ingest.shapes import texts_of

FITS = {
    "0": {Format.INTEGER, Format.DECIMAL, Format.BOOLEAN},
    "7": {Format.INTEGER, Format.DECIMAL},
    "-12": {Format.INTEGER, Format.DECIMAL},
    "12.50": {Format.DECIMAL},
    ".5": {Format.DECIMAL},
    "1.0": {Format.DECIMAL, Format.BOOLEAN},
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
    "31 mai 2024": {Format.DATE_NAMED},
    "P1M": {Format.DURATION},
    "P": set(),
    "2024-13-01": set(),
    "2024-12-32": set(),
    "7590-VHVEG": set(),
    "inf": set(),
    "0x10": set(),
    "@home": set(),
    "Month-to-month": set(),
    "9" * 2_000: set(),
}


def fitting(cells: list[str]) -> list[set[Format]]:
    """The formats of each cell."""
    texts = texts_of(pa.array(cells, pa.string()))
    found = formats_of(texts, kinds_of(texts.shapes))
    return [{name for name, fits in found.items() if fits[place]} for place in range(len(cells))]


def test_each_cell_fits_its_formats():
    """Few cells are read by Python."""
    assert list(FITS.values()) == fitting(list(FITS))


def test_cells_of_many_shapes_fit_the_same():
    """More of them are read by Arrow."""
    others = ["x" * number for number in range(1, FEW + 1)]
    assert list(FITS.values()) == fitting([*FITS, *others])[: len(FITS)]


def test_formats_that_nothing_fits_are_left_out():
    """And an empty column has none."""
    for cells in (["x"], ["2024-13-01", "3"], []):
        texts = texts_of(pa.array(cells, pa.string()))
        assert all(fits.any() for fits in formats_of(texts, kinds_of(texts.shapes)).values())


def test_missing_is_blank_or_a_word_for_it():
    """In any case; "none" is a value."""
    cells = pa.array(["", "N/A", "NaN", "none", "0", "n"])
    kinds = kinds_of(cells)
    assert [True, True, True, False, False, False] == kinds.blank.tolist()
    assert [False, False, False, False, True, True] == kinds.yes_or_no.tolist()
