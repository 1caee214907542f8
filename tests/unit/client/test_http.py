"""The HTTP client says what the API wants to hear, and raises what it answers."""

import gzip
import json
from datetime import date
from pathlib import Path

import httpx
import pytest

from libs.client.http import Prediction, RetainWise
from libs.client.sending import PREVIEW_BYTES
from libs.errors import InvalidInput, NotFound, OutOfTime, RateLimited, Unauthenticated, Unavailable
from tests.unit.client.conftest import CUSTOMER, PREDICTION, SIMULATION, Gateway, problem

ID = str(PREDICTION["id"])


@pytest.fixture
def service(gateway: Gateway) -> RetainWise:
    """A client of the small gateway."""
    return RetainWise(gateway.url, "secret", timeout_s=5)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file to upload."""
    path = tmp_path / "my customers.csv"
    path.write_bytes(b"id,mrr\n1,10\n")
    return path


def test_an_upload_carries_the_file_and_what_was_said_of_it(service: RetainWise, gateway: Gateway, file: Path) -> None:
    """Bytes, length, name, options, mapping and token all arrive."""
    seen: list[int] = []
    service.upload(
        file,
        industry="saas",
        snapshot_date=date(2026, 5, 31),
        churn_rate=0.03,
        mapping={"mrr": "mrr", "nps_score": None},
        progress=seen.append,
    )
    call = gateway.asked("POST /api/csv")[0]
    assert file.read_bytes() == call.body
    assert "12" == call.headers["content-length"]
    assert "Bearer secret" == call.headers["authorization"]
    assert {
        "filename": ["my customers.csv"],
        "industry": ["saas"],
        "snapshot_date": ["2026-05-31"],
        "churn_rate": ["0.03"],
        "decisions": [json.dumps({"mrr": "mrr", "nps_score": None})],
    } == call.query
    assert [12] == seen


def test_an_upload_is_tried_again_under_one_key(service: RetainWise, gateway: Gateway, file: Path) -> None:
    """A gateway that was away for a moment gets the same upload under the same key, so it counts once."""
    gateway.answers["POST /api/csv"].insert(0, (503, b"restarting"))
    assert "QUEUED" == service.upload(file).status
    assert 2 == len(gateway.asked("POST /api/csv"))
    assert 1 == len({call.headers["idempotency-key"] for call in gateway.calls})


def test_waiting_ends_when_the_prediction_is_over(service: RetainWise) -> None:
    """Each state on the way is shown, and the last is returned; what a newer service adds is passed over."""
    seen: list[str] = []
    prediction = service.wait(ID, progress=lambda state: seen.append(state.status), poll_s=0)
    assert ["PROCESSING", "COMPLETED"] == seen
    assert Prediction.of(PREDICTION) == prediction


def test_waiting_outlives_a_restart(service: RetainWise, gateway: Gateway) -> None:
    """A service that is away for a moment is asked again; one that stays away is given up."""
    gateway.answers[f"GET /api/predictions/{ID}"] = [(502, b""), (200, PREDICTION)]
    assert service.wait(ID, poll_s=0).is_over
    gateway.answers[f"GET /api/predictions/{ID}"] = [(502, b"")]
    with pytest.raises(Unavailable):
        service.wait(ID, poll_s=0, patience_s=0)


@pytest.mark.parametrize(("kind", "status"), [("rate-limited", 429), ("out-of-time", 504), ("unavailable", 503)])
def test_waiting_asks_again_where_that_may_help(service: RetainWise, gateway: Gateway, kind: str, status: int) -> None:
    """Whatever kind says that the same call may work later."""
    gateway.answers[f"GET /api/predictions/{ID}"] = [problem(kind, status, "later"), (200, PREDICTION)]
    assert service.wait(ID, poll_s=0).is_over


def test_waiting_ends_at_what_no_waiting_mends(service: RetainWise, gateway: Gateway) -> None:
    """A prediction that was deleted meanwhile is not waited for."""
    gateway.answers[f"GET /api/predictions/{ID}"] = [problem("not-found", 404, "gone"), (200, PREDICTION)]
    with pytest.raises(NotFound):
        service.wait(ID, poll_s=0)


def test_waiting_has_an_end(service: RetainWise, gateway: Gateway) -> None:
    """A caller that will not wait for ever hears how long it did."""
    gateway.answers[f"GET /api/predictions/{ID}"] = [(200, {**PREDICTION, "status": "PROCESSING"})]
    with pytest.raises(OutOfTime, match=r"was not over within 0\.01 s"):
        service.wait(ID, poll_s=0.02, timeout_s=0.01)


def test_a_problem_is_raised_as_the_kind_it_is(service: RetainWise, gateway: Gateway) -> None:
    """The client raises what the service raised, with its sentence."""
    gateway.answers[f"GET /api/predictions/{ID}"] = [problem("invalid-input", 422, "the file is empty")]
    with pytest.raises(InvalidInput, match="the file is empty"):
        service.prediction(ID)
    with pytest.raises(NotFound):
        service.prediction("1" * 32)


def test_the_time_to_wait_rides_along() -> None:
    """Retry-After of a rate limit is on the error."""
    body = {"type": "/problems/rate-limited", "detail": "too many"}
    transport = httpx.MockTransport(lambda _: httpx.Response(429, json=body, headers={"Retry-After": "7"}))
    with pytest.raises(RateLimited) as caught, RetainWise("http://service", "t", transport=transport) as service:
        service.prediction(ID)
    assert 7 == caught.value.retry_after_s


def test_nobody_there_is_said_with_the_address() -> None:
    """An address where nothing listens, and one that is none, are named in the error."""
    with pytest.raises(Unavailable, match=r"cannot be reached at http://127\.0\.0\.1:1"):
        RetainWise("http://127.0.0.1:1", "t").ready()
    with pytest.raises(InvalidInput, match="is no address"):
        RetainWise("localhost:8000", "t").ready()


def test_a_token_that_cannot_be_one_is_refused_before_it_is_sent() -> None:
    """A token with a line end, as from a careless copy, is named as such and not shown."""
    with pytest.raises(Unauthenticated, match="no spaces, line ends"):
        RetainWise("http://127.0.0.1:1", "abc\n")


def test_downloads_appear_whole_or_not_at_all(service: RetainWise, gateway: Gateway, tmp_path: Path) -> None:
    """A finished download has the bytes; one that fails leaves neither target nor scraps."""
    service.export(ID, tmp_path / "results.csv")
    service.results(ID, tmp_path / "results.parquet")
    assert b"customer_id\nc1\n" == (tmp_path / "results.csv").read_bytes()
    assert b"PAR1" == (tmp_path / "results.parquet").read_bytes()
    gateway.answers[f"GET /api/predictions/{ID}/export"] = [problem("not-ready", 409, "not yet")]
    with pytest.raises(Exception, match="not yet"):
        service.export(ID, tmp_path / "other.csv")
    assert {"results.csv", "results.parquet"} == {path.name for path in tmp_path.iterdir()}


def test_a_preview_sends_whole_lines_of_the_beginning(service: RetainWise, gateway: Gateway, tmp_path: Path) -> None:
    """A large file is cut behind a line; a compressed one is sent whole, since half of it could not be read."""
    large, packed = tmp_path / "large.csv", tmp_path / "packed.csv.gz"
    large.write_bytes(b"id,mrr\n" + b"1,10\n" * (PREVIEW_BYTES // 4))
    packed.write_bytes(gzip.compress(b"id\n1\n"))
    service.preview(large)
    service.preview(packed)
    first, second = (call.body for call in gateway.asked("POST /api/mapping/preview"))
    assert PREVIEW_BYTES - 5 < len(first) <= PREVIEW_BYTES
    assert first.endswith(b"1,10\n")
    assert packed.read_bytes() == second


def test_answers_and_filters_arrive(service: RetainWise, gateway: Gateway) -> None:
    """Decisions go as JSON, filter and page as the query."""
    service.answer(ID, {"mrr": "Amount due", "nps_score": None})
    service.customers(ID, risk_level="high", search="month", page=2)
    decisions = {"decisions": {"mrr": "Amount due", "nps_score": None}}
    assert decisions == json.loads(gateway.asked(f"PUT /api/predictions/{ID}/mapping")[0].body)
    query = gateway.asked(f"GET /api/predictions/{ID}/customers")[0].query
    assert (["high"], ["month"], ["2"]) == (query["risk_level"], query["search"], query["page"])


def test_a_what_if_names_the_customer_and_the_changes(service: RetainWise, gateway: Gateway) -> None:
    """Ids are percent-encoded; without changes an empty object is sent."""
    assert SIMULATION == service.simulate(ID, "c/1", {"contract": "one year", "partner": False, "mrr": 9.5})
    service.simulate(ID, "c/1")
    sent = [json.loads(call.body) for call in gateway.asked(f"POST /api/predictions/{ID}/customers/c%2F1/simulate")]
    assert [{"changes": {"contract": "one year", "partner": False, "mrr": 9.5}}, {"changes": {}}] == sent
    assert CUSTOMER == service.customer(ID, "c/1")
