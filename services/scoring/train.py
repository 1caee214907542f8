"""Fitting: a gradient-boosted model with its calibration and held-out figures, the same bytes every time."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import xgboost
from sklearn.model_selection import StratifiedKFold

from libs.errors import InvalidInput
from services.scoring import figures
from services.scoring.calibrate import Calibration, fitted
from services.scoring.features import (
    Feature,
    Floats,
    Matrix,
    column_spans,
    encoded_names,
    group_names,
    groups_of_columns,
    monotone_constraints,
)
from services.scoring.figures import HeldOut

SEED = 20260531

FITS_AT_ONCE = 2
"""Fits that run side by side."""

Given = TypeVar("Given")
Made = TypeVar("Made")

IMPORTANCE_ROWS = 5_000
"""Global importance is a mean over the first so many training rows: exact values of more would only cost time."""


class NothingToLearn(InvalidInput):
    """The labels hold too few customers who left, or who stayed."""


@dataclass(frozen=True)
class Examples:
    """Customers whose end is known.

    encoded: (n, n_columns) as features.matrix gives it. labels: (n,) 1 left, 0 stayed.
    targets: (n,) what the trees are fitted to; the labels, or the true probabilities of a simulation.
    """

    encoded: Matrix
    labels: Floats
    targets: Floats

    @property
    def digest(self) -> str:
        """SHA-256 of matrix, labels and targets, hex."""
        parts = (self.encoded.astype("<f4"), self.labels.astype("<f8"), self.targets.astype("<f8"))
        digest = hashlib.sha256(repr(self.encoded.shape).encode())
        for part in parts:
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a fit, besides the data.

    rounds, depth, rate, child_weight, shrinkage: XGBoost's num_boost_round, max_depth, eta, min_child_weight, lambda.
    row_share, column_share, bins: its subsample, colsample_bynode and max_bin.
    blank_share, blank_weight: a second copy of the rows, with this share of cells blanked feature by feature,
        is fitted at this weight: so a column that a file lacks sends customers to the average of the branches
        and not to an arbitrary one. 0 for none.
    required: features never blanked. folds, repeats: of the cross-validation.
    """

    rounds: int = 200
    depth: int = 3
    rate: float = 0.05
    child_weight: float = 1.0
    shrinkage: float = 1.0
    row_share: float = 1.0
    column_share: float = 1.0
    bins: int = 256
    blank_share: float = 0.0
    blank_weight: float = 0.0
    required: tuple[str, ...] = ()
    folds: int = 5
    repeats: int = 3
    seed: int = SEED

    def parameters(self, features: tuple[Feature, ...]) -> dict[str, Any]:
        """XGBoost's own. One thread: sums of floats depend on how many threads share them."""
        return {
            "objective": "binary:logistic",
            "tree_method": "hist",
            "max_depth": self.depth,
            "learning_rate": self.rate,
            "min_child_weight": self.child_weight,
            "reg_lambda": self.shrinkage,
            "subsample": self.row_share,
            "colsample_bynode": self.column_share,
            "max_bin": self.bins,
            "monotone_constraints": monotone_constraints(features),
            "seed": self.seed,
            "nthread": 1,
        }


@dataclass(frozen=True)
class Fitted:
    """metrics: by name, of rows the models compared had not seen. importance, score_deciles, missing_cost: as in
    Metadata."""

    booster: xgboost.Booster
    calibration: Calibration
    base_margin: float
    base_rate: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    importance: Mapping[str, float] = field(default_factory=dict)
    score_deciles: tuple[float, ...] = ()
    missing_cost: Mapping[str, float] = field(default_factory=dict)

    @property
    def model_bytes(self) -> bytes:
        return bytes(self.booster.save_raw("ubj"))


def fit(examples: Examples, features: tuple[Feature, ...], recipe: Recipe) -> Fitted:
    """The model of all rows, calibrated on margins of repeated cross-validation.

    Raises NothingToLearn with fewer customers on either side than folds; NothingToCalibrate if nothing is learnt.
    """
    labels = examples.labels
    positives = int(labels.sum())
    if min(positives, len(labels) - positives) < recipe.folds:
        seen = f"{positives} of {len(labels)} customers left"
        raise NothingToLearn(f"{seen}; at least {recipe.folds} who left and as many who stayed are needed")
    rounds = [held_out(examples, features, recipe, repeat) for repeat in range(recipe.repeats)]
    calibration = fitted(np.concatenate([each.margins for each in rounds]), np.tile(labels, recipe.repeats))
    booster = boosted(examples, np.arange(len(labels)), features, recipe)
    contributions = booster.predict(rows_of(examples.encoded[:IMPORTANCE_ROWS], features), pred_contribs=True)
    return Fitted(
        booster,
        calibration,
        base_margin=float(contributions[0, -1]),
        base_rate=float(labels.mean()),
        metrics=figures.metrics(labels, rounds, recipe.seed),
        importance=_importance(contributions[:, :-1].astype(np.float64), features),
        score_deciles=figures.score_deciles(calibration, rounds[0].margins),
        missing_cost=figures.missing_costs(features, examples.encoded, labels, rounds[0]),
    )


def held_out(examples: Examples, features: tuple[Feature, ...], recipe: Recipe, repeat: int) -> HeldOut:
    """A round of cross-validation, shuffled by the recipe's seed + repeat; the first also masks each feature."""
    spans = column_spans(features) if repeat == 0 else ()

    def unseen_margins(split: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, Floats, Floats]:
        seen, unseen = split
        booster = boosted(examples, seen, features, recipe)
        encoded = examples.encoded[unseen]
        without = np.array([margins(booster, _masked(encoded, span)) for span in spans]).reshape(-1, len(unseen))
        return unseen, margins(booster, encoded), without

    splitter = StratifiedKFold(recipe.folds, shuffle=True, random_state=recipe.seed + repeat)
    found, folds = np.empty(len(examples.labels)), np.empty(len(examples.labels), dtype=int)
    masked = np.empty((len(spans), len(examples.labels)))
    splits = splitter.split(examples.encoded, examples.labels)
    for fold, (unseen, own, without) in enumerate(side_by_side(unseen_margins, splits)):
        found[unseen], folds[unseen], masked[:, unseen] = own, fold, without
    return HeldOut(found, folds, masked)


def side_by_side(make: Callable[[Given], Made], given: Iterable[Given], at_once: int = FITS_AT_ONCE) -> Iterator[Made]:
    """What `make` makes of each, in order. A fit keeps to one thread, so the bytes are those of one after the other."""
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(make, given)


def boosted(examples: Examples, rows: np.ndarray, features: tuple[Feature, ...], recipe: Recipe) -> xgboost.Booster:
    """The trees of some of the rows."""
    encoded, targets = examples.encoded[rows], examples.targets[rows]
    weights = np.ones(len(rows))
    if recipe.blank_weight:
        encoded = np.vstack([encoded, _blanked(encoded, features, recipe)])
        targets = np.tile(targets, 2)
        weights = np.concatenate([weights, np.full(len(rows), recipe.blank_weight)])
    data = rows_of(encoded, features, label=targets, weight=weights)
    return xgboost.train(recipe.parameters(features), data, num_boost_round=recipe.rounds)


def rows_of(encoded: Matrix, features: tuple[Feature, ...], **more: Floats) -> xgboost.DMatrix:
    return xgboost.DMatrix(encoded, feature_names=list(encoded_names(features)), nthread=1, **more)


def margins(booster: xgboost.Booster, encoded: Matrix) -> Floats:
    """(n,) float64."""
    found: Floats = booster.inplace_predict(encoded, predict_type="margin").astype(np.float64)
    return found


def _masked(encoded: Matrix, span: slice) -> Matrix:
    copy = encoded.copy()
    copy[:, span] = np.nan
    return copy


def _blanked(encoded: Matrix, features: tuple[Feature, ...], recipe: Recipe) -> Matrix:
    """A copy in which each optional feature is missing in a seeded random share of the rows."""
    rng = np.random.default_rng(recipe.seed)
    copy = encoded.copy()
    for feature, span in zip(features, column_spans(features), strict=True):
        if feature.name not in recipe.required:
            copy[rng.random(len(copy)) < recipe.blank_share, span] = np.nan
    return copy


def _importance(contributions: Floats, features: tuple[Feature, ...]) -> dict[str, float]:
    groups = groups_of_columns(features)
    return {
        name: float(np.abs(contributions[:, groups == place].sum(axis=1)).mean())
        for place, name in enumerate(group_names(features))
    }
