"""Cells read as dates of one order, or as ambiguous."""

import pyarrow as pa

from services.ingest.dates import iso_text
from services.ingest.domain import Format
from services.ingest.readings import readings_of

DAY, MONTH, OPEN = Format.DATE_DAY_FIRST, Format.DATE_MONTH_FIRST, Format.DATE_AMBIGUOUS
READS = {
    "2024-05-31T10:00:00Z": ("2024-05-31", set()),
    "31/05/2024": ("2024-05-31", {DAY}),
    "31.5.24 10:30": ("2024-05-31", {DAY}),
    "05/31/2024": ("2024-05-31", {MONTH}),
    "03/04/2024": (None, {OPEN}),
    "03/03/2024": ("2024-03-03", {OPEN}),
    "30/02/2024": (None, set()),
    "29/02/2023": (None, set()),
    "29/02/2024": ("2024-02-29", {DAY}),
    "2024/5/31": ("2024-05-31", set()),
    "31-May-24": ("2024-05-31", set()),
    "Fri, 31 May 2024 10:00:00 +0000": ("2024-05-31", set()),
    "May 31, 2024": ("2024-05-31", set()),
    "31 mai 2024": ("2024-05-31", set()),
    "1. März 2024": ("2024-03-01", set()),
    "31 de dezembro de 1998": ("1998-12-31", set()),
    "3. AOÛT 2024": ("2024-08-03", set()),
}


def test_each_cell_reads_in_its_order():
    """All at once, as columns are read."""
    found = readings_of(pa.array(READS)).dates
    fits = [{name for name in found.formats if found.formats[name][place]} for place in range(len(READS))]
    sure = [iso_text(day) if day else None for day in found.sure.tolist()]
    assert list(READS.items()) == list(zip(READS, zip(sure, fits, strict=True), strict=True))
    place = list(READS).index("03/04/2024")
    assert ("2024-04-03", "2024-03-04") == (iso_text(found.day_first[place]), iso_text(found.month_first[place]))


def test_words_that_are_no_dates():
    """A month's name alone, a product, an address, a letter that only folds to another."""
    cells = ["May", "12 Main Street 24", "Plan 5 mar", "P1M", "March 2024", "ſept 3, 2024"]
    assert {Format.DURATION: [False, False, False, True, False, False]} == {
        name: fits.tolist() for name, fits in readings_of(pa.array(cells)).formats.items()
    }
