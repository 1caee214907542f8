"""Errors as RFC 9457 problems: every fault leaves the gateway in this one dress."""

import math
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from libs import telemetry
from libs.errors import (
    Conflict,
    Forbidden,
    Internal,
    InvalidInput,
    NotFound,
    NotReady,
    OutOfTime,
    PlanLimit,
    RateLimited,
    RetainWiseError,
    TooLarge,
    Unauthenticated,
    Unavailable,
    kind_of,
)
from services.gateway.plans.catalogue import PlanId
from services.gateway.plans.domain import PlanEnds
from services.gateway.wording import faults_told

MEDIA_TYPE = "application/problem+json"

STATUS: dict[type[RetainWiseError], int] = {
    InvalidInput: 422,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    NotReady: 409,
    Conflict: 409,
    TooLarge: 413,
    RateLimited: 429,
    PlanLimit: 402,
    Unavailable: 503,
    OutOfTime: 504,
    Internal: 500,
}
"""HTTP status of each kind; a new error is a child of a kind and needs no row."""

PLACE = re.compile(r"^(?:query|path|header|body)\.")
"""Where in the request a field stands: the list of fields says it, the sentence goes without."""

FIELDS_TOLD = 5
"""Of the fields that do not fit, how many the sentence names; the list names all."""

OUR_FAULT = "something went wrong on our side; the request id finds it in the log"


class FieldProblem(BaseModel):
    """One thing wrong with a request. field: where, as a dotted path."""

    field: str
    message: str


class Problem(BaseModel):
    """What every answer with a status of 400 or more holds (RFC 9457)."""

    type: str = Field(description="Path of a page that says what this kind of problem means.")
    title: str = Field(description="The kind, in words.")
    status: int
    detail: str = Field(description="One sentence: the thing, what was seen, what would work.")
    instance: str = Field(description="Names this one occurrence.")
    request_id: str = Field(description="Finds the request in the logs.")
    code: str = Field(description="A stable, finer name than the kind's.")
    unlocks: PlanId | None = Field(None, description="Only with a plan's limit (402): the smallest plan that lifts it.")
    errors: list[FieldProblem] = Field(
        default_factory=list, description="What is wrong with which field of the request."
    )


def slug(name: str) -> str:
    """`InvalidInput` as "invalid-input"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def of_error(error: RetainWiseError) -> JSONResponse:
    """The problem that dresses `error`. The detail of Internal stays in the log."""
    kind = kind_of(error)
    headers = {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(math.ceil(error.retry_after_s))
    if kind is Unauthenticated:
        headers["WWW-Authenticate"] = 'Bearer realm="RetainWise"'
    detail = OUR_FAULT if kind is Internal else error.message
    unlocks = error.unlocks if isinstance(error, PlanEnds) else None
    return _response(kind.__name__, STATUS[kind], detail, code=type(error).__name__, headers=headers, unlocks=unlocks)


def of_http(error: HTTPException) -> JSONResponse:
    """The problem for what the framework itself refuses: an unknown path, a wrong method."""
    phrase = HTTPStatus(error.status_code).phrase
    name = NotFound.__name__ if error.status_code == 404 else phrase.title().replace(" ", "").replace("-", "")
    details = {404: "there is nothing at this address", 405: "this address does not take this method; see Allow"}
    detail = details.get(error.status_code, phrase)
    return _response(name, error.status_code, detail, headers=dict(error.headers or {}))


def of_fields(errors: Sequence[Any]) -> JSONResponse:
    """The problem for a request that does not fit its model. The text seen is left out: it may be personal."""
    fields = [FieldProblem(field=field, message=message) for field, message in faults_told(errors)]
    detail = ". ".join(f"{PLACE.sub('', field.field)} {field.message}" for field in fields[:FIELDS_TOLD])
    return _response(InvalidInput.__name__, 422, detail, code="InvalidRequest", errors=fields)


def install(app: FastAPI) -> None:
    """Dresses whatever a handler raises. Other exceptions reach the envelope, which knows how to log them."""

    def raised(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RetainWiseError)
        return of_error(error)

    def refused(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return of_http(error)

    def malformed(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return of_fields(error.errors())

    app.add_exception_handler(RetainWiseError, raised)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, malformed)


def _response(
    name: str,
    status: int,
    detail: str,
    *,
    code: str = "",
    headers: dict[str, str] | None = None,
    errors: Sequence[FieldProblem] = (),
    unlocks: PlanId | None = None,
) -> JSONResponse:
    request_id = telemetry.request_id()
    problem = Problem(
        type=f"/problems/{slug(name)}",
        title=slug(name).replace("-", " ").capitalize(),
        status=status,
        detail=detail,
        instance=f"urn:retainwise:request:{request_id}",
        request_id=request_id,
        code=code or name,
        unlocks=unlocks,
        errors=list(errors),
    )
    left_out = {"unlocks"} if unlocks is None else None
    return JSONResponse(problem.model_dump(exclude=left_out), status, headers, MEDIA_TYPE)
