"""Figures of held-out predictions, with bootstrap intervals, alone and beside those of another model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from services.scoring.calibrate import calibration_error, calibration_noise
from services.scoring.features import Floats

DRAWS = 200
LOW, HIGH = 2.5, 97.5
"""Percentiles of the bootstrap: an interval holds the figure 95 times in 100."""

CONTACTED = 0.1
"""Share of the customers that lift and captured revenue speak of."""

BINS = 10


@dataclass(frozen=True)
class Held:
    """Predictions for rows that no model behind them had seen.

    labels: (n,). customers: (n,) as in Examples. revenue: (n,) a month, NaN where not known; None if not known at all.
    chances: (n_repeats, n) probabilities; each repeat is judged by itself, and figures are means over them.
    """

    labels: Floats
    customers: np.ndarray
    revenue: Floats | None
    chances: Floats

    def with_chances(self, chances: Floats) -> "Held":
        """The same rows with another model's (n,) probabilities."""
        return Held(self.labels, self.customers, self.revenue, np.tile(chances, (1, 1)))

    def at(self, rows: np.ndarray) -> "Held":
        revenue = None if self.revenue is None else self.revenue[rows]
        return Held(self.labels[rows], self.customers[rows], revenue, self.chances[:, rows])


@dataclass(frozen=True)
class Figure:
    """low, high: of its bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Bin:
    """One of ten groups of equal size by rank of probability: what was stated, what was seen."""

    stated: float
    seen: float
    rows: int


Figures = Mapping[str, Figure]


def figures(held: Held) -> dict[str, Figure]:
    """Every figure with its interval; customers are drawn, not rows."""
    found = _intervals(held, _measures)
    error = float(np.mean([calibration_error(each, held.labels) for each in held.chances]))
    # Its bootstrap would only show that resampled rows are noisier; the floor says what noise alone gives.
    noise = calibration_noise(held.chances[0], seed=1)
    found["calibration_error"] = Figure(error, error, error)
    found["calibration_noise"] = Figure(noise, noise, noise)
    return found


def differences(ours: Held, theirs: Held) -> dict[str, Figure]:
    """Ours less theirs on the same rows and the same draws."""

    def measured(rows: np.ndarray) -> dict[str, float]:
        left, right = _quick(ours.at(rows)), _quick(theirs.at(rows))
        return {name: left[name] - right[name] for name in left}

    return _drawn(ours, measured)


def bins(held: Held) -> list[Bin]:
    """Plot data of the calibration, of the first repeat."""
    chances = held.chances[0]
    groups = np.array_split(np.argsort(chances, kind="stable"), min(BINS, len(chances)))
    return [Bin(float(chances[rows].mean()), float(held.labels[rows].mean()), len(rows)) for rows in groups]


def losses(chances: Floats, labels: Floats) -> Floats:
    """(n,) log loss of each row, cut at a chance of one in a million million."""
    safe = np.clip(chances, 1e-12, 1 - 1e-12)
    found: Floats = -np.where(labels > 0.5, np.log(safe), np.log1p(-safe))
    return found


def auc(labels: Floats, chances: Floats) -> float:
    """Chance that one who left is ranked above one who stayed, ties halved."""
    stayed, left = _by_rank(labels, chances)
    below = np.cumsum(stayed) - stayed
    return float((left * (below + stayed / 2)).sum() / (left.sum() * stayed.sum()))


def average_precision(labels: Floats, chances: Floats) -> float:
    """Area under precision over recall, by steps."""
    stayed, left = (counts[::-1] for counts in _by_rank(labels, chances))
    found = np.cumsum(left)
    return float((left * found / (found + np.cumsum(stayed))).sum() / left.sum())


def _by_rank(labels: Floats, chances: Floats) -> tuple[Floats, Floats]:
    """How many stayed and left at each distinct chance, rising."""
    order = np.argsort(chances, kind="stable")
    ranked = chances[order]
    starts = np.flatnonzero(np.append(True, ranked[1:] > ranked[:-1]))
    left = np.add.reduceat(labels[order], starts)
    return np.diff(np.append(starts, len(order))) - left, left


def _intervals(held: Held, measure: Callable[[Held], dict[str, float]]) -> dict[str, Figure]:
    return _drawn(held, lambda rows: measure(held.at(rows)))


def _drawn(held: Held, measured: Callable[[np.ndarray], dict[str, float]]) -> dict[str, Figure]:
    whole = measured(np.arange(len(held.labels)))
    rng = np.random.default_rng(1)
    draws: dict[str, list[float]] = {name: [] for name in whole}
    for rows in _resamples(held.customers, rng):
        if 0 < held.labels[rows].sum() < len(rows):
            for name, value in measured(rows).items():
                draws[name].append(value)
    return {name: Figure(value, *_span(draws[name], value)) for name, value in whole.items()}


def _span(draws: list[float], value: float) -> tuple[float, float]:
    known = [each for each in draws if np.isfinite(each)]
    if not known:
        return value, value
    low, high = np.percentile(known, [LOW, HIGH])
    return float(low), float(high)


def _resamples(customers: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Row numbers of DRAWS samples of customers, with replacement, each customer with all of its rows."""
    order = np.argsort(customers, kind="stable")
    _, starts, counts = np.unique(customers[order], return_index=True, return_counts=True)
    if len(starts) == len(order):
        return [rng.integers(0, len(order), len(order)) for _ in range(DRAWS)]
    samples = []
    for _ in range(DRAWS):
        drawn = rng.integers(0, len(starts), len(starts))
        samples.append(np.concatenate([order[starts[one] : starts[one] + counts[one]] for one in drawn]))
    return samples


def _measures(held: Held) -> dict[str, float]:
    each = [_of_one(held, chances) for chances in held.chances]
    return {name: float(np.mean([one[name] for one in each])) for name in each[0]}


def _of_one(held: Held, chances: Floats) -> dict[str, float]:
    labels, rate = held.labels, float(held.labels.mean())
    top = np.argsort(-chances, kind="stable")[: max(1, round(CONTACTED * len(labels)))]
    found = {
        "auc": auc(labels, chances),
        "pr_auc": average_precision(labels, chances),
        "accuracy": float(((chances > 0.5) == labels).mean()),
        "accuracy_of_base_rate": max(rate, 1 - rate),
        "brier": float(((chances - labels) ** 2).mean()),
        "brier_of_base_rate": rate * (1 - rate),
        "log_loss": float(losses(chances, labels).mean()),
        "log_loss_of_base_rate": float(losses(np.full(len(labels), rate), labels).mean()),
        "lift_at_10_percent": float(labels[top].mean() / rate),
        "churners_captured_at_10_percent": float(labels[top].sum() / labels.sum()),
    }
    if held.revenue is not None:
        found["revenue_captured_at_10_percent"] = _captured(held, chances)
    return found


def _captured(held: Held, chances: Floats) -> float:
    """Of the revenue that left, the share with the tenth of customers who had most expected revenue at risk."""
    revenue = np.nan_to_num(np.maximum(held.revenue if held.revenue is not None else 0.0, 0.0))
    top = np.argsort(-(chances * revenue), kind="stable")[: max(1, round(CONTACTED * len(revenue)))]
    lost = revenue * held.labels
    return float(lost[top].sum() / lost.sum()) if lost.sum() else float("nan")


def _quick(held: Held) -> dict[str, float]:
    """The figures by which models are compared."""
    each = [
        {
            "auc": auc(held.labels, chances),
            "brier": float(((chances - held.labels) ** 2).mean()),
            "log_loss": float(losses(chances, held.labels).mean()),
        }
        for chances in held.chances
    ]
    return {name: float(np.mean([one[name] for one in each])) for name in each[0]}
