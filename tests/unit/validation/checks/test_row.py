"""Cases and findings of single rows."""

import numpy as np
import pyarrow as pa

from services.validation.checks.row import Block, Cases, RowCheck, holds, missing
from services.validation.domain import Effect, Layer, Severity

CHECK = RowCheck(
    id="range.mrr",
    layer=Layer.RANGES,
    columns=("mrr",),
    failing=lambda block: block.none(),
    fault="mrr is below 0",
    advice="Correct mrr.",
    effect=Effect.SET_ASIDE,
    severity=Severity.ERROR,
)


def test_cases_keep_the_first_ten_rows_in_order():
    """However many rows fail, ten are shown, and merging keeps the first."""
    rows = pa.array(range(101, 121), pa.int64())
    found = Cases.of(np.arange(20) % 2 == 0, rows) + Cases.of(np.ones(20, dtype=np.bool_), rows)
    assert 30 == found.count
    assert (101, 103, 105, 107, 109, 111, 113, 115, 117, 119) == found.rows


def test_finding_of_failed_check_says_count_effect_and_advice():
    """A failed check tells how many rows of how many, what became of them, and what to do."""
    found = CHECK.finding(Cases(1234, (7,)), 10_000)
    assert "mrr is below 0: in 1,234 of 10,000 rows, set aside." == found.message
    assert ("Correct mrr.", 0.1234, 0.1234, (7,)) == (found.advice, found.share, found.cost, found.rows)


def test_finding_of_passed_check_costs_and_asks_nothing():
    """A passed check says so, and has no advice; a table without rows passes."""
    found = CHECK.finding(Cases(), 0)
    assert (True, "", 0.0, "mrr is below 0: in none of 0 rows.") == (
        found.passed,
        found.advice,
        found.cost,
        found.message,
    )


def test_missing_cells_hold_nothing():
    """A null neither holds a value nor stays unnoticed."""
    cells = pa.array(["yes", None, "no"])
    assert [True, False, False] == holds(cells, "yes").tolist()
    assert [False, True, False] == missing(cells).tolist()


def test_numbers_of_a_block_are_nan_where_missing():
    """Missing numbers compare as false with everything."""
    numbers = Block(pa.record_batch({"mrr": pa.array([1.0, None])})).numbers("mrr")
    assert [True, False] == (numbers >= 0).tolist()
