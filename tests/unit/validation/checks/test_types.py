"""Layer 2: cells that could not be converted."""

from services.validation.domain import Effect, Severity


def test_required_cell_sets_the_row_aside(saas):
    """A required cell that could not be read sets its row aside, with the column as reason."""
    outcome = saas(60, {3: ["mrr"], 5: ["tenure_months", "mrr"]})
    assert {
        3: "mrr could not be read as a number",
        5: "tenure_months could not be read as a number; mrr could not be read as a number",
    } == outcome.reasons
    found = outcome["type.mrr"]
    assert (2, (3, 5), Severity.ERROR) == (found.count, found.rows, found.severity)
    assert 58 == outcome.clean.num_rows


def test_optional_cell_is_a_finding(saas):
    """An optional cell that could not be read stays missing, and its row stays."""
    outcome = saas(60, {2: ["nps_score"]}, nps_score=[None if n == 1 else n for n in range(60)])
    found = outcome["type.nps_score"]
    assert (False, 1, (2,), Severity.WARNING) == (found.passed, found.count, found.rows, found.severity)
    assert Effect.BLANKED in found.message
    assert 60 == outcome.clean.num_rows


def test_names_that_are_no_columns_are_passed_over(saas):
    """A name in `unconverted` that is no canonical column of the table concerns no check."""
    outcome = saas(60, {1: ["extra.Note", "total_charges"]})
    assert 60 == outcome.clean.num_rows


def test_null_lists_and_slices_point_at_the_right_rows(table, run):
    """Rows are found through null and empty lists, and in a table cut in two."""
    given = table("saas", 60, {40: ["mrr"], 41: []})
    assert {40: "mrr could not be read as a number"} == run(given, sizes=[35]).reasons


def test_free_text_has_no_type_check(saas):
    """Text is always text."""
    assert "type.customer_id" not in saas(60).ids
