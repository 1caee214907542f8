"""What a model version remembers of the customers it learnt from: how each feature was spread, and how sure it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.scoring.calibrate import probability
from services.scoring.features import Encoding, Feature, Floats, values

BINS = 10


@dataclass(frozen=True)
class FeatureProfile:
    """How the training customers were spread over one feature, before encoding.

    known_share: of customers with a value, 0-1.
    low, typical, high: the 5th, 50th and 95th percentile of a number or ratio; None for flags and categories.
    common: the most frequent value of a flag ("yes", "no") or category; "" for numbers.
    edges, shares: inner edges of up to ten bins of a number, and the share of known values in each (one more than
        edges); a value on an edge belongs to the bin above it.
    levels: share of known values by level of a category or flag ("yes", "no").
    """

    known_share: float
    low: float | None = None
    typical: float | None = None
    high: float | None = None
    common: str = ""
    edges: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "FeatureProfile":
        """What `dataclasses.asdict` made. Raises KeyError, TypeError."""
        return cls(**{**fields, "edges": tuple(fields["edges"]), "shares": tuple(fields["shares"])})


@dataclass(frozen=True)
class Interval:
    """How an interval around a probability is made: log-odds plus and minus widening * spread.

    nominal: the share of true probabilities it should hold. coverage: the share it held, where that was tested
    (`tested_on`, a sentence).
    """

    widening: float
    nominal: float
    coverage: float
    tested_on: str


def bounds(log_odds: Floats, log_width: Floats, interval: Interval) -> tuple[Floats, Floats]:
    """Lower and upper end of each customer's interval as probabilities; they enclose the stated one.

    log_odds: (n,) calibrated and shifted. log_width: (n,) margins of the spread's trees.
    """
    half = interval.widening * np.exp(log_width)
    return probability(log_odds - half), probability(log_odds + half)


def profiles(table: pa.RecordBatch | pa.Table, features: Sequence[Feature]) -> dict[str, FeatureProfile]:
    """How the customers of a canonical table are spread over each feature, by its name. Raises UnreadableColumn."""
    return {feature.name: profile(table, feature) for feature in features}


def profile(table: pa.RecordBatch | pa.Table, feature: Feature) -> FeatureProfile:
    """How the customers of a canonical table are spread over one feature; a value it does not know counts as none.

    Raises UnreadableColumn.
    """
    cells: Any = values(table, feature)
    if feature.encoding in (Encoding.NUMBER, Encoding.RATIO):
        return _of_numbers(np.asarray(cells.drop_null().cast(pa.float64())), table.num_rows)
    words = (
        pc.if_else(cells, "yes", "no")
        if feature.encoding is Encoding.FLAG and pa.types.is_boolean(cells.type)
        else cells
    )
    counts: dict[str, int] = {}
    for each in words.drop_null().value_counts().to_pylist():
        level = level_of(feature, each["values"])
        if level:
            counts[level] = counts.get(level, 0) + each["counts"]
    return _of_levels(counts, table.num_rows)


def level_of(feature: Feature, text: str) -> str:
    """The level that the text stands for; "" if the feature knows none such."""
    value = text.strip().lower()
    value = feature.synonyms.get(value, value)
    known = ("yes", "no") if feature.encoding is Encoding.FLAG else (*feature.levels, *feature.silent)
    return value if value in known else ""


def _of_numbers(known: Floats, rows: int) -> FeatureProfile:
    if not len(known):
        return FeatureProfile(0.0)
    low, typical, high = (_short(each) for each in np.quantile(known, (0.05, 0.5, 0.95)))
    edges = np.unique([_short(each) for each in np.quantile(known, np.arange(1, BINS) / BINS)])
    # A bin that nobody is in would make any later customer there infinitely strange.
    edges = edges[edges > known.min()]
    counts = np.bincount(np.searchsorted(edges, known, side="right"), minlength=len(edges) + 1)
    shares = tuple(_short(share) for share in counts / len(known))
    return FeatureProfile(_short(len(known) / rows), low, typical, high, edges=tuple(edges.tolist()), shares=shares)


def _of_levels(counts: Mapping[str, int], rows: int) -> FeatureProfile:
    known = sum(counts.values())
    if not known:
        return FeatureProfile(0.0)
    # The first in the alphabet where two are equally frequent, so that a profile is always the same.
    common = min(counts, key=lambda level: (-counts[level], level))
    levels = {level: _short(count / known) for level, count in sorted(counts.items())}
    return FeatureProfile(_short(known / rows), common=common, levels=levels)


def _short(number: float) -> float:
    return float(f"{number:.6g}")
