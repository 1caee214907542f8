"""Sample files and the data dictionary."""

import csv
import io
from datetime import date

import pytest

from libs.tables.columns import COLUMNS, Column, Industry, Kind
from services.gateway import templates

INDUSTRIES = list(Industry)


def rows(industry: Industry) -> list[dict[str, str]]:
    """The sample as a reader of CSV sees it."""
    return list(csv.DictReader(io.StringIO(templates.sample(industry))))


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_the_sample_has_every_canonical_column(industry: Industry) -> None:
    """In the order of columns.py, and no other."""
    assert [column.name for column in COLUMNS[industry]] == list(rows(industry)[0])
    assert {column.name for column in COLUMNS[industry]} == set(templates.EXAMPLES[industry])


@pytest.mark.parametrize(
    ("industry", "column"), [(industry, column) for industry in INDUSTRIES for column in COLUMNS[industry]]
)
def test_the_examples_are_what_the_column_takes(industry: Industry, column: Column) -> None:
    """Numbers in range, allowed values, flags, ISO dates."""
    for cell in filter(None, templates.EXAMPLES[industry][column.name]):
        if column.kind is Kind.NUMBER:
            assert column.minimum is None or column.minimum <= float(cell)
            assert column.maximum is None or float(cell) <= column.maximum
        elif column.kind is Kind.FLAG:
            assert cell in ("yes", "no")
        elif column.kind is Kind.DATE:
            assert cell == date.fromisoformat(cell).isoformat()
        elif column.values:
            assert cell in column.values


def test_the_samples_keep_the_business_rules() -> None:
    """Totals are price times tenure, and no more seats are used than paid for."""
    for row in rows(Industry.SAAS):
        assert pytest.approx(float(row["mrr"]) * float(row["tenure_months"])) == float(row["total_revenue"])
        assert int(row["seats_used"]) <= int(row["seats_purchased"])
    for row in rows(Industry.TELECOM):
        assert pytest.approx(float(row["monthly_charges"]) * float(row["tenure_months"])) == float(row["total_charges"])


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_the_dictionary_says_what_columns_py_says(industry: Industry) -> None:
    """One entry a column; Markdown names each too."""
    entries = templates.dictionary(industry)
    assert [(c.name, c.required, c.pii, c.unit) for c in COLUMNS[industry]] == [
        (entry["name"], entry["required"], entry["personal"], entry["unit"]) for entry in entries
    ]
    page = templates.markdown(industry)
    assert all(f"`{column.name}`" in page for column in COLUMNS[industry])
    assert "months, from 0 to 600" in page
