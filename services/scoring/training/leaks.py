"""The leak sentinel of training: features that tell the end too well to be known before it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from services.scoring.features import Feature, Floats, Matrix

AUC_IMPLAUSIBLE = 0.9
AUC_PLAUSIBLE_MAX = 0.85
"""An AUC of at least the first, and beyond the second by two standard errors, is no single column's own merit: the
best single columns of honest files (tenure, contract, satisfaction) reach about 0.75."""

SIDE_ROWS_MIN = 20
"""Customers who left, and who stayed, below which no AUC is judged."""

BY_CHANCE_MAX = 1e-9
"""Chance below which a feature that is filled on one side only was filled because of the label."""


@dataclass(frozen=True)
class Leak:
    """auc: of the feature alone, or of where it is filled. reason: for a person.

    echo_of: the leak that this feature tells with another, though not alone; "" for one that tells the end itself.
    """

    feature: Feature
    auc: float
    reason: str
    echo_of: str = ""


def leaks(encoded: Matrix, labels: Floats, features: Sequence[Feature]) -> list[Leak]:
    """The features that must not be learnt from, in their order. encoded: (n, n_columns) of `features`."""
    sides = int(labels.sum()), int(len(labels) - labels.sum())
    if min(sides) < SIDE_ROWS_MIN:
        return []
    found, start = [], 0
    for feature in features:
        columns = encoded[:, start : start + len(feature.encoded)]
        start += len(feature.encoded)
        filled = np.asarray(~np.isnan(columns).all(axis=1))
        if _one_sided(filled, labels):
            auc = _either_way(filled, labels)
            reason = "is filled only for customers of one side of the label"
            found.append(Leak(feature, auc, f"{reason} (AUC {auc:.2f} alone)"))
            continue
        auc = alone(columns, labels)
        if auc >= AUC_IMPLAUSIBLE and auc - 2 * auc_error(auc, *sides) > AUC_PLAUSIBLE_MAX:
            reason = f"alone tells who left with an AUC of {auc:.2f}, where honest columns stay below"
            found.append(Leak(feature, auc, f"{reason} {AUC_PLAUSIBLE_MAX:.2f}"))
    return found


def alone(columns: Matrix, labels: Floats) -> float:
    """AUC of a feature by itself, of its values or of where it is filled. columns: (n, width) of its own."""
    filled = np.asarray(~np.isnan(columns).all(axis=1))
    return max(_either_way(filled, labels), _ranked(columns[filled], labels[filled]))


def auc_error(auc: float, left: int, stayed: int) -> float:
    """Standard error of an AUC. Source: Hanley and McNeil (1982)."""
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = auc * (1 - auc) + (left - 1) * (q1 - auc**2) + (stayed - 1) * (q2 - auc**2)
    return float(np.sqrt(max(0.0, variance) / (left * stayed)))


def _ranked(columns: np.ndarray, labels: Floats) -> float:
    """AUC of a number, or of a category's levels ranked by their rate of leaving; 0.5 where it cannot be told."""
    if min(labels.sum(), len(labels) - labels.sum()) < SIDE_ROWS_MIN:
        return 0.5
    if columns.shape[1] == 1:
        return _either_way(columns[:, 0].astype(np.float64), labels)
    levels = columns.argmax(axis=1)
    rows = np.maximum(np.bincount(levels, minlength=columns.shape[1]), 1)
    rates = np.bincount(levels, weights=labels, minlength=columns.shape[1]) / rows
    return _either_way(rates[levels], labels)


def _either_way(values: np.ndarray, labels: Floats) -> float:
    auc = float(roc_auc_score(labels, values)) if len(values) else 0.5
    return max(auc, 1 - auc)


def _one_sided(filled: np.ndarray, labels: Floats) -> bool:
    """Whether only customers of one side have the feature filled, more of them than chance would."""
    among = labels[filled]
    if len(among) == 0 or 0 < among.sum() < len(among):
        return False
    share = labels.mean() if among.sum() else 1 - labels.mean()
    return bool(len(among) * np.log(share) < np.log(BY_CHANCE_MAX))
