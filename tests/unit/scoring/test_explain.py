"""Reasons: exact against shap's own engine, closing on every row, bounded near the base."""

import math

import numpy as np
import pyarrow as pa
import pytest
import shap
from hypothesis import given
from hypothesis import strategies as st

from services.scoring.calibrate import prior_shift, probability
from services.scoring.explain import attributions, closed, explained, impact
from services.scoring.features import group_names, groups_of_columns, matrix
from services.scoring.model import Model

VALUES = st.lists(st.floats(-8, 8), min_size=3, max_size=8)
BASES = st.floats(-6, 6)
SLOPES = st.floats(0.1, 3)


@given(VALUES, BASES, SLOPES)
def test_impacts_close_and_keep_their_signs(row: list[float], base: float, slope: float) -> None:
    """They sum to p - p0, each with the sign of its Shapley value."""
    points = impact(np.array([row]), base, slope)[0]
    distance = slope * math.fsum(row)
    wanted = float(probability(np.array(base + distance)) - probability(np.array(base)))
    assert pytest.approx(wanted, abs=1e-9) == points.sum()
    assert all(
        value * point >= 0 and (point != 0 or abs(value) < 1e-200) for value, point in zip(row, points, strict=True)
    )


@given(VALUES, BASES, SLOPES)
def test_impacts_are_bounded(row: list[float], base: float, slope: float) -> None:
    """No impact is larger than slope / 4 times its Shapley value, the steepest the probability gets."""
    points = impact(np.array([row]), base, slope)[0]
    assert np.all(np.abs(points) <= slope / 4 * np.abs(row) * (1 + 1e-9))


@given(st.floats(-5, 5), BASES, SLOPES, st.sampled_from([0.0, 1e-300, 1e-12, 1e-8, -1e-10]))
def test_the_limit_at_the_base(value: float, base: float, slope: float, rest: float) -> None:
    """As f reaches f0 each impact is slope * p0 * (1 - p0) times its value, without a jump."""
    points = impact(np.array([[value, -value + rest]]), base, slope)[0]
    p0 = float(probability(np.array(base)))
    assert pytest.approx(slope * p0 * (1 - p0) * value, abs=1e-6) == points[0]


def test_far_margins_do_not_overflow() -> None:
    """A margin of 1,000 is still a number."""
    assert pytest.approx(0.5) == impact(np.array([[1000.0, 0.0, 0.0]]), 0.0, 1.0)[0, 0]


def test_attributions_equal_shaps(telecom_model: Model, telco: pa.Table) -> None:
    """Within 1e-4 in margin on every row, against shap's own C implementation."""
    encoded = matrix(telco, telecom_model.metadata.features)
    explainer = shap.TreeExplainer(telecom_model.predictor.booster)
    # Told that it is xgboost, shap would hand the work to the engine under test.
    explainer.model.model_type = "internal"
    columns = explainer.shap_values(encoded.astype(np.float64), check_additivity=False)
    groups = groups_of_columns(telecom_model.metadata.features)
    names = group_names(telecom_model.metadata.features)
    reference = np.column_stack([columns[:, groups == group].sum(axis=1) for group in range(len(names))])
    assert np.abs(reference - attributions(telecom_model, telecom_model.walk(encoded))).max() < 1e-4


def test_attributions_add_up_on_every_row(telecom_model: Model, telco: pa.Table) -> None:
    """Base and values give the margin of every customer."""
    encoded = matrix(telco, telecom_model.metadata.features)
    total = attributions(telecom_model, telecom_model.walk(encoded)).sum(axis=1) + telecom_model.metadata.base_margin
    assert np.abs(total - telecom_model.margins(encoded)).max() < 1e-5


@given(VALUES, st.floats(-1e-5, 1e-5))
def test_closing_keeps_signs_and_order(row: list[float], gap: float) -> None:
    """What is lacking is shared out by size, so no impact changes its sign or its rank."""
    impacts = np.array([row])
    found = closed(impacts.copy(), np.array([gap]))[0]
    if np.abs(impacts).sum() > 2e-5:
        assert pytest.approx(sum(row) + gap, abs=1e-12) == found.sum()
    assert bool(np.all(np.sign(found) == np.sign(impacts[0])))
    assert np.abs(found)[np.argsort(np.abs(row), kind="stable")].tolist() == sorted(np.abs(found))


def test_base_and_impacts_are_the_probability(telecom_model: Model, telco: pa.Table) -> None:
    """Within 1e-9 on every row and at any churn rate: float32's error is closed."""
    encoded = matrix(telco, telecom_model.metadata.features)
    margins, attributed = telecom_model.margins(encoded), attributions(telecom_model, telecom_model.walk(encoded))
    for rate in (None, 0.01, 0.6):
        shift = prior_shift(rate, telecom_model.metadata.base_rate)
        calibration = telecom_model.metadata.calibration
        log_odds = calibration.log_odds(margins, shift)
        base = float(probability(calibration.log_odds(np.array(telecom_model.metadata.base_margin), shift)))
        explanation = explained(telecom_model, attributed, log_odds, shift)
        assert bool(explanation.exact.all())
        assert np.abs(base + explanation.impacts.sum(axis=1) - probability(log_odds)).max() < 1e-9


def test_a_row_that_does_not_add_up_is_not_exact(telecom_model: Model, telco: pa.Table) -> None:
    """It alone gets no impacts of its own."""
    encoded = matrix(telco.slice(0, 5), telecom_model.metadata.features)
    attributed = attributions(telecom_model, telecom_model.walk(encoded))
    attributed[2, 0] += 0.01
    attributed[4, 1] = np.nan
    log_odds = telecom_model.metadata.calibration.log_odds(telecom_model.margins(encoded))
    explanation = explained(telecom_model, attributed, log_odds, 0.0)
    assert [True, True, False, True, False] == explanation.exact.tolist()
    assert 0.0 == np.abs(explanation.impacts[[2, 4]]).sum()
