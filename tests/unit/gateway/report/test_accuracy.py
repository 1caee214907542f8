"""What is expected from probabilities alone."""

import itertools
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sklearn.metrics import roc_auc_score

from services.gateway.report.accuracy import Outlook, estimated


def outlook(folder: Path, probabilities: list[float]) -> Outlook:
    """Of results with these probabilities."""
    pq.write_table(
        pa.table({"churn_probability": probabilities, "customer_id": ["c"] * len(probabilities)}), folder / "r"
    )
    return estimated(folder / "r")


def test_sure_calls_are_expected_right(tmp_path: Path) -> None:
    """A call is right as often as the greater of p and 1-p says; the sum of p leave."""
    told = outlook(tmp_path, [0.9, 0.1, 0.2, 0.6])
    assert pytest.approx((0.9 + 0.9 + 0.8 + 0.6) / 4) == told.right_share
    assert pytest.approx(1.8) == told.leavers


def test_the_riskiest_tenth_holds_its_share_of_leavers(tmp_path: Path) -> None:
    """One customer of ten, wherever the row stands."""
    assert pytest.approx(0.9 / 1.8) == outlook(tmp_path, [0.1] * 4 + [0.9] + [0.1] * 5).top_tenth_share


def test_where_nobody_leaves_there_is_no_share(tmp_path: Path) -> None:
    """Nothing is divided by zero."""
    assert Outlook(1.0, 0.0, None, None, 0.0) == outlook(tmp_path, [0.0, 0.0])


def test_the_expected_auc_is_that_of_all_pairs(tmp_path: Path) -> None:
    """Every ordered pair weighted by p of the one and 1-p of the other, ties halved, nobody beside himself."""
    chances = [0.9, 0.2, 0.2, 0.6, 0.35]
    pairs = [(p * (1 - q), 1.0 if p > q else 0.5 if p == q else 0.0) for p, q in itertools.permutations(chances, 2)]
    expected = sum(weight * right for weight, right in pairs) / sum(weight for weight, _ in pairs)
    assert pytest.approx(expected, abs=1e-12) == outlook(tmp_path, chances).auc


def test_what_is_expected_comes_true_where_the_probabilities_hold(tmp_path: Path) -> None:
    """Labels drawn from the probabilities themselves: AUC and Brier score come out as estimated."""
    rng = np.random.default_rng(3)
    chances = rng.beta(1, 4, 20_000)
    labels = rng.random(20_000) < chances
    told = outlook(tmp_path, chances.tolist())
    assert pytest.approx(roc_auc_score(labels, chances), abs=0.01) == told.auc
    assert pytest.approx(((chances - labels) ** 2).mean(), abs=0.005) == told.brier
