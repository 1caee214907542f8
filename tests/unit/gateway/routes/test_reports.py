"""The report and the rows set aside over HTTP."""

import csv
import io

import pyarrow as pa
import pytest

from services.gateway.domain import JobError
from services.gateway.report.composing import compose
from tests.http_gateway import Gateway, parquet, results_table
from tests.unit.gateway.report.test_composing import document, stage_messages

ASIDE = pa.table({"source_row": [4, 9], "customer_id": ["=cmd()", "C-2"], "mrr": [None, -5.0], "reason": ["a", "b"]})


def rows(gateway: Gateway, prediction_id: str) -> list[list[str]]:
    """The rows set aside as a reader of CSV sees them."""
    answer = gateway.client.get(f"/api/predictions/{prediction_id}/quarantine", headers=gateway.headers)
    assert (200, "text/csv; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    return list(csv.reader(io.StringIO(answer.text)))


def test_the_report_is_the_artifact(gateway: Gateway) -> None:
    """As the worker composed it."""
    made = gateway.complete(results_table(3))
    assert {"score": 0.9} == gateway.client.get(f"/api/predictions/{made['id']}/report", headers=gateway.headers).json()


@pytest.mark.parametrize(
    ("accept", "query", "kind"),
    [
        ("*/*", "", "application/json"),
        ("application/json", "", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "", "text/html; charset=utf-8"),
        ("application/json, text/html", "", "application/json"),
        ("*/*", "?format=html", "text/html; charset=utf-8"),
        ("text/html", "?format=json", "application/json"),
    ],
)
def test_the_report_comes_as_a_page_to_whom_wants_one(gateway: Gateway, accept: str, query: str, kind: str) -> None:
    """By the header Accept or by `format`, which goes before; the page may run and load nothing."""
    report = compose(**{name: document(message) for name, message in stage_messages().items()})
    made = gateway.upload()
    claim = gateway.claim(made["id"])
    kept = gateway.keep(claim, "report.json", report.model_dump_json().encode())
    gateway.parts.jobs.complete(claim, {"report": kept}, "Done")
    url = f"/api/predictions/{made['id']}/report{query}"
    answer = gateway.client.get(url, headers={**gateway.headers, "Accept": accept})
    vary = "Accept, Accept-Encoding" if kind == "application/json" else "Accept"
    assert (200, kind, vary) == (answer.status_code, answer.headers["content-type"], answer.headers["vary"])
    assert "script" not in answer.headers["content-security-policy"]
    assert ("Data quality of customers.csv" in answer.text) == kind.startswith("text/html")


def test_quarantined_rows_with_their_reasons(gateway: Gateway) -> None:
    """All columns, blanks for missing, formulas neutralised."""
    made = gateway.complete(results_table(3), quarantine=ASIDE)
    assert [
        ["source_row", "customer_id", "mrr", "reason"],
        ["4", "'=cmd()", "", "a"],
        ["9", "C-2", "-5.0", "b"],
    ] == rows(gateway, made["id"])


def test_no_quarantined_rows_are_a_header(gateway: Gateway) -> None:
    """Whether the artifact is empty or not there."""
    empty, none = gateway.complete(results_table(3), quarantine=ASIDE.slice(0, 0)), gateway.complete(results_table(3))
    assert [["source_row", "customer_id", "mrr", "reason"]] == rows(gateway, empty["id"])
    assert [["source_row", "reason"]] == rows(gateway, none["id"])


def test_a_failed_prediction_still_shows_what_was_set_aside(gateway: Gateway) -> None:
    """Where every row was bad, those rows are what its owner needs."""
    made = gateway.upload()
    claim = gateway.claim(made["id"])
    gateway.parts.jobs.keep(claim, {"quarantine": gateway.keep(claim, "quarantine.parquet", parquet(ASIDE))})
    gateway.parts.jobs.fail(claim, JobError("InvalidInput", "NothingToScore", "no row can be scored"))
    assert 3 == len(rows(gateway, made["id"]))


def test_before_that_they_are_not_ready(gateway: Gateway) -> None:
    """409 for both."""
    made = gateway.upload()
    for path in ("report", "quarantine"):
        answer = gateway.client.get(f"/api/predictions/{made['id']}/{path}", headers=gateway.headers)
        assert (409, "NotCompleted") == (answer.status_code, answer.json()["code"])
