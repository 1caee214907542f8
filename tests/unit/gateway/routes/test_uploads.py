"""A file comes in and becomes a prediction."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from libs.errors import Unavailable
from services.gateway.domain import Decision, JobStatus
from tests.http_gateway import CSV, Gateway, open_gateway, with_parts


def stored(gateway: Gateway, made: dict[str, Any]) -> bytes:
    """The upload as the store has it."""
    return gateway.parts.store.get(gateway.parts.jobs.get(made["id"]).artifacts["upload"].key)


def objects(gateway: Gateway) -> list[str]:
    """Keys of everything stored."""
    return [info.key for info in gateway.parts.store.list("")]


def scratch(gateway: Gateway) -> list[Path]:
    """Files left where uploads pass through."""
    return list((gateway.parts.settings.scratch_dir / "uploads").glob("*"))


def test_a_raw_body_becomes_a_queued_prediction(new_gateway: Gateway) -> None:
    """202, a Location, the bytes in the store with their digest, a job and a hint, and nothing left in scratch."""
    answer = new_gateway.client.post(
        "/api/csv",
        content=CSV,
        params={"filename": "customers.csv", "industry": "saas", "snapshot_date": "2026-05-31", "churn_rate": "0.05"},
        headers=new_gateway.headers,
    )
    made = answer.json()
    job = new_gateway.parts.jobs.get(made["id"])
    assert (202, f"/api/predictions/{made['id']}") == (answer.status_code, answer.headers["location"])
    assert ("QUEUED", "customers.csv", "saas", "2026-05-31", 0.05) == (
        made["status"],
        made["filename"],
        made["industry"],
        made["snapshot_date"],
        made["churn_rate"],
    )
    assert (hashlib.sha256(CSV).hexdigest(), len(CSV)) == (made["sha256"], made["size_bytes"])
    assert CSV == stored(new_gateway, made)
    assert f"tenants/{job.tenant_id}/jobs/{job.id}/upload/customers.csv" == job.artifacts["upload"].key
    assert answer.headers["x-request-id"] == job.request_id
    assert 1 == new_gateway.parts.queue.depth()
    assert [] == list(new_gateway.parts.jobs.unannounced(10))
    assert [] == scratch(new_gateway)


def test_a_form_with_a_file_and_fields(gateway: Gateway) -> None:
    """Fields may stand before and after the file, and override the query."""
    answer = gateway.client.post(
        "/api/csv?industry=saas",
        files=[
            ("industry", (None, "telecom")),
            ("file", ("kunden.csv", CSV, "text/csv")),
            ("churn_rate", (None, "0.2")),
            ("snapshot_date", (None, "")),
            ("mapping", (None, json.dumps({"monthly_charges": "Amount", "contract": None}))),
        ],
        headers=gateway.headers,
    )
    made = answer.json()
    assert (202, "kunden.csv", "telecom", 0.2) == (
        answer.status_code,
        made["filename"],
        made["industry"],
        made["churn_rate"],
    )
    decisions = gateway.parts.jobs.get(made["id"]).options.decisions
    assert {Decision("monthly_charges", "Amount"), Decision("contract", None)} == set(decisions)
    assert datetime.now(UTC).date() - date.fromisoformat(made["snapshot_date"]) <= timedelta(days=1)
    assert CSV == stored(gateway, made)


def test_a_body_in_pieces_without_a_length(gateway: Gateway) -> None:
    """Chunked encoding gives the same bytes."""

    def pieces() -> Iterator[bytes]:
        for _ in range(300):
            yield CSV * 100

    answer = gateway.client.post("/api/csv", content=pieces(), headers=gateway.headers)
    assert (202, CSV * 30_000) == (answer.status_code, stored(gateway, answer.json()))


@pytest.mark.parametrize("body", [b"", b"--b--\r\n"])
def test_an_empty_body_is_refused(gateway: Gateway, body: bytes) -> None:
    """No bytes, or a form without a part."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"} if body else {}
    answer = gateway.client.post("/api/csv", content=body, headers={**gateway.headers, **headers})
    assert (422, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


def test_an_empty_file_part_is_refused(gateway: Gateway) -> None:
    """A form whose file has no bytes."""
    answer = gateway.client.post("/api/csv", files={"file": ("a.csv", b"")}, headers=gateway.headers)
    assert (422, "EmptyUpload") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("lies", [False, True])
def test_a_file_over_the_limit_is_refused(tmp_path: Path, form: bool, lies: bool) -> None:
    """413 whether the length is stated or not; nothing is stored, nothing left in scratch, no job made."""
    gateway = open_gateway(tmp_path, upload_bytes_max=1000)
    body = b"x" * 1001
    headers = dict(gateway.headers)
    if form:
        headers["Content-Type"] = "multipart/form-data; boundary=b"
        body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + body + b"\r\n--b--\r\n"
    content = iter([body[:500], body[500:]]) if lies else body
    answer = gateway.client.post("/api/csv", content=content, headers=headers)
    assert (413, "TooLarge") == (answer.status_code, answer.json()["code"])
    assert ([], [], []) == (objects(gateway), scratch(gateway), _listed(gateway))
    assert 202 == gateway.client.post("/api/csv", content=b"x" * 1000, headers=gateway.headers).status_code


def test_a_form_cannot_hide_bytes_beside_the_file(tmp_path: Path) -> None:
    """What follows the last boundary counts too, so no body is endless."""
    gateway = open_gateway(tmp_path, upload_bytes_max=1000)
    form = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na,b\r\n--b--\r\n'
    answer = gateway.client.post(
        "/api/csv",
        content=iter([form, *[b"x" * 100_000] * 12]),
        headers={**gateway.headers, "Content-Type": "multipart/form-data; boundary=b"},
    )
    assert 413 == answer.status_code


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"industry": "bakery"}, "industry is "),
        ({"snapshot_date": "31/05/2026"}, "snapshot_date is "),
        ({"snapshot_date": "2999-01-01"}, "future"),
        ({"churn_rate": "1.5"}, "churn_rate is "),
        ({"churn_rate": "nan"}, "churn_rate is "),
        ({"industri": "saas"}, "industri is "),
        ({"mapping": "{"}, "not JSON"),
        ({"mapping": "[1]"}, "JSON object"),
        ({"mapping": '{"mrr": 3}'}, "JSON object"),
        ({"mapping": '{"price": "Amount"}'}, "not a canonical column"),
        ({"mapping": '{"customer_id": null}'}, "cannot be left out"),
        ({"mapping": '{"mrr": ""}'}, "empty"),
        ({"industry": "saas", "mapping": '{"contract": "x"}'}, "not a canonical column"),
    ],
)
def test_options_that_cannot_be_meant_are_refused(gateway: Gateway, query: dict[str, str], words: str) -> None:
    """422 with the field and what would work; no job is made."""
    before = len(_listed(gateway))
    answer = gateway.client.post("/api/csv", params=query, content=CSV, headers=gateway.headers)
    assert 422 == answer.status_code
    assert words in answer.json()["detail"]
    assert before == len(_listed(gateway))


@pytest.mark.parametrize("field", [("industry", "bakery"), ("colour", "red"), ("mapping", "[]")])
def test_form_fields_are_checked_alike(gateway: Gateway, field: tuple[str, str]) -> None:
    """Also those that come after the file; the value is not repeated."""
    answer = gateway.client.post(
        "/api/csv", files=[("file", ("a.csv", CSV)), (field[0], (None, field[1]))], headers=gateway.headers
    )
    assert 422 == answer.status_code
    assert field[0] in answer.json()["detail"]


@pytest.mark.parametrize(
    ("sent", "shown", "kept"),
    [
        ("../../etc/passwd", "passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini", "boot.ini"),
        ("..", "..", "upload.csv"),
        ("/", "upload.csv", "upload.csv"),
        (".hidden", ".hidden", "hidden"),
        ("a\r\nSet-Cookie: x=1.csv", "aSet-Cookie: x=1.csv", "aSet-Cookie_x_1.csv"),
        ("a\x00b\x1b[31m.csv", "ab[31m.csv", "ab_31m.csv"),
        ("\u202egnp.csv", "gnp.csv", "gnp.csv"),
        ("Kündigungen Mai.csv", "Kündigungen Mai.csv", "Kundigungen_Mai.csv"),
        ("顧客.csv", "顧客.csv", "csv"),
        ("x" * 500 + ".csv", "x" * 200, "x" * 100),
    ],
)
def test_hostile_filenames_are_made_safe(gateway: Gateway, sent: str, shown: str, kept: str) -> None:
    """No folders, control or direction characters are shown; keys are plain; the bytes arrive all the same."""
    made = gateway.upload(filename=sent)
    key = gateway.parts.jobs.get(made["id"]).artifacts["upload"].key
    assert (shown, kept) == (made["filename"], key.rsplit("/", 1)[-1])
    assert CSV == stored(gateway, made)


def test_content_disposition_names_a_raw_file(gateway: Gateway) -> None:
    """Its extended form too (RFC 6266)."""
    headers = {"Content-Disposition": "attachment; filename*=UTF-8''K%C3%BCnden.csv"}
    answer = gateway.client.post("/api/csv", content=CSV, headers={**gateway.headers, **headers})
    assert "Künden.csv" == answer.json()["filename"]


def test_a_repeated_key_gives_the_first_prediction(new_gateway: Gateway) -> None:
    """The same file and options under the same key: one prediction, one stored upload, one hint."""
    headers = {**new_gateway.headers, "Idempotency-Key": "k1"}
    first = new_gateway.upload(headers=headers)
    second = new_gateway.upload(headers=headers)
    assert first == second
    assert (1, 1, 1) == (len(_listed(new_gateway)), len(objects(new_gateway)), new_gateway.parts.queue.depth())


@pytest.mark.parametrize(
    ("body", "query"), [(CSV + b"C-3,1,1\n", {}), (CSV, {"churn_rate": "0.1"}), (CSV, {"filename": "other.csv"})]
)
def test_a_key_used_for_something_else_is_a_conflict(gateway: Gateway, body: bytes, query: dict[str, str]) -> None:
    """409 when file, options or name differ; nothing more is stored."""
    headers = {**gateway.headers, "Idempotency-Key": f"k-{len(body)}-{''.join(query)}"}
    gateway.upload(headers=headers)
    before = objects(gateway)
    params = {"filename": "customers.csv", **query}
    answer = gateway.client.post("/api/csv", content=body, params=params, headers=headers)
    assert (409, "Conflict") == (answer.status_code, answer.json()["code"])
    assert before == objects(gateway)


def test_keys_of_tenants_do_not_meet(gateway: Gateway) -> None:
    """The same key of another tenant makes another prediction."""
    key = {"Idempotency-Key": "shared"}
    mine = gateway.upload(headers={**gateway.headers, **key})
    theirs = gateway.upload(headers={**gateway.other_headers, **key})
    assert mine["id"] != theirs["id"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_an_impossible_key_is_refused(gateway: Gateway, key: str) -> None:
    """1 to 255 visible characters."""
    answer = gateway.client.post("/api/csv", content=CSV, headers={**gateway.headers, "Idempotency-Key": key})
    assert (422, "BadOption") == (answer.status_code, answer.json()["code"])


def test_a_queue_that_is_down_loses_nothing(new_gateway: Gateway) -> None:
    """The upload is accepted; the job waits in the outbox for the sweeper."""

    class DownQueue:
        def announce(self, job_id: str) -> None:
            raise Unavailable("the queue is down")

    client = with_parts(new_gateway, queue=DownQueue())
    answer = client.post("/api/csv", content=CSV, headers=new_gateway.headers)
    assert 202 == answer.status_code
    assert JobStatus.QUEUED is new_gateway.parts.jobs.get(answer.json()["id"]).status
    assert [answer.json()["id"]] == list(new_gateway.parts.jobs.unannounced(10))


def test_a_store_that_is_down_makes_no_job(new_gateway: Gateway) -> None:
    """503, and the row is not there without its upload."""

    class DownStore:
        def put_file(self, key: str, path: Path) -> None:
            raise Unavailable("the store is down", retry_after_s=5)

    client = with_parts(new_gateway, store=DownStore())
    answer = client.post("/api/csv", content=CSV, headers=new_gateway.headers)
    assert (503, "5") == (answer.status_code, answer.headers["retry-after"])
    assert ([], []) == (_listed(new_gateway), scratch(new_gateway))


def test_without_a_token_nothing_is_read(new_gateway: Gateway) -> None:
    """401 before the body is looked at."""
    assert 401 == new_gateway.client.post("/api/csv", content=CSV).status_code
    assert [] == scratch(new_gateway)


def _listed(gateway: Gateway) -> list[Any]:
    found: list[Any] = gateway.client.get("/api/predictions/", headers=gateway.headers).json()["predictions"]
    return found
