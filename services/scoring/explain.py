"""Reasons: exact Shapley values, grouped into what a person knows, as probability points."""

from dataclasses import dataclass

import numpy as np

from services.scoring.calibrate import probability
from services.scoring.features import Floats, group_names, groups_of_columns
from services.scoring.model import Model
from services.scoring.walk import Walk

CLOSING_ERROR_MAX = 1e-5
"""Largest gap, in probability, between a row's impacts and what they explain; ten times float32's error."""


@dataclass(frozen=True)
class Explanation:
    """Impacts of n customers.

    impacts: (n, n_groups) float64 probability points as fractions, columns as `group_names`; 0 where not exact.
    exact: (n,) whether the row's impacts are its own. Where False, `importance` stands in.
    importance: (n_groups,) mean absolute attribution over the training rows: the same for everyone.
    """

    impacts: Floats
    exact: np.ndarray
    importance: Floats


def attributions(model: Model, walk: Walk) -> Floats:
    """(n, n_groups) float64 Shapley values in margin, one-hot and dependent columns summed into their group.

    The game: a coalition's worth is the trees' expected margin when only its columns are known, branches
    of unknown columns weighted by the training rows that took them (path-dependent). The grouped value is
    the sum of its columns' values. Source: Lundberg et al. (2020), Nature Machine Intelligence 2, 56-67.
    """
    columns = walk.contributions()
    groups = groups_of_columns(model.metadata.features)
    grouped = np.zeros((len(columns), groups.max() + 1))
    for column, group in enumerate(groups):
        grouped[:, group] += columns[:, column]
    return grouped


def explained(model: Model, attributed: Floats | None, log_odds: Floats, shift: float) -> Explanation:
    """The attributions as probability points, each row checked.

    attributed: (n, n_groups) from `attributions`, None if the explainer failed.
    log_odds: (n,) calibrated and shifted. A row that does not add up within CLOSING_ERROR_MAX is not exact;
    in the others float32's error is spread over the impacts, so that base and impacts are the probability.
    """
    names = group_names(model.metadata.features)
    importance = np.array([model.metadata.importance[name] for name in names])
    if attributed is None:
        shape = (len(log_odds), len(names))
        return Explanation(np.zeros(shape), np.zeros(len(log_odds), dtype=bool), importance)
    base = float(model.metadata.calibration.log_odds(np.array(model.metadata.base_margin), shift))
    impacts = impact(attributed, base, model.metadata.calibration.slope)
    gap = probability(log_odds) - float(probability(np.array(base))) - impacts.sum(axis=1)
    exact = np.isfinite(gap) & (np.abs(gap) < CLOSING_ERROR_MAX)
    if not exact.all():
        impacts[~exact], gap[~exact] = 0.0, 0.0
    return Explanation(closed(impacts, gap), exact, importance)


def closed(impacts: Floats, gap: Floats) -> Floats:
    """The impacts with the gap added, shared out by size: signs and order are kept.

    impacts: (n, n_groups). gap: (n,) what their sums lack. Where the impacts are no larger than the gap, which
    only the smallest can be, it is closed half way.
    """
    size = np.abs(impacts)
    total = size.sum(axis=1)
    share = np.clip(np.divide(gap, total, out=np.zeros_like(gap), where=total > 0), -0.5, 0.5)
    size *= share[:, None]
    size += impacts
    return size


def impact(attributed: Floats, base_log_odds: float, slope: float) -> Floats:
    """Shapley values as probability points: each times (p - p0) / (f - f0), the slope of the chord.

    attributed: (n, n_groups) in margin; their sum is f - f0. base_log_odds: calibrated log-odds of the base.
    slope: of the calibration, > 0. Signs are kept, and each row sums to p - p0.

    With x and x0 the log-odds, d = x - x0 = slope * sum, the chord is slope * (sigma(x) - sigma(x0)) / d, and
    sigma(x) - sigma(x0) = sinh(d/2) / (2 cosh(x/2) cosh(x0/2)): no cancellation near d = 0, where the limit is
    slope * p0 * (1 - p0). cosh and sinh are written with exp(-|.|), so nothing overflows.
    """
    distance = slope * attributed.sum(axis=1)
    half, far, near = np.abs(distance) / 2, np.abs(base_log_odds + distance) / 2, abs(base_log_odds) / 2
    # sinh(h)/h * exp(-h): 1 at h = 0.
    safe = np.where(half > 0, half, 1.0)
    sinhc = np.where(half > 0, -np.expm1(-2 * safe) / (2 * safe), 1.0)
    cosh_far, cosh_near = (1 + np.exp(-2 * far)) / 2, (1 + np.exp(-2 * near)) / 2
    chord = slope * sinhc * np.exp(half - far - near) / (4 * cosh_far * cosh_near)
    points: Floats = attributed * chord[:, None]
    return points
