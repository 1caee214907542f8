"""Pass 0: the upload as a table, and what its columns mean."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import pyarrow as pa

from libs.errors import InvalidInput
from services.gateway.artifacts import head
from services.gateway.decisions import fitting, header_signature
from services.gateway.domain import Artifact, Decision, Pass
from services.gateway.mappings import sentence
from services.gateway.pipeline.ports import Document, Stages
from services.gateway.pipeline.work import Questions, Work
from services.gateway.ports import MappingProfiles

SAMPLE_ROWS = 1_000
"""Rows that mapping sees beside the profile."""

Recall = Callable[[Sequence[str]], tuple[Decision, ...]]
"""Decisions that hold for a file with this header row, because they were given for an earlier one."""


def understand(work: Work) -> dict[str, Artifact]:
    """Pass 0, first half: the upload as a lossless table with a profile."""
    upload = work.artifact("upload")
    answer = work.stages.parse(work.artifacts.chunks(upload), upload.size, encoding=work.job.options.encoding)
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
        message = " ".join(sentence(question["message"]) for question in questions)
        return Questions(questions, message, {"proposal": proposal})
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


def preview(
    stages: Stages,
    chunks: Iterable[bytes],
    industry: str | None,
    snapshot_date: str,
    decisions: tuple[Decision, ...],
    recall: Recall,
    encoding: str | None = None,
) -> Document:
    """What pass 0 would make of these bytes, without a job: {"plan", "questions", "profile"}."""
    answer = stages.parse(chunks, 0, head_only=True, encoding=encoding, rows_max=SAMPLE_ROWS)
    sample = pa.Table.from_batches(list(answer), answer.schema).combine_chunks().to_batches()
    profile, rows = answer.trailer, sample[0] if sample else pa.RecordBatch.from_pylist([], answer.schema)

    def suggested(all_decisions: tuple[Decision, ...]) -> Document:
        return stages.suggest(profile, rows, industry, snapshot_date, all_decisions)

    remembered = recall([column["name"] for column in profile["columns"]])
    return {**following(suggested, remembered, decisions), "profile": profile}
