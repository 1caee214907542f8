"""A small, seeded, bounded search for a tenant's own model: boosted trees and a ridge logistic regression."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import xgboost

from services.scoring.calibrate import likeliest
from services.scoring.features import Floats, Matrix
from services.scoring.linear import Linear
from services.scoring.training.examples import Examples
from services.scoring.training.shrink import stacked
from services.scoring.training.split import SEED, Fold
from services.scoring.trees import Trees

ROUNDS = (25, 50, 100, 150, 200, 300)
SHAPES = ((1, 0.1), (2, 0.05), (3, 0.05))
"""Depth and learning rate."""

PENALTIES = (3.0, 30.0, 300.0)

BINS = 128

SMALL = 2_000
"""Rows below which leaves may be smaller."""


@dataclass(frozen=True)
class Boosting:
    """XGBoost's max_depth, eta, num_boost_round, min_child_weight and lambda."""

    depth: int
    rate: float
    rounds: int
    child_weight: float
    shrinkage: float = 2.0

    def parameters(self) -> dict[str, object]:
        """One thread: sums of floats depend on how many share them, and training leaves the others to scoring."""
        return {
            "objective": "binary:logistic",
            "tree_method": "hist",
            "max_bin": BINS,
            "max_depth": self.depth,
            "learning_rate": self.rate,
            "min_child_weight": self.child_weight,
            "reg_lambda": self.shrinkage,
            "seed": SEED,
            "nthread": 1,
        }


@dataclass(frozen=True)
class Ridge:
    """penalty: on the squares of the weights of columns scaled to standard deviation 1."""

    penalty: float


Recipe: TypeAlias = Boosting | Ridge


@dataclass(frozen=True)
class Found:
    """The best recipe of its kind. margins: (n,) of rows that the models behind them had not seen."""

    recipe: Recipe
    margins: Floats


def trees_found(examples: Examples, folds: Sequence[Fold]) -> Found:
    """The boosted trees of least held-out log loss; of equals the smaller.

    Of each shape, rounds are added while they help.
    """
    weight = 2.0 if len(examples) < SMALL else 5.0
    parts = [(_quantised(examples.at(seen)), unseen) for seen, unseen in folds]
    tried: list[tuple[Boosting, Floats]] = []
    for depth, rate in SHAPES:
        recipe = Boosting(depth, rate, 0, weight)
        boosters = [xgboost.Booster(recipe.parameters(), [data]) for data, _ in parts]
        least = np.inf
        for done, rounds in pairwise((0, *ROUNDS)):
            margins = np.zeros(len(examples))
            for booster, (data, unseen) in zip(boosters, parts, strict=True):
                for step in range(done, rounds):
                    booster.update(data, step)
                margins[unseen] = booster.inplace_predict(examples.encoded[unseen], predict_type="margin")
            tried.append((replace(recipe, rounds=rounds), margins))
            loss = float(_losses(margins, examples.labels).mean())
            if loss > least:
                break
            least = loss
    return _best([recipe for recipe, _ in tried], np.array([margins for _, margins in tried]), examples.labels)


def linear_found(examples: Examples, folds: Sequence[Fold]) -> Found:
    """The logistic regression of least held-out log loss; of equals the more penalised."""
    recipes = [Ridge(penalty) for penalty in sorted(PENALTIES, reverse=True)]
    margins = np.zeros((len(recipes), len(examples)))
    names = tuple(map(str, range(examples.encoded.shape[1])))
    for place, recipe in enumerate(recipes):
        for seen, unseen in folds:
            margins[place, unseen] = ridge(examples.at(seen), recipe, names).margins(examples.encoded[unseen])
    return _best(recipes, margins, examples.labels)


def simpler(linear: Found, trees: Found, labels: Floats) -> Found:
    """The logistic regression, unless the trees beat it by more than one standard error of the difference."""
    calibrated = (stacked(found.margins, None, labels).log_odds(found.margins, None) for found in (linear, trees))
    of_linear, of_trees = (_losses(log_odds, labels) for log_odds in calibrated)
    gain = of_linear - of_trees
    error = gain.std() / np.sqrt(len(gain))
    return trees if gain.mean() > error else linear


def fitted_to(examples: Examples, recipe: Recipe, names: tuple[str, ...]) -> Trees | Linear:
    """The model of this recipe over all the examples. names: of the matrix's columns."""
    if isinstance(recipe, Ridge):
        return ridge(examples, recipe, names)
    return Trees(_boosted(examples, recipe, names))


def ridge(examples: Examples, recipe: Ridge, names: tuple[str, ...]) -> Linear:
    """Logistic regression with a penalty on the squares of the weights, as `likeliest` finds it.

    Columns are cut at their 1st and 99th percentile, so that no single giant decides; missing counts as the mean.
    """
    lows, highs = _span(examples.encoded)
    values = np.clip(examples.encoded.astype(np.float64), lows, highs)
    known = ~np.isnan(values)
    rows = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, values, 0.0).sum(axis=0) / rows
    centred = np.where(known, values - means, 0.0)
    scale = np.sqrt((centred**2).mean(axis=0))
    used = scale > 0
    design = np.column_stack([centred[:, used] / scale[used], np.ones(len(examples))])
    # The intercept, the last, is not penalised.
    penalties = np.append(np.full(design.shape[1] - 1, recipe.penalty), 0.0)
    beta = likeliest(design, examples.labels, centre=np.zeros(len(penalties)), precision=penalties)
    weights = np.zeros(len(means))
    weights[used] = beta[:-1] / scale[used]
    return Linear(names, weights, means, lows, highs, float(beta[-1]))


def _span(encoded: Matrix) -> tuple[Floats, Floats]:
    """(n_columns,) the 1st and 99th percentile of what is known; 0 where nothing is. Flags keep 0 and 1."""
    lows, highs = np.zeros(encoded.shape[1]), np.zeros(encoded.shape[1])
    for column in range(encoded.shape[1]):
        known = encoded[:, column][~np.isnan(encoded[:, column])].astype(np.float64)
        if len(known):
            lows[column], highs[column] = np.quantile(known, [0.01, 0.99])
            if lows[column] == highs[column]:
                lows[column], highs[column] = known.min(), known.max()
    return lows, highs


def _boosted(examples: Examples, recipe: Boosting, names: tuple[str, ...] | None = None) -> xgboost.Booster:
    return xgboost.train(recipe.parameters(), _quantised(examples, names), num_boost_round=recipe.rounds)


def _quantised(examples: Examples, names: tuple[str, ...] | None = None) -> xgboost.QuantileDMatrix:
    named = None if names is None else list(names)
    return xgboost.QuantileDMatrix(examples.encoded, examples.labels, feature_names=named, nthread=1, max_bin=BINS)


def _best(recipes: Sequence[Recipe], margins: Floats, labels: Floats) -> Found:
    losses = [float(_losses(each, labels).mean()) for each in margins]
    best = int(np.argmin(np.round(losses, 9)))
    return Found(recipes[best], margins[best])


def _losses(log_odds: Floats, labels: Floats) -> Floats:
    """(n,) log loss of each row."""
    losses: Floats = np.logaddexp(0.0, np.where(labels > 0.5, -log_odds, log_odds))
    return losses
