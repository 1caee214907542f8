"""The SQS queue: what it does with the API."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest

from libs.errors import Internal, Unavailable
from services.gateway.ports import Delivery
from services.gateway.queue import sqs
from services.gateway.queue.sqs import SqsQueue


@pytest.fixture
def alive(sqs_url: str) -> str:
    """The url of the queue itself."""
    return sqs_url.removeprefix("sqs+").partition("?")[0]


@pytest.fixture
def dead(sqs_url: str) -> str:
    """The url of its dead-letter queue."""
    return parse_qs(urlsplit(sqs_url).query)["dead"][0]


def taken(queue: SqsQueue) -> Delivery:
    """The next hint, which must be there."""
    delivery = queue.receive(2)
    assert delivery is not None
    return delivery


def test_a_message_is_the_id_alone(alive: str, aws_endpoint: str) -> None:
    """Nothing but the job's id leaves the database."""
    SqsQueue(alive).announce("j1")
    (message,) = boto3.client("sqs", endpoint_url=aws_endpoint).receive_message(QueueUrl=alive)["Messages"]
    assert "j1" == message["Body"]
    assert "MessageAttributes" not in message


def test_a_buried_hint_is_a_dead_letter(alive: str, dead: str) -> None:
    """Where there is a dead-letter queue the hint moves there."""
    queue = SqsQueue(alive, dead_url=dead)
    queue.announce("j1")
    queue.bury(taken(queue))
    assert 0 == queue.depth()
    assert "j1" == taken(SqsQueue(dead)).job_id


def test_burying_without_a_dead_letter_queue(alive: str, dead: str) -> None:
    """Where there is none the hint is dropped: the job row says what happened."""
    queue = SqsQueue(alive)
    queue.announce("j1")
    queue.bury(taken(queue))
    assert (0, 0) == (queue.depth(), SqsQueue(dead).depth())


def test_a_missing_queue(alive: str) -> None:
    """A queue that does not exist is a fault of the settings."""
    with pytest.raises(Internal, match=r"NonExistentQueue|QueueDoesNotExist"):
        SqsQueue(f"{alive}-missing").announce("j1")


def test_no_server(aws_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not answer is unavailable."""
    monkeypatch.setattr("time.sleep", lambda _: None)  # boto3's pauses between tries
    with pytest.raises(Unavailable, match="does not answer"):
        SqsQueue("http://127.0.0.1:9/1/queue").announce("j1")


def test_a_long_wait_is_cut_in_polls(alive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQS waits no longer than the long poll; a longer wait asks again."""
    clock = [0.0]
    monkeypatch.setattr(sqs.time, "monotonic", lambda: clock[0])
    queue, waits = SqsQueue(alive), []

    def receive(**request: Any) -> dict[str, Any]:
        waits.append(request["WaitTimeSeconds"])
        clock[0] += request["WaitTimeSeconds"]
        return {}

    monkeypatch.setattr(queue._client, "receive_message", receive)
    assert queue.receive(24.5) is None
    assert [10, 10, 5] == waits


@pytest.mark.parametrize(("seconds", "hidden_s"), [(0, 0), (0.2, 1), (900, 900), (10**6, 43_200)])
def test_hiding_in_whole_seconds(seconds: float, hidden_s: int) -> None:
    """SQS counts whole seconds, never fewer than asked for, and twelve hours at most."""
    assert hidden_s == sqs._hidden_s(seconds)


def test_the_region_is_in_the_url(aws_endpoint: str) -> None:
    """At AWS the queue's own url says where it is; elsewhere the environment does."""
    regions = [
        sqs._client(url, "").meta.region_name
        for url in ("https://sqs.eu-west-1.amazonaws.com/1/q", "http://127.0.0.1:9/1/q")
    ]
    assert ["eu-west-1", "us-east-1"] == regions
