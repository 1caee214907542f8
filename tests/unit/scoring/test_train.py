"""Fitting: the same bytes each time, honest figures, and refusals."""

from dataclasses import replace

import numpy as np
import pytest

from services.scoring.calibrate import NothingToCalibrate, probability
from services.scoring.features import Encoding, Feature
from services.scoring.train import Examples, NothingToLearn, Recipe, fit

FEATURES = tuple(
    Feature(name, (name,), Encoding.NUMBER, monotone=sign) for name, sign in (("a", 1), ("b", 0), ("c", -1))
)
RECIPE = Recipe(rounds=20, repeats=2, blank_share=0.3, blank_weight=0.2, required=("a",))


def examples(n: int = 1500, seed: int = 0) -> Examples:
    """Customers whose risk rises with a and falls with c; b is noise."""
    rng = np.random.default_rng(seed)
    encoded = rng.normal(size=(n, 3)).astype(np.float32)
    chance = probability(1.2 * encoded[:, 0] - 0.8 * encoded[:, 2] - 1)
    labels = (rng.random(n) < chance).astype(float)
    return Examples(encoded, labels, labels)


def test_the_same_data_give_the_same_bytes() -> None:
    """Twice in one process; models_dir and the reproducibility test do it across processes."""
    first, second = (fit(examples(), FEATURES, RECIPE) for _ in range(2))
    assert first.model_bytes == second.model_bytes
    assert (first.metrics, first.calibration) == (second.metrics, second.calibration)


def test_the_figures_are_held_out() -> None:
    """A model of noise has the AUC of noise, however well it remembers its rows; here it is refused or near 0.5."""
    data = examples()
    noise = replace(data, labels=np.random.default_rng(3).permutation(data.labels))
    try:
        auc = fit(replace(noise, targets=noise.labels), FEATURES, RECIPE).metrics["auc"]
    except NothingToCalibrate:
        auc = 0.5
    assert pytest.approx(0.5, abs=0.06) == auc


def test_the_figures_are_good_where_there_is_something_to_learn() -> None:
    """Ranking well above chance, calibration near its noise."""
    metrics = fit(examples(), FEATURES, RECIPE).metrics
    assert metrics["auc"] > 0.7
    assert metrics["calibration_error"] < metrics["calibration_noise"] + 0.03


def test_importance_is_of_what_matters() -> None:
    """Noise weighs least."""
    importance = fit(examples(), FEATURES, RECIPE).importance
    assert ["a", "c", "b"] == sorted(importance, key=lambda name: -importance[name])


def test_too_few_of_a_kind_is_nothing_to_learn() -> None:
    """Four who left cannot fill five folds; the sentence says what would."""
    data = examples(100)
    labels = np.zeros(100)
    labels[:4] = 1
    with pytest.raises(NothingToLearn, match="4 of 100 customers left; at least 5"):
        fit(replace(data, labels=labels, targets=labels), FEATURES, RECIPE)


def test_the_digest_is_of_every_number() -> None:
    """One cell, label or target changes it."""
    data = examples(50)
    other = data.encoded.copy()
    other[7, 1] += 1
    assert 3 == len({data.digest, replace(data, encoded=other).digest, replace(data, targets=1 - data.targets).digest})
