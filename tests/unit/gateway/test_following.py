"""What follows from a job that is done: a comparison where the file says who left, and no fault where it cannot."""

from pathlib import Path

import pytest

from services.gateway.domain import JobKind, JobStatus
from services.gateway.following import follow
from tests.http_gateway import PLAN, Gateway, open_gateway, results_table


@pytest.fixture
def gateway(tmp_path: Path) -> Gateway:
    """With no prediction yet."""
    return open_gateway(tmp_path)


def followed(gateway: Gateway, prediction_id: str) -> list[tuple[str, JobStatus]]:
    """The comparisons that are there once a prediction is done: against which, and how they stand."""
    job = gateway.parts.jobs.get(prediction_id)
    follow(job, gateway.parts.jobs, gateway.parts.queue, gateway.parts.store)
    found = gateway.parts.jobs.page(job.tenant_id, limit=10, after=None, kind=JobKind.CHANGES)
    return [(each.options.against_id, each.status) for each in found]


def labelled(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on files say who left."""
    monkeypatch.setitem(PLAN, "derivations", [{"canonical": "churned", "columns": ["Status"]}])


def test_a_file_that_says_who_left_judges_the_one_before(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison is queued and announced, once."""
    earlier = gateway.complete(results_table(4))["id"]
    labelled(monkeypatch)
    later = gateway.complete(results_table(4))["id"]
    assert [(earlier, JobStatus.QUEUED)] == followed(gateway, later) == followed(gateway, later)
    assert {} == gateway.parts.jobs.unannounced(10)


def test_a_file_without_labels_is_left_alone(gateway: Gateway) -> None:
    """Nothing would be judged."""
    gateway.complete(results_table(4))
    assert [] == followed(gateway, gateway.complete(results_table(4))["id"])


def test_the_first_file_has_nothing_to_judge(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is no fault."""
    labelled(monkeypatch)
    assert [] == followed(gateway, gateway.complete(results_table(4))["id"])


def test_a_store_that_fails_does_no_harm(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """The prediction is done; the comparison can still be asked for."""
    gateway.complete(results_table(4))
    labelled(monkeypatch)
    later = gateway.complete(results_table(4))["id"]
    gateway.parts.store.delete(gateway.parts.jobs.get(later).artifacts["plan"].key)
    assert [] == followed(gateway, later)
