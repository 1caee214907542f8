"""What a model version remembers of the customers it learnt from: how each feature was spread, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
