"""Confidences keep the order of scores."""

from itertools import pairwise

from services.mapping.calibration import POINTS, confidence


def test_more_score_is_more_confidence():
    """Strictly, so that no choice changes."""
    said = [confidence(step / 4) for step in range(401)]
    assert all(low < high for low, high in pairwise(said))
    assert (0.0, 100.0) == (said[0], said[-1])


def test_the_points_are_on_the_line():
    """What was fitted is what is said."""
    assert [high for _, high in POINTS] == [confidence(score) for score, _ in POINTS]
