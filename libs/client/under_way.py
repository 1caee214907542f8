"""A job that a command waits for: the service it runs on, what Ctrl-C does to it, and how it ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from libs.client import local, output
from libs.client.http import Prediction, RetainWise
from libs.errors import KINDS, Internal, InvalidInput, PlanLimit, Unauthenticated


class Stopped(Exception):
    """Ctrl-C, with a sentence on what becomes of the job."""


class NeedsMapping(InvalidInput):
    """The file has a column that only a person can name."""


@contextmanager
def service_at(url: str, token: str, bar: output.Bar) -> Iterator[RetainWise]:
    """The service at the address, or one started for this job alone."""
    if url:
        if not token:
            raise Unauthenticated(f"{url} wants a token: say --token, or set RETAINWISE_TOKEN")
        with RetainWise(url, token) as service:
            yield service
        return
    bar.say("starting RetainWise for this job")
    with local.running() as (own_url, own_token), RetainWise(own_url, own_token) as service:
        yield service


@contextmanager
def told_when_stopped(url: str) -> Iterator[list[str]]:
    """Says, should Ctrl-C come, what becomes of the job. Takes the prediction's id once the file is sent."""
    under_way: list[str] = []
    try:
        yield under_way
    except KeyboardInterrupt:
        if not url:
            raise Stopped("stopped; so is what was started for this job, and nothing of the file is kept") from None
        if not under_way:
            raise Stopped("stopped before the file was wholly sent; nothing of it is scored") from None
        raise Stopped(
            f"stopped waiting; {url} goes on with prediction {under_way[0]}, and `retainwise status` shows how it ends"
        ) from None


def completed(prediction: Prediction) -> Prediction:
    """The prediction, if it has results. Raises NeedsMapping, PlanLimit, or the failure as the kind it was."""
    over(prediction.status, prediction.message, prediction.questions, prediction.error)
    return prediction


def over(status: str, message: str, questions: list[dict[str, Any]], error: dict[str, str] | None) -> None:
    """Raises NeedsMapping, PlanLimit, or the failure as the kind it was, unless the job is completed."""
    if status == "NEEDS_MAPPING":
        raise NeedsMapping("\n".join(output.question_sentence(question) for question in questions))
    if status == "NEEDS_PLAN":
        raise PlanLimit(message)
    if status == "FAILED":
        known = error or {}
        raise KINDS.get(known.get("kind", ""), Internal)(known.get("message", message))
