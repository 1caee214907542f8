"""The queue in SQS; a message is a job's id and nothing else."""

import math
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from libs import telemetry
from libs.errors import Internal, RetainWiseError, Unavailable
from services.gateway.ports import Delivery

if TYPE_CHECKING:
    from mypy_boto3_sqs.client import SQSClient

VISIBILITY_S = 900.0
LONG_POLL_S_MAX = 10.0
HIDDEN_S_MAX = 43_200  # the API's limit: twelve hours from when the message was received

GONE = {"ReceiptHandleIsInvalid", "MessageNotInflight"}
REFUSED = {"AccessDenied", "InvalidClientTokenId", "SignatureDoesNotMatch", "QueueDoesNotExist"}
MISSING = "NonExistentQueue"

_log = telemetry.logger(__name__)


class SqsQueue:
    """The port `Queue` of services.gateway.domain over SQS.

    url: the queue's, as SQS gives it. dead_url: where `bury` moves hints; "" drops them, since the job row keeps what
    happened. visibility_s: how long a taken hint is hidden, unless it is extended or acknowledged. What is done to a
    hint that SQS no longer knows under its receipt has no effect.
    """

    def __init__(self, url: str, *, dead_url: str = "", region: str = "", visibility_s: float = VISIBILITY_S) -> None:
        self._url = url
        self._dead_url = dead_url
        self._visibility_s = visibility_s
        self._client = _client(url, region)

    def announce(self, job_id: str) -> None:
        with telemetry.span("queue announce", role="client"), _renamed():
            self._client.send_message(QueueUrl=self._url, MessageBody=job_id)

    def receive(self, wait_s: float) -> Delivery | None:
        until = time.monotonic() + wait_s
        while True:
            left_s = max(0.0, until - time.monotonic())
            if (delivery := self._take(min(left_s, LONG_POLL_S_MAX))) is not None or left_s <= LONG_POLL_S_MAX:
                return delivery

    def extend(self, delivery: Delivery, seconds: float) -> None:
        with _renamed():
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=delivery.receipt, VisibilityTimeout=_hidden_s(seconds)
            )

    def acknowledge(self, delivery: Delivery) -> None:
        with telemetry.span("queue acknowledge"), _renamed():
            self._client.delete_message(QueueUrl=self._url, ReceiptHandle=delivery.receipt)

    def bury(self, delivery: Delivery) -> None:
        with telemetry.span("queue bury"), _renamed():
            if self._dead_url:
                self._client.send_message(QueueUrl=self._dead_url, MessageBody=delivery.job_id)
            self._client.delete_message(QueueUrl=self._url, ReceiptHandle=delivery.receipt)

    def depth(self) -> int:
        with _renamed():
            answer = self._client.get_queue_attributes(
                QueueUrl=self._url, AttributeNames=["ApproximateNumberOfMessages"]
            )
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def _take(self, wait_s: float) -> Delivery | None:
        with _renamed():
            answer = self._client.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=1,
                WaitTimeSeconds=math.ceil(wait_s),
                VisibilityTimeout=_hidden_s(self._visibility_s),
            )
        for message in answer.get("Messages", []):
            return Delivery(job_id=message["Body"], receipt=message["ReceiptHandle"])
        return None


def _hidden_s(seconds: float) -> int:
    return min(math.ceil(seconds), HIDDEN_S_MAX)


def _client(url: str, region: str) -> "SQSClient":
    """Speaks to the host of the queue's url, which at AWS also names the region."""
    parts = urlsplit(url)
    named = re.search(r"\bsqs\.([a-z0-9-]+)\.amazonaws\.", parts.netloc)
    config = Config(
        connect_timeout=5,
        read_timeout=30,
        retries={"max_attempts": 4, "mode": "standard"},
        max_pool_connections=16,
    )
    with _renamed():
        return boto3.client(
            "sqs",
            endpoint_url=f"{parts.scheme}://{parts.netloc}",
            region_name=region or (named[1] if named else None),
            config=config,
        )


@contextmanager
def _renamed() -> Iterator[None]:
    """Turns boto3's errors into ours; a receipt that is out of date is none."""
    try:
        yield
    except ClientError as error:
        code, words = error.response["Error"].get("Code", ""), error.response["Error"].get("Message", "")
        if code.rpartition(".")[2] in GONE or "ReceiptHandle" in words:
            _log.info("queue receipt out of date", extra={"code": code})
            return
        raise _kind(code) from error
    except BotoCoreError as error:
        raise Unavailable(f"the queue does not answer ({type(error).__name__})") from error


def _kind(code: str) -> RetainWiseError:
    if code in REFUSED or code.endswith(MISSING):
        return Internal(f"the queue refused our request ({code}); its url or credentials are set wrongly")
    return Unavailable(f"the queue could not serve our request ({code})")
