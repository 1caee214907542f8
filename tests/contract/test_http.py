"""The HTTP API keeps its own description: statuses, media types and bodies are those of the OpenAPI."""

from pathlib import Path
from typing import Any

import pytest

from libs.errors import KINDS, RetainWiseError
from services.gateway import problems
from services.gateway.routes.bodies import Prediction
from tests.http_gateway import Gateway, open_gateway, results_table, with_parts


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway of this module's tests."""
    return open_gateway(tmp_path_factory.mktemp("http"))


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_kind_has_a_row_in_the_http_table(kind: type[RetainWiseError]) -> None:
    """A kind without a status would leave as a crash."""
    assert 400 <= problems.STATUS[kind] < 600


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_kind_raised_anywhere_leaves_with_its_status(gateway: Gateway, kind: type[RetainWiseError]) -> None:
    """From the row to the problem on the wire, retry-after included."""

    class BrokenJobs:
        def page(self, *_: object, **__: object) -> list[Any]:
            raise kind("a sentence", retry_after_s=7)

    answer = with_parts(gateway, jobs=BrokenJobs()).get("/api/predictions/", headers=gateway.headers)
    assert (problems.STATUS[kind], "application/problem+json", "7") == (
        answer.status_code,
        answer.headers["content-type"],
        answer.headers["retry-after"],
    )
    assert f"/problems/{problems.slug(kind.__name__)}" == answer.json()["type"]
    assert {"type", "title", "status", "detail", "instance", "request_id", "code", "errors"} == set(answer.json())


def test_successes_are_as_described(gateway: Gateway) -> None:
    """Each GET answers with a status and a media type that its description names."""
    earlier, made, profile = gateway.complete(results_table(5)), gateway.complete(results_table(5)), gateway.teach()
    gateway.compared(made["id"], earlier["id"], "told")
    ids = {"prediction_id": made["id"], "customer_id": "C-000001", "profile_id": profile}
    ids |= {"training_id": gateway.trained("v1"), "version": "v1"}
    ids |= {"export_id": gateway.exported(made["id"], "told")}
    for path, described in gateway.client.get("/openapi.json").json()["paths"].items():
        if "get" not in described:
            continue
        address = path.format(**ids, industry="saas", name="chargebee-subscriptions")
        answer = gateway.client.get(address, headers=gateway.headers)
        content = described["get"]["responses"][str(answer.status_code)]["content"]
        assert answer.headers["content-type"].split(";")[0] in content, path


def test_a_wrong_method_names_the_right_ones(gateway: Gateway) -> None:
    """405 with Allow, as a problem."""
    answer = gateway.client.patch("/api/predictions/", headers=gateway.headers)
    assert (405, "GET", "MethodNotAllowed") == (answer.status_code, answer.headers["allow"], answer.json()["code"])


def test_a_body_that_is_not_json_is_a_problem(gateway: Gateway) -> None:
    """422 without repeating what was sent."""
    made = gateway.upload()
    answer = gateway.client.put(
        f"/api/predictions/{made['id']}/mapping",
        content=b'{"decisions": jane',
        headers={**gateway.headers, "Content-Type": "application/json"},
    )
    assert (422, "InvalidRequest") == (answer.status_code, answer.json()["code"])
    assert "jane" not in answer.text


def test_the_prediction_body_only_grows(tmp_path: Path) -> None:
    """Partners read these fields: more may follow, none go away."""
    assert {
        "id",
        "status",
        "filename",
        "industry",
        "churn_rate",
        "snapshot_date",
        "created_at",
        "updated_at",
        "completed_at",
        "current_pass",
        "rows_done",
        "rows_total",
        "message",
        "questions",
        "error",
        "size_bytes",
        "sha256",
        "scored_at",
        "model_version",
        "horizon_days",
    } <= set(Prediction.model_fields)
