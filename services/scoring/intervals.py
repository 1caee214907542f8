"""Intervals: how far the true probability may lie from the stated one, learnt as a width for every customer.

Refits of halves of the customers show how much a fit owes to chance; they leave out what the model cannot follow, so
alone they hold the truth far too seldom. Simulated customers, whose true probabilities are known, show the whole
error: it widens the refits' variance, and then the width, until the truth is held as often as is said.

The widths are kept as trees of their own: they cost one more prediction for each customer, and no refits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xgboost

from services.scoring.calibrate import Calibration, NothingToCalibrate, fitted, probability
from services.scoring.features import Feature, Floats, Matrix
from services.scoring.profile import Interval
from services.scoring.train import FITS_AT_ONCE, Examples, Recipe, boosted, margins, rows_of, side_by_side

NOMINAL = 0.9
"""Share of true probabilities that an interval should hold."""

HALVES = 8
"""Refits, each of half of the customers: their variance is that of the fit to all. Source: Politis & Romano (1994)."""

CORNERS = (4, 8, 6)
"""Depth of the trees of each simulated truth; the width is fitted to all of them but the last, and judged on that."""

_LEAST_ERROR = 1e-3


Refit = Callable[[Examples, np.ndarray], Floats]
"""(n,) margins of all customers of the examples from a fit to these rows of them; safe to call in several threads."""


@dataclass(frozen=True)
class Spread:
    """booster: trees whose margin is the log of the half-width in log-odds, before widening."""

    booster: xgboost.Booster
    interval: Interval

    @property
    def model_bytes(self) -> bytes:
        return bytes(self.booster.save_raw("ubj"))


@dataclass(frozen=True)
class Judged:
    """Customers whose truth is known. errors: (n,) distance of the stated from the true log-odds."""

    encoded: Matrix
    errors: Floats


def from_refits(
    examples: Examples,
    features: tuple[Feature, ...],
    calibration: Calibration,
    refit: Refit,
    seed: int,
    *,
    customers: np.ndarray | None = None,
    corners: Sequence[int] = CORNERS,
    draws: int = 1,
    at_once: int = FITS_AT_ONCE,
) -> Spread:
    """The spread of a model of real customers, widened on simulated ones who resemble them.

    calibration: the model's own. refit: the model's own way of fitting, whatever its kind. customers: (n,) a number
    for each, where some have several rows, which then stay together; None for a row each. corners: as CORNERS; the
    more, the wider. draws: sets of labels that are drawn from each simulated truth; of few customers a single set is
    luck. at_once: refits side by side.
    """
    rng = np.random.default_rng(seed)
    whose = np.arange(len(examples.labels)) if customers is None else np.unique(customers, return_inverse=True)[1]
    halves = [_half(whose, rng) for _ in range(HALVES)]
    refits = np.array(list(side_by_side(lambda rows: refit(examples, rows), halves, at_once)))
    chance = np.var(refits, axis=0, ddof=1) * calibration.slope**2

    def world(depth: int) -> Judged:
        return _world(examples, features, calibration, refit, (seed, depth, draws))

    worlds = list(side_by_side(world, corners, at_once))
    squares = np.mean([each.errors**2 for each in worlds[:-1]])
    # What the refits do not explain of the error is taken to be alike everywhere: it showed no pattern.
    widths = np.sqrt(chance + max(float(squares - chance.mean()), 0.0))
    booster = _learnt(examples.encoded, widths, features, seed)
    tested = (
        f"{len(examples.labels):,} customers with drawn labels; their true probabilities come from trees with more "
        "corners than the model's, fitted to the real labels"
    )
    return _widened(booster, worlds, tested)


def _half(whose: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The rows of a random half of the customers, ascending. whose: (n,) numbers from 0 on."""
    order = rng.permutation(int(whose.max()) + 1)
    return np.flatnonzero(np.isin(whose, order[: len(order) // 2]))


def from_truth(worlds: Sequence[Judged], features: tuple[Feature, ...], seed: int, tested_on: str) -> Spread:
    """The spread of a model of simulated customers: the size of its errors, learnt on the first world.

    worlds: at least three that the model was not fitted to; the width is learnt on the first, widened on those
    between, and judged on the last.
    """
    booster = _learnt(worlds[0].encoded, worlds[0].errors, features, seed)
    return _widened(booster, worlds[1:], tested_on)


def coverage(spread: Spread, world: Judged) -> float:
    """Share of the customers whose true log-odds lie within their interval."""
    half = spread.interval.widening * np.exp(margins(spread.booster, world.encoded))
    return float(np.mean(world.errors <= half))


def _widened(booster: xgboost.Booster, worlds: Sequence[Judged], tested_on: str) -> Spread:
    """Wide enough for the hardest of the worlds but the last."""
    ratios = [each.errors / np.exp(margins(booster, each.encoded)) for each in worlds[:-1]]
    widening = max(float(np.quantile(ratio, NOMINAL)) for ratio in ratios)
    spread = Spread(booster, Interval(round(widening, 6), NOMINAL, 0.0, tested_on))
    return replace(spread, interval=replace(spread.interval, coverage=round(coverage(spread, worlds[-1]), 4)))


def _world(
    examples: Examples,
    features: tuple[Feature, ...],
    calibration: Calibration,
    refit: Refit,
    settings: tuple[int, int, int],
) -> Judged:
    """The same customers with true probabilities we chose, and the errors of refitting to labels drawn from them.

    settings: seed, depth of the truth's trees, and sets of labels, for each of which every customer stands there once.
    """
    seed, depth, draws = settings
    rng = np.random.default_rng((seed, depth))
    order = rng.permutation(len(examples.labels))
    seen, unseen = np.sort(order[::2]), np.sort(order[1::2])
    # A truth with more corners than the model can follow, so that its own shape does not flatter it. Such trees
    # remember; calibrated on the half they did not see, they vary as much as real customers do.
    rough = Recipe(rounds=120, depth=depth, rate=0.08, child_weight=5.0, seed=seed)
    found = margins(boosted(examples, seen, features, rough), examples.encoded)
    try:
        truth = fitted(found[unseen], examples.labels[unseen]).log_odds(found)
    except NothingToCalibrate:
        # They learnt nothing that holds, as with few customers: then the model's own view is a truth as good as any.
        truth = calibration.log_odds(refit(examples, np.arange(len(found))))
    errors = []
    for _ in range(draws):
        drawn = (rng.random(len(truth)) < probability(truth)).astype(float)
        stated = calibration.log_odds(refit(replace(examples, labels=drawn, targets=drawn), np.arange(len(drawn))))
        errors.append(np.abs(stated - truth))
    return Judged(np.tile(examples.encoded, (draws, 1)), np.concatenate(errors))


def _learnt(encoded: Matrix, widths: Floats, features: tuple[Feature, ...], seed: int) -> xgboost.Booster:
    """Trees whose margin is the log of the mean width of such customers."""
    parameters = {
        "objective": "reg:gamma",
        "tree_method": "hist",
        "max_depth": 3,
        "learning_rate": 0.1,
        "min_child_weight": 50,
        "max_bin": 64,
        "seed": seed,
        "nthread": 1,
    }
    data = rows_of(encoded, features, label=np.maximum(widths, _LEAST_ERROR))
    return xgboost.train(parameters, data, num_boost_round=60)
