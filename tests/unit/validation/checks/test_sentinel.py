"""The leak sentinel: columns too good to be true, and labels that nothing tells."""

import numpy as np
import pyarrow as pa
import pytest

from libs.tables.columns import SAAS, Industry
from services.validation.checks.sentinel import Sentinel
from services.validation.domain import Operation, Severity

ROWS = 600
LEFT = [n % 4 == 0 for n in range(ROWS)]


def noise(seed: int) -> np.ndarray:
    """Numbers that know nothing of the label."""
    return np.random.default_rng(seed).normal(size=ROWS)


def leaks(outcome) -> set[str]:
    """Columns that are said to leak."""
    return {id.removeprefix("readiness.leak.") for id in outcome.ids if id.startswith("readiness.leak.")}


@pytest.mark.parametrize(
    "cells",
    [
        [f"{x + 4 * left:.3f}" for x, left in zip(noise(1), LEFT, strict=True)],
        [f"{x - 4 * left:.3f} %" for x, left in zip(noise(1), LEFT, strict=True)],
        [f"${1000 + x + 4 * left:.2f}" for x, left in zip(noise(1), LEFT, strict=True)],
        ["gone" if left else "here" for left in LEFT],
        ["n/a" if left else f"text {n}" for n, left in enumerate(LEFT)],
        [f"remark {n}" if left else "" for n, left in enumerate(LEFT)],
        [f"remark {n}" if left and n % 3 == 0 else None for n, left in enumerate(LEFT)],
    ],
    ids=["number", "percent", "currency", "category", "blank for who left", "filled for who left", "filled for some"],
)
def test_extra_column_that_knows_the_label_is_named(saas, cells):
    """Numbers, words and gaps of an unknown column are seen through, and dropping it is offered."""
    outcome = saas(ROWS, churned=LEFT, **{"extra.Column 7": cells})
    assert {"extra.Column 7"} == leaks(outcome)
    found = outcome["readiness.leak.extra.Column 7"]
    assert (Severity.WARNING, 0.0, ROWS) == (found.severity, found.cost, found.count)
    assert (Operation.DROP_COLUMN, "extra.Column 7") == (found.repair.operation, found.repair.column)
    assert "excluded from training" in found.message and "AUC" in found.message


def test_honest_columns_are_not_named(saas):
    """A column that tells a lot, one of names, one that is blank for a few and one of noise raise no alarm."""
    outcome = saas(
        ROWS,
        churned=LEFT,
        nps_score=[8 * x - 8 * left for x, left in zip(noise(2), LEFT, strict=True)],
        **{
            "extra.Name": [f"n{n}" for n in range(ROWS)],
            "extra.Note": ["called" if n < 8 else None for n in range(ROWS)],
            "extra.Noise": [f"{x}" for x in noise(3)],
        },
    )
    assert set() == leaks(outcome)
    assert "nps_score" in outcome["readiness.signal"].message


def test_few_customers_of_one_side_prove_nothing(saas):
    """With 19 customers who left no figure is given."""
    left = [n < 19 for n in range(ROWS)]
    outcome = saas(ROWS, churned=left, **{"extra.Twin": [str(int(x)) for x in left]})
    assert set() == leaks(outcome)
    assert "readiness.signal" not in outcome.ids


def test_names_that_give_themselves_away_are_noted(saas):
    """Another model's score and a reason for leaving are noted, with their figures, and are not called leaks twice."""
    outcome = saas(
        ROWS,
        churned=LEFT,
        **{
            "extra.Churn Score": [f"{50 + 10 * x + 40 * left:.0f}" for x, left in zip(noise(4), LEFT, strict=True)],
            "extra.Churn Reason": ["price" if left else "" for left in LEFT],
        },
    )
    assert ("churned", "extra.Churn Reason") == outcome["readiness.leak"].columns
    assert "extra.Churn Reason (AUC 1.00 alone)" in outcome["readiness.leak"].message
    assert ("extra.Churn Score",) == outcome["readiness.other_score"].columns
    assert "AUC 1.00 alone" in outcome["readiness.other_score"].message
    assert set() == leaks(outcome)


def test_names_are_noted_without_a_label(saas):
    """A score beside customers who have not left is another model's all the same."""
    outcome = saas(60, **{"extra.churn_probability": ["0.5"] * 60})
    assert ("extra.churn_probability",) == outcome["readiness.other_score"].columns
    assert 0.0 == outcome["readiness.other_score"].cost
    assert "readiness.signal" not in outcome.ids


def test_noise_is_called_noise(table, run):
    """A label thrown like dice is said to look like chance, in nearly every throw."""
    called = 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        outcome = run(
            table(
                Industry.SAAS,
                400,
                churned=(rng.random(400) < 0.3).tolist(),
                nps_score=rng.normal(size=400).tolist(),
                plan_type=rng.choice(["a", "b", "c"], 400).tolist(),
                **{"extra.City": rng.choice([f"c{n}" for n in range(60)], 400).tolist()},
            )
        )
        called += not outcome["readiness.signal"].passed
    assert 24 <= called


def test_rows_without_a_label_say_nothing(saas):
    """Only customers whose label is known are counted."""
    label = [None if n % 2 else n % 4 == 0 for n in range(ROWS)]
    cells = ["x" if n % 4 == 0 else "y" for n in range(ROWS)]
    outcome = saas(ROWS, churned=label, **{"extra.Twin": cells})
    assert "300" in outcome["readiness.trainable"].message
    assert {"extra.Twin"} == leaks(outcome)


def test_merged_passes_equal_one_pass(table):
    """Two passes over halves of a table, merged, find what one pass finds."""
    rng = np.random.default_rng(11)
    given = table(
        Industry.SAAS,
        ROWS,
        churned=LEFT,
        nps_score=rng.normal(size=ROWS).tolist(),
        plan_type=rng.choice(["a", "b", "c", None], ROWS).tolist(),
        **{
            "extra.Mixed": [str(n) if n < 400 else "word" for n in range(ROWS)],
            "extra.Id": [f"id{n}" for n in range(ROWS)],
            "extra.Twin": [str(int(left)) for left in LEFT],
        },
    )
    rows = given.drop_columns(["unconverted"]).combine_chunks().to_batches()[0]
    columns = tuple(column for column in SAAS if column.name in given.column_names)

    def watched(*parts: pa.RecordBatch) -> Sentinel:
        sentinel = Sentinel(columns, rows.schema)
        for part in parts:
            sentinel.observe(part)
        return sentinel

    one = watched(rows)
    merged = watched(rows.slice(450), rows.slice(200, 250))
    merged.merge(watched(rows.slice(0, 200)))
    assert one.findings() == merged.findings()
    assert any(finding.id == "readiness.leak.extra.Twin" for finding in one.findings())
