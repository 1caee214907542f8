"""What a route may ask for by type: the parts, the results, who calls and for which tenant.

What a caller may do is decided here, for every route at once.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

from libs.errors import NotFound
from services.gateway.caching import Gone
from services.gateway.domain import Job, JobKind, Tenant
from services.gateway.identity.callers import caller_of, owner_of, person_of
from services.gateway.identity.domain import Account, Caller, ReadOnly, Scope
from services.gateway.parts import Parts
from services.gateway.plans.locks import features_of
from services.gateway.results import Results
from services.gateway.routes.browser import COOKIE, SAFE, meant_by_our_page

_bearer = HTTPBearer(
    auto_error=False, scheme_name="token", description="An API key, or a JWT of an issuer that is trusted here."
)
_cookie = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    scheme_name="session",
    description="A browser's session; what changes something then wants `X-Requested-With: RetainWise`.",
)

CHANGES_NOTHING = frozenset({"simulate_customer", "preview_mapping", "export_prediction", "export_latest"})
"""Operations that are asked with POST and leave all as it was: an API key that may only read may ask them, too."""

_JOB_ID = re.compile(r"[0-9a-f]{32}")


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _results(request: Request) -> Results:
    results: Results = request.app.state.results
    return results


PartsHere = Annotated[Parts, Depends(_parts)]
ResultsHere = Annotated[Results, Depends(_results)]


def _caller(
    request: Request,
    parts: PartsHere,
    # These two name the schemes in the OpenAPI.
    _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    session: Annotated[str | None, Depends(_cookie)],
) -> Caller:
    authorization, operation = request.headers.get("authorization"), getattr(request.scope["route"], "name", "")
    caller = caller_of(authorization, session, parts.identity)
    if request.method not in SAFE:
        if authorization is None:
            meant_by_our_page(request, parts.settings.public_url)
        if caller.scope is Scope.READ and operation not in CHANGES_NOTHING:
            raise ReadOnly("this API key may only read; use one with the scope write")
    for feature in features_of(operation, request.query_params, by_api_key=caller.account is None):
        parts.plans.require(caller.tenant.id, feature)
    return caller


CallerHere = Annotated[Caller, Depends(_caller)]


def _person(caller: CallerHere) -> Account:
    return person_of(caller)


def _owner(caller: CallerHere) -> Account:
    return owner_of(caller)


PersonHere = Annotated[Account, Depends(_person)]
"""The account that calls; an API key has none and is refused."""

OwnerHere = Annotated[Account, Depends(_owner)]
"""The same, if it is an owner's."""


def _tenant(caller: CallerHere) -> Tenant:
    return caller.tenant


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
