"""Calibration: increasing, recoverable, and shifted by a churn rate."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scoring.calibrate import (
    Calibration,
    NothingToCalibrate,
    calibration_error,
    calibration_noise,
    fitted,
    level_shift,
    likeliest,
    prior_shift,
    probability,
)
from services.scoring.domain import BadChurnRate

MARGINS = st.floats(-30, 30)


@given(MARGINS, MARGINS, st.floats(0.05, 5), st.floats(-5, 5))
def test_a_lower_margin_never_has_a_higher_probability(first: float, second: float, slope: float, cut: float) -> None:
    """The map is increasing, whatever its slope and intercept."""
    low, high = sorted((first, second))
    odds = Calibration(slope, cut).log_odds(np.array([low, high]))
    assert probability(odds)[0] <= probability(odds)[1]


def test_the_truth_is_found_again() -> None:
    """Labels drawn from known coefficients give about these coefficients."""
    rng = np.random.default_rng(0)
    margins = rng.normal(0, 2, 50_000)
    labels = (rng.random(50_000) < probability(0.8 * margins - 0.5)).astype(float)
    found = fitted(margins, labels)
    assert pytest.approx((0.8, -0.5), abs=0.05) == (found.slope, found.intercept)


@pytest.mark.parametrize(("scale", "place"), [(0.05, 0.0), (30.0, 200.0), (1.0, -40.0)])
def test_it_is_found_from_anywhere(scale: float, place: float) -> None:
    """Margins of any size, far from 0, with few who left: the likelihood is as high as that of the truth."""
    rng = np.random.default_rng(5)
    odds = rng.normal(-4, 0.3, 5000)
    labels = (rng.random(5000) < probability(odds)).astype(float)
    found = fitted(odds * scale + place, labels)
    again = probability(found.log_odds(odds * scale + place))
    assert pytest.approx(labels.mean(), abs=1e-9) == again.mean()
    assert pytest.approx(1 / scale, rel=0.8) == found.slope


def test_margins_that_rank_backwards_are_refused() -> None:
    """A slope of zero or less would turn the ranking round."""
    margins = np.linspace(-1, 1, 100)
    with pytest.raises(NothingToCalibrate):
        fitted(margins, (margins < 0.3).astype(float) * (np.arange(100) % 3 > 0))


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_the_shift_takes_the_base_rate_to_the_churn_rate(churn_rate: float, base_rate: float) -> None:
    """A customer at the model's base rate gets the tenant's rate."""
    odds = np.log(base_rate / (1 - base_rate)) + prior_shift(churn_rate, base_rate)
    assert pytest.approx(churn_rate, rel=1e-9) == float(probability(np.array(odds)))


def test_no_churn_rate_no_shift() -> None:
    """The model's own level stands."""
    assert 0.0 == prior_shift(None, 0.3)


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, 3.0, float("nan")])
def test_a_churn_rate_is_a_share(rate: float) -> None:
    """3 is surely meant as 3 %, and refused with the form that works."""
    with pytest.raises(BadChurnRate, match=r"such as 0\.03"):
        prior_shift(rate, 0.3)


@given(st.lists(MARGINS, min_size=1, max_size=30), st.floats(0.001, 0.999))
def test_the_level_lies_between_the_models_and_the_files(log_odds: list[float], rate: float) -> None:
    """The mean of few customers is believed a little, of many nearly wholly."""
    odds = np.array(log_odds)
    few, prior = level_shift(odds, rate, 0.2), prior_shift(rate, 0.2)
    many = level_shift(np.tile(odds, 2000), rate, 0.2)
    assert min(prior, many) - 1e-6 <= few <= max(prior, many) + 1e-6
    if abs(many - prior) < 10:
        assert pytest.approx(rate, abs=0.02) == float(probability(np.tile(odds, 2000) + many).mean())


def test_no_customers_no_level() -> None:
    """Then the model's base rate is all there is to go by; and without a churn rate nothing moves."""
    assert prior_shift(0.1, 0.3) == level_shift(np.array([]), 0.1, 0.3)
    assert 0.0 == level_shift(np.array([1.0, 2.0]), None, 0.3)


def test_extreme_log_odds_do_not_overflow() -> None:
    """Both ends are numbers."""
    assert [0.0, 0.5, 1.0] == probability(np.array([-1000.0, 0.0, 1000.0])).tolist()


def test_calibration_error_of_the_truth_is_its_noise() -> None:
    """What chance alone shows is what true probabilities show; a shift shows more."""
    rng = np.random.default_rng(4)
    chances = rng.uniform(0.05, 0.6, 7000)
    labels = (rng.random(7000) < chances).astype(float)
    noise = calibration_noise(chances, seed=2, draws=50)
    assert pytest.approx(noise, abs=0.006) == calibration_error(chances, labels)
    assert calibration_error(chances + 0.05, labels) > 0.04


def test_a_prior_holds_coefficients_that_the_data_leave_open() -> None:
    """Of two equal columns the likelihood knows the sum alone; without a prior neither runs away."""
    random = np.random.default_rng(4)
    column = random.normal(size=2_000)
    labels = (random.random(2_000) < probability(1.2 * column - 0.5)).astype(float)
    design = np.column_stack([column, column, np.ones(2_000)])
    free = likeliest(design, labels, centre=np.zeros(3), precision=np.zeros(3))
    held = likeliest(design, labels, centre=np.array([0.9, 0.1, 0.0]), precision=np.array([5.0, 5.0, 0.0]))
    assert abs(free[:2].sum() - held[:2].sum()) < 0.01
    assert np.isclose(free[0], free[1])
    assert np.isclose(0.8, held[0] - held[1])
