"""A plan turns batches of text into canonical batches, one for one."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from libs.tables.columns import Industry
from services.mapping.application import Application
from services.mapping.domain import ApplyReport, ColumnMapping, ConversionFailure, Plan, PlanMismatch

COLUMNS = {
    "Note": ["  hi ", "", "NA"],
    "MRR": ["$1,200.50", "12,50", ""],
    "ID": ["a", "b", "c"],
    "Seats": ["3", "x", "y"],
}


def plan(**canonical):
    """A plan of COLUMNS' headers in their order; unnamed ones are extras."""
    return Plan(Industry.SAAS, date(2026, 5, 31), tuple(ColumnMapping(name, canonical.get(name)) for name in COLUMNS))


PLAN = plan(MRR="mrr", ID="customer_id", Seats="seats_used")


def test_the_canonical_table(as_batch):
    """Row numbers first, canonical columns in their order, failures by row, then the other columns untouched."""
    batch = as_batch(COLUMNS)
    application = Application(PLAN, batch.schema)
    (result,) = application.converted([batch])
    assert application.schema == result.schema
    assert {
        "source_row": [1, 2, 3],
        "customer_id": ["a", "b", "c"],
        "mrr": [1200.5, None, None],
        "seats_used": [3.0, None, None],
        "unconverted": [[], ["mrr", "seats_used"], ["seats_used"]],
        "extra.Note": ["  hi ", "", "NA"],
    } == result.to_pydict()
    assert ["source_row", "customer_id", "mrr", "seats_used", "unconverted", "extra.Note"] == result.schema.names
    failures = (ConversionFailure("mrr", 1, "number"), ConversionFailure("seats_used", 2, "number"))
    assert ApplyReport(3, failures) == application.report()


def test_types_of_the_canonical_table(as_batch):
    """Every column has its canonical Arrow type, whatever the batch holds."""
    schema = Application(PLAN, as_batch(COLUMNS).schema).schema
    assert [pa.int64(), pa.string(), pa.float64(), pa.float64(), pa.list_(pa.string()), pa.string()] == schema.types


def test_empty_batches_and_tables(as_batch):
    """No rows are no trouble."""
    batch = as_batch(COLUMNS)
    application = Application(PLAN, batch.schema)
    assert [0] == [result.num_rows for result in application.converted([batch.slice(0, 0)])]
    assert ApplyReport(0, ()) == application.report()


def test_typed_columns_are_read_as_their_text():
    """An internal team's table may hold numbers and flags already."""
    batch = pa.record_batch({"Note": [True], "MRR": [12.5], "ID": [7], "Seats": [None], "source_row": [1]})
    batch = batch.set_column(3, "Seats", pa.array([None], pa.int32()))
    (result,) = Application(PLAN, batch.schema).converted([batch])
    row = result.to_pylist()[0]
    assert ("7", 12.5, None, "true") == (row["customer_id"], row["mrr"], row["seats_used"], row["extra.Note"])


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    rows=st.lists(st.tuples(*[st.sampled_from(["", "1", "$2,000.00", "x", "2024-01-01", "yes"])] * 4), min_size=1),
    cut=st.integers(min_value=0, max_value=30),
)
def test_other_batch_sizes_give_the_same_rows(as_batch, rows, cut):
    """Where the table is cut changes no row and no count."""
    batch = as_batch(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
    whole, cut_up = Application(PLAN, batch.schema), Application(PLAN, batch.schema)
    cut = min(cut, batch.num_rows)
    expected = pa.Table.from_batches(whole.converted([batch]))
    actual = pa.Table.from_batches(cut_up.converted([batch.slice(0, cut), batch.slice(cut)]))
    assert expected.equals(actual)
    assert whole.report() == cut_up.report()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (plan(MRR="revenue"), "the plan maps to 'revenue', which is no canonical column of saas"),
        (plan(MRR="mrr", Seats="mrr"), "the plan maps two columns to 'mrr'"),
        (
            Plan(Industry.SAAS, date(2026, 5, 31), PLAN.mappings[1:]),
            "the table has a column 'Note' that the plan has not",
        ),
        (
            Plan(Industry.SAAS, date(2026, 5, 31), (*PLAN.mappings, ColumnMapping("Gone"))),
            "the plan has a column 'Gone' that the table has not",
        ),
        (Plan(Industry.SAAS, date(2026, 5, 31), (*PLAN.mappings, ColumnMapping("ID"))), "a column name stands twice"),
    ],
)
def test_plans_that_do_not_fit_are_refused(as_batch, changed, message):
    """A plan is for one table, and the refusal names the column."""
    with pytest.raises(PlanMismatch, match=message):
        Application(changed, as_batch(COLUMNS).schema)


def test_tables_that_do_not_fit_are_refused(as_batch):
    """Row numbers are needed, nested columns cannot be read, and batches keep to their schema."""
    batch = as_batch(COLUMNS)
    with pytest.raises(PlanMismatch, match="the table has no column 'source_row'"):
        Application(PLAN, batch.drop_columns("source_row").schema)
    with pytest.raises(PlanMismatch, match="'source_row' holds string"):
        Application(PLAN, pa.schema([*list(batch.schema)[:-1], ("source_row", pa.string())]))
    nested = pa.schema([("Note", pa.list_(pa.string())), *list(batch.schema)[1:]])
    with pytest.raises(PlanMismatch, match="column 'Note' holds list"):
        Application(PLAN, nested)
    with pytest.raises(PlanMismatch, match="a batch has other columns"):
        list(Application(PLAN, batch.schema).converted([batch.drop_columns("Note")]))
