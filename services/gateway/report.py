"""The quality report of one upload: what was understood, how good the data was, and what came out.

Composed from the stages' answers as JSON (protobuf names kept, every field printed). It names
columns, checks and source rows; cells of the file, top values among them, never enter it.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Document = Mapping[str, Any]
"""A protobuf message as JSON; its 64-bit counts are strings, as the JSON mapping of protobuf has them."""

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


class ScoreCost(_Part):
    """What one defect takes off the score of 1."""

    check: str
    cost: float
    message: str


class Check(_Part):
    """One check and what it saw. share: of all rows, 0-1. rows: source rows of the first cases."""

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


class Suggestion(_Part):
    """One thing to do. worth: what it would give back to the score, 0-1; 0 for what is only worth knowing."""

    message: str
    worth: float
    check: str
    columns: list[str]


class Rows(_Part):
    """Where the file's rows went: clean ones are scored, quarantined ones set aside with a reason."""

    read: int
    clean: int
    quarantined: int


class RiskCounts(_Part):
    """Customers at each risk level."""

    high: int
    medium: int
    low: int


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


class Report(_Part):
    """The whole report. score: 0-1, one less all `score_costs`. suggestions: what is worth most first.

    extra_columns: columns of the file kept as they are, because they are none that is known.
    snapshot_date: ISO 8601, the day the file describes.
    """

    schema_version: Literal[1] = 1
    file: File
    industry: str
    snapshot_date: str
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


def compose(*, profile: Document, plan: Document, findings: Document, summary: Document) -> Report:
    """The report of an upload.

    profile: ingest's Profile. plan: mapping's Plan. findings: validation's Findings. summary:
    scoring's ScoreSummary. Each from `json_format.MessageToDict` with proto names and defaults printed.
    """
    checks = [_check(check) for check in findings["checks"]]
    return Report(
        file=_file(profile),
        industry=plan["industry"],
        snapshot_date=plan["snapshot_date"],
        columns_mapped=[_mapped(mapping) for mapping in plan["mappings"] if mapping["canonical"]],
        extra_columns=[mapping["column"] for mapping in plan["mappings"] if not mapping["canonical"]],
        missing_required=plan["missing_required"],
        missing_optional=plan["missing_optional"],
        rows=Rows(read=profile["row_count"], clean=findings["clean_count"], quarantined=findings["quarantined_count"]),
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
        predictions=_predictions(summary),
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


def _check(check: Document) -> Check:
    return Check(
        **{
            **_declared(Check, check),
            "layer": check["layer"].removeprefix("LAYER_").lower(),
            "severity": check["severity"].removeprefix("SEVERITY_").lower(),
        }
    )


def _by_worth(checks: list[Check]) -> list[Check]:
    """What costs most first; what costs the same by severity, then as the checks stand."""
    return sorted(checks, key=lambda check: (-check.cost, _SEVERITIES.index(check.severity)))


def _predictions(summary: Document) -> Predictions:
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
    )


def _declared(part: type[_Part], document: Document) -> dict[str, Any]:
    """The fields of `document` that the part declares: a newer stage may send more, and none of it slips in."""
    return {name: document[name] for name in part.model_fields}
