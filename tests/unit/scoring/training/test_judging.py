"""Figures, as the field computes them."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from services.scoring.training.judging import Held, auc, average_precision, bins, differences, figures


@pytest.fixture(scope="module")
def held() -> Held:
    """Six hundred customers with honest probabilities, rounded so that many tie."""
    random = np.random.default_rng(2)
    chances = np.round(random.beta(1, 4, 600), 2)
    labels = (random.random(600) < chances).astype(float)
    return Held(labels, np.arange(600), random.gamma(2, 50, 600), chances[None, :])


def test_ranking_figures_are_the_fields_own(held: Held) -> None:
    """With ties."""
    assert np.isclose(roc_auc_score(held.labels, held.chances[0]), auc(held.labels, held.chances[0]))
    expected = average_precision_score(held.labels, held.chances[0])
    assert np.isclose(expected, average_precision(held.labels, held.chances[0]))


def test_every_figure_lies_in_its_interval(held: Held) -> None:
    """And honest probabilities are calibrated within what chance shows."""
    found = figures(held)
    assert all(figure.low <= figure.value <= figure.high for figure in found.values())
    assert found["auc"].low > 0.5
    assert found["calibration_error"].value < 2 * found["calibration_noise"].value
    assert 0 < found["revenue_captured_at_10_percent"].value <= 1


def test_lift_of_perfect_knowledge(held: Held) -> None:
    """The tenth ranked first all leave: one divided by the rate."""
    known = figures(held.with_chances(held.labels * 0.8 + 0.1))
    assert np.isclose(1 / held.labels.mean(), known["lift_at_10_percent"].value)


def test_a_model_does_not_differ_from_itself(held: Held) -> None:
    """On the same draws, exactly; and it beats a coin."""
    assert {0.0} == {figure.value for figure in differences(held, held).values()}
    coin = held.with_chances(np.full(600, held.labels.mean()))
    gain = differences(held, coin)
    assert gain["auc"].low > 0
    assert gain["log_loss"].high < 0


def test_bins_hold_everyone(held: Held) -> None:
    """Ten groups of equal size, rising."""
    found = bins(held)
    assert [60] * 10 == [each.rows for each in found]
    assert sorted(each.stated for each in found) == [each.stated for each in found]


def test_rows_of_one_customer_are_drawn_together(held: Held) -> None:
    """Repeating each row ten times tells nothing new, so the interval does not shrink."""
    many = np.repeat(np.arange(600), 10)
    repeated = Held(held.labels[many], many, None, held.chances[:, many])
    one, ten = figures(held)["auc"], figures(repeated)["auc"]
    assert (ten.high - ten.low) > 0.8 * (one.high - one.low)
