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
    DECIMAL_POINT = "decimal_point"
    DECIMAL_COMMA = "decimal_comma"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    PERCENT = "percent"
    CURRENCY = "currency"
    DATE_DAY_FIRST = "date_day_first"
    DATE_MONTH_FIRST = "date_month_first"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_NAMED = "date_named"
    EXCEL_SERIAL = "excel_serial"
    UNIX_TIME = "unix_time"
    DURATION = "duration"


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
class ColumnProfile:
    """What is known of one whole column of the file.

    filled, blank, distinct: counts of cells; distinct is of the filled ones.
    top_values: the most frequent filled values with their counts. They may hold PII.
    formats: how many filled cells read as each format.
    number_min, number_max, number_mean: of the cells that read as numbers; None where there were none.
    number_quantiles: at 1, 5, 25, 50, 75, 95 and 99 %, about; empty where not known.
    whole_share: share of the numbers that are whole, 0-1; 0 where not known.
    date_min, date_max: ISO 8601, empty where not known. ascending: no filled cell is less than the one before it.
    currencies: codes or symbols seen, most frequent first.
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
    number_quantiles: tuple[float, ...] = ()
    whole_share: float = 0.0
    date_min: str = ""
    date_max: str = ""
    ascending: bool = False
    currencies: tuple[str, ...] = ()

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
    """A person's word on one canonical column.

    column: the file's column that it is. answer: the option chosen for a question on how to read it.
    Neither: "not in this file". told_on: the day it was first given (ISO 8601); empty for this file.
    """

    canonical: str
    column: str | None = None
    answer: str | None = None
    told_on: str = ""


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
class Candidate:
    """A column of the file that might answer a question. confidence: 0-100."""

    column: str
    confidence: float


@dataclass(frozen=True)
class Option:
    """One answer to a question on how to read a column. id: what comes back as Decision.answer."""

    id: str
    meaning: str


@dataclass(frozen=True)
class Question:
    """Something only a person can decide. may_be_absent: whether "not in this file" is an answer to live with.

    kind: "column" (which one is it?) or "reading" (how is `column` to be read? One of `options`.)
    """

    canonical: str
    message: str
    candidates: tuple[Candidate, ...]
    may_be_absent: bool
    kind: str = "column"
    options: tuple[Option, ...] = ()
    column: str = ""


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
    """What became of a table. failures: only columns that had any, in canonical order.

    folded_count: rows that went into another row of their customer. left_out: rows by the reason of their exclusion.
    """

    row_count: int
    failures: tuple[ConversionFailure, ...]
    folded_count: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
