"""Each column of the file one canonical column at most, and the other way round: the best choice for all at once."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from libs.tables.columns import COLUMNS, Industry
from services.mapping.cells import Cells
from services.mapping.match import Match

RANK_WEIGHT, ORDER_WEIGHT = 1e-6, 1e-10
"""How much an alias's place, and then the alphabet, count beside the confidence: they only break ties."""

REQUIRED_WEIGHT = 2.0
"""How much more a required column counts than another when the industry is detected."""

DEFAULT_INDUSTRY = Industry.SAAS
DEFAULT_INDUSTRY_LEAD = 1.0
"""What another industry must have on top of the default one's coverage: one sure column of its own is not enough."""


def assigned(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> list[Match | None]:
    """For each column the match that is best for all, or None. Neither the order of columns nor unlike ones matter.

    Confidences are weighed as odds, so that one sure match outweighs two doubtful ones.
    """
    chosen: list[Match | None] = [None] * len(columns)
    canonical = sorted({name for found in matches for name in found})
    if not canonical:
        return chosen
    order = sorted(range(len(columns)), key=lambda place: (columns[place].name.compact, columns[place].name.raw))
    gains = np.zeros((len(columns), len(canonical)))
    for row, place in enumerate(order):
        for match in matches[place].values():
            odds = match.confidence / (100.0 - match.confidence)
            gains[row, canonical.index(match.canonical)] = odds * (1 - RANK_WEIGHT * match.rank - ORDER_WEIGHT * row)
    for row, column in zip(*linear_sum_assignment(gains, maximize=True), strict=True):
        chosen[order[row]] = matches[order[row]].get(canonical[column])
    return chosen


def coverage(matches: Sequence[Match | None], industry: Industry) -> float:
    """How well the industry's features are covered: the sum of confidences, required columns counted double."""
    weights = {
        column.name: REQUIRED_WEIGHT if column.required else 1.0 for column in COLUMNS[industry] if column.feature
    }
    return sum(weights.get(match.canonical, 0.0) * match.confidence / 100.0 for match in matches if match)
