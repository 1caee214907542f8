"""The JSON bodies of trainings and models, as the OpenAPI names them; and how they are made."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from libs.errors import NotFound
from libs.objects.store import ObjectStore
from libs.tables.columns import Industry
from services.gateway.domain import Job, JobStatus, Pass, Promotion, Shadow
from services.gateway.mappings import Question, question_of
from services.gateway.parts import Parts
from services.gateway.pipeline.scoring import baseline
from services.gateway.routes.access import kept
from services.gateway.routes.bodies import Failure


class Training(BaseModel):
    """One file that a model is learnt from, and what became of it."""

    id: str
    status: JobStatus
    filename: str
    industry: str | None = Field(description="As stated with the file; null where it is found from the columns.")
    snapshot_date: date = Field(description="The day the file describes.")
    horizon_days: int | None = Field(description="As stated with the file: days ahead that its label speaks of.")
    promote: Promotion
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    current_pass: Pass
    rows_done: int = Field(description="Rows through the current pass; while it learns, the share done of all rows.")
    rows_total: int | None = Field(description="Null until the file was read once.")
    message: str = Field(description="Where it stands, in a sentence; at the end what came of it.")
    questions: list[Question] = Field(description="What a person must decide while the status is NEEDS_MAPPING.")
    error: Failure | None
    version: str | None = Field(description="The model that was made; null if there is none, or not yet.")
    report: dict[str, Any] | None = Field(
        description="How good the model is and why; docs/model-report-json.md. Null until it has learnt, and in lists."
    )


class TrainingPage(BaseModel):
    """One page of trainings, newest first. next: pass it as `after` for the next page; null on the last."""

    trainings: list[Training]
    next: str | None


class Model(BaseModel):
    """A model of the caller's own, or the baseline of an industry."""

    version: str
    industry: str
    current: bool = Field(description="Whether new predictions of the industry use it.")
    digest: str = Field(description="SHA-256 of the model's signed manifest, hex.")
    horizon_days: int
    metrics: dict[str, float] = Field(description="Figures on customers it had not seen, by name.")


class ModelChange(BaseModel):
    """One change of the model in use. by: an opaque id of who asked; "training:…" for a training that was better."""

    industry: str
    version: str | None = Field(description="The model in use since then; null: the baseline is in use again.")
    previous: str | None = Field(description="The own model that was in use before; null if the baseline was.")
    at: str | None
    by: str | None
    rollback: bool


class StepBack(BaseModel):
    """What `POST /api/models/rollback` would put to use in an industry."""

    industry: str
    version: str | None = Field(description="The own model that was in use before; null: the baseline.")


class RefusedModel(BaseModel):
    """A model that cannot be used, and why."""

    industry: str
    version: str
    reason: str


class ModelShadow(BaseModel):
    """A version that new predictions of an industry are compared with, beside the one in use."""

    industry: str
    version: str
    digest: str = Field(description="SHA-256 of the manifest as it was when the version was named, hex.")
    own: bool = Field(description="Whether it is a model of the caller's own; else it is a baseline's.")
    named_at: datetime


class ModelList(BaseModel):
    """history: the last change first. shadows: at most one for an industry."""

    models: list[Model] = Field(description="The caller's own.")
    baselines: list[Model] = Field(
        description="The one of each industry. `current`: it is in use, as the caller has put no own model to use."
    )
    history: list[ModelChange]
    steps_back: list[StepBack] = Field(description="One for each industry in which an own model is in use.")
    refused: list[RefusedModel]
    shadows: list[ModelShadow]


class ModelDetails(Model):
    """card: Markdown. training_id, report: null once the training is deleted, and for a baseline."""

    card: str
    training_id: str | None
    report: dict[str, Any] | None


@dataclass(frozen=True)
class Family:
    """cards: by version. step_back: None where no version is in use."""

    models: list[Model]
    history: list[ModelChange]
    refused: list[RefusedModel]
    cards: Mapping[str, str]
    step_back: StepBack | None


def training_of(job: Job, store: ObjectStore | None = None) -> Training:
    """store: to read the report from; without it there is none."""
    return Training(
        id=job.id,
        status=job.status,
        filename=job.filename,
        industry=job.options.industry,
        snapshot_date=job.pins.snapshot_date,
        horizon_days=job.options.horizon_days,
        promote=job.options.promote,
        created_at=job.created_at,
        updated_at=job.updated_at,
        completed_at=job.completed_at,
        current_pass=job.current_pass,
        rows_done=job.rows_done,
        rows_total=job.rows_total,
        message=job.message,
        questions=[question_of(question) for question in job.questions],
        error=Failure(kind=job.error.kind, code=job.error.code, message=job.error.message) if job.error else None,
        version=job.pins.trained_version,
        report=_report(job, store),
    )


def family_of(parts: Parts, family: str, industry: str) -> Family:
    """What the registry says of a family; nothing where none of its versions was ever put to use."""
    try:
        told = parts.models.models(family)
    except NotFound:
        return Family([], [], [], {}, None)
    models = [
        Model(
            version=each["version"],
            industry=industry,
            current=each["version"] == told["current"],
            digest=each["digest"],
            horizon_days=each["horizon_days"],
            metrics=each["metrics"],
        )
        for each in told["models"]
    ]
    refused = [RefusedModel(industry=industry, **each) for each in told["refused"]]
    history = [change_of(industry, change) for change in told["history"]]
    step_back = StepBack(industry=industry, version=told["earlier"] or None) if told["current"] else None
    return Family(models, history, refused, {each["version"]: each["card"] for each in told["models"]}, step_back)


def baselines_of(parts: Parts, served: Collection[str]) -> list[ModelDetails]:
    """The baseline of each industry that is there. served: industries in which an own model is in use."""
    found = []
    for industry in Industry:
        family = family_of(parts, baseline(industry), industry)
        for model in family.models:
            if model.current:
                serving = model.model_copy(update={"current": industry.value not in served})
                found.append(_details(serving, family.cards[model.version]))
    return found


def change_of(industry: str, change: Mapping[str, Any]) -> ModelChange:
    """change: a Promotion of the registry, as JSON."""
    return ModelChange(
        industry=industry,
        version=change["version"] or None,
        previous=change["previous"] or None,
        at=change["at"] or None,
        by=change["actor"] or None,
        rollback=change["rollback"],
    )


def shadow_body(industry: str, shadow: Shadow) -> ModelShadow:
    return ModelShadow(
        industry=industry,
        version=shadow.version,
        digest=shadow.digest,
        own=shadow.family != baseline(industry),
        named_at=shadow.named_at,
    )


def details_of(family: Family, version: str, job: Job | None, store: ObjectStore) -> ModelDetails:
    """job: the training that made it, if it is still there."""
    model = next(model for model in family.models if model.version == version)
    return _details(model, family.cards[version], job.id if job else None, _report(job, store) if job else None)


def _details(
    model: Model, card: str, training_id: str | None = None, report: dict[str, Any] | None = None
) -> ModelDetails:
    return ModelDetails(**model.model_dump(), card=card, training_id=training_id, report=report)


def _report(job: Job, store: ObjectStore | None) -> dict[str, Any] | None:
    artifact = job.artifacts.get("report")
    if artifact is None or store is None:
        return None
    with kept():
        report: dict[str, Any] = json.loads(store.get(artifact.key))
    return report
