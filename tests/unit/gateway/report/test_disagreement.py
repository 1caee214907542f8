"""How far two versions disagree: figures worked out by hand."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy.stats import spearmanr

from services.gateway.report.disagreement import Disagreement, Misaligned, Scores, disagreement


def level(probability: float) -> str:
    """By the usual thresholds."""
    return "high" if probability > 0.7 else "medium" if probability > 0.4 else "low"


def results_of(probabilities: list[float], revenue: list[float | None] | None = None) -> pa.RecordBatch:
    """Results of customers with these probabilities and monthly revenues."""
    return pa.RecordBatch.from_pydict(
        {
            "churn_probability": pa.array(probabilities, pa.float64()),
            "risk_level": pa.array([level(each) for each in probabilities], pa.string()),
            "monthly_revenue": pa.array(revenue or [None] * len(probabilities), pa.float64()),
        }
    )


def compared(
    folder: Path, ours: list[float], theirs: list[float], revenue: list[float | None] | None = None, slices: int = 1
) -> Disagreement:
    """The disagreement on customers of whom the versions say this. slices: batches that the shadow comes in."""
    with pq.ParquetWriter(folder / "results.parquet", (batch := results_of(ours, revenue)).schema) as writer:
        writer.write_batch(batch)
    scores, shadow = Scores(len(ours)), results_of(theirs)
    step = -(-len(theirs) // slices)
    for start in range(0, len(theirs), step):
        scores.add(shadow.slice(start, step))
    return disagreement(folder / "results.parquet", scores)


def test_the_figures_are_those_worked_out_by_hand(tmp_path: Path) -> None:
    """Ten customers: one of them is the top tenth of each, and the two versions name different ones."""
    ours = [0.90, 0.80, 0.60, 0.50, 0.30, 0.20, 0.10, 0.10, 0.05, 0.01]
    theirs = [0.80, 0.90, 0.30, 0.75, 0.50, 0.20, 0.10, 0.05, 0.05, 0.01]
    revenue = [100.0, 100.0, None, 10.0, None, 10.0, 0.0, 20.0, None, None]
    found = compared(tmp_path, ours, theirs, revenue, slices=3)
    # |differences|: .1 .1 .3 .25 .2 0 0 .05 0 0
    assert 0.1 == pytest.approx(found.mean_absolute_difference)
    # high: two stay; medium: one falls to low, one rises to high; low: one rises to medium, five stay.
    assert ((2, 0, 0), (1, 0, 1), (0, 1, 5)) == found.levels
    assert (10, 0.0) == (found.rows, found.top_tenth_shared)
    # ranks of ours: 10 9 8 7 6 5 3.5 3.5 2 1, of theirs: 9 10 6 8 7 5 4 2.5 2.5 1; the mean is 5.5 in both.
    # their squares sum to 82.5 about it, 0.5 less for each tie of two; the products to 379.75 - 10 x 5.5 x 5.5 = 77.25
    assert 77.25 / 82 == pytest.approx(found.rank_correlation)
    # 90 + 80 + 5 + 2 + 0 + 2 = 179 and 80 + 90 + 7.5 + 2 + 0 + 1 = 180.5
    assert (179.0, 180.5) == pytest.approx((found.revenue_at_risk, found.shadow_revenue_at_risk))


def test_versions_that_agree_disagree_in_nothing(tmp_path: Path) -> None:
    """No difference, the same order, levels and top tenth; and to the last bit the same revenue at risk."""
    random = np.random.default_rng(20260531)
    same, revenue = random.random(1000).tolist(), (random.random(1000) * 90).tolist()
    found = compared(tmp_path, same, same, revenue, slices=7)
    assert (0.0, 1.0, 1.0) == (found.mean_absolute_difference, found.rank_correlation, found.top_tenth_shared)
    assert 1000 == sum(found.levels[k][k] for k in range(3))
    assert found.revenue_at_risk == found.shadow_revenue_at_risk


def test_the_opposite_order_is_minus_one(tmp_path: Path) -> None:
    """Whatever the probabilities themselves are; and nobody is in both top tenths."""
    found = compared(tmp_path, [k / 100 for k in range(20)], [0.5 - (k / 100) ** 2 for k in range(20)])
    assert (-1.0, 0.0) == (pytest.approx(found.rank_correlation), found.top_tenth_shared)


def test_the_order_is_spearmans(tmp_path: Path) -> None:
    """As scipy has it, ties and all."""
    random = np.random.default_rng(7)
    ours, theirs = (random.random((2, 400)) * 30).round() / 30
    theirs = np.where(random.random(400) < 0.5, ours, theirs)
    found = compared(tmp_path, ours.tolist(), theirs.tolist())
    assert spearmanr(ours, theirs).statistic == pytest.approx(found.rank_correlation)


def test_the_order_of_versions_that_say_the_same_of_everybody_is_unknown(tmp_path: Path) -> None:
    """As is the revenue at risk where no revenue is known."""
    found = compared(tmp_path, [0.2, 0.2, 0.2], [0.1, 0.2, 0.3])
    assert (None, None, None) == (found.rank_correlation, found.revenue_at_risk, found.shadow_revenue_at_risk)


def test_one_customer_is_the_top_tenth(tmp_path: Path) -> None:
    """A file of one can be compared too."""
    found = compared(tmp_path, [0.3], [0.6], [50.0])
    assert (1.0, None) == (found.top_tenth_shared, found.rank_correlation)
    assert (15.0, 30.0) == pytest.approx((found.revenue_at_risk, found.shadow_revenue_at_risk))


@pytest.mark.parametrize("theirs", [[0.1], [0.1, 0.2, 0.3]])
def test_other_customers_are_not_compared(tmp_path: Path, theirs: list[float]) -> None:
    """One more or one less, and figures row by row would mean nothing."""
    with pytest.raises(Misaligned):
        compared(tmp_path, [0.1, 0.2], theirs)


def test_a_level_that_is_none_is_refused() -> None:
    """Rather than counted as something."""
    with pytest.raises(Misaligned):
        Scores(1).add(pa.RecordBatch.from_pydict({"churn_probability": [0.5], "risk_level": ["dire"]}))
