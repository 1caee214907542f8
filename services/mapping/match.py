"""A canonical column that a file's column might be, and how far each kind of name is trusted."""

from dataclasses import dataclass

from services.mapping.domain import Strategy

SURE, LIKELY, WEAK = 97.0, 85.0, 60.0
"""Confidence, 0-100, in a name of each grade before the values have spoken."""

CONFIDENCE_MAX = 99.0

MEANING_RANK, QUALIFIED_RANK, FOREIGN_RANK = 500, 550, 600
"""Rank of a match by meaning, behind every alias of the same confidence; of one read without words
that only qualify; and of one read without a word that no list knows."""


@dataclass(frozen=True)
class Match:
    """A canonical column that a file column might be.

    rank: place among the column's aliases, for breaking ties. generic: whether the name alone says little ("id").
    per_period: whether it is a price whose name does not say that it is a month's.
    """

    canonical: str
    confidence: float
    strategy: Strategy
    evidence: str
    rank: int = 0
    generic: bool = False
    per_period: bool = False
