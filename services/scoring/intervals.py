"""Intervals: how far the true probability may lie from the stated one, learnt as a width for every customer.

Refits of halves of the customers show how much a fit owes to chance; they leave out what the model cannot follow, so
alone they hold the truth far too seldom. Simulated customers, whose true probabilities are known, show the whole
error: it widens the refits' variance, and then the width, until the truth is held as often as is said.

A table of the widths by feature (trees again) costs one more prediction for each customer and no refits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import xgboost

from services.scoring.calibrate import fitted, probability
from services.scoring.features import Feature, Floats, Matrix
from services.scoring.profile import Interval
from services.scoring.train import Examples, Fitted, Recipe, boosted, margins, rows_of, side_by_side

NOMINAL = 0.9
"""Share of true probabilities that an interval should hold."""

HALVES = 8
"""Refits, each of half of the customers: their variance is that of the fit to all. Source: Politis & Romano (1994)."""

CORNERS = (4, 8, 6)
"""Depth of the trees of each simulated truth; the width is fitted to all of them but the last, and judged on that."""

_LEAST_ERROR = 1e-3


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


def from_refits(examples: Examples, features: tuple[Feature, ...], recipe: Recipe, model: Fitted) -> Spread:
    """The spread of a model of real customers, widened on simulated ones who resemble them."""
    rng = np.random.default_rng(recipe.seed)
    refits = _refits(examples, features, recipe, rng)
    chance = np.var(refits, axis=0, ddof=1) * model.calibration.slope**2
    worlds = list(side_by_side(lambda depth: _world(examples, features, recipe, model, depth), CORNERS))
    squares = np.mean([each.errors**2 for each in worlds[:-1]])
    # What the refits do not explain of the error is taken to be alike everywhere: it showed no pattern.
    widths = np.sqrt(chance + max(float(squares - chance.mean()), 0.0))
    booster = _learnt(examples.encoded, widths, features, recipe)
    tested = (
        f"{len(examples.labels):,} customers with drawn labels; their true probabilities come from trees with more "
        "corners than the model's, fitted to the real labels"
    )
    return _widened(booster, worlds, tested)


def from_truth(worlds: Sequence[Judged], features: tuple[Feature, ...], recipe: Recipe, tested_on: str) -> Spread:
    """The spread of a model of simulated customers: the size of its errors, learnt on the first world.

    worlds: at least three that the model was not fitted to; the width is learnt on the first, widened on those
    between, and judged on the last.
    """
    booster = _learnt(worlds[0].encoded, worlds[0].errors, features, recipe)
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


def _refits(examples: Examples, features: tuple[Feature, ...], recipe: Recipe, rng: np.random.Generator) -> Floats:
    """(HALVES, n) margins of all customers."""
    n = len(examples.labels)
    halves = [np.sort(rng.permutation(n)[: n // 2]) for _ in range(HALVES)]
    # Half the customers at half the weight needed for a leaf: the trees grow as those of the whole.
    half = replace(recipe, child_weight=recipe.child_weight / 2, shrinkage=recipe.shrinkage / 2)
    return np.array(
        list(side_by_side(lambda rows: margins(boosted(examples, rows, features, half), examples.encoded), halves))
    )


def _world(examples: Examples, features: tuple[Feature, ...], recipe: Recipe, model: Fitted, depth: int) -> Judged:
    """The same customers with true probabilities we chose, and the errors of the recipe on labels drawn from them."""
    rng = np.random.default_rng((recipe.seed, depth))
    order = rng.permutation(len(examples.labels))
    seen, unseen = np.sort(order[::2]), np.sort(order[1::2])
    # Rough trees remember; calibrated on the half they did not see, they vary as much as real customers do.
    rough = boosted(examples, seen, features, _rougher(recipe, depth))
    found = margins(rough, examples.encoded)
    truth = fitted(found[unseen], examples.labels[unseen]).log_odds(found)
    drawn = (rng.random(len(truth)) < probability(truth)).astype(float)
    again = boosted(replace(examples, labels=drawn, targets=drawn), np.arange(len(drawn)), features, recipe)
    stated = model.calibration.log_odds(margins(again, examples.encoded))
    return Judged(examples.encoded, np.abs(stated - truth))


def _rougher(recipe: Recipe, depth: int) -> Recipe:
    """A truth with more corners than the model can follow, so that its own shape does not flatter it."""
    return Recipe(rounds=120, depth=depth, rate=0.08, child_weight=5.0, seed=recipe.seed)


def _learnt(encoded: Matrix, widths: Floats, features: tuple[Feature, ...], recipe: Recipe) -> xgboost.Booster:
    """Trees whose margin is the log of the mean width of such customers."""
    parameters = {
        "objective": "reg:gamma",
        "tree_method": "hist",
        "max_depth": 3,
        "learning_rate": 0.1,
        "min_child_weight": 50,
        "max_bin": 64,
        "seed": recipe.seed,
        "nthread": 1,
    }
    data = rows_of(encoded, features, label=np.maximum(widths, _LEAST_ERROR))
    return xgboost.train(parameters, data, num_boost_round=60)
