"""Every route of the OpenAPI, asked with parameters and bodies that do not fit: what it answers is our own sentence."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http_gateway import QUESTION, Gateway, open_gateway, results_table

LIBRARYS_WORDS = re.compile(
    r"Input should|Field required|Extra inputs|should have|should match|valid (integer|number|string|dict|list|date)"
    r"|unable to parse|Value error|\[type=|pydantic|None\b"
)

SECRET = "jane@example.com"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway of this module."""
    return open_gateway(tmp_path_factory.mktemp("faults"))


def misfits(schema: dict[str, Any]) -> Iterator[str]:
    """Values that a parameter of this schema cannot take, as a query has them."""
    for one in schema.get("anyOf", [schema]):
        if one.get("type") in ("integer", "number"):
            yield from (SECRET, "", "nan")
            yield from (str(one[bound] + sign) for bound, sign in (("minimum", -1), ("maximum", 1)) if bound in one)
        elif "enum" in one or "const" in one or "$ref" in one or one.get("format") == "date":
            yield SECRET
        elif one.get("type") == "array":
            yield from misfits(one["items"])
        elif "maxLength" in one:
            yield "x" * (one["maxLength"] + 1)


def test_every_parameter_is_refused_in_our_words(gateway: Gateway) -> None:
    """422 with the parameter's name, what was seen and what would work; the text that was sent is not repeated."""
    made, profile = gateway.complete(results_table(5)), gateway.teach()
    ids = {
        "prediction_id": made["id"],
        "customer_id": "C-000001",
        "profile_id": profile,
        "industry": "saas",
        "name": "x",
    }
    asked = 0
    for path, operations in gateway.client.get("/openapi.json").json()["paths"].items():
        for method, operation in operations.items():
            for parameter in (each for each in operation.get("parameters", ()) if each["in"] == "query"):
                for value in misfits(parameter["schema"]):
                    answer = gateway.client.request(
                        method,
                        path.format(**ids),
                        params={parameter["name"]: value},
                        headers=gateway.headers,
                        **({"content": b"a,b\n1,2\n"} if method == "post" else {}),
                    )
                    if answer.status_code in (200, 202) and value in ("", "nan"):
                        continue  # a blank field of a form counts as absent
                    told = f"{method} {path}?{parameter['name']}={value}: {answer.text}"
                    assert (422, "problem+json") == (answer.status_code, answer.headers["content-type"][-12:]), told
                    detail = answer.json()["detail"]
                    assert parameter["name"] in detail and "; " in detail, told
                    assert not LIBRARYS_WORDS.search(answer.text), told
                    assert SECRET not in answer.text, told
                    asked += 1
    assert asked > 20


BODIES: list[Any] = [
    {},
    [],
    5,
    None,
    "x",
    {"decisions": 5},
    {"decisions": {}},
    {"decisions": {"mrr": 5}},
    {"decisions": {"mrr": {}}},
    {"decisions": {"mrr": {"answer": ""}}},
    {"decisions": {"mrr": {"column": 5}}},
    {"decisions": {"mrr": {"other": SECRET}}},
    {"decisions": {"mrr": "a"}, "mapping": {"mrr": "b"}},
    {"decisions": {"mrr": "a"}, SECRET[:4]: 1},
]


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_every_body_is_refused_in_our_words(gateway: Gateway, body: Any) -> None:
    """Whatever stands where an object of decisions should."""
    made, profile = gateway.upload(), gateway.teach()
    gateway.parts.jobs.ask(gateway.claim(made["id"]), (QUESTION,), "?")
    for path in (f"/api/predictions/{made['id']}/mapping", f"/api/mapping/profiles/{profile}"):
        answer = gateway.client.put(path, json=body, headers=gateway.headers)
        if body == {"decisions": {}} and "profiles" in path:
            assert 200 == answer.status_code  # nothing said is something that a profile may hold
            continue
        assert 422 == answer.status_code, answer.text
        assert "; " in answer.json()["detail"], answer.text
        assert not LIBRARYS_WORDS.search(answer.text), answer.text
        assert SECRET not in answer.text


@pytest.mark.parametrize(
    "field",
    [
        {"churn_rate": "3"},
        {"churn_rate": "0"},
        {"churn_rate": "nan"},
        {"churn_rate": "1e-300"},
        {"churn_rate": SECRET},
        {"snapshot_date": "0001-01-01"},
        {"snapshot_date": "2999-01-01"},
        {"snapshot_date": SECRET},
        {"industry": SECRET},
        {"encoding": "../" + SECRET},
        {"decisions": SECRET},
        {"decisions": '{"mrr": 5}'},
        {"decisions": "{}", "mapping": "{}"},
        {"mapping": "[]"},
        {"shoe_size": "44"},
    ],
    ids=str,
)
@pytest.mark.parametrize("route", ["/api/csv", "/api/mapping/preview"])
def test_every_field_of_a_form_is_refused_in_our_words(gateway: Gateway, route: str, field: dict[str, str]) -> None:
    """The same in a form as in the query, extremes included."""
    files = {"file": ("a.csv", b"a,b\n1,2\n")}
    for sent in ({"data": field, "files": files}, {"params": field, "files": files}):
        answer = gateway.client.post(route, headers=gateway.headers, **sent)
        assert 422 == answer.status_code, answer.text
        detail = answer.json()["detail"]
        assert any(name in detail for name in field), detail
        assert not LIBRARYS_WORDS.search(answer.text), answer.text
        assert SECRET not in answer.text


def test_a_waiting_prediction_shows_the_request_that_answers_it(tmp_path: Path) -> None:
    """Sent as it stands, the request is taken; and both names of the decisions say the same."""
    gateway = open_gateway(tmp_path)
    for name in ("decisions", "mapping"):
        made = gateway.upload()
        claim = gateway.claim(made["id"])
        assert made["answer_with"] is None
        gateway.parts.jobs.ask(claim, (QUESTION,), "?")
        shown = gateway.client.get(f"/api/predictions/{made['id']}", headers=gateway.headers).json()["answer_with"]
        assert {"decisions": {"mrr": "amount"}} == shown["body"]
        body = {name: shown["body"]["decisions"]}
        answer = gateway.client.request(shown["method"], shown["path"], json=body, headers=gateway.headers)
        assert 202 == answer.status_code, answer.text
        assert [("mrr", "amount")] == [
            (one.canonical, one.column) for one in gateway.parts.jobs.get(made["id"]).options.decisions
        ]
