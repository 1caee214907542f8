"""The order of the stages: the three passes that take an upload to explained predictions.

Each step makes named artifacts and is left out when they are there already, so a job that was
interrupted goes on from its last finished artifact.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Protocol

import pyarrow as pa

from libs.errors import InvalidInput
from libs.tables.columns import SOURCE_ROW
from services.gateway import accuracy, clustering, report
from services.gateway.artifacts import Artifacts, head, read_batches, read_schema
from services.gateway.decisions import fitting, header_signature
from services.gateway.domain import Artifact, Decision, Job, MappingProfiles, Pass, Pins

SAMPLE_ROWS = 1_000
"""Rows that mapping sees beside the profile."""

Document = dict[str, Any]
"""A protobuf message as JSON, with the names of the proto."""


class NothingToScore(InvalidInput):
    """Validation left no row that could be scored."""


class TableAnswer(Protocol):
    """A table that a stage sends: schema at once, batches as iterated, `trailer` after the last."""

    schema: pa.Schema

    def __iter__(self) -> Iterator[pa.RecordBatch]: ...

    @property
    def trailer(self) -> Document: ...


class ValidationAnswer(Protocol):
    """Rows that validation sends, with whether they are clean; `trailer` holds the findings."""

    clean_schema: pa.Schema
    quarantined_schema: pa.Schema

    def __iter__(self) -> Iterator[tuple[bool, pa.RecordBatch]]: ...

    @property
    def trailer(self) -> Document: ...


class Stages(Protocol):
    """What the pipeline asks of the four stages. Every call raises the kinds of libs.errors."""

    def parse(self, chunks: Iterable[bytes], size: int, head_only: bool = False) -> TableAnswer:
        """head_only: whether the bytes may be only the beginning of a file."""
        ...

    def suggest(
        self,
        profile: Document,
        sample: pa.RecordBatch,
        industry: str | None,
        snapshot_date: str,
        decisions: tuple[Decision, ...],
    ) -> Document:
        """{"plan": …, "questions": […]}"""
        ...

    def apply(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: Document, row_count: int
    ) -> TableAnswer: ...

    def validate(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, plan: Document, row_count: int
    ) -> ValidationAnswer: ...

    def score(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, pins: Pins, churn_rate: float | None, row_count: int
    ) -> TableAnswer: ...

    def current_model(self, family: str) -> tuple[str, str, int]:
        """Version, digest and horizon (days) of the version in use."""
        ...


@dataclass(frozen=True)
class Questions:
    """The job waits for a person: mapping's questions, a sentence that sums them up, and the plan so far."""

    questions: tuple[Document, ...]
    message: str
    made: dict[str, Artifact]


Recall = Callable[[Sequence[str]], tuple[Decision, ...]]
"""Decisions that hold for a file with this header row, because they were given for an earlier one."""


@dataclass(frozen=True)
class Work:
    """One attempt at a job, as its steps see it.

    told: called with (pass, rows done, rows in all or None, a sentence) as work goes on; raises to stop it.
    pin: fixes the pins on the job row. now: the time to pin as `scored_at`, ISO 8601 UTC.
    threads: for DuckDB. profiles: what was said of earlier files.
    """

    job: Job
    stages: Stages
    artifacts: Artifacts
    told: Callable[[Pass, int, int | None, str], None]
    pin: Callable[[Pins], None]
    now: Callable[[], str]
    threads: int
    profiles: MappingProfiles

    def artifact(self, name: str) -> Artifact:
        return self.job.artifacts[name]


@dataclass(frozen=True)
class Step:
    """One step: what it makes, and how. It returns artifacts, or questions."""

    makes: tuple[str, ...]
    run: Callable[[Work], dict[str, Artifact] | Questions]


def understand(work: Work) -> dict[str, Artifact]:
    """Pass 0, first half: the upload as a lossless table with a profile."""
    upload = work.artifact("upload")
    answer = work.stages.parse(work.artifacts.chunks(upload), upload.size)
    with work.artifacts.sink("table.parquet", answer.schema) as table:
        for batch in answer:
            table.write(batch)
            work.told(Pass.UNDERSTAND, table.row_count, None, "Reading the file")
    return {
        "table": work.artifacts.keep("table.parquet"),
        "profile": work.artifacts.keep_document("profile.json", answer.trailer),
    }


def plan(work: Work) -> dict[str, Artifact] | Questions:
    """Pass 0, second half: what the columns mean, or what a person must say about them."""
    work.told(Pass.UNDERSTAND, 0, None, "Working out what the columns mean")
    table = work.artifacts.local(work.artifact("table"))
    options = work.job.options
    profile = work.artifacts.document(work.artifact("profile"))
    columns = tuple(column["name"] for column in profile["columns"])

    def suggested(decisions: tuple[Decision, ...]) -> Document:
        day = work.job.pins.snapshot_date.isoformat()
        return work.stages.suggest(profile, head(table, SAMPLE_ROWS), options.industry, day, decisions)

    recalled = recalling(work.profiles, work.job.tenant_id, options.industry, options.decisions)
    suggestion = following(suggested, recalled(columns), options.decisions)
    if options.decisions:  # mapping could follow them, so they are worth remembering
        work.profiles.remember(
            work.job.tenant_id,
            header_signature(columns),
            filename=work.job.filename,
            columns=columns,
            decisions=tuple(replace(one, told_on=work.now()[:10]) for one in options.decisions),
        )
    if questions := tuple(suggestion["questions"]):
        proposal = work.artifacts.keep_document("proposal.json", suggestion["plan"])
        return Questions(questions, " ".join(question["message"] for question in questions), {"proposal": proposal})
    return {"plan": work.artifacts.keep_document("plan.json", suggestion["plan"])}


def recalling(profiles: MappingProfiles, tenant_id: str, industry: str | None, own: tuple[Decision, ...]) -> Recall:
    """What the tenant said of earlier files with the same header row, where `own` says nothing else."""

    def recall(columns: Sequence[str]) -> tuple[Decision, ...]:
        profile = profiles.recalled(tenant_id, header_signature(columns))
        return () if profile is None else fitting(profile, columns, own, industry)

    return recall


def following(
    suggested: Callable[[tuple[Decision, ...]], Document], remembered: tuple[Decision, ...], own: tuple[Decision, ...]
) -> Document:
    """What mapping suggests by both kinds of decisions; by the file's `own` alone where it cannot follow the others."""
    if remembered:
        # An older word must never fail a file: where it no longer fits, it is as if it had not been said.
        with suppress(InvalidInput):
            return suggested((*remembered, *own))
    return suggested(own)


def prepare(work: Work) -> dict[str, Artifact]:
    """Pass 1: clean canonical rows, rows set aside, and what was found."""
    plan_made = work.artifacts.document(work.artifact("plan"))
    table = work.artifacts.local(work.artifact("table"))
    row_count = int(work.artifacts.document(work.artifact("profile"))["row_count"])
    schema, batches = read_schema(table), read_batches(table)
    key = _key(plan_made)
    if not clustering.has_unique_keys(table, key, row_count, work.threads):
        work.told(Pass.PREPARE, 0, row_count, "Bringing each customer's rows together")
        clustered = work.artifacts.scratch_path("clustered.parquet")
        clustering.cluster(table, key, SOURCE_ROW, clustered, work.threads)
        batches = clustering.clustered_batches(clustered, schema)
    canonical = work.stages.apply(batches, schema, plan_made, row_count)
    checked = work.stages.validate(canonical, canonical.schema, plan_made, row_count)
    with (
        work.artifacts.sink("canonical.parquet", checked.clean_schema) as clean,
        work.artifacts.sink("quarantine.parquet", checked.quarantined_schema) as aside,
    ):
        for is_clean, batch in checked:
            (clean if is_clean else aside).write(batch)
            work.told(Pass.PREPARE, clean.row_count + aside.row_count, row_count, "Checking the data")
    return {
        "canonical": work.artifacts.keep("canonical.parquet"),
        "quarantine": work.artifacts.keep("quarantine.parquet"),
        "findings": work.artifacts.keep_document("findings.json", checked.trailer),
        "applied": work.artifacts.keep_document("applied.json", canonical.trailer),
    }


def _key(plan_made: Document) -> str:
    """The file's column that tells customers apart: mapped so, or the one that the id is derived from."""
    mapped = (m["column"] for m in plan_made["mappings"] if m["canonical"] == "customer_id")
    derived = (d["columns"][0] for d in plan_made.get("derivations", ()) if d["canonical"] == "customer_id")
    return str(next(chain(mapped, derived)))


def score(work: Work) -> dict[str, Artifact]:
    """Pass 2: probabilities, reasons and actions, by the model pinned on the job."""
    findings = work.artifacts.document(work.artifact("findings"))
    row_count = int(findings["clean_count"])
    if row_count == 0:
        raise NothingToScore(_why_nothing(findings))
    canonical = work.artifacts.local(work.artifact("canonical"))
    pins = _pinned(work)
    answer = work.stages.score(
        read_batches(canonical), read_schema(canonical), pins, work.job.options.churn_rate, row_count
    )
    with work.artifacts.sink("results.parquet", answer.schema) as results:
        for batch in answer:
            results.write(batch)
            work.told(Pass.SCORE, results.row_count, row_count, "Scoring customers")
    return {
        "results": work.artifacts.keep("results.parquet"),
        "summary": work.artifacts.keep_document("summary.json", answer.trailer),
    }


def compose_report(work: Work) -> dict[str, Artifact]:
    """What was understood, how good the data was, and what came out, in one document."""
    documents = {
        name: work.artifacts.document(work.artifact(name))
        for name in ("plan", "findings", "profile", "applied", "summary")
    }
    outlook = accuracy.estimated(work.artifacts.local(work.artifact("results")))
    composed = report.compose(**documents, outlook=outlook)
    return {"report": work.artifacts.keep_document("report.json", composed.model_dump(mode="json"))}


STEPS = (
    Step(("table", "profile"), understand),
    Step(("plan",), plan),
    Step(("canonical", "quarantine", "findings", "applied"), prepare),
    Step(("results", "summary"), score),
    Step(("report",), compose_report),
)


def next_step(job: Job) -> Step | None:
    """The first step whose artifacts the job has not; None when all are there."""
    return next((step for step in STEPS if not set(step.makes) <= set(job.artifacts)), None)


def preview(
    stages: Stages,
    chunks: Iterable[bytes],
    industry: str | None,
    snapshot_date: str,
    decisions: tuple[Decision, ...],
    recall: Recall,
) -> Document:
    """What pass 0 would make of these bytes, without a job: {"plan", "questions", "profile"}."""
    answer = stages.parse(chunks, 0, head_only=True)
    sample: pa.RecordBatch | None = None
    for batch in answer:
        sample = sample if sample is not None else batch.slice(0, SAMPLE_ROWS)
    if sample is None:
        sample = pa.RecordBatch.from_pylist([], answer.schema)
    profile, rows = answer.trailer, sample

    def suggested(all_decisions: tuple[Decision, ...]) -> Document:
        return stages.suggest(profile, rows, industry, snapshot_date, all_decisions)

    remembered = recall([column["name"] for column in profile["columns"]])
    return {**following(suggested, remembered, decisions), "profile": profile}


def _pinned(work: Work) -> Pins:
    """The job's pins with model and time; fixed on the row before the first row is scored."""
    pins = work.job.pins
    if pins.model_digest is None or pins.scored_at is None:
        family = f"baseline-{work.artifacts.document(work.artifact('plan'))['industry']}"
        version, digest, horizon_days = work.stages.current_model(family)
        pins = replace(
            pins,
            scored_at=pins.scored_at or work.now(),
            model_family=family,
            model_version=version,
            model_digest=digest,
            horizon_days=horizon_days,
        )
        work.pin(pins)
    return pins


def _why_nothing(findings: Document) -> str:
    fatal = [
        check["message"]
        for check in findings["checks"]
        if check["severity"] == "SEVERITY_FATAL" and not check["passed"]
    ]
    return " ".join(["No row of this file can be scored.", *fatal[:3]])
