"""Figures: of held-out rows alone, and what a missing feature costs them."""

import numpy as np
import pytest

from services.scoring.calibrate import Calibration, probability
from services.scoring.features import Encoding, Feature
from services.scoring.figures import HeldOut, calibrated, metrics, missing_costs, score_deciles

N = 4000
RNG = np.random.default_rng(2)
ODDS = RNG.normal(-1, 1.2, N)
LABELS = (RNG.random(N) < probability(ODDS)).astype(float)
FOLDS = np.arange(N) % 5
FEATURES = tuple(Feature(name, (name,), Encoding.NUMBER) for name in ("useful", "useless"))


def held_out(margins: np.ndarray = ODDS) -> HeldOut:
    """A round whose first feature says all and whose second nothing."""
    return HeldOut(margins, FOLDS, np.array([np.zeros(N), margins]))


def test_true_probabilities_have_the_figures_of_the_truth() -> None:
    """Ranking as good as it gets, and no more calibration error than chance gives."""
    found = metrics(LABELS, [held_out()], seed=1)
    assert found["auc"] > 0.75
    assert found["calibration_error"] < found["calibration_noise"] + 0.006
    assert (float(N), pytest.approx(LABELS.mean(), abs=1e-6)) == (found["rows"], found["base_rate"])


def test_no_row_is_calibrated_by_its_own_label() -> None:
    """Turning a fold's labels round leaves that fold's probabilities as they were."""
    turned = np.where(FOLDS == 3, 1 - LABELS, LABELS)
    here = FOLDS == 3
    assert np.array_equal(calibrated(LABELS, held_out())[here], calibrated(turned, held_out())[here])


def test_a_missing_feature_costs_what_it_is_worth() -> None:
    """Of rows that have it; one that says nothing costs nothing, and none is said to gain."""
    encoded = np.ones((N, 2), dtype=np.float32)
    encoded[::2, 0] = np.nan
    cost = missing_costs(FEATURES, encoded, LABELS, held_out())
    assert (pytest.approx(0.28, abs=0.06), 0.0) == (cost["useful"], cost["useless"])


def test_deciles_are_of_calibrated_scores() -> None:
    """A tenth of the customers lies between each two."""
    deciles = score_deciles(Calibration(2.0, 1.0), ODDS)
    counts = np.bincount(np.searchsorted(deciles, 2 * ODDS + 1), minlength=10)
    assert pytest.approx([N / 10] * 10, abs=2) == counts.tolist()
