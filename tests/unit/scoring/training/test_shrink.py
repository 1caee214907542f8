"""How far one's own model is trusted."""

import numpy as np

from services.scoring.calibrate import probability
from services.scoring.features import Floats
from services.scoring.training.shrink import stacked


def drawn(n: int, own: float, baseline: float) -> tuple[Floats, Floats, Floats]:
    """Own and baseline log-odds, and labels by their weighted sum."""
    random = np.random.default_rng(5)
    first, second = random.normal(size=n), random.normal(size=n)
    labels = (random.random(n) < probability(own * first + baseline * second - 1)).astype(float)
    return first, second, labels


def test_few_labels_leave_the_baseline_in_charge() -> None:
    """Thirty labels of noise do not outvote it."""
    own, baseline, labels = drawn(30, 0.0, 1.0)
    stack = stacked(own, baseline, labels)
    assert abs(stack.own) < 0.35
    assert 0.6 < stack.baseline < 1.4


def test_many_labels_decide() -> None:
    """Thousands find the weights; a part that says next to nothing is left out."""
    both = stacked(*drawn(20_000, 1.0, 0.5))
    assert np.allclose([1.0, 0.5, -1.0], [both.own, both.baseline, both.intercept], atol=0.08)
    assert 0.0 == stacked(*drawn(20_000, 1.0, 0.0)).baseline
    assert 0.0 == stacked(*drawn(20_000, 0.0, 1.0)).own


def test_a_baseline_of_quite_another_level_is_moved() -> None:
    """A prior that thinks one in a hundred leaves, where one in three does."""
    own, baseline, labels = drawn(5_000, 0.0, 1.0)
    stack = stacked(own, baseline - 6.0, labels)
    assert abs(labels.mean() - probability(stack.log_odds(own, baseline - 6.0)).mean()) < 0.01


def test_alone_it_is_a_calibration() -> None:
    """Without a baseline, slope and intercept; the slope is never below 0."""
    own, _, labels = drawn(20_000, 0.7, 0.0)
    stack = stacked(own, None, labels)
    assert np.allclose([0.7, -1.0], [stack.own, stack.intercept], atol=0.06)
    assert not stacked(-own, None, labels).tells
