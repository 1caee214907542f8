"""How far a tenant's own model is trusted beside the baseline: weights chosen on customers neither had seen."""

from dataclasses import dataclass

import numpy as np

from services.scoring.calibrate import probability
from services.scoring.features import Floats

PRIOR_SD = 0.3
"""How far from "the baseline alone" the weights lie before the first label is seen. A hundred labels can outvote it
when they are clear; thousands always do."""

WEIGHT_MIN = 0.03
"""A part with less weight is left out: it would change nobody's place and cost its share of the time."""


@dataclass(frozen=True)
class Stack:
    """log-odds = own * the own model's margin + baseline * the baseline's log-odds + intercept; weights >= 0."""

    own: float
    baseline: float
    intercept: float

    def log_odds(self, own: Floats, baseline: Floats | None) -> Floats:
        total: Floats = self.own * own + self.intercept
        return total if baseline is None or not self.baseline else total + self.baseline * baseline


def stacked(own: Floats, baseline: Floats | None, labels: Floats) -> Stack:
    """The weights of highest posterior for held-out rows; also the calibration, which is affine in log-odds.

    own: (n,) margins of models that had not seen the rows. baseline: (n,) log-odds, or None for no baseline.
    The prior is normal around the baseline alone (own 0, baseline 1), or around the own model as it is (own 1).
    Source: Platt (1999) for the affine map; Breiman (1996), Stacked Regressions, for weights that are not negative.
    """
    if baseline is None:
        weights = _posterior([own], [1.0], labels)
        return Stack(max(weights[0], 0.0), 0.0, weights[-1])
    both = _posterior([own, baseline], [0.0, 1.0], labels)
    if both[0] < WEIGHT_MIN:
        alone = _posterior([baseline], [1.0], labels)
        return Stack(0.0, max(alone[0], 0.0), alone[-1])
    if both[1] < WEIGHT_MIN:
        alone = _posterior([own], [1.0], labels)
        return Stack(max(alone[0], 0.0), 0.0, alone[-1])
    return Stack(both[0], both[1], both[2])


def _posterior(columns: list[Floats], centre: list[float], labels: Floats) -> list[float]:
    """The weights and, last, the intercept, which has no prior. Newton's method."""
    design = np.column_stack([*columns, np.ones(len(labels))])
    middle = np.array([*centre, 0.0])
    precision = np.array([*(1 / PRIOR_SD**2 for _ in centre), 1e-9])
    beta = middle.copy()
    for _ in range(100):
        chance = probability(design @ beta)
        weight = np.maximum(chance * (1 - chance), 1e-12)
        slope = design.T @ (labels - chance) - precision * (beta - middle)
        step = np.linalg.solve(design.T @ (design * weight[:, None]) + np.diag(precision), slope)
        beta = beta + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-12:
            break
    return [float(each) for each in beta]
