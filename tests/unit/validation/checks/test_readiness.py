"""Layer 5: rows, identity, gaps and columns that tell nothing."""

import numpy as np
import pyarrow as pa
import pytest

from libs.tables.columns import Industry
from services.validation.checks.readiness import Repeats
from services.validation.domain import Severity


@pytest.mark.parametrize(
    ("row_count", "severity", "passed", "cost"),
    [
        (0, Severity.FATAL, False, 1.0),
        (1, Severity.WARNING, False, 0.2),
        (9, Severity.WARNING, False, 0.2),
        (10, Severity.INFO, False, 0.02),
        (49, Severity.INFO, False, 0.02),
        (50, Severity.INFO, True, 0.0),
    ],
)
def test_row_count_is_judged(saas, row_count, severity, passed, cost):
    """No row is fatal, fewer than 10 a warning, fewer than 50 a note."""
    found = saas(row_count)["readiness.rows"]
    assert (severity, passed, cost) == (found.severity, found.passed, found.cost)


def test_everything_set_aside_is_fatal_and_names_the_cause(saas):
    """When no row is left the finding says what most rows have wrong, and what would mend it."""
    outcome = saas(60, mrr=[-1.0] * 60, tenure_months=[-1.0] + [1.0] * 59)
    found = outcome["readiness.rows"]
    assert (Severity.FATAL, 60, 0.0) == (found.severity, found.count, outcome.findings.score)
    assert "because mrr is outside" in found.message
    assert found.advice


@pytest.mark.parametrize("blank", [None, ""])
def test_row_without_customer_id_is_set_aside(saas, blank):
    """Whoever cannot be named cannot be predicted; every such row is set aside, adjacent ones too."""
    ids = [blank, blank, *(f"c{n}" for n in range(58))]
    outcome = saas(60, customer_id=ids)
    assert {1: "customer_id is missing", 2: "customer_id is missing"} == outcome.reasons
    assert outcome["readiness.duplicates"].passed


def test_absurdly_long_customer_id_is_set_aside(saas):
    """Text that ran into the column is no id, and its finding does not repeat it."""
    ids = ["x" * 1_001 if row == 3 else "y" * 1_000 if row == 4 else f"c{row}" for row in range(60)]
    outcome = saas(60, customer_id=ids)
    assert {4: "customer_id is longer than 1,000 characters"} == outcome.reasons
    found = outcome["readiness.customer_id_length"]
    assert (1, Severity.ERROR, False) == (found.count, found.severity, "xxx" in found.message)


def test_one_row_is_said_in_the_singular(saas):
    """A table of one row is not told of in the plural."""
    outcome = saas(1, customer_id=[""])
    assert "customer_id is missing: in 1 of 1 row, set aside." == outcome["readiness.customer_id"].message


@pytest.mark.parametrize("sizes", [[], [1], [2], [3], [1, 1, 1], [4, 1]])
def test_duplicates_keep_the_first_row_across_batches(table, run, sizes):
    """Of adjacent rows of one customer the first stays, wherever the batches are cut."""
    outcome = run(table(Industry.SAAS, 6, customer_id=["a", "b", "b", "b", "c", "c"]), sizes=sizes)
    assert ["a", "b", "c"] == outcome.clean["customer_id"].to_pylist()
    assert {3: "duplicate customer", 4: "duplicate customer", 6: "duplicate customer"} == outcome.reasons


@pytest.mark.parametrize("sizes", [[], [1], [2]])
def test_first_sound_row_of_a_customer_stays(table, run, sizes):
    """A customer whose first row is set aside for another reason keeps the next sound one."""
    outcome = run(table(Industry.SAAS, 3, customer_id=["a", "a", "a"], mrr=[-1.0, 5.0, 6.0]), sizes=sizes)
    assert [2] == outcome.clean["source_row"].to_pylist()
    assert "duplicate customer" == outcome.reasons[3]


def test_repeats_of_no_rows_remembers():
    """An empty batch between two rows of one customer changes nothing."""
    repeats = Repeats()
    assert [False] == repeats.among(pa.array(["a"])).tolist()
    assert [] == repeats.among(pa.array([], pa.string())).tolist()
    assert [True, False] == repeats.among(pa.array(["a", "b"])).tolist()


@pytest.mark.parametrize("name", ["tenure_months", "mrr"])
def test_row_that_lacks_a_required_number_stays(saas, name):
    """A blank tenure or price is a warning; the row can still be scored."""
    outcome = saas(60, **{name: [None] + [3.0] * 59})
    found = outcome[f"readiness.missing.{name}"]
    assert (Severity.WARNING, 1, (1,)) == (found.severity, found.count, found.rows)
    assert 60 == outcome.clean.num_rows


@pytest.mark.parametrize(("blanks", "severity"), [(1, Severity.INFO), (30, Severity.INFO), (31, Severity.WARNING)])
def test_missingness_beyond_half_is_a_warning(saas, blanks, severity):
    """A column is noted for its gaps, and warned of beyond half; the cost grows with the share alone."""
    found = saas(60, nps_score=[None] * blanks + [1.0] * (60 - blanks))["readiness.missing.nps_score"]
    assert (severity, blanks) == (found.severity, found.count)
    assert 0.02 * blanks / 60 == pytest.approx(found.cost, abs=1e-6)


def test_empty_optional_columns_are_told_together(saas):
    """Columns without a cell are one finding, and cost as much as absent ones."""
    outcome = saas(60, nps_score=[None] * 60, plan_type=[None] * 60)
    found = outcome["readiness.empty"]
    assert ({"nps_score", "plan_type"}, 0.04) == (set(found.columns), found.cost)
    assert "readiness.missing.nps_score" not in outcome.ids


def test_constant_columns_are_noted(table, run):
    """A feature that never differs is named, over batches too; a label or a date is not."""
    given = table(
        Industry.SAAS, 60, country=["de"] * 60, nps_score=[None] + [7.0] * 59, plan_type=["a"] * 30 + ["b"] * 30
    )
    assert ("country", "nps_score") == tuple(sorted(run(given, sizes=[30])["readiness.constant"].columns))


def test_one_row_is_not_constant(saas):
    """A single row proves nothing."""
    assert saas(1)["readiness.constant"].passed


def test_correlated_numbers_are_named(table, run):
    """Two columns that say the same are named, though they lie millions away from zero and have gaps."""
    noise = np.random.default_rng(7).normal(size=200)
    given = table(
        Industry.SAAS,
        200,
        total_revenue=(1e9 + noise).tolist(),
        api_calls_per_month=[None if n % 5 == 0 else 1e9 - 2 * x for n, x in enumerate(noise)],
        nps_score=np.random.default_rng(8).uniform(-100, 100, 200).tolist(),
    )
    found = run(given, sizes=[7, 64, 1])["readiness.correlated"]
    assert ("total_revenue", "api_calls_per_month") == found.columns
    assert "r = -1.00" in found.message
    assert 0.0 == found.cost


def test_few_rows_correlate_by_chance(saas):
    """Below 30 rows a correlation is not told."""
    assert saas(20, total_revenue=[float(n) for n in range(20)], nps_score=[float(n) for n in range(20)])[
        "readiness.correlated"
    ].passed


@pytest.mark.parametrize(
    ("left", "severity", "passed"),
    [(0, Severity.WARNING, False), (1, Severity.INFO, False), (2, Severity.INFO, True), (100, Severity.WARNING, False)],
)
def test_classes_of_the_label(saas, left, severity, passed):
    """A label with one side is warned of, a rare one noted; neither costs the predictions anything."""
    found = saas(100, churned=[n < left for n in range(100)])["readiness.classes"]
    assert (severity, passed, 0.0) == (found.severity, found.passed, found.cost)


@pytest.mark.parametrize(
    ("row_count", "left", "passed"), [(200, 50, True), (199, 60, False), (300, 49, False), (300, 251, False)]
)
def test_labels_enough_to_train_on(saas, row_count, left, passed):
    """200 labelled customers and 50 of each side are enough for a model of one's own; fewer cost nothing."""
    found = saas(row_count, churned=[n < left for n in range(row_count)])["readiness.trainable"]
    assert (passed, Severity.INFO, 0.0) == (found.passed, found.severity, found.cost)


def test_no_label_no_classes(saas):
    """Without a label, or with a blank one, there is nothing to balance."""
    assert "readiness.classes" not in saas(60).ids
    assert "readiness.classes" not in saas(60, churned=[None] * 60).ids


def test_columns_that_tell_the_outcome_are_noted(saas):
    """Status, cancellation date and label are known only afterwards, and the report says so."""
    outcome = saas(60, churned=[True, False] * 30, status=["live"] * 60)
    assert ("churned", "status") == outcome["readiness.leak"].columns
    assert "readiness.leak" not in saas(60).ids
