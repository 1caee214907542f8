"""What the columns of a file are taken for, before anything is predicted and after."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from libs.errors import Forbidden, Internal, Unauthenticated
from services.gateway.domain import Job, NotCompleted, Tenant
from services.gateway.mappings import Alternative, Mapping, Question, mapping_of
from services.gateway.parts import Parts
from services.gateway.pipeline.understanding import recalling
from services.gateway.routes.access import JobHere, PartsHere, TenantHere, TrainingHere, kept
from services.gateway.routes.options import UploadOptions, UploadQuery, decisions_in, merged
from services.gateway.routes.receiving import Received, received
from services.gateway.routes.submitting import form_schema

router = APIRouter(tags=["mapping"])


class ColumnMapping(BaseModel):
    """What one column of the file is taken for."""

    column: str
    canonical: str = Field("", description="Empty: not mapped, kept as an extra column.")
    confidence: float = Field(0, description="0-100; 100 for a person's decision.")
    strategy: str = Field("", description="How it was found.")
    evidence: str = Field("", description="Why, in words.")
    alternatives: list[Alternative] = []


class Plan(BaseModel):
    """How the file would be read."""

    industry: str
    snapshot_date: str
    mappings: list[ColumnMapping] = []
    missing_required: list[str] = []
    missing_optional: list[str] = []


class MappingPreview(BaseModel):
    """The plan, what a person would have to decide, and what is known of the head of the file."""

    industry: str
    plan: Plan
    questions: list[Question]
    mapping: Mapping = Field(description="Plan and questions as one document: what `retainwise map --json` prints.")
    profile: dict[str, Any] = Field(description="As retainwise.table.v1.Profile in JSON; it holds values of the file.")


@router.post(
    "/api/mapping/preview", openapi_extra=form_schema(UploadOptions), summary="See what a file's columns are taken for"
)
async def preview_mapping(
    request: Request, parts: PartsHere, tenant: TenantHere, query: Annotated[UploadQuery, Query()]
) -> MappingPreview:
    """Takes a file as an upload does; its head is enough, up to a limit (16 MiB by default). Keeps nothing."""
    settings = parts.settings
    folder = settings.scratch_dir / "uploads"
    async with received(request, folder, settings.preview_bytes_max, settings.upload_idle_s) as upload:
        document = await run_in_threadpool(
            _previewed, parts, tenant, upload, merged(query, upload.fields, UploadOptions)
        )
    mapping = mapping_of(document["plan"], document["questions"], document["profile"])
    shown = {"industry": mapping.industry, **document, "questions": mapping.questions, "mapping": mapping}
    return MappingPreview.model_validate(shown)


@router.get("/api/predictions/{prediction_id}/mapping", summary="How a prediction's file is read")
def get_mapping(job: JobHere, parts: PartsHere) -> Mapping:
    """The mapping that the prediction uses, or, while it waits for answers, the one that is proposed.

    The same document as a preview's `mapping`; docs/map-json.md describes it.
    """
    return _mapping_of(job, parts)


@router.get("/api/trainings/{training_id}/mapping", summary="How a training's file is read")
def get_training_mapping(job: TrainingHere, parts: PartsHere) -> Mapping:
    """As for predictions."""
    return _mapping_of(job, parts)


def _mapping_of(job: Job, parts: Parts) -> Mapping:
    artifact = job.artifacts.get("plan") or job.artifacts.get("proposal")
    if artifact is None:
        raise NotCompleted(f"this file is {job.status.value} and its columns are not worked out yet")
    profile = job.artifacts.get("profile")
    with kept():
        plan = json.loads(parts.store.get(artifact.key))
        known = json.loads(parts.store.get(profile.key)) if profile else None
    return mapping_of(plan, job.questions, known)


def _previewed(parts: Parts, tenant: Tenant, upload: Received, options: UploadOptions) -> dict[str, Any]:
    day = options.snapshot_date or datetime.now(UTC).date()
    decisions = decisions_in(options.decisions, options.industry)
    with upload.path.open("rb") as file:
        chunks = iter(lambda: file.read(1 << 20), b"")
        recall = recalling(parts.profiles, tenant.id, options.industry, decisions)
        try:
            return parts.preview(chunks, options.industry, day.isoformat(), decisions, recall, options.encoding)
        except (Unauthenticated, Forbidden) as error:
            # A stage that refuses the gateway says nothing about the caller.
            raise Internal("a stage refused the gateway's own token") from error
