"""Intervals: they hold the true probability where it is known, and frequencies of groups where it is not."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from services.scoring import intervals
from services.scoring.baselines import saas, telecom
from services.scoring.baselines.simulation import simulated
from services.scoring.calibrate import Calibration, probability
from services.scoring.features import Encoding, Feature, Floats, matrix
from services.scoring.model import Model
from services.scoring.profile import bounds
from services.scoring.specifications import SAAS, TELECOM
from services.scoring.train import Examples, Recipe, boosted, fit, held_out, margins

FEATURES = tuple(Feature(name, (name,), Encoding.NUMBER) for name in ("a", "b"))
RECIPE = Recipe(rounds=40, repeats=1, row_share=0.5)


def interval_of(model: Model, encoded: np.ndarray, log_odds: Floats) -> tuple[Floats, Floats]:
    """Lower and upper ends, as scoring gives them."""
    assert model.spread is not None and model.metadata.interval is not None
    return bounds(log_odds, model.spread.margins(encoded), model.metadata.interval)


@pytest.mark.parametrize("seed", [71, 72])
def test_the_priors_interval_holds_the_truth(saas_model: Model, seed: int) -> None:
    """Of simulated companies that nothing was fitted to; also of those that have no optional column."""
    sample = simulated(400, seed)
    encoded = matrix(sample.table, SAAS)
    log_odds = saas_model.metadata.calibration.log_odds(saas_model.margins(encoded))
    low, high = interval_of(saas_model, encoded, log_odds)
    held = (low <= sample.chance) & (sample.chance <= high)
    bare = np.isnan(encoded[:, 2:]).all(axis=1)
    assert held.mean() >= 0.87
    assert held[bare].mean() >= 0.85


def test_the_telecom_interval_holds_a_smooth_truth(telecom_model: Model) -> None:
    """Labels drawn from a logistic regression of the real ones, another kind of truth than the width was fitted to."""
    data = telecom.examples(telecom.customers())
    columns = np.nan_to_num((data.encoded - np.nanmean(data.encoded, axis=0)) / np.nanstd(data.encoded, axis=0))
    tenure = columns[:, :1]
    shown = np.hstack([columns, tenure**2, tenure * columns])
    truth = LogisticRegression(C=0.5, max_iter=2000).fit(shown, data.labels).decision_function(shown)
    drawn = (np.random.default_rng(9).random(len(truth)) < probability(truth)).astype(float)
    again = boosted(Examples(data.encoded, drawn, drawn), np.arange(len(drawn)), TELECOM, telecom.RECIPE)
    stated = telecom_model.metadata.calibration.log_odds(margins(again, data.encoded))
    low, high = interval_of(telecom_model, data.encoded, stated)
    assert np.mean((low <= probability(truth)) & (probability(truth) <= high)) >= 0.88


def test_frequencies_of_real_customers_lie_inside(telecom_model: Model) -> None:
    """Each customer held out of a fit; in ten groups by probability."""
    data = telecom.examples(telecom.customers())
    found = held_out(data, TELECOM, telecom.RECIPE, repeat=7).margins
    stated = telecom_model.metadata.calibration.log_odds(found)
    low, high = interval_of(telecom_model, data.encoded, stated)
    for rows in np.array_split(np.argsort(stated), 10):
        assert low[rows].mean() <= data.labels[rows].mean() <= high[rows].mean()


def test_the_metadata_say_where_it_was_tested(telecom_model: Model, saas_model: Model) -> None:
    """Nine in ten were wanted, and on customers that were not fitted to about as many were held."""
    for model, words in ((telecom_model, "drawn labels"), (saas_model, "simulated companies")):
        interval = model.metadata.interval
        assert interval is not None
        assert 0.9 == interval.nominal
        assert interval.coverage >= 0.86
        assert words in interval.tested_on


def refit(data: Examples, rows: np.ndarray) -> Floats:
    """Margins of everyone from a fit to some."""
    return margins(boosted(data, rows, FEATURES, RECIPE), data.encoded)


def test_fewer_customers_have_wider_intervals() -> None:
    """A fit to an eighth of them owes more to chance; and twice the same gives the same bytes."""
    rng = np.random.default_rng(0)
    encoded = rng.normal(size=(4000, 2)).astype(np.float32)
    labels = (rng.random(4000) < probability(encoded[:, 0] - 1)).astype(float)
    widths = []
    for rows in (4000, 4000, 500):
        data = Examples(encoded[:rows], labels[:rows], labels[:rows])
        calibration = fit(data, FEATURES, RECIPE).calibration
        spread = intervals.from_refits(data, FEATURES, calibration, refit, RECIPE.seed)
        widths.append((spread.model_bytes, spread.interval.widening * np.exp(margins(spread.booster, encoded)).mean()))
    assert widths[0] == widths[1]
    assert widths[2][1] > widths[0][1]


def test_a_spread_is_found_where_nothing_is_learnt() -> None:
    """Labels of pure chance: rough trees rank backwards where they were not fitted, and it is an answer."""
    rng = np.random.default_rng(3)
    encoded = rng.normal(size=(60, 2)).astype(np.float32)
    labels = (np.arange(60) % 4 == 0).astype(float)
    spread = intervals.from_refits(Examples(encoded, labels, labels), FEATURES, Calibration(1.0, 0.0), refit, 1)
    assert spread.interval.widening > 0
    assert 0 <= spread.interval.coverage <= 1


def test_what_is_missing_makes_the_prior_less_sure(saas_model: Model) -> None:
    """Whoever is called likely to leave on little evidence has a wider interval than a customer known well."""
    sample = simulated(1000, 3)
    encoded = matrix(sample.table, SAAS)
    assert saas_model.spread is not None
    widths, missing = np.exp(saas_model.spread.margins(encoded)), np.isnan(encoded).sum(axis=1)
    assert widths[missing >= 9].mean() > widths[missing <= 4].mean()


def test_an_error_of_the_prior_is_against_the_simulated_chance() -> None:
    """Not against a drawn label."""
    sample = simulated(30, 2)
    data = saas.examples(sample)
    small = fit(data, SAAS, replace(saas.RECIPE, rounds=20))
    errors = saas.judged(small, sample).errors
    stated = probability(small.calibration.log_odds(margins(small.booster, data.encoded)))
    assert pytest.approx(np.abs(np.log(stated / (1 - stated)) - np.log(sample.chance / (1 - sample.chance)))) == errors
