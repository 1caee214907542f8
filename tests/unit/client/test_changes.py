"""Comparisons through the client: what is asked, and waited for."""

from pathlib import Path
from typing import Any

import pytest

from libs.client import changes
from libs.client.changes import Comparisons
from libs.errors import OutOfTime


class Service:
    """Remembers what it was asked. states: of the comparison, one a look; the last for ever."""

    def __init__(self, *states: str) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.states = list(states)

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        self.asked.append((method, path, request.get("params")))
        if path.endswith("outcomes"):
            return {"outcomes": [{"n": 3}]}
        return {"status": self.states.pop(0) if len(self.states) > 1 else self.states[0], "against_id": "a"}

    def download(self, path: str, target: Path) -> None:
        self.asked.append(("GET", path, None))


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that does not wait between looks."""
    monkeypatch.setattr(changes.time, "sleep", lambda seconds: None)


def test_a_comparison_is_started_and_waited_for() -> None:
    """It is followed by the earlier prediction that was found, also where none was named."""
    service = Service("QUEUED", "PROCESSING", "COMPLETED")
    assert "COMPLETED" == Comparisons(service).changes("p")["status"]
    path = "/api/predictions/p/changes"
    assert [("POST", path, {}), *[("GET", path, {"against": "a"})] * 2] == service.asked


def test_one_that_failed_is_returned() -> None:
    """The caller looks which."""
    service = Service("FAILED")
    assert "FAILED" == Comparisons(service).changes("p", "q")["status"]
    assert [("POST", "/api/predictions/p/changes", {"against": "q"})] == service.asked


def test_waiting_has_an_end() -> None:
    """OutOfTime, if one was given."""
    with pytest.raises(OutOfTime, match="not over within 0 s"):
        Comparisons(Service("QUEUED")).changes("p", timeout_s=0)


def test_the_table_and_the_outcomes_are_asked_for(tmp_path: Path) -> None:
    """By the newest comparison, or by the one that is named."""
    service = Service("COMPLETED")
    comparisons = Comparisons(service)
    comparisons.table("p", tmp_path / "c")
    comparisons.table("p", tmp_path / "c", "q")
    assert [{"n": 3}] == comparisons.outcomes("p")
    assert [
        "/api/predictions/p/changes.parquet",
        "/api/predictions/p/changes.parquet?against=q",
        "/api/predictions/p/outcomes",
    ] == [path for _, path, _ in service.asked]
