"""How far a tenant's own model is trusted beside the baseline: weights chosen on customers neither had seen."""

from dataclasses import dataclass

import numpy as np

from services.scoring.calibrate import likeliest, logit
from services.scoring.features import Floats

PRIOR_SD = 0.3
"""How far from "the baseline alone" the weights lie before the first label is seen. A hundred labels can outvote it
when they are clear; thousands always do."""

SAY_MIN = 0.1
"""A part whose say, its weight times its spread, is less than this share of the other's is left out: it would hardly
change anybody's place, and costs its share of the time."""


@dataclass(frozen=True)
class Stack:
    """log-odds = own * the own model's margin + baseline * the baseline's log-odds + intercept; weights >= 0."""

    own: float
    baseline: float
    intercept: float

    @property
    def tells(self) -> bool:
        """Whether it tells customers apart at all."""
        return self.own > 0 or self.baseline > 0

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
        return recalibrated(own, labels)
    both = _posterior([own, baseline], [0.0, 1.0], labels)
    say_own, say_baseline = both[0] * own.std(), both[1] * baseline.std()
    if say_own < SAY_MIN * say_baseline:
        alone = recalibrated(baseline, labels)
        return Stack(0.0, alone.own, alone.intercept)
    if say_baseline < SAY_MIN * say_own:
        return recalibrated(own, labels)
    return Stack(both[0], both[1], both[2])


def recalibrated(margins: Floats, labels: Floats) -> Stack:
    """One part's weight and intercept; where it ranks the wrong way round, no weight and the labels' own rate."""
    weight, intercept = _posterior([margins], [1.0], labels)
    rate = float(np.clip(labels.mean(), 1e-6, 1 - 1e-6))
    return Stack(weight, 0.0, intercept) if weight > 0 else Stack(0.0, 0.0, logit(rate))


def _posterior(columns: list[Floats], centre: list[float], labels: Floats) -> list[float]:
    """The weights and, last, the intercept, which has no prior."""
    design = np.column_stack([*columns, np.ones(len(labels))])
    precision = np.array([*(1 / PRIOR_SD**2 for _ in centre), 0.0])
    return [float(each) for each in likeliest(design, labels, centre=np.array([*centre, 0.0]), precision=precision)]
