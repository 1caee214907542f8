"""Customers over all uploads through the client: what is asked, waited for and fetched."""

from pathlib import Path
from typing import Any

import pytest

from libs.client import overview
from libs.client.overview import Overview
from libs.errors import InvalidInput, OutOfTime


class Service:
    """Remembers what it was asked. states: of the export, one a look; the last for ever."""

    def __init__(self, *states: str) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.states = list(states)

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        self.asked.append((method, path, request.get("params")))
        if "export" in path:
            return {"id": "e", "status": self.states.pop(0) if len(self.states) > 1 else self.states[0]}
        return {"scores": [{"churn_probability": 0.5}], "total": 1}

    def download(self, path: str, target: Path) -> None:
        self.asked.append(("GET", path, target.name))


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that does not wait between looks."""
    monkeypatch.setattr(overview.time, "sleep", lambda seconds: None)


def test_filters_go_as_they_are() -> None:
    """Of the list, and of the figures."""
    service = Service()
    assert 1 == Overview(service).customers(page=2, plan=["pro"], uploaded_from="2026-01-01")["total"]
    Overview(service).summary(risk_level="high")
    query = {"page": 2, "page_size": 50, "plan": ["pro"], "uploaded_from": "2026-01-01"}
    assert [("GET", "/api/customers", query), ("GET", "/api/summary", {"risk_level": "high"})] == service.asked


def test_a_customers_history() -> None:
    """By the id as the file has it, whatever is in it."""
    service = Service()
    assert [{"churn_probability": 0.5}] == Overview(service).history("p", "a/b")
    assert "/api/predictions/p/customers/a%2Fb/history" == service.asked[0][1]


@pytest.mark.parametrize(("prediction", "path"), [("p", "/api/predictions/p/exports"), (None, "/api/exports")])
def test_an_export_is_waited_for_and_fetched(prediction: str | None, path: str) -> None:
    """The ending of the file says which format it is."""
    service = Service("QUEUED", "PROCESSING", "COMPLETED")
    done = Overview(service).export(Path("high.xlsx"), prediction, risk_level="high", sort="plan")
    assert "COMPLETED" == done["status"]
    query = {"format": "xlsx", "risk_level": "high", "sort": "plan"}
    assert [("POST", path, query), *[("GET", "/api/exports/e", None)] * 2] == service.asked[:3]
    assert [("GET", "/api/exports/e/file", "high.xlsx")] == service.asked[3:]


def test_an_export_that_fails_leaves_no_file() -> None:
    """It says so, and nothing is fetched; one that takes too long is given up."""
    service = Service("FAILED")
    assert "FAILED" == Overview(service).export(Path("a.csv"))["status"]
    assert 1 == len(service.asked)
    with pytest.raises(OutOfTime):
        Overview(Service("QUEUED")).export(Path("a.csv"), timeout_s=0)
    with pytest.raises(InvalidInput, match=r"neither .csv nor .xlsx"):
        Overview(service).export(Path("a.ods"))
