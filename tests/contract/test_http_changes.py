"""Comparisons over HTTP: which two, how often, what is refused, and what goes with a prediction that is deleted."""

from pathlib import Path
from typing import Any

import pytest

from services.gateway.domain import JobError, JobKind
from tests.http_gateway import Gateway, open_gateway, results_table


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """With no prediction yet."""
    return open_gateway(tmp_path)


@pytest.fixture
def three(gateway: Gateway) -> list[str]:
    """The ids of three completed predictions, oldest first."""
    return [gateway.complete(results_table(4, seed))["id"] for seed in range(3)]


def asked(gateway: Gateway, method: str, path: str, **params: str) -> Any:
    """What Acme is answered."""
    return gateway.client.request(method, f"/api/predictions/{path}", params=params, headers=gateway.headers)


def comparisons(gateway: Gateway) -> list[str]:
    """Ids of all of Acme's comparisons."""
    tenant = gateway.client.get("/api/me", headers=gateway.headers).json()["id"]
    return [job.id for job in gateway.parts.jobs.page(tenant, limit=50, after=None, kind=JobKind.CHANGES)]


def test_the_default_is_the_prediction_before(gateway: Gateway, three: list[str]) -> None:
    """The last completed one; one that waits is passed over."""
    gateway.upload()
    newest = gateway.complete(results_table(4))["id"]
    answer = asked(gateway, "POST", f"{newest}/changes")
    assert (202, three[2], "QUEUED", None) == (
        answer.status_code,
        *(answer.json()[name] for name in ("against_id", "status", "changes")),
    )
    assert f"/api/predictions/{newest}/changes?against={three[2]}" == answer.headers["location"]


def test_the_upload_before_is_told_without_beginning_anything(gateway: Gateway, three: list[str]) -> None:
    """Which one, and how their comparison stands; nothing of the first, or of one that is not read yet."""
    said = asked(gateway, "GET", f"{three[2]}/previous").json()["previous"]
    assert (three[1], "customers.csv", None) == (said["prediction_id"], said["filename"], said["status"])
    assert [] == comparisons(gateway)
    asked(gateway, "POST", f"{three[2]}/changes")
    assert "QUEUED" == asked(gateway, "GET", f"{three[2]}/previous").json()["previous"]["status"]
    for nothing in (three[0], gateway.upload()["id"]):
        assert {"previous": None} == asked(gateway, "GET", f"{nothing}/previous").json()


def test_two_predictions_have_one_comparison(gateway: Gateway, three: list[str]) -> None:
    """Asking again finds it; another pair is another comparison, and the newest is shown unless one is named."""
    for against in (three[0], three[1], three[0]):
        assert 202 == asked(gateway, "POST", f"{three[2]}/changes", against=against).status_code
    assert 2 == len(comparisons(gateway))
    assert three[1] == asked(gateway, "GET", f"{three[2]}/changes").json()["against_id"]
    assert three[0] == asked(gateway, "GET", f"{three[2]}/changes", against=three[0]).json()["against_id"]


def test_one_that_failed_is_made_anew(gateway: Gateway, three: list[str]) -> None:
    """A fault of ours is not for ever."""
    asked(gateway, "POST", f"{three[2]}/changes", against=three[0])
    (job,) = comparisons(gateway)
    gateway.parts.jobs.fail(gateway.claim(job), JobError("Internal", "Bug", "it broke"))
    failed = asked(gateway, "GET", f"{three[2]}/changes").json()
    assert ("FAILED", "it broke") == (failed["status"], failed["error"]["message"])
    assert "QUEUED" == asked(gateway, "POST", f"{three[2]}/changes", against=three[0]).json()["status"]


def test_what_cannot_be_compared_is_refused(gateway: Gateway, three: list[str]) -> None:
    """Itself, one that is not completed, one that never was; and there is nothing before the first."""
    waiting = gateway.upload()["id"]
    assert 422 == asked(gateway, "POST", f"{three[0]}/changes", against=three[0]).status_code
    assert 409 == asked(gateway, "POST", f"{waiting}/changes", against=three[0]).status_code
    assert 404 == asked(gateway, "POST", f"{three[0]}/changes", against="0" * 32).status_code
    assert 409 == asked(gateway, "POST", f"{three[0]}/changes").status_code
    assert 404 == asked(gateway, "GET", f"{three[0]}/changes").status_code
    assert [] == asked(gateway, "GET", f"{three[0]}/outcomes").json()["outcomes"]


def test_the_table_is_there_once_it_is_completed(gateway: Gateway, three: list[str]) -> None:
    """Until then 409; then the file, the figures, and what came true of the earlier one."""
    asked(gateway, "POST", f"{three[1]}/changes", against=three[0])
    assert 409 == asked(gateway, "GET", f"{three[1]}/changes.parquet").status_code
    gateway.compared(three[1], three[0], "told")
    assert b"PAR1" == asked(gateway, "GET", f"{three[1]}/changes.parquet").content[:4]
    assert "told" == asked(gateway, "GET", f"{three[1]}/changes").json()["changes"]["rises"][0]["customer_id"]
    assert ["told"] == [each["sentence"] for each in asked(gateway, "GET", f"{three[0]}/outcomes").json()["outcomes"]]
    assert [] == asked(gateway, "GET", f"{three[1]}/outcomes").json()["outcomes"]


@pytest.mark.parametrize("side", [0, 1])
def test_deleting_either_side_deletes_the_comparison(gateway: Gateway, three: list[str], side: int) -> None:
    """Its row and its objects, and nothing of the other prediction."""
    job = gateway.compared(three[1], three[0], "told")
    kept = gateway.compared(three[2], three[1 - side], "told")
    assert 204 == asked(gateway, "DELETE", three[side]).status_code
    assert [kept] == comparisons(gateway)
    assert [] == [info.key for info in gateway.parts.store.list("tenants/") if job in info.key]
    assert 200 == asked(gateway, "GET", f"{three[1 - side]}/customers").status_code


def test_comparisons_are_no_predictions(gateway: Gateway, three: list[str]) -> None:
    """They stand in no list of predictions, and their ids are nobody's."""
    job = gateway.compared(three[1], three[0], "told")
    assert three[::-1] == [each["id"] for each in asked(gateway, "GET", "").json()["predictions"]]
    assert 404 == asked(gateway, "GET", job).status_code
