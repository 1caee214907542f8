"""The canonical columns: complete, consistent, and safe to log where they say so."""

import pyarrow as pa
import pytest

from libs.tables import columns
from libs.tables.columns import COLUMNS, REVENUE, Industry, Kind

EVERY = [
    pytest.param(industry, column, id=f"{industry}.{column.name}")
    for industry in Industry
    for column in COLUMNS[industry]
]


@pytest.mark.parametrize("industry", Industry)
def test_names_are_unique_and_none_is_taken_by_the_tables_own(industry: Industry) -> None:
    """`source_row` and its like stand beside canonical columns."""
    names = [column.name for column in COLUMNS[industry]]
    own = {columns.SOURCE_ROW, columns.UNCONVERTED, columns.REASON}
    assert (len(names), set()) == (len(set(names)), own & set(names))


@pytest.mark.parametrize(("industry", "column"), EVERY)
def test_each_column_is_described(industry: Industry, column: columns.Column) -> None:
    """Templates and the data dictionary are made of this."""
    assert column.meaning and column.name.isidentifier() and column.name == column.name.lower()
    assert (column.kind is Kind.NUMBER) == bool(column.unit)


@pytest.mark.parametrize(("industry", "column"), EVERY)
def test_only_numbers_have_ranges_and_only_categories_values(industry: Industry, column: columns.Column) -> None:
    """A range is in order; values are as mapping writes them, lower case."""
    low, high = column.minimum, column.maximum
    assert column.kind is Kind.NUMBER or (low, high) == (None, None)
    assert low is None or high is None or low < high
    assert column.kind is Kind.CATEGORY or column.values == ()
    assert [value.lower().strip() for value in column.values] == list(column.values)


@pytest.mark.parametrize(("industry", "column"), EVERY)
def test_pii_is_never_a_feature(industry: Industry, column: columns.Column) -> None:
    """A model must not learn a name."""
    assert not (column.pii and column.feature)


@pytest.mark.parametrize("industry", Industry)
def test_the_label_and_its_shadows_are_never_features(industry: Industry) -> None:
    """They are known only after the customer left."""
    by_name = columns.by_name(industry)
    leaks = [name for name in ("churned", "canceled_at", "status") if name in by_name and by_name[name].feature]
    assert [] == leaks


@pytest.mark.parametrize("industry", Industry)
def test_revenue_is_a_required_number(industry: Industry) -> None:
    """Revenue at risk is read from it."""
    column = columns.by_name(industry)[REVENUE[industry]]
    assert (Kind.NUMBER, True) == (column.kind, column.required)


def test_what_each_industry_requires() -> None:
    """The columns marked with a star in the design."""
    assert ("customer_id", "tenure_months", "mrr") == columns.required(Industry.SAAS)
    assert ("customer_id", "tenure_months", "monthly_charges", "contract") == columns.required(Industry.TELECOM)


def test_every_kind_has_an_arrow_type() -> None:
    """Stages agree on the types of cells."""
    assert set(Kind) == set(columns.ARROW_TYPES)
    assert pa.float64() == columns.by_name(Industry.SAAS)["mrr"].arrow_type


def test_names_keep_their_order() -> None:
    """Canonical tables have their columns in this order."""
    assert [column.name for column in COLUMNS[Industry.SAAS]] == list(columns.by_name(Industry.SAAS))
