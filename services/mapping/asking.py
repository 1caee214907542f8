"""What passes between a plan and a person: options, questions, decisions, and the suggestion that holds them."""

from dataclasses import dataclass
from datetime import date

from libs.tables.columns import Industry
from services.mapping.domain import Plan


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
