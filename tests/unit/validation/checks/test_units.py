"""Columns whose numbers look as if they were kept in another unit."""

import numpy as np
import pytest

from libs.tables.columns import TELECOM, Industry
from services.validation.checks.units import Units
from services.validation.domain import Operation, Severity

ROWS = 100
TENURE = np.arange(1.0, ROWS + 1)
PRICE = 50.0 + np.arange(ROWS) % 9
TOTAL = PRICE * TENURE


@pytest.mark.parametrize(
    ("odd", "cells", "column", "divisor"),
    [
        ("mrr looks as if it is in cents", {"mrr": PRICE * 100}, "mrr", 100),
        ("total_revenue looks as if it is in cents", {"total_revenue": TOTAL * 100}, "total_revenue", 100),
        ("mrr looks as if it is a year's pay", {"mrr": PRICE * 12}, "mrr", 12),
        ("tenure_months looks as if it counts days", {"tenure_months": TENURE * 6}, "tenure_months", 30.4375),
        ("tenure_months looks as if it counts years", {"tenure_months": TENURE / 12}, "tenure_months", 1 / 12),
    ],
)
def test_unit_is_named_and_a_division_offered(saas, odd, cells, column, divisor):
    """Where most rows agree on a factor, the unit behind it is named, and dividing by it is offered."""
    total = TOTAL * 6 / 30.4375 if "days" in odd else TOTAL
    given = {"mrr": PRICE, "tenure_months": TENURE, "total_revenue": total} | cells
    found = saas(ROWS, **{name: values.tolist() for name, values in given.items()})["rule.unit"]
    assert odd in found.message
    assert (Severity.WARNING, ROWS, 0.0) == (found.severity, found.count, found.cost)
    assert (Operation.DIVIDE, column) == (found.repair.operation, found.repair.column)
    assert divisor == pytest.approx(float(found.repair.parameters["divisor"]))


def test_agreeing_columns_pass(saas):
    """Totals near price × tenure, and a few that are not, are no matter of units."""
    total = TOTAL.copy()
    total[:30] /= 100
    found = saas(ROWS, mrr=PRICE.tolist(), tenure_months=TENURE.tolist(), total_revenue=total.tolist())["rule.unit"]
    assert found.passed and found.repair is None


@pytest.mark.parametrize(
    ("column", "odd", "sound"),
    [("discount_percent", 0.2, 20.0), ("feature_usage_score", 0.9, 90.0), ("nps_score", 9.0, 30.0)],
)
def test_scale_of_a_column_is_doubted(saas, column, odd, sound):
    """Discounts and scores below 1, and answers from 0 to 10, are noted and cost nothing; one cell beyond ends it."""
    found = saas(60, **{column: [0.0] + [odd] * 59})[f"rule.scale.{column}"]
    assert (False, Severity.INFO, 0.0, 60) == (found.passed, found.severity, found.cost, found.count)
    assert saas(60, **{column: [sound] + [odd] * 59})[f"rule.scale.{column}"].passed
    assert saas(60, **{column: [0.0] * 60})[f"rule.scale.{column}"].passed


def test_merged_passes_equal_one_pass(table):
    """Two passes over halves of a table, merged, count what one pass counts."""
    given = table(
        Industry.TELECOM,
        ROWS,
        monthly_charges=(PRICE * 100).tolist(),
        tenure_months=TENURE.tolist(),
        total_charges=TOTAL.tolist(),
    )
    rows = given.combine_chunks().to_batches()[0]
    one, first, second = (Units(TELECOM, Industry.TELECOM) for _ in range(3))
    one.observe(rows)
    first.observe(rows.slice(70))
    second.observe(rows.slice(0, 70))
    first.merge(second)
    assert one.findings({}, ROWS) == first.findings({}, ROWS)
    assert not one.findings({}, ROWS)[0].passed
