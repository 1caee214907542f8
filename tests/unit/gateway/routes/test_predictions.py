"""Predictions as rows."""

import json

import pytest

from libs.errors import Unavailable
from services.gateway.domain import Decision, JobError
from tests.http_gateway import QUESTION, Gateway, results_table, with_parts


def test_the_list_is_paged_by_key_newest_first(new_gateway: Gateway) -> None:
    """Every prediction once, also when one is made while paging."""
    made = [new_gateway.upload()["id"] for _ in range(5)]
    seen: list[str] = []
    after: str | None = None
    while True:
        params = {"limit": "2", **({"after": after} if after else {})}
        page = new_gateway.client.get("/api/predictions/", params=params, headers=new_gateway.headers).json()
        seen += [prediction["id"] for prediction in page["predictions"]]
        new_gateway.upload()
        after = page["next"]
        if after is None:
            break
    assert made[::-1] == seen[:5]
    assert len(seen) == len(set(seen)) == 5


def test_a_place_outlives_its_prediction(new_gateway: Gateway) -> None:
    """Deleting what a page ended with does not end the list; the place may also be named by a prediction's id."""
    made = [new_gateway.upload()["id"] for _ in range(3)][::-1]
    url = "/api/predictions/"
    first = new_gateway.client.get(url, params={"limit": "1"}, headers=new_gateway.headers).json()
    by_id = new_gateway.client.get(url, params={"after": made[0]}, headers=new_gateway.headers).json()
    new_gateway.client.delete(url + made[0], headers=new_gateway.headers)
    rest = new_gateway.client.get(url, params={"after": first["next"]}, headers=new_gateway.headers).json()
    assert made[1:] == [prediction["id"] for prediction in by_id["predictions"]]
    assert made[1:] == [prediction["id"] for prediction in rest["predictions"]]


def test_both_spellings_of_the_list_answer(gateway: Gateway) -> None:
    """With and without the last slash, and no redirect that would repeat the Host header."""
    for path in ("/api/predictions/", "/api/predictions"):
        answer = gateway.client.get(path, headers={**gateway.headers, "Host": "evil.example"}, follow_redirects=False)
        assert 200 == answer.status_code


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x"])
def test_a_page_of_the_list_has_a_size(gateway: Gateway, query: str) -> None:
    """1 to 200."""
    assert 422 == gateway.client.get(f"/api/predictions/?{query}", headers=gateway.headers).status_code


@pytest.mark.parametrize("after", ["0" * 32, "nonsense", "../x", "x-" + "0" * 32, "20260101T000000.000000Z-x"])
def test_an_unknown_place_in_the_list_is_not_found(gateway: Gateway, after: str) -> None:
    """Neither an empty page nor the first one: the caller would believe it."""
    answer = gateway.client.get("/api/predictions/", params={"after": after}, headers=gateway.headers)
    assert 404 == answer.status_code


@pytest.mark.parametrize("prediction_id", ["0" * 32, "nonsense", "..", "%2e%2e", "a" * 33, "A" * 32])
def test_an_unknown_prediction_is_not_found(gateway: Gateway, prediction_id: str) -> None:
    """404 whatever the id looks like, to look at and to delete."""
    for method in ("GET", "DELETE"):
        answer = gateway.client.request(method, f"/api/predictions/{prediction_id}", headers=gateway.headers)
        assert answer.status_code in (404, 405)  # 405 where the client itself resolves the dots


def test_a_prediction_tells_how_far_it_is(gateway: Gateway) -> None:
    """Status, pass, rows and sentence of the row; then the error, once it failed."""
    made = gateway.upload()
    claim = gateway.claim(made["id"])
    gateway.parts.jobs.progress(claim, claim.job.current_pass, 50, 200, "Reading the file")
    seen = gateway.client.get(f"/api/predictions/{made['id']}", headers=gateway.headers).json()
    assert ("PROCESSING", "understand", 50, 200, "Reading the file", None) == (
        seen["status"],
        seen["current_pass"],
        seen["rows_done"],
        seen["rows_total"],
        seen["message"],
        seen["error"],
    )
    gateway.parts.jobs.fail(claim, JobError("InvalidInput", "NotATable", "these bytes are a picture"))
    seen = gateway.client.get(f"/api/predictions/{made['id']}", headers=gateway.headers).json()
    assert ("FAILED", {"kind": "InvalidInput", "code": "NotATable", "message": "these bytes are a picture"}) == (
        seen["status"],
        seen["error"],
    )


def test_answering_the_questions_queues_it_again(new_gateway: Gateway) -> None:
    """202, QUEUED, the decisions on the row, a hint; and the same answer again changes nothing."""
    made = new_gateway.upload(industry="saas")
    new_gateway.parts.jobs.ask(new_gateway.claim(made["id"]), (QUESTION,), "Which column is the monthly revenue?")
    url = f"/api/predictions/{made['id']}"
    waiting = new_gateway.client.get(url, headers=new_gateway.headers).json()
    assert ("NEEDS_MAPPING", [QUESTION]) == (waiting["status"], waiting["questions"])

    answer = {"decisions": {"mrr": "amount", "tenure_months": None}}
    told = new_gateway.client.put(url + "/mapping", json=answer, headers=new_gateway.headers)
    assert (202, "QUEUED") == (told.status_code, told.json()["status"])
    decisions = new_gateway.parts.jobs.get(made["id"]).options.decisions
    assert {Decision("mrr", "amount"), Decision("tenure_months", None)} == set(decisions)
    assert (1, []) == (new_gateway.parts.queue.depth(), list(new_gateway.parts.jobs.unannounced(10)))
    again = new_gateway.client.put(url + "/mapping", json=answer, headers=new_gateway.headers)
    assert (202, "QUEUED") == (again.status_code, again.json()["status"])
    other = new_gateway.client.put(url + "/mapping", json={"decisions": {"mrr": "x"}}, headers=new_gateway.headers)
    assert (409, "NotWaiting") == (other.status_code, other.json()["code"])


READING = {
    "canonical": "signup_date",
    "message": "Does the day come first?",
    "candidates": [],
    "may_be_absent": True,
    "kind": "reading",
    "options": [{"id": "day_first", "meaning": "3/4 is 3 April"}, {"id": "month_first", "meaning": "3/4 is 4 March"}],
    "column": "Signup",
}


def test_a_reading_is_answered_by_one_of_its_options(new_gateway: Gateway) -> None:
    """Any other answer, and a column that the file has not, are refused before they fail the prediction."""
    made = new_gateway.upload(industry="saas")
    claim = new_gateway.claim(made["id"])
    profile = json.dumps({"columns": [{"name": "Signup"}, {"name": "Amount"}]}).encode()
    new_gateway.parts.jobs.keep(claim, {"profile": new_gateway.keep(claim, "profile.json", profile)})
    new_gateway.parts.jobs.ask(claim, (READING,), "Does the day come first?")
    url = f"/api/predictions/{made['id']}"
    assert [READING] == new_gateway.client.get(url, headers=new_gateway.headers).json()["questions"]

    def answered(**decisions: object) -> tuple[int, str]:
        answer = new_gateway.client.put(url + "/mapping", json={"decisions": decisions}, headers=new_gateway.headers)
        return answer.status_code, answer.json().get("detail", "")

    assert (422, True) == ((told := answered(signup_date={"answer": "cents"}))[0], "day_first, month_first" in told[1])
    assert (422, True) == ((told := answered(mrr={"answer": "cents"}))[0], "nothing is asked" in told[1])
    assert (422, True) == ((told := answered(mrr="Amont"))[0], "no column of the name given for mrr" in told[1])
    assert (422, True) == ((told := answered(mrr="Amount", total_revenue="Amount"))[0], "both mrr and total" in told[1])
    assert (202, "") == answered(signup_date={"answer": "day_first"}, mrr={"column": "Amount"})
    assert (Decision("signup_date", None, "day_first"), Decision("mrr", "Amount")) == (
        new_gateway.parts.jobs.get(made["id"]).options.decisions
    )


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"decisions": {}},
        {"decisions": {"mrr": 3}},
        {"decisions": {"price": "x"}},
        {"decisions": {"customer_id": None}},
        {"decisions": {"contract": "x"}},
        {"decisions": {"mrr": {}}},
        {"decisions": {"mrr": {"answer": None}}},
        {"decisions": {"mrr": {"answer": ""}}},
        {"decisions": {"mrr": {"column": "x", "why": "y"}}},
        {"decisions": {"mrr": "x"}, "more": 1},
        [],
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused(gateway: Gateway, body: object) -> None:
    """422, and the prediction waits on."""
    made = gateway.upload(industry="saas")
    gateway.parts.jobs.ask(gateway.claim(made["id"]), (QUESTION,), "?")
    url = f"/api/predictions/{made['id']}"
    assert 422 == gateway.client.put(url + "/mapping", json=body, headers=gateway.headers).status_code
    assert "NEEDS_MAPPING" == gateway.client.get(url, headers=gateway.headers).json()["status"]


def test_deleting_removes_row_objects_and_copies(new_gateway: Gateway) -> None:
    """204; then 404 for everything of it, and no byte in store or cache. Another prediction stays."""
    made, kept = new_gateway.complete(results_table(20)), new_gateway.upload()
    url = f"/api/predictions/{made['id']}"
    assert 200 == new_gateway.client.get(url + "/customers", headers=new_gateway.headers).status_code
    assert 204 == new_gateway.client.delete(url, headers=new_gateway.headers).status_code
    for path in ("", "/customers", "/report", "/export"):
        assert 404 == new_gateway.client.get(url + path, headers=new_gateway.headers).status_code
    assert 404 == new_gateway.client.delete(url, headers=new_gateway.headers).status_code
    assert [True] == [kept["id"] in info.key for info in new_gateway.parts.store.list("")]
    assert [] == list((new_gateway.parts.settings.scratch_dir / "results" / "copies").iterdir())


def test_a_deletion_that_broke_off_is_finished_by_asking_again(new_gateway: Gateway) -> None:
    """The row is gone, the store was down: the second DELETE removes what is left."""

    class Down:
        def delete_prefix(self, prefix: str) -> int:
            raise Unavailable("the store is down")

    made = new_gateway.upload()
    url = f"/api/predictions/{made['id']}"
    assert 503 == with_parts(new_gateway, store=Down()).delete(url, headers=new_gateway.headers).status_code
    assert 404 == new_gateway.client.get(url, headers=new_gateway.headers).status_code
    assert 404 == new_gateway.client.delete(url, headers=new_gateway.other_headers).status_code
    assert 204 == new_gateway.client.delete(url, headers=new_gateway.headers).status_code
    assert [] == list(new_gateway.parts.store.list(""))
