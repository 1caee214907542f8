"""Composes the report from the stages' answers as JSON (protobuf names kept, every field printed).

It names columns, checks and source rows; of the file's cells only a derivation's examples enter it, and none that is
personal.
"""

import re
from collections.abc import Sequence

from libs.tables.columns import COLUMNS
from services.gateway.report.accuracy import Outlook
from services.gateway.report.document import (
    Check,
    Derivation,
    Example,
    File,
    Grain,
    LeftOut,
    MappedColumn,
    Mending,
    Repair,
    RepairEffect,
    Report,
    Rows,
    ScoreCost,
    Signature,
    Suggestion,
)
from services.gateway.report.part import Document, declared
from services.gateway.report.predictions import predictions_of

_PERSONAL = frozenset(column.name for columns in COLUMNS.values() for column in columns if column.pii)
_BIRTH = re.compile(r"birth|\bdob\b|geburt|naissance|nacimiento|nascimento|nascita", re.IGNORECASE)

_SEVERITIES = ("fatal", "error", "warning", "info")


def compose(
    *,
    profile: Document,
    plan: Document,
    findings: Document,
    summary: Document,
    applied: Document,
    outlook: Outlook | None = None,
    shadow: Document | None = None,
) -> Report:
    """The report of an upload.

    profile: ingest's Profile. plan: mapping's Plan. applied: mapping's ApplySummary. findings: validation's
    Findings. summary: scoring's ScoreSummary. Each from `json_format.MessageToDict` with proto names and defaults
    printed. outlook: of the results. shadow: what services.gateway.pipeline.shadowing kept, if one is pinned.
    """
    effects = {effect["id"]: effect for effect in summary.get("perturbation_effects", ())}
    checks = [_check(check, plan, effects.get(check["id"])) for check in findings["checks"]]
    return Report(
        file=_file(profile),
        industry=plan["industry"],
        snapshot_date=plan["snapshot_date"],
        signature=Signature(**declared(Signature, plan["signature"])) if plan.get("signature") else None,
        grain=Grain(**declared(Grain, plan["grain"])) if plan.get("grain") else None,
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
            Suggestion(
                message=check.advice,
                worth=check.cost,
                check=check.id,
                columns=check.columns,
                levels_changed=effect.raised + effect.lowered if (effect := check.repair_effect) else None,
            )
            for check in _by_worth(checks)
            if check.advice
        ],
        predictions=predictions_of(summary, outlook, shadow),
    )


def _file(profile: Document) -> File:
    text: Document | None = profile.get("text_format")
    return File(
        rows=profile["row_count"],
        columns=len(profile["columns"]),
        encoding=text["encoding"] if text else None,
        delimiter=text["delimiter"] if text else None,
        compression=text["compression"] if text else "",
        repairs=[Repair(**declared(Repair, repair)) for repair in profile["repairs"]],
    )


def _mapped(mapping: Document) -> MappedColumn:
    return MappedColumn(**declared(MappedColumn, mapping))


def _derivation(derivation: Document, plan: Document) -> Derivation:
    told = {"parameters": {}, "examples": [], **derivation}
    if _is_personal(derivation, plan):
        told["examples"] = []
    examples = [Example(**declared(Example, example)) for example in told["examples"]]
    return Derivation(**{**declared(Derivation, told), "examples": examples})


def _is_personal(derivation: Document, plan: Document) -> bool:
    """Whether the derivation gives or reads what must not be shown: a personal column, or a date of birth."""
    taken_for = {mapping["column"]: mapping["canonical"] for mapping in plan["mappings"]}
    named = {derivation["canonical"], *(taken_for.get(column, "") for column in derivation["columns"])}
    return not named.isdisjoint(_PERSONAL) or any(_BIRTH.search(column) for column in derivation["columns"])


def _check(check: Document, plan: Document, effect: Document | None) -> Check:
    """effect: of the check's repair, if it was tried."""
    repair = check.get("repair")
    told = {"repair": None, **check, "file_columns": _read_from(check["columns"], plan), "repair_effect": None}
    return Check(
        **{
            **declared(Check, told),
            "repair_effect": _effect(effect),
            "repair": Mending(**declared(Mending, {"parameters": {}, **repair})) if repair else None,
            "layer": check["layer"].removeprefix("LAYER_").lower(),
            "severity": check["severity"].removeprefix("SEVERITY_").lower(),
        }
    )


def _effect(effect: Document | None) -> RepairEffect | None:
    """None where no cell was changed: what the check saw was taken out before scoring, so nothing was tried."""
    if effect is None or not int(effect["changed_count"]):
        return None
    return RepairEffect(
        customers=effect["changed_count"], raised=effect["raised_count"], lowered=effect["lowered_count"]
    )


def _read_from(columns: Sequence[str], plan: Document) -> list[str]:
    """The file's columns behind canonical ones, in their order; a column that is called as it is known is left out."""
    sources = [
        source
        for canonical in columns
        for source in (
            *(one["column"] for one in plan["mappings"] if one["canonical"] == canonical),
            *(name for one in plan.get("derivations", ()) if one["canonical"] == canonical for name in one["columns"]),
        )
        if source not in columns
    ]
    return list(dict.fromkeys(sources))


def _by_worth(checks: list[Check]) -> list[Check]:
    """What costs most first; what costs the same by severity, then as the checks stand."""
    return sorted(checks, key=lambda check: (-check.cost, _SEVERITIES.index(check.severity)))
