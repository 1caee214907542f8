"""Models over HTTP: learnt from a file, listed, put to use, taken back."""

import pytest

from services.gateway.domain import JobKind, Promotion
from tests.http_gateway import QUESTION, Gateway


def test_a_file_becomes_a_training(gateway: Gateway) -> None:
    """202 with a Location to follow; what was said with it stands on the job."""
    answer = gateway.client.post(
        "/api/models",
        files={"file": ("history.csv", b"customer_id,churned\nC-1,yes\n")},
        data={"industry": "saas", "horizon_days": "60", "promote": "never", "snapshot_date": "2026-05-31"},
        headers=gateway.headers,
    )
    body = answer.json()
    assert (202, f"/api/trainings/{body['id']}") == (answer.status_code, answer.headers["location"])
    job = gateway.parts.jobs.get(body["id"])
    assert (JobKind.TRAIN, 60, Promotion.NEVER) == (job.kind, job.options.horizon_days, job.options.promote)
    assert ("saas", "never", 60, None) == (body["industry"], body["promote"], body["horizon_days"], body["report"])


def test_the_same_key_makes_one_training_and_never_a_prediction(gateway: Gateway) -> None:
    """Another route under the same key is another request."""
    headers = {**gateway.headers, "Idempotency-Key": "train-1"}
    first, second = gateway.train(headers=headers), gateway.train(headers=headers)
    assert first["id"] == second["id"]
    assert 409 == gateway.client.post("/api/csv", content=b"a\n", headers=headers).status_code


@pytest.mark.parametrize(
    "said", [{"churn_rate": "0.1"}, {"horizon_days": "0"}, {"promote": "maybe"}, {"mapping": "["}, {"industry": "x"}]
)
def test_options_that_cannot_be_meant_are_refused(gateway: Gateway, said: dict[str, str]) -> None:
    """As a problem, and no training is made."""
    answer = gateway.client.post("/api/models", files={"file": ("h.csv", b"a\n")}, data=said, headers=gateway.headers)
    assert (422, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


def test_trainings_are_no_predictions(new_gateway: Gateway) -> None:
    """Each is listed, found and deleted under its own address alone."""
    training, prediction = new_gateway.trained("v1"), new_gateway.upload()["id"]
    get, headers = new_gateway.client.get, new_gateway.headers
    assert [training] == [each["id"] for each in get("/api/trainings", headers=headers).json()["trainings"]]
    assert [prediction] == [each["id"] for each in get("/api/predictions/", headers=headers).json()["predictions"]]
    for address in (f"/api/predictions/{training}", f"/api/trainings/{prediction}"):
        assert 404 == get(address, headers=headers).status_code
        assert 404 == new_gateway.client.delete(address, headers=headers).status_code
    shown = get(f"/api/trainings/{training}", headers=headers).json()
    assert "It learnt from history.csv." == shown["report"]["sentence"]


def test_questions_of_a_training_are_answered(new_gateway: Gateway) -> None:
    """As those of a prediction."""
    training = new_gateway.asking_training()
    waiting = new_gateway.client.get(f"/api/trainings/{training}", headers=new_gateway.headers).json()
    asked = [question["message"] for question in waiting["questions"]]
    assert ("NEEDS_MAPPING", [QUESTION["message"]]) == (waiting["status"], asked)
    answer = new_gateway.client.put(
        f"/api/trainings/{training}/mapping", json={"decisions": {"mrr": "mrr"}}, headers=new_gateway.headers
    )
    assert (202, "QUEUED") == (answer.status_code, answer.json()["status"])


def test_models_are_listed_and_shown(new_gateway: Gateway) -> None:
    """With which is in use, who put it to use and when; and one with its card and the report of its training."""
    training = new_gateway.trained("v1", "v2")
    listed = new_gateway.client.get("/api/models", headers=new_gateway.headers).json()
    assert {"v1": False, "v2": True} == {model["version"]: model["current"] for model in listed["models"]}
    assert [("v2", "v1"), ("v1", None)] == [(change["version"], change["previous"]) for change in listed["history"]]
    assert ("saas", "training:1", False) == tuple(listed["history"][0][name] for name in ("industry", "by", "rollback"))
    shown = new_gateway.client.get("/api/models/v2", headers=new_gateway.headers).json()
    assert (training, "# A model", 0.8) == (shown["training_id"], shown["card"], shown["metrics"]["auc"])
    assert "It learnt from history.csv." == shown["report"]["sentence"]


def test_the_baseline_is_shown_and_says_whom_it_serves(new_gateway: Gateway) -> None:
    """It is in use until an own model of the industry is; it has a card, and cannot be put to use."""
    new_gateway.models.put_to_use("baseline-saas", "b1", "b2")
    get, headers = new_gateway.client.get, new_gateway.headers

    def listed() -> list[tuple[str, str, bool]]:
        baselines = get("/api/models", headers=headers).json()["baselines"]
        return [(each["version"], each["industry"], each["current"]) for each in baselines]

    assert [("b2", "saas", True)] == listed()
    new_gateway.trained("v1")
    assert [("b2", "saas", False)] == listed()
    shown = get("/api/models/b2", headers=headers).json()
    assert ("# A model", None, None, False) == tuple(
        shown[name] for name in ("card", "training_id", "report", "current")
    )
    assert 404 == get("/api/models/b1", headers=headers).status_code
    assert 404 == new_gateway.client.post("/api/models/b2/promote", headers=headers).status_code


def test_deleting_a_training_leaves_the_model_without_its_report(new_gateway: Gateway) -> None:
    """The file and all that was made of it are gone; predictions go on with the model."""
    training = new_gateway.trained("v1")
    assert 204 == new_gateway.client.delete(f"/api/trainings/{training}", headers=new_gateway.headers).status_code
    assert [] == [info.key for info in new_gateway.parts.store.list("tenants/") if training in info.key]
    shown = new_gateway.client.get("/api/models/v1", headers=new_gateway.headers).json()
    assert (True, None, None) == (shown["current"], shown["training_id"], shown["report"])


def test_a_model_is_put_to_use_and_taken_back(new_gateway: Gateway) -> None:
    """Each answer is the change that was made."""
    new_gateway.trained("v1", "v2", "v3")
    post, headers = new_gateway.client.post, new_gateway.headers
    promoted = post("/api/models/v1/promote", headers=headers).json()
    assert ("v1", "v3", False) == (promoted["version"], promoted["previous"], promoted["rollback"])
    back = post("/api/models/rollback", headers=headers).json()
    assert ("v3", "v1", True) == (back["version"], back["previous"], back["rollback"])
    assert 404 == post("/api/models/v9/promote", headers=headers).status_code


def test_a_step_back_under_one_key_is_one_step(new_gateway: Gateway) -> None:
    """A request sent again, because its answer got lost, gives the same answer and moves nothing."""
    new_gateway.trained("v1", "v2", "v3")
    headers = {**new_gateway.headers, "Idempotency-Key": "back-1"}
    first, second = (new_gateway.client.post("/api/models/rollback", headers=headers) for _ in range(2))
    assert (200, "v2", first.json()) == (first.status_code, first.json()["version"], second.json())
    assert 4 == len(new_gateway.client.get("/api/models", headers=headers).json()["history"])
    bad = {**new_gateway.headers, "Idempotency-Key": "b" * 300}
    assert 422 == new_gateway.client.post("/api/models/rollback", headers=bad).status_code


def test_the_list_says_where_a_step_back_leads_until_the_baseline_is_in_use_again(new_gateway: Gateway) -> None:
    """From the second own model to the first, from the first to the baseline, and from there nowhere."""
    new_gateway.models.put_to_use("baseline-saas", "b1")
    new_gateway.trained("v1", "v2")
    get, post, headers = new_gateway.client.get, new_gateway.client.post, new_gateway.headers
    for leads_to in ("v1", None):
        listed = get("/api/models", headers=headers).json()
        assert [{"industry": "saas", "version": leads_to}] == listed["steps_back"]
        assert not listed["baselines"][0]["current"]
        assert leads_to == post("/api/models/rollback", headers=headers).json()["version"]
    listed = get("/api/models", headers=headers).json()
    assert ([], True) == (listed["steps_back"], listed["baselines"][0]["current"])
    assert [False, False] == [model["current"] for model in listed["models"]]
    assert (None, "v1", True) == tuple(listed["history"][0][name] for name in ("version", "previous", "rollback"))
    refused = post("/api/models/rollback", headers=headers)
    assert (404, True) == (refused.status_code, "the baseline is" in refused.json()["detail"])
    assert "v2" == post("/api/models/v2/promote", headers=headers).json()["version"]
    assert [None] == [each["version"] for each in get("/api/models", headers=headers).json()["steps_back"]]


def test_a_step_back_says_for_which_industry(new_gateway: Gateway) -> None:
    """Where there are models of two; and where there are none, there is nothing to step back from."""
    new_gateway.trained("v1", "v2")
    new_gateway.trained("t1", "t2", industry="telecom")
    post, headers = new_gateway.client.post, new_gateway.headers
    assert 422 == post("/api/models/rollback", headers=headers).status_code
    back = post("/api/models/rollback", params={"industry": "telecom"}, headers=headers).json()
    assert ("telecom", "t1") == (back["industry"], back["version"])
    assert 404 == post("/api/models/rollback", headers=new_gateway.other_headers).status_code
