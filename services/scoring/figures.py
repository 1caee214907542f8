"""Figures of a fit on rows its models had not seen: ranking, calibration, and what each missing feature costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from services.scoring.calibrate import Calibration, calibration_error, calibration_noise, fitted, probability
from services.scoring.features import Feature, Floats, Matrix, column_spans


@dataclass(frozen=True)
class HeldOut:
    """One round of cross-validation over n rows.

    margins: (n,) from models that had not seen the row. folds: (n,) the fold each row was held out in.
    without: (n_features, n) the margins with each feature masked; no rows where that was not asked for.
    """

    margins: Floats
    folds: np.ndarray
    without: Floats


def metrics(labels: Floats, rounds: Sequence[HeldOut], seed: int) -> dict[str, float]:
    """Means over the rounds; each fold's probabilities are calibrated on the other folds' held-out margins.

    The calibration error is of all folds' probabilities together; `calibration_noise` is what chance alone gives it.
    """
    figures: list[dict[str, float]] = []
    for each in rounds:
        chances = calibrated(labels, each)
        by_fold = [roc_auc_score(labels[rows], each.margins[rows]) for rows in _folds(each)]
        figures.append(
            {
                "auc": float(np.mean(by_fold)),
                "auc_fold_sd": float(np.std(by_fold)),
                "brier": float(brier_score_loss(labels, chances)),
                "log_loss": float(log_loss(labels, chances)),
                "accuracy": float(np.mean((chances > 0.5) == labels)),
                "calibration_error": calibration_error(chances, labels),
                "calibration_noise": calibration_noise(chances, seed),
            }
        )
    return {name: round(float(np.mean([figure[name] for figure in figures])), 6) for name in figures[0]} | {
        "rows": float(len(labels)),
        "base_rate": round(float(labels.mean()), 6),
    }


def calibrated(labels: Floats, held_out: HeldOut) -> Floats:
    """(n,) the probability of each row from a model and a calibration that had not seen it."""
    chances = np.empty(len(labels))
    for rows in _folds(held_out):
        chances[rows] = probability(fitted(held_out.margins[~rows], labels[~rows]).log_odds(held_out.margins[rows]))
    return chances


def missing_costs(features: Sequence[Feature], encoded: Matrix, labels: Floats, held_out: HeldOut) -> dict[str, float]:
    """By feature, the AUC that held-out rows which have it lose when it is masked; 0 if it costs nothing."""
    costs = {}
    for feature, span, margins in zip(features, column_spans(features), held_out.without, strict=True):
        known = ~np.isnan(encoded[:, span]).all(axis=1)
        lost = roc_auc_score(labels[known], held_out.margins[known]) - roc_auc_score(labels[known], margins[known])
        costs[feature.name] = round(max(float(lost), 0.0), 6)
    return costs


def score_deciles(calibration: Calibration, margins: Floats) -> tuple[float, ...]:
    """(9,) the inner deciles of held-out log-odds."""
    deciles = np.quantile(calibration.log_odds(margins), np.arange(1, 10) / 10)
    return tuple(round(float(each), 6) for each in deciles)


def _folds(held_out: HeldOut) -> list[np.ndarray]:
    """The rows of each fold, as masks."""
    return [held_out.folds == fold for fold in range(int(held_out.folds.max()) + 1)]
