"""How a file is read, as one JSON document: what `map --json` prints and an export of a mapping holds."""

from collections.abc import Iterable
from collections.abc import Mapping as Object
from typing import Any, Literal

from pydantic import BaseModel, Field

Document = Object[str, Any]
"""A message of mapping as JSON, with the names of the proto."""


class Candidate(BaseModel):
    """A column of the file that a question might be about."""

    column: str
    confidence: float = Field(description="0-100")


class Option(BaseModel):
    """An answer to choose for a question on how to read a column."""

    id: str = Field(description="What to send back as `answer`.")
    meaning: str


class Question(BaseModel):
    """Something only a person can decide: which column a canonical column is, or how one is to be read."""

    canonical: str
    message: str
    candidates: list[Candidate] = []
    may_be_absent: bool = Field(False, description='Whether null, "not in this file", is an answer.')
    kind: Literal["column", "reading"] = Field("column", description='"reading": choose one of the options.')
    options: list[Option] = []
    column: str | None = Field(None, description='The file\'s column in question, where the kind is "reading".')


class Alternative(BaseModel):
    """Another canonical column that a file's column might be. confidence: 0-100."""

    canonical: str
    confidence: float


class Use(BaseModel):
    """A derivation that reads the column: what it gives, and by which rule."""

    canonical: str
    rule: str


class MappedColumn(BaseModel):
    """What one column of the file is taken for."""

    column: str
    canonical: str | None = Field(description="Null: none that is known; kept as an extra column.")
    confidence: float = Field(description="0-100; 100 for a person's decision.")
    strategy: str = Field(description="How it was found; empty where it is not mapped.")
    evidence: str = Field(description="Why, in words.")
    derivation: Use | None = Field(description="What is computed from the column, if anything is.")
    alternatives: list[Alternative]
    samples: list[str] = Field([], description="Values that it holds, the commonest first; empty where not known.")


class Example(BaseModel):
    """One row of a derivation. before: the cells read; after: what comes out, empty for nothing."""

    before: list[str]
    after: str


class Derived(BaseModel):
    """A canonical column that is computed from columns of the file."""

    canonical: str
    rule: str
    columns: list[str]
    parameters: dict[str, str]
    confidence: float
    evidence: str
    examples: list[Example]


class Signature(BaseModel):
    """The tool whose export the header row looks like. confidence: 0-100."""

    tool: str
    confidence: float


class Mapping(BaseModel):
    """How a file is read. Documented in docs/map-json.md; fields are added to it, never changed or taken away."""

    industry: str
    signature: Signature | None = Field(description="Null: no tool that is known.")
    mappings: list[MappedColumn] = Field(description="One for each column of the file, in its order.")
    derived: list[Derived]
    questions: list[Question] = Field(description="What a person must decide before the file can be scored.")
    missing_required: list[str] = Field(description="Required columns that nothing in the file gives.")


SAMPLES = 3
SAMPLE_LENGTH_MAX = 80


def mapping_of(plan: Document, questions: Iterable[Document], profile: Document | None = None) -> Mapping:
    """The document of a plan and what is asked about it. profile: of the file, for the samples."""
    derivations = plan.get("derivations", ())
    samples = {column["name"]: _samples(column) for column in (profile or {}).get("columns", ())}
    return Mapping(
        industry=plan["industry"],
        signature=Signature(**_declared(Signature, plan["signature"])) if plan.get("signature") else None,
        mappings=[
            _column(mapping, derivations, samples.get(mapping["column"], [])) for mapping in plan.get("mappings", ())
        ],
        derived=[derived_of(derivation) for derivation in derivations],
        questions=[question_of(question) for question in questions],
        missing_required=list(plan.get("missing_required", ())),
    )


def question_of(question: Document) -> Question:
    """The question; one that an older mapping asked names no kind and asks for a column."""
    told = {**question, "kind": question.get("kind") or "column", "column": question.get("column") or None}
    told["message"] = sentence(told["message"])
    return Question.model_validate(_declared(Question, told))


def sentence(words: str) -> str:
    """The words as a sentence that others can follow: a capital at its beginning, a mark at its end."""
    words = words.strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def example_decisions(questions: Iterable[Document]) -> dict[str, Any]:
    """An answer to every question, in the form in which it is sent: the likeliest column, the first option, or null."""
    answers: dict[str, Any] = {}
    for asked in map(question_of, questions):
        if asked.kind == "reading" and asked.options:
            column = answers.get(asked.canonical)
            known = {"column": column} if isinstance(column, str) else {}
            answers[asked.canonical] = {**known, "answer": asked.options[0].id}
        elif asked.candidates:
            answers[asked.canonical] = asked.candidates[0].column
        else:
            answers[asked.canonical] = None if asked.may_be_absent else "NAME OF THE COLUMN"
    return answers


def derived_of(derivation: Document) -> Derived:
    return Derived.model_validate({"parameters": {}, "examples": [], **_declared(Derived, derivation)})


def _samples(column: Document) -> list[str]:
    return [each["value"][:SAMPLE_LENGTH_MAX] for each in column.get("top_values", ())[:SAMPLES]]


def _column(mapping: Document, derivations: Iterable[Document], samples: list[str]) -> MappedColumn:
    canonical = mapping.get("canonical") or None
    reading = [one for one in derivations if mapping["column"] in one["columns"]]
    own = next((one for one in reading if one["canonical"] == canonical), reading[0] if reading else None)
    return MappedColumn(
        column=mapping["column"],
        canonical=canonical,
        confidence=mapping.get("confidence", 0.0),
        strategy=mapping.get("strategy", ""),
        evidence=mapping.get("evidence", ""),
        derivation=Use(canonical=own["canonical"], rule=own["rule"]) if own else None,
        alternatives=[Alternative(**_declared(Alternative, each)) for each in mapping.get("alternatives", ())],
        samples=samples,
    )


def _declared(part: type[BaseModel], document: Document) -> dict[str, Any]:
    """The fields of `document` that the part declares: a newer stage may send more."""
    return {name: document[name] for name in part.model_fields if name in document}
