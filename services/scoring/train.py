"""Fitting: a gradient-boosted model with its calibration and held-out figures, the same bytes every time."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xgboost
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from libs.errors import InvalidInput
from services.scoring.calibrate import (
    Calibration,
    calibration_error,
    calibration_noise,
    fitted,
    probability,
)
from services.scoring.features import (
    Feature,
    Floats,
    Matrix,
    encoded_names,
    group_names,
    groups_of_columns,
    monotone_constraints,
)

SEED = 20260531

FITS_AT_ONCE = 2
"""Fits of the cross-validation that run side by side."""

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
            "monotone_constraints": monotone_constraints(features),
            "seed": self.seed,
            "nthread": 1,
        }


@dataclass(frozen=True)
class Fitted:
    """metrics: by name, of rows the models compared had not seen. importance: as in Metadata."""

    booster: xgboost.Booster
    calibration: Calibration
    base_margin: float
    base_rate: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    importance: Mapping[str, float] = field(default_factory=dict)

    @property
    def model_bytes(self) -> bytes:
        return bytes(self.booster.save_raw("ubj"))


def fit(examples: Examples, features: tuple[Feature, ...], recipe: Recipe) -> Fitted:
    """The model of all rows, calibrated on margins of repeated cross-validation.

    Raises NothingToLearn with fewer customers on either side than folds; NothingToCalibrate if nothing is learnt.
    """
    positives = int(examples.labels.sum())
    if min(positives, len(examples.labels) - positives) < recipe.folds:
        seen = f"{positives} of {len(examples.labels)} customers left"
        raise NothingToLearn(f"{seen}; at least {recipe.folds} who left and as many who stayed are needed")
    held_out = list(_held_out(examples, features, recipe))
    margins = np.concatenate([margins for margins, _ in held_out])
    calibration = fitted(margins, np.tile(examples.labels, recipe.repeats))
    booster = _boosted(examples, np.arange(len(examples.labels)), features, recipe)
    rows = _rows(examples.encoded[:IMPORTANCE_ROWS], features)
    contributions = booster.predict(rows, pred_contribs=True).astype(np.float64)
    return Fitted(
        booster,
        calibration,
        base_margin=float(contributions[0, -1]),
        base_rate=float(examples.labels.mean()),
        metrics=_metrics(examples, held_out, recipe),
        importance=_importance(contributions[:, :-1], features),
    )


def _held_out(examples: Examples, features: tuple[Feature, ...], recipe: Recipe) -> Iterator[tuple[Floats, np.ndarray]]:
    """For each repeat: (n,) margins from models that had not seen the row, and (n,) the row's fold."""

    def unseen_margins(split: tuple[np.ndarray, np.ndarray]) -> Floats:
        seen, unseen = split
        booster = _boosted(examples, seen, features, recipe)
        margins: Floats = booster.predict(_rows(examples.encoded[unseen], features), output_margin=True)
        return margins

    # Each fit keeps to one thread, so fits side by side give the same bytes as one after the other.
    with ThreadPoolExecutor(FITS_AT_ONCE) as pool:
        for repeat in range(recipe.repeats):
            margins, folds = np.empty(len(examples.labels)), np.empty(len(examples.labels), dtype=int)
            splitter = StratifiedKFold(recipe.folds, shuffle=True, random_state=recipe.seed + repeat)
            splits = list(splitter.split(examples.encoded, examples.labels))
            for fold, ((_, unseen), found) in enumerate(zip(splits, pool.map(unseen_margins, splits), strict=True)):
                margins[unseen], folds[unseen] = found, fold
            yield margins, folds


def _boosted(examples: Examples, rows: np.ndarray, features: tuple[Feature, ...], recipe: Recipe) -> xgboost.Booster:
    encoded, targets = examples.encoded[rows], examples.targets[rows]
    weights = np.ones(len(rows))
    if recipe.blank_weight:
        encoded = np.vstack([encoded, _blanked(encoded, features, recipe)])
        targets = np.tile(targets, 2)
        weights = np.concatenate([weights, np.full(len(rows), recipe.blank_weight)])
    data = _rows(encoded, features, label=targets, weight=weights)
    return xgboost.train(recipe.parameters(features), data, num_boost_round=recipe.rounds)


def _rows(encoded: Matrix, features: tuple[Feature, ...], **more: Floats) -> xgboost.DMatrix:
    return xgboost.DMatrix(encoded, feature_names=list(encoded_names(features)), nthread=1, **more)


def _blanked(encoded: Matrix, features: tuple[Feature, ...], recipe: Recipe) -> Matrix:
    """A copy in which each optional feature is missing in a seeded random share of the rows."""
    rng = np.random.default_rng(recipe.seed)
    copy, start = encoded.copy(), 0
    for feature in features:
        width = len(feature.encoded)
        if feature.name not in recipe.required:
            copy[rng.random(len(copy)) < recipe.blank_share, start : start + width] = np.nan
        start += width
    return copy


def _metrics(examples: Examples, held_out: list[tuple[Floats, np.ndarray]], recipe: Recipe) -> dict[str, float]:
    """Means over the repeats; each fold's probabilities are calibrated on the other folds' held-out margins."""
    labels = examples.labels
    figures: list[dict[str, float]] = []
    for margins, folds in held_out:
        chances = np.empty(len(labels))
        for fold in range(recipe.folds):
            here = folds == fold
            chances[here] = probability(fitted(margins[~here], labels[~here]).log_odds(margins[here]))
        by_fold = [roc_auc_score(labels[folds == fold], margins[folds == fold]) for fold in range(recipe.folds)]
        figures.append(
            {
                "auc": float(np.mean(by_fold)),
                "auc_fold_sd": float(np.std(by_fold)),
                "brier": float(brier_score_loss(labels, chances)),
                "log_loss": float(log_loss(labels, chances)),
                "accuracy": float(np.mean((chances > 0.5) == labels)),
                "calibration_error": calibration_error(chances, labels),
                "calibration_noise": calibration_noise(chances, recipe.seed),
            }
        )
    return {name: round(float(np.mean([figure[name] for figure in figures])), 6) for name in figures[0]} | {
        "rows": float(len(labels)),
        "base_rate": round(float(labels.mean()), 6),
    }


def _importance(contributions: Floats, features: tuple[Feature, ...]) -> dict[str, float]:
    groups = groups_of_columns(features)
    return {
        name: float(np.abs(contributions[:, groups == place].sum(axis=1)).mean())
        for place, name in enumerate(group_names(features))
    }
