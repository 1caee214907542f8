"""Tenants' own models: train one, look at them, put another to use, step back."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from libs.errors import NotFound
from libs.tables.columns import Industry
from services.gateway.domain import JobKind, JobOptions, Promotion, Tenant
from services.gateway.parts import Parts
from services.gateway.routes.access import PartsHere, ResultsHere, TenantHere, TrainingHere, known_form
from services.gateway.routes.going_on import Answer, removed, resumed
from services.gateway.routes.model_bodies import (
    Family,
    Model,
    ModelChange,
    ModelDetails,
    ModelList,
    Training,
    TrainingPage,
    baselines_of,
    change_of,
    details_of,
    family_of,
    shadow_body,
    training_of,
)
from services.gateway.routes.options import BadOption, TrainingOptions, TrainingQuery
from services.gateway.routes.paging import LIMIT_MAX, cursor_of, place_of
from services.gateway.routes.submitting import IdempotencyKey, Submission, checked_key, form_schema, submitted

router = APIRouter(tags=["models"])


@router.post(
    "/api/models", status_code=202, openapi_extra=form_schema(TrainingOptions), summary="Learn a model from a file"
)
async def create_training(
    request: Request,
    response: Response,
    parts: PartsHere,
    tenant: TenantHere,
    query: Annotated[TrainingQuery, Query()],
    idempotency_key: IdempotencyKey = None,
) -> Training:
    """Takes a file of customers of whom it is known who left, as a form or as the body.

    Follow the Location until the status is COMPLETED, FAILED or NEEDS_MAPPING. A file that teaches nothing is no
    failure: the training is COMPLETED without a version, and its message says why.
    """
    submission = Submission(
        JobKind.TRAIN,
        TrainingOptions,
        lambda said, decisions: JobOptions(
            said.industry,
            decisions=decisions,
            encoding=said.encoding,
            horizon_days=said.horizon_days,
            promote=said.promote or Promotion.AUTO,
        ),
    )
    job = await submitted(request, parts, tenant, query, submission, idempotency_key)
    response.headers["Location"] = f"/api/trainings/{job.id}"
    return training_of(job)


@router.get("/api/trainings", summary="List trainings")
def list_trainings(
    parts: PartsHere,
    tenant: TenantHere,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 50,
    after: Annotated[str | None, Query(max_length=100, description="`next` of the page before.")] = None,
) -> TrainingPage:
    """The caller's trainings, newest first."""
    place = None if after is None else place_of(after, JobKind.TRAIN, parts, tenant)
    jobs = parts.jobs.page(tenant.id, limit=limit + 1, after=place, kind=JobKind.TRAIN)
    shown = jobs[:limit]
    return TrainingPage(
        trainings=[training_of(job) for job in shown], next=cursor_of(shown[-1]) if len(jobs) > limit else None
    )


@router.get("/api/trainings/{training_id}", summary="Status, progress and report of a training")
def get_training(job: TrainingHere, parts: PartsHere) -> Training:
    """One training as it stands now; with its report once it has learnt."""
    return training_of(job, parts.store)


@router.put("/api/trainings/{training_id}/mapping", status_code=202, summary="Answer a training's questions")
def answer_training(answer: Answer, job: TrainingHere, parts: PartsHere) -> Training:
    """As for predictions; which column says who left may be asked too. Sending the same answer again is safe."""
    return training_of(resumed(answer, job, parts))


@router.delete("/api/trainings/{training_id}", status_code=204, summary="Delete a training and its data")
def delete_training(training_id: str, parts: PartsHere, tenant: TenantHere, results: ResultsHere) -> Response:
    """Removes the file that was learnt from and everything made of it; the model stays, it holds no customers."""
    removed(known_form(training_id), JobKind.TRAIN, parts, tenant, results)
    return Response(status_code=204)


@router.get("/api/models", summary="List the models")
def list_models(parts: PartsHere, tenant: TenantHere) -> ModelList:
    """The caller's own models, for each industry the one in use first, who put which to use, and what is shadowed.

    Without a model of one's own the baseline is in use.
    """
    families = _families(parts, tenant)
    models = [model for family in families for model in family.models]
    return ModelList(
        models=models,
        baselines=[Model(**each.model_dump(include=set(Model.model_fields))) for each in _baselines(parts, families)],
        history=[change for family in families for change in family.history],
        steps_back=[family.step_back for family in families if family.step_back],
        refused=[refused for family in families for refused in family.refused],
        shadows=[shadow_body(industry, named) for industry, named in parts.families.shadows(tenant.id).items()],
    )


@router.get("/api/models/{version}", summary="One model, with its card and report")
def get_model(version: str, parts: PartsHere, tenant: TenantHere) -> ModelDetails:
    """What it is, how good it was on customers it had not seen, and how it was learnt; the report while it is kept.

    A baseline that `GET /api/models` lists is shown too; it has no report.
    """
    common = next((one for one in _baselines(parts, _families(parts, tenant)) if one.version == version), None)
    if common is not None:
        return common
    industry, family = _own(parts, tenant, version)
    trainings = parts.jobs.page(tenant.id, limit=LIMIT_MAX, after=None, kind=JobKind.TRAIN)
    job = next((job for job in trainings if job.pins.trained_version == version), None)
    return details_of(family_of(parts, family, industry), version, job, parts.store)


@router.post("/api/models/{version}/promote", summary="Put a model to use")
def promote_model(
    version: str, parts: PartsHere, tenant: TenantHere, idempotency_key: IdempotencyKey = None
) -> ModelChange:
    """New predictions of the industry use it from now on. Repeating it is safe."""
    industry, family = _own(parts, tenant, version)
    parts.models.promote(family, version, "", _actor(tenant, idempotency_key), _now())
    return change_of(industry, parts.models.models(family)["history"][0])


@router.post("/api/models/rollback", summary="Go back to the model before")
def roll_back_model(
    parts: PartsHere,
    tenant: TenantHere,
    industry: Annotated[Industry | None, Query(description="May be left out by who has models of one alone.")] = None,
    idempotency_key: IdempotencyKey = None,
) -> ModelChange:
    """New predictions use the model that was in use before the present one; before the first own one, the baseline was.

    `steps_back` of `GET /api/models` says where it leads. Each call goes one step back; one that is repeated under its
    Idempotency-Key does not.
    """
    families = parts.families.of_tenant(tenant.id)
    if industry is None and len(families) > 1:
        raise BadOption(f"there are models for {' and '.join(families)}; say in `industry` which to go back with")
    name = industry.value if industry else next(iter(families), "")
    if name not in families:
        raise NotFound("there is no model of your own to go back from")
    family, actor = families[name], _actor(tenant, idempotency_key)
    told = parts.models.models(family)
    history = told["history"]
    done = next((change for change in history if change["actor"] == actor), None)
    if done is None:
        present = history[0]["version"] if history else told["current"]
        if not present:
            raise NotFound("no model of your own is in use; the baseline is, and there is none before it")
        parts.models.roll_back(family, present, actor, _now())
        done = parts.models.models(family)["history"][0]
    return change_of(name, done)


def _families(parts: Parts, tenant: Tenant) -> list[Family]:
    """The caller's own, one an industry."""
    return [family_of(parts, name, industry) for industry, name in parts.families.of_tenant(tenant.id).items()]


def _baselines(parts: Parts, own: Iterable[Family]) -> list[ModelDetails]:
    return baselines_of(parts, {model.industry for family in own for model in family.models if model.current})


def _own(parts: Parts, tenant: Tenant, version: str) -> tuple[str, str]:
    """Industry and family of the caller's version. Raises NotFound, also for another tenant's."""
    for industry, family in parts.families.of_tenant(tenant.id).items():
        if version in {model.version for model in family_of(parts, family, industry).models}:
            return industry, family
    raise NotFound("there is no model of this version")


def _actor(tenant: Tenant, idempotency_key: str | None) -> str:
    """Who asked, for the registry's history: opaque there, and the same again for the same key."""
    said = checked_key(idempotency_key) or uuid.uuid4().hex
    return "api:" + hashlib.sha256(f"{tenant.id} {said}".encode()).hexdigest()[:24]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
