"""What mapping is about: plans and what they are made of, and the errors this stage can raise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from libs.errors import InvalidInput
from libs.tables.columns import Industry


class UnknownIndustry(InvalidInput):
    """An industry that has no canonical columns."""


class BadSnapshotDate(InvalidInput):
    """A snapshot date that is not an ISO 8601 date."""


class BadDecision(InvalidInput):
    """A person's word that names a column that is not there, or contradicts another."""


class BadProfile(InvalidInput):
    """A profile whose columns cannot be told apart, or that does not belong to the sample."""


class PlanMismatch(InvalidInput):
    """A plan that does not fit the table it is applied to."""


class MalformedStream(InvalidInput):
    """A stream whose parts do not come in their order."""


class Reading(StrEnum):
    """How cells are read where that is not plain (ColumnMapping.format)."""

    PLAIN = ""
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    COMPACT = "compact"
    EXCEL_SERIAL = "excel_serial"
    UNIX_SECONDS = "unix_seconds"
    UNIX_MILLISECONDS = "unix_milliseconds"
    DECIMAL_POINT = "decimal_point"
    DECIMAL_COMMA = "decimal_comma"


class Strategy(StrEnum):
    """How a match was found."""

    ALIAS = "alias"
    NORMALISED = "normalised"
    MEANING = "meaning"
    FUZZY = "fuzzy"
    VALUES = "values"
    DECISION = "decision"
    NONE = ""


@dataclass(frozen=True)
class Alternative:
    """Another canonical column that a file column might be. confidence: 0-100."""

    canonical: str
    confidence: float


@dataclass(frozen=True)
class ColumnMapping:
    """What one column of the file is. canonical: None when it is kept as an extra column."""

    column: str
    canonical: str | None = None
    confidence: float = 0.0
    strategy: Strategy = Strategy.NONE
    evidence: str = ""
    alternatives: tuple[Alternative, ...] = ()
    format: Reading = Reading.PLAIN


@dataclass(frozen=True)
class Example:
    """One row of a derivation: the cells read, in the order of its columns, and what comes out ("" for missing)."""

    before: tuple[str, ...]
    after: str


@dataclass(frozen=True)
class Derivation:
    """One canonical column computed by a named rule. columns: of the file, in the order the rule wants them."""

    canonical: str
    rule: str
    columns: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    evidence: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Signature:
    """A tool known by its header row. confidence: 0-100."""

    tool: str
    confidence: float


class Fold(StrEnum):
    """How one canonical column of a customer's rows becomes one value; blanks count for nothing."""

    FIRST = "first"
    LAST = "last"
    SUM = "sum"
    MAX = "max"
    MIN = "min"
    ANY = "any"
    ALL = "all"
    MEAN = "mean"
    SUM_LIVE = "sum_live"
    MAX_IF_ENDED = "max_if_ended"


@dataclass(frozen=True)
class Grain:
    """What one row is, and how a customer's rows become one.

    row: "subscription", "invoice", "payment" or "snapshot". rule: in a sentence.
    order: the column, canonical or of the file, that orders a customer's rows; empty for the file's own order.
    """

    row: str
    rule: str
    folds: Mapping[str, Fold] = field(default_factory=dict)
    order: str = ""


@dataclass(frozen=True)
class Exclusion:
    """Rows that are no customers', told by one column. values: folded, see words.folded. reason: "trial", "lead"."""

    column: str
    values: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Plan:
    """Everything Apply needs. mappings: one for each column of the file, in its order."""

    industry: Industry
    snapshot_date: date
    mappings: tuple[ColumnMapping, ...]
    missing_required: tuple[str, ...] = ()
    missing_optional: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    signature: Signature | None = None
    grain: Grain | None = None
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def formats(self) -> dict[str, Reading]:
        """How the cells of each of the file's columns are read."""
        return {mapping.column: mapping.format for mapping in self.mappings}

    @property
    def sources(self) -> dict[str, str]:
        """The file's column of each canonical column that has one."""
        return {mapping.canonical: mapping.column for mapping in self.mappings if mapping.canonical}

    @property
    def extras(self) -> tuple[str, ...]:
        """The file's columns that are kept without being known."""
        return tuple(mapping.column for mapping in self.mappings if not mapping.canonical)


@dataclass(frozen=True)
class ConversionFailure:
    """Cells of one canonical column that could not be converted. wanted: the kind they should have been."""

    canonical: str
    count: int
    wanted: str


@dataclass(frozen=True)
class ApplyReport:
    """What became of a table. failures: only columns that had any, in canonical order.

    folded_count: rows that went into another row of their customer. left_out: rows by the reason of their exclusion.
    """

    row_count: int
    failures: tuple[ConversionFailure, ...]
    folded_count: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
