"""Job <-> row, both ways, nothing else."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from services.gateway.domain import (
    Artifact,
    Decision,
    Export,
    ExportedUpload,
    ExportFormat,
    Job,
    JobError,
    JobKind,
    JobOptions,
    JobStatus,
    Pass,
    Pins,
    Promotion,
    Scored,
)


def values_of(job: Job) -> dict[str, Any]:
    """The job's columns; those of the queue and the worker are left to their defaults."""
    return {
        "id": job.id,
        "tenant_id": job.tenant_id,
        "kind": job.kind.value,
        "status": job.status.value,
        "filename": job.filename,
        "options": options_json(job.options),
        "pins": pins_json(job.pins),
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        "current_pass": job.current_pass.value,
        "rows_done": job.rows_done,
        "rows_total": job.rows_total,
        "message": job.message,
        "attempts": job.attempts,
        "fence": job.fence,
        "lease_until": job.lease_until,
        "artifacts": artifacts_json(job.artifacts),
        "questions": list(job.questions),
        "error": asdict(job.error) if job.error else None,
        "dead_letter": job.dead_letter,
        "completed_at": job.completed_at,
        "request_id": job.request_id,
        "trace": job.trace,
    }


def job_of(row: RowMapping) -> Job:
    """The job that the row of `jobs` holds."""
    return Job(
        id=row["id"],
        tenant_id=row["tenant_id"],
        kind=JobKind(row["kind"]),
        status=JobStatus(row["status"]),
        filename=row["filename"],
        options=_options(row["options"]),
        pins=_pins(row["pins"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        current_pass=Pass(row["current_pass"]),
        rows_done=row["rows_done"],
        rows_total=row["rows_total"],
        message=row["message"],
        attempts=row["attempts"],
        fence=row["fence"],
        lease_until=row["lease_until"],
        artifacts={name: Artifact(**artifact) for name, artifact in row["artifacts"].items()},
        questions=tuple(row["questions"]),
        error=JobError(**row["error"]) if row["error"] else None,
        dead_letter=row["dead_letter"],
        completed_at=row["completed_at"],
        request_id=row["request_id"],
        trace=dict(row["trace"]),
    )


def scored_of(row: RowMapping) -> Scored:
    """Of a completed prediction's id, filename, pins, created_at and artifacts."""
    plan = row["artifacts"].get("plan")
    return Scored(
        prediction_id=row["id"],
        filename=row["filename"],
        snapshot_date=_pins(row["pins"]).snapshot_date,
        uploaded_at=row["created_at"],
        results=Artifact(**row["artifacts"]["results"]),
        plan=Artifact(**plan) if plan else None,
    )


def options_json(options: JobOptions) -> dict[str, Any]:
    return asdict(options) | {"decisions": decisions_json(options.decisions), "promote": options.promote.value}


def decisions_json(decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    return [asdict(decision) for decision in decisions]


def decisions_of(stored: Iterable[dict[str, Any]]) -> tuple[Decision, ...]:
    """The decisions; rows written before there were answers hold none."""
    return tuple(Decision(**decision) for decision in stored)


def pins_json(pins: Pins) -> dict[str, Any]:
    return asdict(pins) | {"snapshot_date": pins.snapshot_date.isoformat()}


def artifacts_json(artifacts: dict[str, Artifact]) -> dict[str, Any]:
    return {name: asdict(artifact) for name, artifact in artifacts.items()}


def _options(stored: dict[str, Any]) -> JobOptions:
    # Rows written before there were trainings say nothing of promotion.
    read = {
        "decisions": decisions_of(stored["decisions"]),
        "promote": Promotion(stored.get("promote", Promotion.AUTO)),
        "export": _export(stored["export"]) if stored.get("export") else None,
    }
    return JobOptions(**(stored | read))


def _export(stored: dict[str, Any]) -> Export:
    uploads = tuple(ExportedUpload(**upload) for upload in stored["uploads"])
    return Export(**(stored | {"format": ExportFormat(stored["format"]), "uploads": uploads}))


def _pins(stored: dict[str, Any]) -> Pins:
    return Pins(**(stored | {"snapshot_date": date.fromisoformat(stored["snapshot_date"])}))
