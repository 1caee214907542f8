"""Logs, traces and metrics: what they say, what they keep to themselves, and what they cost when nobody listens."""

import json
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from libs import telemetry
from libs.errors import InvalidInput

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """Leaves logging and hooks as they were."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook, threading.excepthook
    yield
    telemetry.shutdown()
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before
    logging.captureWarnings(False)


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The JSON lines on stderr."""
    return [json.loads(line) for line in captured.readouterr().err.splitlines()]


def test_a_line_says_when_who_and_what(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard fields first, and those of `extra` beside them."""
    telemetry.start("ingest")
    telemetry.logger("services.ingest.stage").info("read", extra={"rows": 3})
    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert {
        "level": "INFO",
        "logger": "services.ingest.stage",
        "service": "ingest",
        "message": "read",
        "rows": 3,
    } == line


def test_a_line_inside_a_request_and_a_span_carries_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    """Without any collector: the ids join the logs of several services."""
    telemetry.start("ingest")
    with telemetry.request("request-1"), telemetry.span("work"):
        telemetry.logger("x").info("inside")
        _, trace_id, span_id, _ = telemetry.carrier()["traceparent"].split("-")
    telemetry.logger("x").info("outside")
    inside, outside = lines(capsys)
    assert ("request-1", trace_id, span_id) == (inside["request_id"], inside["trace_id"], inside["span_id"])
    assert set() == {"request_id", "trace_id", "span_id"} & outside.keys()


def test_an_exception_is_class_and_frames_and_never_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    """`float("jane@example.com")` names a customer in its message; so do the causes."""
    telemetry.start("ingest")
    try:
        try:
            float("jane@example.com")
        except ValueError as error:
            raise KeyError("jane@example.com") from error
    except KeyError:
        telemetry.logger("x").exception("failed", extra={"seen": ValueError("jane@example.com")})
    output = capsys.readouterr().err
    exception = json.loads(output)["exception"]
    assert ("builtins.KeyError", "builtins.ValueError") == (exception["type"], exception["cause"]["type"])
    assert "test_telemetry.py" in exception["frames"][0] and "jane" not in output


def test_the_message_of_our_own_kinds_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """It is written without PII, and says what to do."""
    telemetry.start("ingest")
    try:
        raise InvalidInput("column 'a' appears twice")
    except InvalidInput:
        telemetry.logger("x").exception("failed")
    assert "column 'a' appears twice" == lines(capsys)[0]["exception"]["message"]


def test_uncaught_exceptions_are_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Python's own report of a crashed thread would print the exception's arguments."""
    telemetry.start("ingest")
    thread = threading.Thread(target=lambda: {}["jane@example.com"])
    thread.start()
    thread.join()
    output = capsys.readouterr().err
    assert "builtins.KeyError" == json.loads(output)["exception"]["type"]
    assert "jane" not in output


def test_the_level_is_ours_and_dependencies_speak_from_warning_on(capsys: pytest.CaptureFixture[str]) -> None:
    """DEBUG of a service does not open the floodgates of its libraries."""
    telemetry.start("ingest", log_level="debug")
    for name in ("botocore", "sqlalchemy.engine"):
        logging.getLogger(name).info("SELECT jane")
    logging.getLogger("botocore").warning("careful")
    telemetry.logger("services.ingest").debug("fine")
    assert ["careful", "fine"] == [line["message"] for line in lines(capsys)]


def test_a_second_start_does_not_double_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """The last one counts."""
    telemetry.start("one")
    telemetry.start("two")
    telemetry.logger("x").info("once")
    assert ["two"] == [line["service"] for line in lines(capsys)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a-1", "a-1"), ("a\nb c", "abc"), ("é", ""), ("x" * 500, "x" * telemetry.REQUEST_ID_LENGTH_MAX)],
)
def test_a_request_id_from_outside_is_cleaned(given: str, kept: str) -> None:
    """It travels in headers and stands in logs, and anybody may send one."""
    with telemetry.request(given):
        assert kept == telemetry.request_id()
    assert "" == telemetry.request_id()


def test_everything_is_quiet_before_the_start() -> None:
    """A library may be used without ceremony, and pays next to nothing."""
    counter = telemetry.counter("test.quiet", "1", "a test's")
    started = time.perf_counter()
    for _ in range(10_000):
        counter.add(1, kind="x")
        with telemetry.span("work", rows=1):
            pass
    assert ({}, True) == (telemetry.carrier(), time.perf_counter() - started < 1)


def test_a_trace_goes_on_in_another_thread() -> None:
    """`carrier` and `continued` carry it across threads, queues and processes."""
    telemetry.start("worker")
    seen: list[str] = []

    def work(carrier: dict[str, str]) -> None:
        with telemetry.continued(carrier), telemetry.span("child"):
            seen.append(telemetry.carrier()["traceparent"].split("-")[1])

    with telemetry.span("parent"):
        carrier = telemetry.carrier()
        thread = threading.Thread(target=work, args=[carrier])
        thread.start()
        thread.join()
    assert [carrier["traceparent"].split("-")[1]] == seen


@pytest.mark.parametrize("carrier", [{}, {"traceparent": "nonsense"}, {"traceparent": ""}])
def test_a_carrier_without_a_trace_begins_a_new_one(carrier: dict[str, str]) -> None:
    """What comes from outside may be missing or wrong; nothing fails for it."""
    telemetry.start("worker")
    with telemetry.continued(carrier), telemetry.span("root"):
        assert 55 == len(telemetry.carrier()["traceparent"])


def test_exceptions_pass_through_a_span() -> None:
    """A span marks the exception's class and does not touch it."""
    telemetry.start("worker")
    error = InvalidInput("no")
    with pytest.raises(InvalidInput) as caught, telemetry.span("work"):
        raise error
    assert error is caught.value


PROGRAM = """
import sys, time
from libs import telemetry
telemetry.start("test", otlp_endpoint="http://127.0.0.1:{port}")
with telemetry.span("work"):
    telemetry.counter("test.things", "1", "things").add(1)
sys.stdout.write(str(time.time()))
"""


@pytest.mark.parametrize("listening", [True, False], ids=["never answers", "refuses"])
def test_a_dead_collector_does_not_hold_up_the_exit(listening: bool) -> None:
    """A process that is told to stop stops, whatever became of its telemetry."""
    with socket.socket() as blackhole:
        blackhole.bind(("127.0.0.1", 0))
        if listening:
            blackhole.listen()
        program = PROGRAM.format(port=blackhole.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=30, check=True)
    assert time.time() - float(done.stdout) < telemetry.SHUTDOWN_S + 3
