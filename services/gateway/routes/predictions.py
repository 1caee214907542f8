"""Predictions as rows: list, look at, answer, delete."""

import json
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from libs.errors import NotFound
from libs.tables.columns import Industry
from services.gateway.artifacts import job_prefix
from services.gateway.decisions import answered
from services.gateway.domain import Decision, Job, JobStatus, NotWaiting, Place, Tenant
from services.gateway.parts import Parts
from services.gateway.routes.access import JobHere, PartsHere, ResultsHere, TenantHere, kept, known_form
from services.gateway.routes.bodies import Prediction, PredictionPage, prediction_of
from services.gateway.routes.options import BadOption, Decisions, Rulings, decided, named_in, told_apart
from services.gateway.routes.uploads import announce

router = APIRouter(tags=["predictions"])

LIMIT_MAX = 200

TIME = "%Y%m%dT%H%M%S.%fZ"
"""How a cursor writes the time, UTC."""


class Answer(Decisions):
    """A person's answers to a prediction's questions."""

    decisions: Rulings = Field(
        min_length=1,
        max_length=200,
        description='From canonical column to the file\'s column; null for one that is not in this file; {"answer": …} '
        'with the id of an option for a question of the kind "reading".',
    )


@router.get("/api/predictions/", summary="List predictions")
@router.get("/api/predictions", include_in_schema=False)
def list_predictions(
    parts: PartsHere,
    tenant: TenantHere,
    limit: Annotated[int, Query(ge=1, le=LIMIT_MAX)] = 50,
    after: Annotated[str | None, Query(max_length=100, description="`next` of the page before.")] = None,
) -> PredictionPage:
    """The caller's predictions, newest first."""
    place = None if after is None else _place(after, parts, tenant)
    jobs = parts.jobs.page(tenant.id, limit=limit + 1, after=place)
    shown = jobs[:limit]
    return PredictionPage(
        predictions=[prediction_of(job) for job in shown], next=_cursor(shown[-1]) if len(jobs) > limit else None
    )


def _cursor(job: Job) -> str:
    """The job's place in the list; it holds the time too, so that it outlives the job."""
    return f"{job.created_at.astimezone(UTC):{TIME}}-{job.id}"


def _place(after: str, parts: Parts, tenant: Tenant) -> Place:
    """The place that a cursor, or one of the caller's predictions, names. Raises NotFound."""
    time, _, job_id = after.rpartition("-")
    if not time:
        job = parts.jobs.of_tenant(tenant.id, known_form(job_id))
        return Place(job.created_at, job.id)
    try:
        return Place(datetime.strptime(time, TIME).replace(tzinfo=UTC), known_form(job_id))
    except ValueError:
        raise NotFound("`after` names no place in this list; send the `next` of the page before as it stands") from None


@router.get("/api/predictions/{prediction_id}", summary="Status and progress of a prediction")
def get_prediction(job: JobHere) -> Prediction:
    """One prediction as it stands now."""
    return prediction_of(job)


@router.delete("/api/predictions/{prediction_id}", status_code=204, summary="Delete a prediction")
def delete_prediction(prediction_id: str, parts: PartsHere, tenant: TenantHere, results: ResultsHere) -> Response:
    """Removes the prediction, the upload and everything made from it."""
    prefix = job_prefix(tenant.id, known_form(prediction_id))
    try:
        # The row goes first: it fences off a worker that would write more.
        job = parts.jobs.delete(tenant.id, prediction_id)
    except NotFound:
        # A deletion that broke off after the row is finished by asking again.
        if next(iter(parts.store.list(prefix)), None) is None:
            raise
    else:
        for artifact in job.artifacts.values():
            results.forget(artifact)
    parts.store.delete_prefix(prefix)
    return Response(status_code=204)


@router.put("/api/predictions/{prediction_id}/mapping", status_code=202, summary="Answer a prediction's questions")
def answer_mapping(answer: Answer, job: JobHere, parts: PartsHere, tenant: TenantHere) -> Prediction:
    """Says what columns are, or how they are read, while the status is NEEDS_MAPPING; the prediction then goes on.

    The answers are remembered for the next file with the same header row. Sending the same answer again is safe.
    """
    industry = Industry(job.options.industry) if job.options.industry else None
    decisions = decided(answer.decisions, industry)
    if job.status is JobStatus.NEEDS_MAPPING:
        _fits(job, decisions, parts)
    try:
        resumed = parts.jobs.answer(tenant.id, job.id, decisions)
    except NotWaiting:
        if not set(decisions) <= set(job.options.decisions):
            raise
        return prediction_of(job)
    announce(parts, resumed)
    return prediction_of(resumed)


def _fits(job: Job, decisions: tuple[Decision, ...], parts: Parts) -> None:
    """Raises BadOption for an answer that would only fail the prediction: a wrong column, or no option there is."""
    told_apart(answered(job.options.decisions, decisions, job.questions))
    for decision in decisions:
        asked = [question for question in job.questions if question["canonical"] == decision.canonical]
        options = [option["id"] for question in asked for option in question.get("options", ())]
        if decision.answer is not None and decision.answer not in options:
            known = f"they are {', '.join(options)}" if options else "nothing is asked about how to read it"
            raise BadOption(f"{decision.answer[:60]!r} is no option for {decision.canonical}; {known}")
    if profile := job.artifacts.get("profile"):
        with kept():
            columns = json.loads(parts.store.get(profile.key))["columns"]
        named_in({column["name"] for column in columns}, decisions)
