"""The document of the report: what was understood of a file, how good the data was, and what came out."""

from typing import Literal

from pydantic import Field

from services.gateway.report.part import Part
from services.gateway.report.predictions import Predictions


class Repair(Part):
    """One kind of mending that reading the file took. lines: the first lines of the file concerned, from 1."""

    code: str
    message: str
    count: int
    lines: list[int]


class File(Part):
    """The file as it was read. encoding and delimiter: None where it was not text; compression: empty for none."""

    rows: int
    columns: int
    encoding: str | None
    delimiter: str | None
    compression: str
    repairs: list[Repair]


class MappedColumn(Part):
    """A column of the file and what it was taken for. confidence: 0-100. evidence: why, in words."""

    column: str
    canonical: str
    confidence: float
    strategy: str
    evidence: str


class Signature(Part):
    """The tool whose export the header row looks like. confidence: 0-100."""

    tool: str
    confidence: float


class Example(Part):
    """One row of a derivation. before: the cells read; after: what came out, empty for nothing."""

    before: list[str]
    after: str


class Derivation(Part):
    """A canonical column that was computed, with the rule and its proof. confidence: 0-100.

    examples: none where the rule reads or gives what is personal.
    """

    canonical: str
    rule: str
    columns: list[str]
    parameters: dict[str, str]
    confidence: float
    evidence: str
    examples: list[Example]


class LeftOut(Part):
    """Rows that were no customers (leads, trials), by reason."""

    reason: str
    count: int


class Grain(Part):
    """What one row of the file was, and the rule by which a customer's rows became one."""

    row: str
    rule: str


class ScoreCost(Part):
    """What one defect takes off the score of 1."""

    check: str
    cost: float
    message: str


class Mending(Part):
    """How a defect could be mended, for a machine; applied to no row. column: the canonical one it mends."""

    operation: str
    column: str
    parameters: dict[str, str]


class RepairEffect(Part):
    """What the repair of a defect could change, by the model. customers: whose cell it would change; raised, lowered:
    whose risk level would be higher, and lower."""

    customers: int
    raised: int
    lowered: int


class Check(Part):
    """One check and what it saw. share: of all rows, 0-1. rows: source rows of the first cases.

    columns: canonical ones. file_columns: the file's columns that those are read from, where it calls them otherwise.
    repair: None where only a person can mend it. repair_effect: None where it could not be tried: because there is no
    repair, or because the cells it would mend were taken out before scoring.
    """

    id: str
    layer: str
    severity: Literal["info", "warning", "error", "fatal"]
    passed: bool
    count: int
    share: float
    message: str
    advice: str
    cost: float
    columns: list[str]
    rows: list[int]
    file_columns: list[str] = Field(default_factory=list)
    repair: Mending | None = None
    repair_effect: RepairEffect | None = None


class Suggestion(Part):
    """One thing to do. worth: what it would give back to the score, 0-1; 0 for what is only worth knowing.

    levels_changed: customers whose risk level it could change; None where that could not be tried.
    """

    message: str
    worth: float
    check: str
    columns: list[str]
    levels_changed: int | None = None


class Rows(Part):
    """Where the file's rows went: clean ones are scored, quarantined ones set aside with a reason.

    folded: rows that became part of another row of the same customer. left_out: rows that were no customers.
    """

    read: int
    clean: int
    quarantined: int
    folded: int = 0
    left_out: list[LeftOut] = Field(default_factory=list)


class Report(Part):
    """The whole report. score: 0-1, one less all `score_costs`. suggestions: what is worth most first.

    extra_columns: columns of the file kept as they are, because they are none that is known.
    snapshot_date: ISO 8601, the day the file describes. signature: None where no known tool made the file.
    grain: None where one row was one customer.
    """

    schema_version: Literal[1] = 1
    file: File
    industry: str
    snapshot_date: str
    signature: Signature | None = None
    grain: Grain | None = None
    derivations: list[Derivation] = Field(default_factory=list)
    columns_mapped: list[MappedColumn]
    extra_columns: list[str]
    missing_required: list[str]
    missing_optional: list[str]
    rows: Rows
    score: float
    score_costs: list[ScoreCost]
    checks: list[Check]
    suggestions: list[Suggestion]
    predictions: Predictions
