"""Pass 2 of a prediction: probabilities, reasons and actions, and the report on all of it."""

from dataclasses import replace

from libs.errors import InvalidInput, NotFound
from libs.tables.columns import Industry
from services.gateway import spans
from services.gateway.artifacts import read_batches, read_schema
from services.gateway.domain import Artifact, Pass, Pins
from services.gateway.pipeline.ports import ScoreOrder
from services.gateway.pipeline.preparing import clean_count, why_nothing
from services.gateway.pipeline.repairing import perturbations
from services.gateway.pipeline.work import Work
from services.gateway.report.accuracy import estimated
from services.gateway.report.composing import compose


class NothingToScore(InvalidInput):
    """Validation left no row that could be scored."""


def score(work: Work) -> dict[str, Artifact]:
    """Pass 2: probabilities, reasons and actions, by the model pinned on the job."""
    findings = work.artifacts.document(work.artifact("findings"))
    row_count = clean_count(findings)
    if row_count == 0:
        raise NothingToScore(why_nothing(findings, "scored"))
    work.reserve(row_count)
    canonical = work.artifacts.local(work.artifact("canonical"))
    pins = _pinned(work)
    own = spans.spans(canonical, Industry(work.artifacts.document(work.artifact("plan"))["industry"]))
    ask = ScoreOrder(pins, work.job.options.churn_rate, own, perturbations(findings, own, canonical))
    answer = work.stages.score(read_batches(canonical), read_schema(canonical), ask, row_count)
    with work.artifacts.sink("results.parquet", answer.schema, queried=True) as results:
        for batch in answer:
            results.write(batch)
            work.told(Pass.SCORE, results.row_count, row_count, "Scoring customers")
    return {
        "results": work.artifacts.keep("results.parquet"),
        "summary": work.artifacts.keep_document("summary.json", answer.trailer),
        "spans": work.artifacts.keep_document("spans.json", own),
    }


def compose_report(work: Work) -> dict[str, Artifact]:
    """What was understood, how good the data was, and what came out, in one document."""
    documents = {
        name: work.artifacts.document(work.artifact(name))
        for name in ("plan", "findings", "profile", "applied", "summary")
    }
    outlook = estimated(work.artifacts.local(work.artifact("results")))
    shadow = work.job.artifacts.get("shadow")
    composed = compose(**documents, outlook=outlook, shadow=work.artifacts.document(shadow) if shadow else None)
    return {"report": work.artifacts.keep_document("report.json", composed.model_dump(mode="json"))}


def sentence(work: Work) -> str:
    """What came of the file, rows set aside included: they are what its owner would miss."""
    summary = work.artifacts.document(work.artifact("summary"))
    aside = int(work.artifacts.document(work.artifact("findings"))["quarantined_count"])
    rows, high = int(summary["row_count"]), int(summary["high_count"])
    told = f"{rows:,} {'customer' if rows == 1 else 'customers'} scored, {high:,} at high risk"
    if aside:
        told += f"; {aside:,} {'row was' if aside == 1 else 'rows were'} set aside, the report says why"
    return told


def model_in_use(work: Work, industry: str) -> tuple[str, str, str, int]:
    """Family, version, digest and horizon (days) of the model for the tenant's files: its own, or the baseline."""
    own = work.families.known(work.job.tenant_id, industry)
    if own is not None:
        try:
            return own, *work.stages.current_model(own)
        except NotFound:  # trained and never promoted, or taken out of use
            pass
    family = baseline(industry)
    return family, *work.stages.current_model(family)


def baseline(industry: str) -> str:
    """The family that serves whoever has no model of its own."""
    return f"baseline-{industry}"


def _pinned(work: Work) -> Pins:
    """The job's pins with model, time and shadow; fixed on the row before the first row is scored."""
    pins = work.job.pins
    if pins.model_digest is None or pins.scored_at is None:
        industry = work.artifacts.document(work.artifact("plan"))["industry"]
        family, version, digest, horizon_days = model_in_use(work, industry)
        shadow = work.families.shadows(work.job.tenant_id).get(industry)
        pins = replace(
            pins,
            scored_at=pins.scored_at or work.now(),
            model_family=family,
            model_version=version,
            model_digest=digest,
            horizon_days=horizon_days,
            shadow_family=shadow.family if shadow else None,
            shadow_version=shadow.version if shadow else None,
            shadow_digest=shadow.digest if shadow else None,
        )
        work.pin(pins)
    return pins
