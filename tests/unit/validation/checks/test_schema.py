"""Layer 1: presence, types and the tables that are refused."""

import datetime

import pyarrow as pa
import pytest

from libs.tables.columns import Industry
from services.validation.checks import schema
from services.validation.domain import Options, Severity, UncheckableTable, UnfitBatch


def test_clean_schema_drops_unconverted_and_keeps_order_and_extras(table):
    """The clean schema is the incoming one without `unconverted`; the quarantined one ends with `reason`."""
    given = table(Industry.SAAS, 1, **{"extra.Note": ["x"]})
    shape = schema.shape(Options(Industry.SAAS, given.schema))
    names = ["source_row", "customer_id", "tenure_months", "mrr", "extra.Note"]
    assert names == shape.clean_schema.names
    assert [*names, "reason"] == shape.quarantined_schema.names


def test_missing_required_column_is_fatal(table, run):
    """A required column that nobody waived is missing: the file cannot be scored, and the finding says what to do."""
    outcome = run(table(Industry.SAAS, 60, mrr=None))
    found = outcome["schema.mrr"]
    assert (False, Severity.FATAL, 1.0, 60) == (found.passed, found.severity, found.cost, found.count)
    assert "mrr" in found.advice
    assert 0.0 == outcome.findings.score
    assert 60 == outcome.clean.num_rows


def test_waived_required_column_is_a_warning(table, run):
    """A column that a person said is not in the file costs a fifth of the score."""
    found = run(table(Industry.SAAS, 60, mrr=None), waived=["mrr"])["schema.mrr"]
    assert (False, Severity.WARNING, 0.2) == (found.passed, found.severity, found.cost)


def test_waived_column_that_is_there_is_checked(table, run):
    """A waiver of a column that is in the table after all changes nothing."""
    assert run(table(Industry.SAAS, 60), waived=["mrr"])["schema.mrr"].passed


def test_absent_optional_columns_cost_each_the_same(saas):
    """Every optional column that is absent takes 0.02 off the score, named in one finding."""
    found = saas(60, plan_type=["pro", "team"] * 30)["schema.optional"]
    assert 16 == len(found.columns)
    assert 0.32 == pytest.approx(found.cost)
    assert "plan_type" not in found.columns and "signup_date" not in found.columns


@pytest.mark.parametrize(
    ("name", "array", "wanted"),
    [
        ("mrr", pa.array([10, None], pa.int32()), [10.0, None]),
        ("mrr", pa.array([10.0, float("nan")]), [10.0, None]),
        ("mrr", pa.array([None, None]), [None, None]),
        ("customer_id", pa.array([7, 2**60 + 1], pa.int64()), ["7", str(2**60 + 1)]),
        ("plan_type", pa.array(["a", None]).dictionary_encode(), ["a", None]),
        ("mrr", pa.array([10, None]).dictionary_encode(), [10.0, None]),
        ("source_row", pa.array([4, 5], pa.uint8()), [4, 5]),
        ("plan_type", pa.array(["a", None], pa.large_string()), ["a", None]),
        ("signup_date", pa.array([datetime.datetime(2024, 5, 31, 23), None]), [datetime.date(2024, 5, 31), None]),
    ],
)
def test_types_that_mean_the_same_are_converted(saas, name, array, wanted):
    """An internal team's table may hold whole numbers, NaN, dictionaries or timestamps."""
    clean = saas(2, **{name: array}).clean
    assert wanted == clean[name].to_pylist()


def test_type_that_cannot_be_read_is_dropped_and_said(table, run):
    """Text where a number belongs: the column counts as missing, fatally so when it is required."""
    outcome = run(table(Industry.SAAS, 60, mrr=pa.array(["12"] * 60), nps_score=pa.array([True] * 60)))
    assert Severity.FATAL == outcome["schema.type.mrr"].severity
    assert Severity.WARNING == outcome["schema.type.nps_score"].severity
    assert 0.02 == outcome["schema.type.nps_score"].cost
    assert 60 == outcome.clean["mrr"].null_count == outcome.clean["nps_score"].null_count


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ([("source_row", pa.int64()), ("mrr", pa.float64())], "customer_id"),
        ([("customer_id", pa.string())], "source_row"),
        ([("source_row", pa.string()), ("customer_id", pa.string())], "source_row"),
        ([("source_row", pa.int64()), ("customer_id", pa.string()), ("reason", pa.string())], "reason"),
        ([("source_row", pa.int64()), ("customer_id", pa.string()), ("mrr", pa.float64())] * 2, "twice"),
        ([("source_row", pa.int64()), ("customer_id", pa.string()), ("unconverted", pa.string())], "list<string>"),
    ],
)
def test_uncheckable_tables_are_refused(fields, word):
    """A table without an id, without row numbers or with clashing names is refused, and the message names it."""
    with pytest.raises(UncheckableTable, match=word):
        schema.shape(Options(Industry.SAAS, pa.schema(fields)))


def test_batch_of_another_schema_is_refused(table):
    """One stream is one table."""
    shape = schema.shape(Options(Industry.SAAS, table(Industry.SAAS, 1).schema))
    with pytest.raises(UnfitBatch):
        shape.checked(table(Industry.TELECOM, 1).to_batches()[0])


def test_rows_without_a_number_are_refused(table, run):
    """A row set aside could not be found again without its number."""
    with pytest.raises(UnfitBatch, match="source_row"):
        run(table(Industry.SAAS, 2, source_row=pa.array([1, None], pa.int64())))


def test_table_without_unconverted_is_checked(table, run):
    """An internal team's table has no `unconverted`; nothing failed to convert there."""
    outcome = run(table(Industry.SAAS, 60).drop_columns(["unconverted"]))
    assert 60 == outcome.clean.num_rows
