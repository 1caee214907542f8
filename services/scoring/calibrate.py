"""Calibration: the strictly increasing map from a model's margin to the probability that is sold."""

from dataclasses import dataclass

import numpy as np

from libs.errors import InvalidInput
from services.scoring.domain import BadChurnRate
from services.scoring.features import Floats

FEW_CUSTOMERS = 20
"""Where a table's own mean and the model's base rate weigh the same in `level_shift`."""

_HALVINGS = 60
_STEPS_MAX, _STEP_MIN = 100, 1e-12


class NothingToCalibrate(InvalidInput):
    """The margins do not rank the labels, so no increasing map fits them."""


@dataclass(frozen=True)
class Calibration:
    """log-odds = slope * margin + intercept, with slope > 0.

    Affine in log-odds, so whatever lowers the margin lowers the probability and no two customers
    are tied together. Source: Platt (1999), Probabilistic Outputs for Support Vector Machines.
    """

    slope: float
    intercept: float

    def __post_init__(self) -> None:
        if not (np.isfinite(self.intercept) and np.isfinite(self.slope) and self.slope > 0):
            raise NothingToCalibrate(f"the calibration's slope is {self.slope:.3g}; it must be above 0")

    def log_odds(self, margin: Floats, shift: float = 0.0) -> Floats:
        """(n,) float64 log-odds of the margins; `shift` comes from `prior_shift`."""
        return self.slope * np.asarray(margin, dtype=np.float64) + (self.intercept + shift)


def probability(log_odds: Floats) -> Floats:
    """The logistic function, float64, without overflow at either end."""
    small = np.exp(-np.abs(log_odds))
    return np.where(np.asarray(log_odds) >= 0, 1.0, small) / (1.0 + small)


def prior_shift(churn_rate: float | None, base_rate: float) -> float:
    """What a tenant's own churn rate adds to every log-odds: logit(churn_rate) - logit(base_rate).

    churn_rate, base_rate: share of customers who leave within the horizon, the tenant's and the
    training data's, in (0, 1). It keeps the ranking and the odds ratios. It is exact when the two
    populations differ in their rate alone; then the mean of the probabilities is the rate.
    Raises BadChurnRate. Source: Saerens, Latinne & Decaestecker (2002), Neural Computation 14(1).
    """
    if churn_rate is None:
        return 0.0
    if not 0 < churn_rate < 1:
        raise BadChurnRate(f"the churn rate is {churn_rate:g}; it must lie between 0 and 1, such as 0.03 for 3 %")
    return float(logit(churn_rate) - logit(base_rate))


def level_shift(log_odds: Floats, churn_rate: float | None, base_rate: float) -> float:
    """What a tenant's own churn rate adds to every log-odds, so that these customers leave at that rate on average.

    log_odds: (n,) of some of the tenant's customers, not shifted. Companies differ in more than their rate: their
    customers are older or busier than the model's, or columns are missing. So of many customers the mean
    probability becomes the rate; of few it leans on `prior_shift`, as their own mean is mostly chance.
    Raises BadChurnRate.
    """
    prior = prior_shift(churn_rate, base_rate)
    if churn_rate is None or not len(log_odds):
        return prior
    low, high = logit(churn_rate) - float(np.max(log_odds)), logit(churn_rate) - float(np.min(log_odds))
    # The mean rises with the shift, and the shifts that take one end of the customers to the rate enclose the answer.
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if float(np.mean(probability(log_odds + middle))) < churn_rate:
            low = middle
        else:
            high = middle
    weight = len(log_odds) / (len(log_odds) + FEW_CUSTOMERS)
    return weight * (low + high) / 2 + (1 - weight) * prior


def fitted(margins: Floats, labels: Floats) -> Calibration:
    """The calibration of highest likelihood for margins that the model gave to rows it was not fitted on.

    margins, labels: (n,), labels 0 or 1, both present.
    Raises NothingToCalibrate if the slope is not above 0.
    """
    design = np.column_stack([np.asarray(margins, dtype=np.float64), np.ones(len(margins))])
    free = np.zeros(2)
    slope, intercept = likeliest(design, labels, centre=free, precision=free)
    return Calibration(slope=float(slope), intercept=float(intercept))


def likeliest(design: Floats, labels: Floats, *, centre: Floats, precision: Floats) -> Floats:
    """(k,) coefficients of a logistic regression, of highest likelihood under a normal prior.

    design: (n, k), its last column ones. labels: (n,) of 0 and 1. centre, precision: (k,) the prior's means, and one
    over its variances, 0 for none. Newton's method from the centre at the labels' own rate; a step that does not raise
    the likelihood is halved, so it arrives from anywhere. A direction that the data leave open is not moved along.
    """
    beta = centre.astype(np.float64)
    beta[-1] += logit(float(np.clip(np.mean(labels), 1e-9, 1 - 1e-9))) - float(np.mean(design @ beta))

    def cost(at: Floats) -> float:
        log_odds = design @ at
        misfit = np.sum(np.logaddexp(0.0, log_odds) - labels * log_odds)
        return float(misfit + np.sum(precision * (at - centre) ** 2) / 2)

    least = cost(beta)
    for _ in range(_STEPS_MAX):
        chance = probability(design @ beta)
        weight = np.maximum(chance * (1 - chance), 1e-12)
        slope = design.T @ (labels - chance) - precision * (beta - centre)
        step = np.linalg.lstsq(design.T @ (design * weight[:, None]) + np.diag(precision), slope, rcond=None)[0]
        while (found := cost(beta + step)) > least and np.abs(step).max() > _STEP_MIN:
            step = step / 2
        beta, least = beta + step, min(found, least)
        if np.abs(step).max() <= _STEP_MIN:
            break
    return beta


def calibration_error(probabilities: Floats, labels: Floats, bins: int = 10) -> float:
    """Mean gap between stated and seen frequency over `bins` groups of equal size, by rank of probability."""
    groups = np.array_split(np.argsort(probabilities, kind="stable"), bins)
    gaps = [abs(float(np.sum(probabilities[rows] - labels[rows]))) for rows in groups]
    return sum(gaps) / len(probabilities)


def calibration_noise(probabilities: Floats, seed: int, draws: int = 200, bins: int = 10) -> float:
    """The calibration error that chance alone gives perfect probabilities: the mean over simulated labels."""
    rng = np.random.default_rng(seed)
    errors = [
        calibration_error(probabilities, (rng.random(len(probabilities)) < probabilities).astype(float), bins)
        for _ in range(draws)
    ]
    return float(np.mean(errors))


def logit(share: float) -> float:
    """The log-odds of a share in (0, 1)."""
    return float(np.log(share) - np.log1p(-share))
