"""What a route may ask for by type: the parts, the results and the tenant that calls."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from libs.errors import NotFound
from services.gateway.caching import Gone
from services.gateway.domain import Job, JobKind, Tenant
from services.gateway.parts import Parts
from services.gateway.results import Results
from services.gateway.tenants import tenant_of

_bearer = HTTPBearer(auto_error=False, scheme_name="token", description="The tenant's token.")

_JOB_ID = re.compile(r"[0-9a-f]{32}")


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _results(request: Request) -> Results:
    results: Results = request.app.state.results
    return results


PartsHere = Annotated[Parts, Depends(_parts)]
ResultsHere = Annotated[Results, Depends(_results)]


def _tenant(
    request: Request,
    parts: PartsHere,
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],  # names the scheme in the OpenAPI
) -> Tenant:
    return tenant_of(request.headers.get("authorization"), parts.tenants)


TenantHere = Annotated[Tenant, Depends(_tenant)]


def _job(prediction_id: str, parts: PartsHere, tenant: TenantHere) -> Job:
    return parts.jobs.of_tenant(tenant.id, known_form(prediction_id), JobKind.PREDICT)


JobHere = Annotated[Job, Depends(_job)]
"""The prediction that the path names, if it is the caller's."""


def _training(training_id: str, parts: PartsHere, tenant: TenantHere) -> Job:
    return parts.jobs.of_tenant(tenant.id, known_form(training_id), JobKind.TRAIN)


TrainingHere = Annotated[Job, Depends(_training)]
"""The training that the path names, if it is the caller's."""


@contextmanager
def kept() -> Iterator[None]:
    """What the store no longer has, while the row still names it, is Gone; the object's key is not shown."""
    try:
        yield
    except NotFound:
        raise Gone("what this prediction made is no longer kept") from None


def known_form(prediction_id: str) -> str:
    """The id itself, if it can be one: it becomes part of object keys. Raises NotFound."""
    if not _JOB_ID.fullmatch(prediction_id):
        raise NotFound("there is no prediction with this id")
    return prediction_id
