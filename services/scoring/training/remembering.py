"""What a version remembers of held-out rows, for later files to be held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from services.scoring.features import Feature, Floats, column_spans
from services.scoring.training.judging import Held, auc
from services.scoring.training.setting import Ground

DECIMALS = 6


@dataclass(frozen=True)
class Seen:
    """score_deciles, missing_cost: as in Metadata; the costs of every feature that was looked at."""

    score_deciles: tuple[float, ...]
    missing_cost: Mapping[str, float]


def score_deciles(held: Held) -> tuple[float, ...]:
    """(9,) the inner deciles of the held-out log-odds."""
    chances = np.clip(held.chances[0], 1e-12, 1 - 1e-12)
    deciles = np.quantile(np.log(chances) - np.log1p(-chances), np.arange(1, 10) / 10)
    return tuple(round(float(each), DECIMALS) for each in deciles)


def missing_costs(standing: Ground, held: Held, without: Floats, rows: np.ndarray) -> dict[str, float]:
    """By feature, the AUC that held-out rows which have it lose when it is not known; 0 if it costs nothing.

    without: (n_features, n_held) their chances then. rows: (n_held,) which rows they are.
    """
    encoded, costs = standing.examples.encoded[rows], {}
    spans = column_spans(standing.features)
    for feature, span, chances in zip(standing.features, spans, without, strict=True):
        known = ~np.isnan(encoded[:, span]).all(axis=1)
        labels = held.labels[known]
        if 0 < labels.sum() < len(labels):
            lost = auc(labels, held.chances[0][known]) - auc(labels, chances[known])
            costs[feature.name] = round(max(lost, 0.0), DECIMALS)
    return costs


def of(features: Sequence[Feature], costs: Mapping[str, float]) -> dict[str, float]:
    """The costs of these features, those that cost anything known."""
    return {each.name: costs[each.name] for each in features if each.name in costs}
