"""Drift: how far a table's customers are from those that the model learnt from, counted as rows pass by.

Every feature, and the score, is a few bins whose reference shares lie with the model version; a table is their counts.
Counts of two parts of a table add up, so blocks are counted side by side and nothing is held.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from services.scoring.domain import BinDrift, Drift, DriftLevel, FeatureDrift
from services.scoring.features import Encoding, Feature, Floats, Matrix, column_spans
from services.scoring.model import Metadata
from services.scoring.profile import FeatureProfile

SHIFTED_FROM, STRONG_FROM = 0.1, 0.25
"""The usual reading of a stability index: below the first nothing to speak of, from the second on another population.
Source: Siddiqi (2006), Credit Risk Scorecards."""

_CHANCE_Z = 3.0902
"""The normal quantile of 99.9 %: with twenty features, a table of the same customers raises an alarm once in fifty."""

_LEAST = 0.5
"""Customers counted in a bin that holds none: the logarithm of nothing would outweigh all other bins."""

SCORE = "score"


@dataclass(frozen=True)
class Bins:
    """How the model's customers were spread over one feature. edges: inner ones of a number, float32; None for levels.

    labels, shares: one for each bin, in order; the shares are of the known values, and sum to 1.
    rows: reference customers with a value.
    """

    labels: tuple[str, ...]
    shares: Floats
    rows: float
    known_share: float
    edges: np.ndarray | None = None


@dataclass
class Counts:
    """Customers of a table, or of a part of it. bins: by feature (SCORE for the score), missing first. Adds up."""

    rows: int = 0
    bins: dict[str, np.ndarray] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Counts") -> None:
        self.rows += other.rows
        for name, counts in other.bins.items():
            self.bins[name] = self.bins[name] + counts if name in self.bins else counts
        for name, count in other.unread.items():
            self.unread[name] = self.unread.get(name, 0) + count


class Reference:
    """What a model version keeps of its customers, ready to count others beside it.

    columns: of the table; a feature that it cannot give is missing, and no drift.
    """

    def __init__(self, metadata: Metadata, columns: Sequence[str]) -> None:
        rows = metadata.metrics.get("rows", 0.0)
        self._metadata = metadata
        self._features = [
            (feature, span, bins)
            for feature, span in zip(metadata.features, column_spans(metadata.features), strict=True)
            if feature.columns
            and set(feature.columns) <= set(columns)
            and (bins := _bins(feature, metadata.profile.get(feature.name), rows)) is not None
        ]
        self._score = _score_bins(metadata.score_deciles, rows)

    def counts(self, table: pa.RecordBatch, encoded: Matrix, log_odds: Floats) -> Counts:
        """Of some of the customers. encoded: features.matrix of the table. log_odds: (n,) without a level shift."""
        counted = Counts(rows=table.num_rows)
        for feature, span, bins in self._features:
            counts = np.bincount(_places(feature, encoded[:, span], bins) + 1, minlength=len(bins.labels) + 1)
            counted.bins[feature.name] = counts
            if feature.encoding in (Encoding.ORDINAL, Encoding.ONE_HOT):
                filled = table.num_rows - table.column(feature.columns[0]).null_count
                counted.unread[feature.name] = filled - int(counts[1:].sum())
        if self._score is not None and self._score.edges is not None:
            places = _reached(self._score.edges, log_odds).astype(np.intp)
            counted.bins[SCORE] = np.bincount(places + 1, minlength=len(self._score.labels) + 1)
        return counted

    def drift(self, counts: Counts) -> Drift:
        """What the counts of the whole table say."""
        features = [
            _compared(feature.name, bins, counts) for feature, _, bins in self._features if feature.name in counts.bins
        ]
        score = _compared(SCORE, self._score, counts) if self._score is not None and SCORE in counts.bins else None
        return Drift(tuple(features), score, self._metadata.learnt_from, self._metadata.simulated)


def psi(counts: np.ndarray, shares: Floats, reference_rows: float) -> float:
    """The population stability index: the sum over bins of (a - e) ln(a / e).

    counts: customers in each bin, at least one in all. shares: e, of the reference. a: their own shares. A bin that
    is empty on a side counts half a customer there. Source: Lewis (1994), An Introduction to Credit Scoring.
    """
    rows = counts.sum()
    own = np.maximum(counts, _LEAST) / rows
    expected = np.maximum(shares, _LEAST / max(reference_rows, 1.0))
    return float(((own - expected) * np.log(own / expected)).sum())


def chance(rows: float, reference_rows: float, bins: int) -> float:
    """What the index of two samples of one population exceeds once in a thousand.

    It is (1/n + 1/m) times a chi-square with one degree less than bins. Sources: Yurdakul & Naranjo (2020),
    Statistical Properties of the Population Stability Index; Wilson & Hilferty (1931) for the quantile.
    """
    freedom = max(bins - 1, 1)
    spread = 2 / (9 * freedom)
    quantile = freedom * (1 - spread + _CHANCE_Z * spread**0.5) ** 3
    return float(quantile * (1 / max(rows, 1.0) + 1 / max(reference_rows, 1.0)))


def level_of(index: float, by_chance: float) -> DriftLevel:
    """How much an index is to be minded."""
    if index < SHIFTED_FROM or index <= by_chance:
        return DriftLevel.NONE
    return DriftLevel.STRONG if index >= STRONG_FROM else DriftLevel.SHIFTED


def _compared(name: str, bins: Bins, counts: Counts) -> FeatureDrift:
    missing, known = counts.bins[name][0], counts.bins[name][1:]
    rows = int(known.sum())
    index = psi(known, bins.shares, bins.rows) if rows and bins.rows else None
    level = DriftLevel.NONE if index is None else level_of(index, chance(rows, bins.rows, len(bins.labels)))
    return FeatureDrift(
        feature=name,
        psi=index,
        level=level,
        known_share=rows / (rows + int(missing)) if rows else 0.0,
        reference_known_share=bins.known_share,
        unread_count=counts.unread.get(name, 0),
        bins=tuple(map(BinDrift, bins.labels, known.tolist(), bins.shares.tolist())),
    )


def _bins(feature: Feature, profile: FeatureProfile | None, rows: float) -> Bins | None:
    if profile is None or not (profile.shares or profile.levels):
        return None
    known = rows * profile.known_share
    if feature.encoding in (Encoding.NUMBER, Encoding.RATIO):
        edges = np.array(profile.edges, dtype=np.float32)
        return Bins(_between(profile.edges), np.array(profile.shares), known, profile.known_share, edges)
    levels = ("no", "yes") if feature.encoding is Encoding.FLAG else feature.levels
    shares = [profile.levels.get(level, 0.0) for level in levels]
    if feature.encoding is Encoding.ONE_HOT and feature.silent:
        levels = (*levels, " or ".join(feature.silent))
        shares.append(sum(profile.levels.get(level, 0.0) for level in feature.silent))
    return Bins(levels, np.array(shares), known, profile.known_share)


def _score_bins(deciles: Sequence[float], rows: float) -> Bins | None:
    if not deciles:
        return None
    # Deciles that coincide stand for customers with one and the same score, who lie in the bin above it.
    edges, times = np.unique(np.array(deciles, dtype=np.float64), return_counts=True)
    shares = np.append(1, times) / (len(deciles) + 1)
    return Bins(_between(edges.tolist()), shares, rows, 1.0, edges)


def _places(feature: Feature, encoded: np.ndarray, bins: Bins) -> np.ndarray:
    """(n,) the bin of each customer; -1 where nothing is known."""
    unknown = np.isnan(encoded[:, 0])
    if bins.edges is not None:
        places: Any = _reached(bins.edges, encoded[:, 0])
    elif feature.encoding is Encoding.ONE_HOT:
        places = np.where(encoded.max(axis=1) > 0, encoded.argmax(axis=1), len(feature.levels))
    else:
        places = np.nan_to_num(encoded[:, 0])
    return np.where(unknown, -1, places).astype(np.intp)


def _reached(edges: np.ndarray, values: np.ndarray) -> np.ndarray:
    """(n,) int8: how many edges, fewer than 128, each value reaches. A search would take ten times as long for few."""
    reached = np.zeros(len(values), dtype=np.int8)
    for edge in edges:
        reached += (values >= edge).view(np.int8)
    return reached


def _between(edges: Sequence[float]) -> tuple[str, ...]:
    """What the bins between these edges are called."""
    if not edges:
        return ("any",)
    inner = (f"{low:g} to {high:g}" for low, high in pairwise(edges))
    return (f"below {edges[0]:g}", *inner, f"{edges[-1]:g} or more")
