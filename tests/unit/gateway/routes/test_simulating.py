"""What if, over HTTP."""

from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pytest

from tests.http_gateway import LEVEL_SHIFT, SIMULATED, SPANS, Gateway, results_table

IDS = ["C-1", "a/b", "x/simulate", "ü ?"]
TABLE = results_table(len(IDS)).set_column(0, "customer_id", pa.array(IDS))
CANONICAL = pa.table(
    {
        "customer_id": IDS,
        "customer_email": ["a@example.com"] * len(IDS),
        "mrr": [49.0, 50.0, 51.0, 52.0],
        "extra.Region": ["north"] * len(IDS),
        "source_row": [1, 2, 3, 4],
    }
)


@pytest.fixture(scope="module")
def url(gateway: Gateway) -> str:
    """A completed prediction of four customers."""
    return f"/api/predictions/{gateway.complete(TABLE, canonical=CANONICAL)['id']}"


def asked(gateway: Gateway, url: str, customer: str = "C-1", body: Any = None, **request: Any) -> Any:
    """The answer to a what-if."""
    if not request:
        request = {"json": {"changes": {"support_tickets": 0}} if body is None else body}
    return gateway.client.post(
        f"{url}/customers/{quote(customer, safe='')}/simulate", headers=gateway.headers, **request
    )


def test_a_what_if(gateway: Gateway, url: str) -> None:
    """Scoring's answer in plain values, nulls where it says nothing, and the model that it is of."""
    answer = asked(gateway, url)
    assert 200 == answer.status_code, answer.text
    found = answer.json()
    assert ("C-1", 0.8, 0.5, "medium") == (
        found["customer_id"],
        found["before"]["churn_probability"],
        found["after"]["churn_probability"],
        found["after"]["risk_level"],
    )
    assert (0.7, None) == (found["before"]["probability_low"], found["after"]["probability_low"])
    risks = [found[side][f"revenue_at_risk_{end}"] for side in ("before", "after") for end in ("low", "high")]
    assert [pytest.approx(49 * 0.7), pytest.approx(49 * 0.9), None, None] == risks
    assert SIMULATED["impacts"] == found["impacts"]
    assert [{"column": "support_tickets", "before": None, "after": 0.0, "because": ""}] == found["moved"]
    (lever,) = found["levers"]
    assert (0.0, None, None, None, []) == tuple(
        lever[name] for name in ("minimum", "maximum", "typical", "current", "choices")
    )


def test_it_is_asked_as_the_file_was_scored(gateway: Gateway, url: str) -> None:
    """With the customer's canonical row, the pins, the spans and the shift of the prediction; no address goes along."""
    changes = {"support_tickets": 0, "partner": True, "contract": "two year", "mrr": 49.5}
    assert 200 == asked(gateway, url, body={"changes": changes}).status_code
    last = gateway.simulator.asked[-1]
    assert {"customer_id": "C-1", "mrr": 49.0, "extra.Region": "north"} == last.customer
    assert (changes, SPANS, LEVEL_SHIFT) == (last.changes, last.spans, last.level_shift)
    assert [float, bool, str, float] == [type(value) for value in last.changes.values()]
    assert gateway.parts.jobs.get(url.rsplit("/", 1)[-1]).pins == last.pins


def test_without_changes_it_explains(gateway: Gateway, url: str) -> None:
    """An empty object will do."""
    assert 200 == asked(gateway, url, body={}).status_code
    assert {} == gateway.simulator.asked[-1].changes


@pytest.mark.parametrize("customer", IDS)
def test_customers_with_odd_ids(gateway: Gateway, url: str, customer: str) -> None:
    """Percent-encoded, as for the customer itself; which can still be read when its id ends like this route."""
    assert customer == asked(gateway, url, customer).json()["customer_id"]
    read = gateway.client.get(f"{url}/customers/{quote(customer, safe='')}", headers=gateway.headers)
    assert customer == read.json()["customer_id"]


def test_nobody_is_not_found(gateway: Gateway, url: str) -> None:
    """404 as a problem."""
    answer = asked(gateway, url, "nobody")
    assert (404, "/problems/not-found") == (answer.status_code, answer.json()["type"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"changes": {"mrr": None}}, "changes.mrr"),
        ({"changes": {"mrr": [1]}}, "changes.mrr"),
        ({"changes": {"mrr": {"number": 1}}}, "changes.mrr"),
        ({"changes": {"contract": "x" * 201}}, "changes"),
        ({"changes": {"x" * 201: 1}}, "changes"),
        ({"changes": [["mrr", 1]]}, "changes"),
        ({"changes": {str(number): 1 for number in range(101)}}, "changes"),
        ({"change": {"mrr": 1}}, "change"),
        ([], "body"),
    ],
)
def test_a_body_that_does_not_fit(gateway: Gateway, url: str, body: Any, field: str) -> None:
    """422 with the field, and none of pydantic's names of branches."""
    answer = asked(gateway, url, body=body)
    assert 422 == answer.status_code
    assert [field] == [each["field"].removeprefix("body.") for each in answer.json()["errors"]]


@pytest.mark.parametrize("number", ["1e400", "NaN", "1" + "0" * 400])
def test_numbers_that_are_none_never_break_it(gateway: Gateway, url: str, number: str) -> None:
    """Refused here, or passed on as the float that they are: scoring refuses those."""
    content = f'{{"changes": {{"mrr": {number}}}}}'.encode()
    answer = asked(gateway, url, content=content)
    assert answer.status_code in (200, 422)


def test_it_waits_for_completion(gateway: Gateway) -> None:
    """409 while the file is worked on."""
    answer = asked(gateway, f"/api/predictions/{gateway.upload()['id']}")
    assert (409, "NotCompleted") == (answer.status_code, answer.json()["code"])


def test_a_prediction_without_its_rows(gateway: Gateway) -> None:
    """404 with what would help."""
    answer = asked(gateway, f"/api/predictions/{gateway.complete(results_table(7), spans=False)['id']}", "C-000001")
    assert (404, "Gone") == (answer.status_code, answer.json()["code"])
    assert "upload the file again" in answer.json()["detail"]
