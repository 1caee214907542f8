"""Errors as problems."""

import json

import pytest
from starlette.exceptions import HTTPException

from libs import telemetry
from libs.errors import KINDS, Internal, InvalidInput, RateLimited, Unauthenticated, Unavailable
from services.gateway import problems


class EmptyTable(InvalidInput):
    """A finer error, as a stage would name it."""


def test_every_kind_has_a_status() -> None:
    """No kind is missing from the table, and none is there twice under another name."""
    assert set(KINDS.values()) == set(problems.STATUS)


def test_a_problem_has_the_members_of_rfc_9457_and_ours() -> None:
    """The kind gives type, title and status; the error its sentence and its own name; the request its id."""
    with telemetry.request("r-1"):
        answer = problems.of_error(EmptyTable("the file has no rows; send one with customers"))
    assert "application/problem+json" == answer.headers["content-type"]
    assert {
        "type": "/problems/invalid-input",
        "title": "Invalid input",
        "status": 422,
        "detail": "the file has no rows; send one with customers",
        "instance": "urn:retainwise:request:r-1",
        "request_id": "r-1",
        "code": "EmptyTable",
        "errors": [],
    } == json.loads(answer.body)
    assert 422 == answer.status_code


@pytest.mark.parametrize("kind", KINDS.values())
def test_the_status_is_the_kinds(kind: type) -> None:
    """The answer's status and the problem's are both that of the table."""
    answer = problems.of_error(kind("a sentence"))
    assert problems.STATUS[kind] == answer.status_code == json.loads(answer.body)["status"]


def test_retry_after_is_whole_seconds_rounded_up() -> None:
    """A caller that waits as told does not come too early."""
    assert "3" == problems.of_error(RateLimited("too many", retry_after_s=2.1)).headers["retry-after"]
    assert "retry-after" not in problems.of_error(Unavailable("down")).headers


def test_unauthenticated_says_how_to_authenticate() -> None:
    """A 401 names the scheme."""
    assert 'Bearer realm="RetainWise"' == problems.of_error(Unauthenticated("who?")).headers["www-authenticate"]


def test_the_detail_of_our_own_faults_stays_in_the_log() -> None:
    """Internal shows a neutral sentence."""
    answer = problems.of_error(Internal("division by zero in scoring.explain"))
    assert problems.OUR_FAULT == json.loads(answer.body)["detail"]


def test_what_the_framework_refuses_is_dressed_alike() -> None:
    """A 405 keeps its Allow header and gets a type of its own."""
    answer = problems.of_http(HTTPException(405, headers={"Allow": "GET"}))
    assert ("/problems/method-not-allowed", 405) == (json.loads(answer.body)["type"], answer.status_code)
    assert "GET" == answer.headers["allow"]


def test_field_problems_leave_values_out() -> None:
    """What was seen in a field may be personal: only where and why are told."""
    fault = {"type": "int_parsing", "loc": ("query", "page"), "msg": "no", "input": "jane@example.com"}
    answer = problems.of_fields([fault])
    body = json.loads(answer.body)
    message = "is text of 16 characters; send a whole number such as 10"
    assert [{"field": "query.page", "message": message}] == body["errors"]
    assert f"page {message}" == body["detail"]
    assert b"jane" not in answer.body
