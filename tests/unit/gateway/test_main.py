"""The HTTP process as it is started: a real server on a real socket."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.gateway.database.engine import open_database
from services.gateway.database.tenants import TenantTable
from services.gateway.database.upgrading import upgrade

ROOT = Path(__file__).parents[3]
LIMIT = 3_000_000


@dataclass(frozen=True)
class Running:
    """The process, an address, and a tenant's header. log: what it wrote so far, line by line."""

    process: subprocess.Popen[str]
    url: str
    headers: dict[str, str]
    log: list[dict[str, Any]]

    def rest(self) -> list[dict[str, Any]]:
        """The lines still to come until it ends, which must all be JSON."""
        assert self.process.stderr is not None
        return self.log + [json.loads(line) for line in self.process.stderr.read().splitlines()]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A gateway on a free port, for all tests that do not stop it."""
    with started(tmp_path_factory.mktemp("running")) as running:
        yield running


@contextmanager
def started(tmp_path: Path) -> Iterator[Running]:
    """A gateway over a new database and store in the folder."""
    url = f"sqlite:///{tmp_path / 'retainwise.db'}"
    upgrade(url)
    database = open_database(url)
    token = TenantTable(database).create("Acme")[1]
    database.close()
    values = {
        "PORT": "0",
        "DATABASE_URL": url,
        "STORE_URL": str(tmp_path / "objects"),
        "SCRATCH_DIR": str(tmp_path / "scratch"),
        "UPLOAD_BYTES_MAX": str(LIMIT),
        "SESSION_KEY_FILE": str(tmp_path / "session.key"),
        "SIGN_IN_TRIES": "1",
        "GRACE_S": "5",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "services.gateway"],
        cwd=ROOT,
        env={**os.environ, **{f"RETAINWISE_GATEWAY_{name}": value for name, value in values.items()}},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        first = json.loads(process.stderr.readline())
        yield Running(process, f"http://127.0.0.1:{first['port']}", {"Authorization": f"Bearer {token}"}, [first])
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_it_says_when_it_listens_and_stops_gracefully(tmp_path: Path) -> None:
    """One line when ready, with the port; exit code 0 when interrupted; nothing in the log that is not JSON."""
    with started(tmp_path) as running:
        assert "gateway ready" == running.log[0]["message"]
        assert {"database": True, "store": True} == httpx.get(running.url + "/readyz").json()["parts"]
        assert "Acme" == httpx.get(running.url + "/api/me", headers=running.headers).json()["name"]
        running.process.send_signal(signal.SIGINT)
        assert 0 == running.process.wait(10)
        assert ["gateway ready", "request"] == [line["message"] for line in running.rest()]


def test_a_stream_of_events_does_not_delay_the_stop(tmp_path: Path) -> None:
    """It is closed at once when told to stop, within its grace of 5 seconds; what was told before has arrived."""
    with started(tmp_path) as running:
        made = httpx.post(running.url + "/api/csv", content=b"a,b\n1,2\n", headers=running.headers).json()
        address = f"{running.url}/api/predictions/{made['id']}/events"
        with httpx.stream("GET", address, headers=running.headers, timeout=20) as answer:
            lines = answer.iter_lines()
            assert "event: progress" == next(lines)
            running.process.send_signal(signal.SIGTERM)
            begun = time.monotonic()
            rest = list(lines)
        assert 0 == running.process.wait(10)
        assert time.monotonic() - begun < 4.5
        assert not any(line.startswith("event: end") for line in rest)


def test_a_refusal_reaches_a_caller_who_is_still_sending(running: Running) -> None:
    """413 and 401 arrive as such, with and without a stated length, though the body is not read to its end."""
    big = b"x" * (10 * LIMIT)

    def pieces() -> Iterator[bytes]:
        for place in range(0, len(big), 65_536):
            yield big[place : place + 65_536]

    for content in (big, pieces()):
        answer = httpx.post(running.url + "/api/csv", content=content, headers=running.headers)
        assert (413, "TooLarge") == (answer.status_code, answer.json()["code"])
    assert 413 == httpx.post(running.url + "/api/csv", files={"file": big}, headers=running.headers).status_code
    assert 401 == httpx.post(running.url + "/api/csv", content=big).status_code
    assert 202 == httpx.post(running.url + "/api/csv", content=b"a,b\n1,2\n", headers=running.headers).status_code


def test_headers_cannot_be_injected(running: Running) -> None:
    """A file name with line breaks, and one with quotes, change no header of any answer."""
    name = 'a"; filename="x.exe\r\nSet-Cookie: a=b'
    made = httpx.post(running.url + "/api/csv", params={"filename": name}, content=b"a\n1\n", headers=running.headers)
    assert 202 == made.status_code
    assert "set-cookie" not in made.headers
    assert "\r" not in made.json()["filename"]
    assert f"/api/predictions/{made.json()['id']}" == made.headers["location"]


def test_nobody_chooses_the_address_that_tries_are_counted_by(running: Running) -> None:
    """A header that only a trusted proxy may send makes no caller another one."""
    codes = [
        httpx.post(
            running.url + "/api/auth/sign-in",
            json={"email": f"a{number}@example.com", "password": "a guess of mine"},
            headers={"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"},
        ).status_code
        for number in range(4)
    ]
    assert [401, 401, 401, 429] == codes
