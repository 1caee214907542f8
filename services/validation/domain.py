"""What validation is about: layers, severities, findings, and the tables it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import pyarrow as pa

from libs.errors import InvalidInput
from libs.tables.columns import Industry


class UnknownIndustry(InvalidInput):
    """The options name an industry without canonical columns."""


class MalformedDate(InvalidInput):
    """The options give a snapshot date that is no date."""


class UncheckableTable(InvalidInput):
    """The schema is not one of a canonical table: no customer_id, or a name that is taken."""


class UnfitBatch(InvalidInput):
    """A batch has another schema than the options said."""


class Layer(StrEnum):
    """The five layers, in the order they are applied."""

    SCHEMA = "schema"
    TYPES = "types"
    RANGES = "ranges"
    BUSINESS_RULES = "business rules"
    READINESS = "readiness"


class Severity(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    FATAL = "fatal"


class Effect(StrEnum):
    """What becomes of the rows that a check finds."""

    SET_ASIDE = "set aside"
    BLANKED = "treated as missing"
    KEPT = "kept as they are"


COSTS: dict[Severity, float] = {Severity.INFO: 0.02, Severity.WARNING: 0.2, Severity.ERROR: 1.0, Severity.FATAL: 1.0}
"""What a finding takes off the score of 1 when it concerns every row; its share of rows scales it.

A row set aside is a customer without a prediction: the cost is its full share. A row that is worse
off still gets one: a fifth.
"""

OPTIONAL_WEIGHT = 0.1
"""Scales the cost of a finding on one optional column: a model reads ten to twenty of them."""

FREE = 0.0
"""Weight of a note that says something worth knowing and takes nothing off the score."""

ROWS_MAX = 10
"""Source rows that a finding shows."""


@dataclass(frozen=True)
class Options:
    """How to check a table.

    schema: of the incoming batches. waived: required columns a person said are not in the file.
    snapshot: the day the file describes; None: rules that need it are not checked.
    """

    industry: Industry
    schema: pa.Schema
    waived: tuple[str, ...] = ()
    snapshot: date | None = None


class Operation(StrEnum):
    """What a repair does to its column."""

    FILL_MISSING = "fill_missing"
    CAP = "cap"
    DROP_COLUMN = "drop_column"
    DIVIDE = "divide"
    REMOVE_DUPLICATES = "remove_duplicates"


@dataclass(frozen=True)
class Repair:
    """How a machine could mend a defect; nothing here applies it.

    parameters: fill_missing: statistic (median, most_frequent); cap: minimum, maximum, or
        maximum_column; divide: divisor; remove_duplicates: keep (first); drop_column: none.
    """

    operation: Operation
    column: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One check and what it saw, without cell values.

    count, share: rows concerned, and their share of all rows, 0-1. cost: taken off the score.
    columns: columns concerned. rows: source rows of the first cases. repair: None where only a person can mend it.
    """

    id: str
    layer: Layer
    severity: Severity
    passed: bool
    count: int
    share: float
    message: str
    advice: str
    cost: float
    columns: tuple[str, ...]
    rows: tuple[int, ...] = ()
    repair: Repair | None = None


@dataclass(frozen=True)
class Findings:
    """The outcome of every check that ran, in the order of the layers; score is 0-1."""

    row_count: int
    clean_count: int
    quarantined_count: int
    checks: tuple[Finding, ...]

    @property
    def score(self) -> float:
        """One less the cost of every finding; never below 0."""
        return max(0.0, 1.0 - sum(check.cost for check in self.checks))


def cost(severity: Severity, share: float, weight: float = 1.0) -> float:
    """What a finding takes off the score; rounded, so that reports do not show noise."""
    return round(min(1.0, COSTS[severity] * share * weight), 6)
