"""Models through the client: what is sent, tried again, and waited for."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from libs.client import models
from libs.client.models import Models
from libs.errors import InvalidInput, OutOfTime, Unavailable


class Service:
    """Remembers what it was asked. faults: raised on the next uploads. states: of the training, one a look."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.keys: list[str] = []
        self.faults: list[Exception] = []
        self.states = ["QUEUED", "PROCESSING", "COMPLETED"]

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        self.asked.append((method, path))
        self.keys += [request["headers"]["Idempotency-Key"]] if "headers" in request else []
        return {"status": self.states.pop(0) if "trainings" in path else ""}

    def send(
        self, path: str, file: Path, query: Mapping[str, str], key: str, progress: Callable[[int], None]
    ) -> dict[str, Any]:
        self.asked.append(("POST", path))
        self.keys.append(key)
        if self.faults:
            raise self.faults.pop(0)
        return {"id": "1", **query}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service, and a client that does not wait between tries."""
    monkeypatch.setattr(models.time, "sleep", lambda _: None)
    return Service()


def test_a_file_that_did_not_arrive_is_sent_again_under_one_key(service: Service) -> None:
    """So that one training is made of it; what is wrong with the file is not tried again."""
    service.faults = [Unavailable("down"), Unavailable("down")]
    assert "never" == Models(service).train(Path("history.csv"), {"promote": "never"})["promote"]
    assert (3, 1) == (len(service.keys), len(set(service.keys)))
    service.faults = [InvalidInput("no file")]
    with pytest.raises(InvalidInput):
        Models(service).train(Path("history.csv"), {})
    assert 4 == len(service.keys)


def test_a_training_is_waited_for(service: Service) -> None:
    """Each state on the way is told."""
    seen: list[str] = []
    assert "COMPLETED" == Models(service).wait("1", progress=lambda state: seen.append(state["status"]))["status"]
    assert ["QUEUED", "PROCESSING", "COMPLETED"] == seen
    service.states = ["PROCESSING"] * 2
    with pytest.raises(OutOfTime):
        Models(service).wait("1", timeout_s=-1)


def test_models_are_asked_for_at_their_addresses(service: Service) -> None:
    """Each step back has a key of its own."""
    own = Models(service)
    own.list(), own.model("v1"), own.promote("v1"), own.roll_back(), own.roll_back("saas")
    assert [
        ("GET", "/api/models"),
        ("GET", "/api/models/v1"),
        ("POST", "/api/models/v1/promote"),
        ("POST", "/api/models/rollback"),
        ("POST", "/api/models/rollback"),
    ] == service.asked
    assert 2 == len(set(service.keys))


def test_a_shadow_is_named_and_taken_back(service: Service) -> None:
    """For one industry, under one address."""
    Models(service).shadow("saas", "v1")
    Models(service).unshadow("saas")
    assert [("PUT", "/api/models/shadows/saas"), ("DELETE", "/api/models/shadows/saas")] == service.asked
