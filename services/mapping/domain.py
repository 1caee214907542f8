"""What mapping is about: profiles of columns, plans, questions, and the errors this stage can raise."""

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


class Format(StrEnum):
    """Ways to read a cell of text, as ingest counts them."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE_ISO = "date_iso"
    DATE_OTHER = "date_other"
    EMAIL = "email"
    FORMATTED_NUMBER = "formatted_number"


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
class ColumnProfile:
    """What is known of one whole column of the file.

    filled, blank, distinct: counts of cells; distinct is of the filled ones.
    top_values: the most frequent filled values with their counts. They may hold PII.
    formats: how many filled cells read as each format.
    number_min, number_max, number_mean: of the cells that read as numbers; None where there were none.
    """

    name: str
    filled: int = 0
    blank: int = 0
    distinct: int = 0
    top_values: tuple[tuple[str, int], ...] = ()
    formats: Mapping[Format, int] = field(default_factory=dict)
    number_min: float | None = None
    number_max: float | None = None
    number_mean: float | None = None

    @property
    def filled_share(self) -> float:
        """Share of cells that are filled, 0-1; 1 where nothing was counted."""
        cells = self.filled + self.blank
        return self.filled / cells if cells else 1.0

    def share(self, *formats: Format) -> float:
        """Share of filled cells that read as one of `formats`, which must not overlap; 0 where nothing is filled."""
        counted = sum(self.formats.get(each, 0) for each in formats)
        return min(1.0, counted / self.filled) if self.filled else 0.0


@dataclass(frozen=True)
class Profile:
    """What is known of the whole table. columns: in the order of the file."""

    row_count: int
    columns: tuple[ColumnProfile, ...]


@dataclass(frozen=True)
class Decision:
    """A person's word on one canonical column. column: None for "not in this file"."""

    canonical: str
    column: str | None


@dataclass(frozen=True)
class SuggestOptions:
    """industry: None to detect it. required_min, optional_min: least confidence (0-100) to map unasked.

    forgotten_names, forgotten_tools: aliases (compact) and tools that are not to be used; for benchmarks that ask
        what a tool's export would become had it never been seen.
    """

    snapshot_date: date
    industry: Industry | None = None
    decisions: tuple[Decision, ...] = ()
    required_min: float = 78
    optional_min: float = 70
    forgotten_names: frozenset[str] = frozenset()
    forgotten_tools: frozenset[str] = frozenset()


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


@dataclass(frozen=True)
class Signature:
    """The tool whose export a header row looks like. confidence: 0-100."""

    tool: str
    confidence: float


@dataclass(frozen=True)
class Plan:
    """Everything Apply needs. mappings: one for each column of the file, in its order."""

    industry: Industry
    snapshot_date: date
    mappings: tuple[ColumnMapping, ...]
    missing_required: tuple[str, ...] = ()
    missing_optional: tuple[str, ...] = ()
    signature: Signature | None = None

    @property
    def sources(self) -> dict[str, str]:
        """The file's column of each canonical column that has one."""
        return {mapping.canonical: mapping.column for mapping in self.mappings if mapping.canonical}

    @property
    def extras(self) -> tuple[str, ...]:
        """The file's columns that are kept without being known."""
        return tuple(mapping.column for mapping in self.mappings if not mapping.canonical)


@dataclass(frozen=True)
class Candidate:
    """A column of the file that might answer a question. confidence: 0-100."""

    column: str
    confidence: float


@dataclass(frozen=True)
class Question:
    """Something only a person can decide. may_be_absent: whether "not in this file" is an answer to live with."""

    canonical: str
    message: str
    candidates: tuple[Candidate, ...]
    may_be_absent: bool


@dataclass(frozen=True)
class Suggestion:
    """A plan, and what must be answered before it may be applied."""

    plan: Plan
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class ConversionFailure:
    """Cells of one canonical column that could not be converted. wanted: the kind they should have been."""

    canonical: str
    count: int
    wanted: str


@dataclass(frozen=True)
class ApplyReport:
    """What became of a table. failures: only columns that had any, in canonical order."""

    row_count: int
    failures: tuple[ConversionFailure, ...]
