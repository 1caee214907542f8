"""Learning a tenant's own model: who left must be known, then scoring trains, and the better model is put to use."""

from collections.abc import Mapping
from dataclasses import replace

from libs.errors import Conflict, InvalidInput, NotFound
from services.gateway.artifacts import read_batches, read_schema
from services.gateway.domain import Artifact, Pass, Pins, Promotion
from services.gateway.pipeline.ports import Document, TrainingOrder
from services.gateway.pipeline.preparing import clean_count, why_nothing
from services.gateway.pipeline.scoring import baseline, model_in_use
from services.gateway.pipeline.understanding import plan
from services.gateway.pipeline.work import Questions, Work

LABEL = "churned"

BY_NAME = ("readiness.leak", "readiness.other_score")
"""Findings whose columns are never learnt from, whether the finding failed or not: their names give them away."""

BY_VALUES = "readiness.leak."
"""Begins the findings on single columns that tell the label too well; only those that failed count."""


class NothingToLearn(InvalidInput):
    """Validation left no row, or nothing says which customers left."""


def plan_with_label(work: Work) -> dict[str, Artifact] | Questions:
    """As for a prediction; and which column says who left is asked if it is not known."""
    made = plan(work)
    if isinstance(made, Questions):
        return made
    document = work.artifacts.document(made["plan"])
    given = {each["canonical"] for part in ("mappings", "derivations") for each in document.get(part, ())}
    if LABEL in given:
        return made
    if any(decision.canonical == LABEL for decision in work.job.options.decisions):
        raise NothingToLearn("nothing in this file says which customers have left; a model learns from those who did")
    message = "Which column says whether a customer has left? A model learns from that."
    question = {
        "canonical": LABEL,
        "message": message,
        "candidates": [],
        "may_be_absent": False,
        "kind": "column",
        "options": [],
        "column": None,
    }
    return Questions((question,), message, {"proposal": made["plan"]})


def train(work: Work) -> dict[str, Artifact]:
    """Pass 2: a version of the tenant's own family, or the reason why there is none; and the report on it."""
    findings = work.artifacts.document(work.artifact("findings"))
    row_count = clean_count(findings)
    if row_count == 0:
        raise NothingToLearn(why_nothing(findings, "learnt from"))
    canonical = work.artifacts.local(work.artifact("canonical"))
    industry = work.artifacts.document(work.artifact("plan"))["industry"]
    pins = _pinned(work, industry)
    order = TrainingOrder(
        family=work.families.own(work.job.tenant_id, industry),
        baseline=(baseline(industry), pins.baseline_version or ""),
        in_use=(pins.model_family or "", pins.model_version or ""),
        horizon_days=work.job.options.horizon_days,
        excluded=excluded(findings),
    )
    answer = work.stages.train(read_batches(canonical), read_schema(canonical), order, row_count)
    for share, message in answer:
        work.told(Pass.TRAIN, int(share * row_count), row_count, message)
    result = answer.trailer
    report = result.pop("report")
    return {
        "trained": work.artifacts.keep_document("trained.json", {**result, "family": order.family}),
        "report": work.artifacts.keep_document("report.json", report),
    }


def excluded(findings: Document) -> Mapping[str, str]:
    """What may not be learnt from, by column, with the reason as validation gave it."""
    return {
        column: check["message"]
        for check in findings["checks"]
        if check["id"] in BY_NAME or (check["id"].startswith(BY_VALUES) and not check["passed"])
        for column in check["columns"]
    }


def promote(work: Work) -> dict[str, Artifact]:
    """Puts the new version to use if it beats the model in use beyond chance, and its owner wants that."""
    trained = work.artifacts.document(work.artifact("trained"))
    promoted, why = False, ""
    if not trained["version"]:
        why = trained["declined"]
    elif not trained["better"]:
        why = "it does not beat the model in use beyond chance"
    elif work.job.options.promote is Promotion.NEVER:
        why = "as was asked"
    else:
        promoted, why = _put_to_use(work, trained["family"], trained["version"])
    work.pin(replace(work.job.pins, trained_version=trained["version"] or None, trained_digest=trained["digest"]))
    return {"promotion": work.artifacts.keep_document("promotion.json", {"promoted": promoted, "why": why})}


def sentence(work: Work) -> str:
    """What came of it, for its owner."""
    trained = work.artifacts.document(work.artifact("trained"))
    promotion = work.artifacts.document(work.artifact("promotion"))
    if not trained["version"]:
        return f"No model was made: {promotion['why']}"
    if promotion["promoted"]:
        return f"Model {trained['version']} was trained and is in use from now on"
    return f"Model {trained['version']} was trained and is not in use: {promotion['why']}"


def _put_to_use(work: Work, family: str, version: str) -> tuple[bool, str]:
    pins = work.job.pins
    expected = (pins.model_version or "") if pins.model_family == family else ""
    try:
        work.stages.promote(family, version, expected, f"training:{work.job.id}", pins.scored_at or "")
    except Conflict:
        # An attempt that died right after its promotion has put this very version to use already.
        if _current(work, family) != version:
            return False, "another model was put to use while this one was trained"
    return True, ""


def _current(work: Work, family: str) -> str | None:
    """The family's version in use; None where its owner went back to the baseline meanwhile."""
    try:
        return work.stages.current_model(family)[0]
    except NotFound:
        return None


def _pinned(work: Work, industry: str) -> Pins:
    """The job's pins with the models to compare with and the time; fixed before the first row is sent."""
    pins = work.job.pins
    if pins.model_digest is None or pins.scored_at is None:
        family, version, digest, horizon_days = model_in_use(work, industry)
        pins = replace(
            pins,
            scored_at=pins.scored_at or work.now(),
            model_family=family,
            model_version=version,
            model_digest=digest,
            horizon_days=horizon_days,
            baseline_version=work.stages.current_model(baseline(industry))[0],
        )
        work.pin(pins)
    return pins
