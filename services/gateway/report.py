"""The quality report of one upload: what was understood, how good the data was, and what came out.

Composed from the stages' answers as JSON (protobuf names kept, every field printed). It names
columns, checks and source rows; of the file's cells only a derivation's examples enter it, and none that is personal.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from libs.tables.columns import COLUMNS
from services.gateway.accuracy import Outlook

Document = Mapping[str, Any]
"""A protobuf message as JSON; its 64-bit counts are strings, as the JSON mapping of protobuf has them."""

_PERSONAL = frozenset(column.name for columns in COLUMNS.values() for column in columns if column.pii)
_BIRTH = re.compile(r"birth|\bdob\b|geburt|naissance|nacimiento|nascimento|nascita", re.IGNORECASE)

_SEVERITIES = ("fatal", "error", "warning", "info")


class _Part(BaseModel):
    """A part of the report: immutable, and nothing in it that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Repair(_Part):
    """One kind of mending that reading the file took. lines: the first lines of the file concerned, from 1."""

    code: str
    message: str
    count: int
    lines: list[int]


class File(_Part):
    """The file as it was read. encoding and delimiter: None where it was not text; compression: empty for none."""

    rows: int
    columns: int
    encoding: str | None
    delimiter: str | None
    compression: str
    repairs: list[Repair]


class MappedColumn(_Part):
    """A column of the file and what it was taken for. confidence: 0-100. evidence: why, in words."""

    column: str
    canonical: str
    confidence: float
    strategy: str
    evidence: str


class Signature(_Part):
    """The tool whose export the header row looks like. confidence: 0-100."""

    tool: str
    confidence: float


class Example(_Part):
    """One row of a derivation. before: the cells read; after: what came out, empty for nothing."""

    before: list[str]
    after: str


class Derivation(_Part):
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


class LeftOut(_Part):
    """Rows that were no customers (leads, trials), by reason."""

    reason: str
    count: int


class Grain(_Part):
    """What one row of the file was, and the rule by which a customer's rows became one."""

    row: str
    rule: str


class ScoreCost(_Part):
    """What one defect takes off the score of 1."""

    check: str
    cost: float
    message: str


class Mending(_Part):
    """How a defect could be mended, for a machine; applied to no row. column: the canonical one it mends."""

    operation: str
    column: str
    parameters: dict[str, str]


class Check(_Part):
    """One check and what it saw. share: of all rows, 0-1. rows: source rows of the first cases.

    repair: None where only a person can mend it.
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
    repair: Mending | None = None


class Suggestion(_Part):
    """One thing to do. worth: what it would give back to the score, 0-1; 0 for what is only worth knowing."""

    message: str
    worth: float
    check: str
    columns: list[str]


class Rows(_Part):
    """Where the file's rows went: clean ones are scored, quarantined ones set aside with a reason.

    folded: rows that became part of another row of the same customer. left_out: rows that were no customers.
    """

    read: int
    clean: int
    quarantined: int
    folded: int = 0
    left_out: list[LeftOut] = []


class RiskCounts(_Part):
    """Customers at each risk level."""

    high: int
    medium: int
    low: int


class EstimatedAccuracy(_Part):
    """What the probabilities say of how right they will be, if they are calibrated for these customers.

    No customer's end is known yet, so this is an expectation and not a measurement. right_share: of calls "leaves"
    (above one half) or "stays", how many will be right, 0-1. leavers: customers expected to leave within the horizon.
    top_tenth_share: how many of those are among the tenth of customers most at risk, 0-1; None where nobody leaves.
    """

    right_share: float
    leavers: float
    top_tenth_share: float | None


class Predictions(_Part):
    """What scoring made of the clean rows.

    missing_features: what the model knows and the file had not. reasons_exact: False where global
    importance stood in for a customer's own reasons.
    """

    rows: int
    model_family: str
    model_version: str
    model_digest: str
    horizon_days: int
    risk: RiskCounts
    mean_probability: float
    missing_features: list[str]
    reasons_exact: bool
    estimated_accuracy: EstimatedAccuracy | None = None


class Report(_Part):
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
    derivations: list[Derivation] = []
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


def compose(
    *,
    profile: Document,
    plan: Document,
    findings: Document,
    summary: Document,
    applied: Document,
    outlook: Outlook | None = None,
) -> Report:
    """The report of an upload.

    profile: ingest's Profile. plan: mapping's Plan. applied: mapping's ApplySummary. findings: validation's
    Findings. summary: scoring's ScoreSummary. Each from `json_format.MessageToDict` with proto names and defaults
    printed. outlook: of the results.
    """
    checks = [_check(check) for check in findings["checks"]]
    return Report(
        file=_file(profile),
        industry=plan["industry"],
        snapshot_date=plan["snapshot_date"],
        signature=Signature(**_declared(Signature, plan["signature"])) if plan.get("signature") else None,
        grain=Grain(**_declared(Grain, plan["grain"])) if plan.get("grain") else None,
        derivations=[_derivation(derivation, plan) for derivation in plan.get("derivations", ())],
        columns_mapped=[_mapped(mapping) for mapping in plan["mappings"] if mapping["canonical"]],
        extra_columns=[mapping["column"] for mapping in plan["mappings"] if not mapping["canonical"]],
        missing_required=plan["missing_required"],
        missing_optional=plan["missing_optional"],
        rows=Rows(
            read=profile["row_count"],
            clean=findings["clean_count"],
            quarantined=findings["quarantined_count"],
            folded=applied.get("folded_count", 0),
            left_out=[LeftOut(reason=reason, count=count) for reason, count in applied.get("left_out", {}).items()],
        ),
        score=findings["score"],
        score_costs=[
            ScoreCost(check=check.id, cost=check.cost, message=check.message)
            for check in _by_worth(checks)
            if check.cost
        ],
        checks=checks,
        suggestions=[
            Suggestion(message=check.advice, worth=check.cost, check=check.id, columns=check.columns)
            for check in _by_worth(checks)
            if check.advice
        ],
        predictions=_predictions(summary, outlook),
    )


def _file(profile: Document) -> File:
    text: Document | None = profile.get("text_format")
    return File(
        rows=profile["row_count"],
        columns=len(profile["columns"]),
        encoding=text["encoding"] if text else None,
        delimiter=text["delimiter"] if text else None,
        compression=text["compression"] if text else "",
        repairs=[Repair(**_declared(Repair, repair)) for repair in profile["repairs"]],
    )


def _mapped(mapping: Document) -> MappedColumn:
    return MappedColumn(**_declared(MappedColumn, mapping))


def _derivation(derivation: Document, plan: Document) -> Derivation:
    told = {"parameters": {}, "examples": [], **derivation}
    if _is_personal(derivation, plan):
        told["examples"] = []
    examples = [Example(**_declared(Example, example)) for example in told["examples"]]
    return Derivation(**{**_declared(Derivation, told), "examples": examples})


def _is_personal(derivation: Document, plan: Document) -> bool:
    """Whether the derivation gives or reads what must not be shown: a personal column, or a date of birth."""
    taken_for = {mapping["column"]: mapping["canonical"] for mapping in plan["mappings"]}
    named = {derivation["canonical"], *(taken_for.get(column, "") for column in derivation["columns"])}
    return not named.isdisjoint(_PERSONAL) or any(_BIRTH.search(column) for column in derivation["columns"])


def _check(check: Document) -> Check:
    repair = check.get("repair")
    return Check(
        **{
            **_declared(Check, {"repair": None, **check}),
            "repair": Mending(**_declared(Mending, {"parameters": {}, **repair})) if repair else None,
            "layer": check["layer"].removeprefix("LAYER_").lower(),
            "severity": check["severity"].removeprefix("SEVERITY_").lower(),
        }
    )


def _by_worth(checks: list[Check]) -> list[Check]:
    """What costs most first; what costs the same by severity, then as the checks stand."""
    return sorted(checks, key=lambda check: (-check.cost, _SEVERITIES.index(check.severity)))


def _predictions(summary: Document, outlook: Outlook | None) -> Predictions:
    return Predictions(
        rows=summary["row_count"],
        model_family=summary["family"],
        model_version=summary["version"],
        model_digest=summary["digest"],
        horizon_days=summary["horizon_days"],
        risk=RiskCounts(high=summary["high_count"], medium=summary["medium_count"], low=summary["low_count"]),
        mean_probability=summary["probability_mean"],
        missing_features=summary["missing_features"],
        reasons_exact=summary["reasons_exact"],
        estimated_accuracy=EstimatedAccuracy(**asdict(outlook)) if outlook else None,
    )


def _declared(part: type[_Part], document: Document) -> dict[str, Any]:
    """The fields of `document` that the part declares: a newer stage may send more, and none of it slips in."""
    return {name: document[name] for name in part.model_fields}
