"""Cells read as numbers of one family of marks, or as ambiguous."""

import numpy as np
import pyarrow as pa
import pytest

from services.ingest.amounts import currencies_of
from services.ingest.domain import Format
from services.ingest.readings import readings_of

POINT, COMMA, OPEN = Format.DECIMAL_POINT, Format.DECIMAL_COMMA, Format.AMBIGUOUS_NUMBER
READS = {
    "12": (12.0, set()),
    "0.5": (0.5, {POINT}),
    "0.123": (0.123, {POINT}),
    "1234.567": (1234.567, {POINT}),
    "1.234": (None, {OPEN}),
    "-1,234": (None, {OPEN}),
    "1,234.50": (1234.5, {POINT}),
    "1.234,50": (1234.5, {COMMA}),
    "1,234,567": (1234567.0, {POINT}),
    "1.234.567": (1234567.0, {COMMA}),
    "0,5": (0.5, {COMMA}),
    "1 234,567": (1234.567, {COMMA}),
    "1'234.50": (1234.5, {POINT}),
    "1 234": (1234.0, set()),
    "$1,234.50": (1234.5, {POINT, Format.CURRENCY}),
    "(99.00)": (-99.0, {POINT}),
    "-$5": (-5.0, {Format.CURRENCY}),
    "1.234,50 eur": (1234.5, {COMMA, Format.CURRENCY}),
    "CHF 20": (20.0, {Format.CURRENCY}),
    "12%": (12.0, {Format.PERCENT}),
    "12,5 %": (12.5, {COMMA, Format.PERCENT}),
    "44197": (44197.0, {Format.EXCEL_SERIAL}),
    "44197.25": (44197.25, {POINT, Format.EXCEL_SERIAL}),
    "1700000000": (1.7e9, {Format.UNIX_TIME}),
    "1700000000000": (1.7e12, {Format.UNIX_TIME}),
}


def test_each_cell_reads_in_its_family():
    """All at once, as columns are read; an ambiguous one has no sure reading and two others."""
    found = readings_of(pa.array(READS)).amounts
    fits = [{name for name in found.formats if found.formats[name][place]} for place in range(len(READS))]
    sure = [None if np.isnan(number) else number for number in found.sure.tolist()]
    assert list(READS.items()) == list(zip(READS, zip(sure, fits, strict=True), strict=True))
    place = list(READS).index("-1,234")
    assert (-1234.0, -1.234) == (found.as_point[place], found.as_comma[place])


@pytest.mark.parametrize("cell", ["x", "2024-01-31", "yes"])
def test_other_cells_are_no_numbers(cell):
    """A column without numbers costs nothing."""
    assert None is readings_of(pa.array([cell])).amounts


def test_currencies_are_counted_by_shape():
    """Codes in capitals; the first mark of a cell counts, and a shape of no cell does not."""
    shapes = pa.array(["$0.00", "usd 0", "0 USD", "€0"])
    assert {"$": 5, "USD": 3} == currencies_of(shapes, np.array([5, 2, 1, 0]))
