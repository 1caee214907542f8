"""Scores turned into confidences that mean what they say: of matches said to be 90 sure, 90 % are right.

Source: the bins that `python -m bench.mapping` prints, cross-validation over the tools of the shared list of headers
(23 November 2026, both readings) and 35 more header rows of other tools, 827 matches in all, each bin's share of right
matches shrunk towards the score itself with the weight of 20 matches. Below 60, where nothing is mapped, a score stands
as it is. Strictly increasing, so no order changes.
"""

from bisect import bisect_right

POINTS: tuple[tuple[float, float], ...] = (
    (0.0, 0.0),
    (60.0, 60.0),
    (65.0, 70.0),
    (70.0, 78.0),
    (80.0, 91.0),
    (87.0, 96.5),
    (92.0, 98.2),
    (96.5, 99.2),
    (99.0, 99.7),
    (100.0, 100.0),
)
"""Score and confidence, both 0-100; straight lines between."""


def confidence(score: float) -> float:
    """The confidence, 0-100, that a score of 0-100 deserves."""
    place = min(bisect_right(POINTS, (score, 100.0)), len(POINTS) - 1)
    (left, low), (right, high) = POINTS[place - 1], POINTS[place]
    return low + (high - low) * (score - left) / (right - left)
