"""Places in lists of jobs: what a page's `next` holds, and what `after` means."""

from datetime import UTC, datetime

from libs.errors import NotFound
from services.gateway.domain import Job, JobKind, Place, Tenant
from services.gateway.parts import Parts
from services.gateway.routes.access import known_form

LIMIT_MAX = 200

TIME = "%Y%m%dT%H%M%S.%fZ"
"""How a cursor writes the time, UTC."""


def cursor_of(job: Job) -> str:
    """The job's place in the list; it holds the time too, so that it outlives the job."""
    return f"{job.created_at.astimezone(UTC):{TIME}}-{job.id}"


def place_of(after: str, kind: JobKind, parts: Parts, tenant: Tenant) -> Place:
    """The place that a cursor, or one of the caller's jobs of the kind, names. Raises NotFound."""
    time, _, job_id = after.rpartition("-")
    if not time:
        job = parts.jobs.of_tenant(tenant.id, known_form(job_id), kind)
        return Place(job.created_at, job.id)
    try:
        return Place(datetime.strptime(time, TIME).replace(tzinfo=UTC), known_form(job_id))
    except ValueError:
        raise NotFound("`after` names no place in this list; send the `next` of the page before as it stands") from None
