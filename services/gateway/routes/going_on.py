"""What every kind of job can have done to it: its questions answered, and all of it deleted."""

import json

from pydantic import Field

from libs.errors import NotFound
from libs.tables.columns import Industry
from services.gateway.artifacts import job_prefix
from services.gateway.decisions import answered
from services.gateway.domain import CLAIMABLE, Decision, Job, JobKind, JobStatus, NotWaiting, Tenant
from services.gateway.latest import latest_prefix
from services.gateway.parts import Parts
from services.gateway.pipeline.preparing import clean_count
from services.gateway.results import Results
from services.gateway.routes.access import kept
from services.gateway.routes.options import BadOption, Decisions, Rulings, decided, named_in, told_apart
from services.gateway.routes.submitting import announce


class Answer(Decisions):
    """A person's answers to a job's questions."""

    decisions: Rulings = Field(
        min_length=1,
        max_length=200,
        description='From canonical column to the file\'s column; null for one that is not in this file; {"answer": …} '
        'with the id of an option for a question of the kind "reading".',
    )


def resumed(answer: Answer, job: Job, parts: Parts) -> Job:
    """The job with its questions answered, on its way again; as it is if the same was answered before.

    Raises BadOption, NotWaiting.
    """
    industry = Industry(job.options.industry) if job.options.industry else None
    decisions = decided(answer.decisions, industry)
    if job.status is JobStatus.NEEDS_MAPPING:
        _fits(job, decisions, parts)
    try:
        going_on = parts.jobs.answer(job.tenant_id, job.id, decisions)
    except NotWaiting:
        if not set(decisions) <= set(job.options.decisions):
            raise
        return job
    announce(parts, going_on)
    return going_on


def let_go_on(job: Job, parts: Parts) -> Job:
    """The prediction that waited for a plan, on its way again; as it is if it went on before.

    Raises QuotaShort while the plan still has too few predictions, NotWaiting for one that waits for something else.
    """
    if job.status in (*CLAIMABLE, JobStatus.COMPLETED):
        return job
    if job.status is JobStatus.NEEDS_PLAN:
        with kept():
            findings = json.loads(parts.store.get(job.artifacts["findings"].key))
        parts.plans.check(job.tenant_id, clean_count(findings))
    going_on = parts.jobs.resume(job.tenant_id, job.id)
    announce(parts, going_on)
    return going_on


def removed(job_id: str, kind: JobKind, parts: Parts, tenant: Tenant, results: Results) -> None:
    """Removes the job, its upload and everything made from it. Raises NotFound."""
    prefix = job_prefix(tenant.id, job_id)
    try:
        # The row goes first: it fences off a worker that would write more.
        job = parts.jobs.delete(tenant.id, job_id, kind)
    except NotFound:
        # A deletion that broke off after the row is finished by asking again; another kind's row keeps its objects.
        if next(iter(parts.store.list(prefix)), None) is None or _is_there(job_id, parts, tenant):
            raise
    else:
        for artifact in job.artifacts.values():
            results.forget(artifact)
    if kind is JobKind.PREDICT:
        results.forget_derived(latest_prefix(tenant.id))
    parts.store.delete_prefix(prefix)


def _is_there(job_id: str, parts: Parts, tenant: Tenant) -> bool:
    try:
        parts.jobs.of_tenant(tenant.id, job_id)
    except NotFound:
        return False
    return True


def _fits(job: Job, decisions: tuple[Decision, ...], parts: Parts) -> None:
    """Raises BadOption for an answer that would only fail the job: a wrong column, or no option there is."""
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
