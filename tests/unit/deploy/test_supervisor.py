"""Processes live and end together: restarts are said, and nothing is left behind."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.logs import FileLogs, StreamLogs
from deploy.local.supervisor import LOOPS, ROOT, STEADY_S, Command, StartFailed, Supervisor


@pytest.fixture
def module(tmp_path: Path) -> Callable[[str, str], Command]:
    """Makes a command that runs the given text as a module."""

    def make(name: str, text: str) -> Command:
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(text))
        return Command(name, name, {"PYTHONPATH": str(tmp_path)})

    return make


@pytest.fixture
def output() -> io.StringIO:
    """What the processes and the supervisor said."""
    return io.StringIO()


@pytest.fixture
def supervisor(output: io.StringIO) -> Iterator[Supervisor]:
    """A supervisor that gives its processes two seconds to stop."""
    supervisor = Supervisor(StreamLogs(output), grace_s=2)
    yield supervisor
    supervisor.stop([list(supervisor.pids)])


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether the condition becomes true within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def runs(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


SLEEPER = """
    import time
    print("up", flush=True)
    time.sleep(60)
"""


def test_what_dies_is_started_again_and_said(
    supervisor: Supervisor, output: io.StringIO, module: Callable[[str, str], Command]
) -> None:
    """A killed process comes back under another id; the log names the signal and the wait."""
    supervisor.start(module("sleeper", SLEEPER))
    supervisor.watch()
    first = supervisor.pids["sleeper"]
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: supervisor.pids["sleeper"] != first)
    assert "sleeper was killed by SIGKILL; it starts again in 0.25 s" in output.getvalue()


def test_a_process_that_keeps_dying_waits_longer_each_time(
    supervisor: Supervisor, output: io.StringIO, module: Callable[[str, str], Command]
) -> None:
    """The wait doubles, so a broken process does not eat the machine."""
    supervisor.start(module("broken", "raise SystemExit(3)"))
    supervisor.watch()
    assert eventually(lambda: "broken ended with exit code 3; it starts again in 0.5 s" in output.getvalue())


def test_a_process_that_dies_over_and_over_is_not_well(
    supervisor: Supervisor, module: Callable[[str, str], Command]
) -> None:
    """One that runs has an age; one that dies has none, nor does one that has only just begun its third life."""
    supervisor.start(module("sleeper", SLEEPER))
    supervisor.start(module("broken", "raise SystemExit(3)"))
    supervisor.watch()
    age_s = supervisor.age_s("sleeper")
    assert age_s is not None and age_s >= 0
    assert eventually(lambda: supervisor.age_s("broken") is None)
    running = supervisor._running["sleeper"]
    running.failures = LOOPS
    assert supervisor.age_s("sleeper") is None
    running.started_at -= STEADY_S
    assert supervisor.age_s("sleeper") is not None


class Broken(io.StringIO):
    """A pipe whose reader is gone."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_stream_nobody_reads_stops_nothing(module: Callable[[str, str], Command], is_closed: bool) -> None:
    """When whoever read the log is gone, processes are started again all the same, and their output is taken off."""
    stream = Broken()
    if is_closed:
        stream.close()
    supervisor = Supervisor(logs := StreamLogs(stream), grace_s=2)
    try:
        supervisor.start(module("sleeper", SLEEPER))
        supervisor.watch()
        first = supervisor.pids["sleeper"]
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: supervisor.pids["sleeper"] != first)
        assert eventually(lambda: "up" in logs.tail("sleeper"))
        assert supervisor.watching
    finally:
        supervisor.stop([["sleeper"]])


def test_each_line_bears_its_process(
    supervisor: Supervisor, output: io.StringIO, module: Callable[[str, str], Command]
) -> None:
    """Output of all processes is one stream, and every line says whose it is."""
    supervisor.start(module("sleeper", SLEEPER))
    assert eventually(lambda: "sleeper      up\n" in output.getvalue())


def test_a_process_that_will_not_stop_is_killed(output: io.StringIO, module: Callable[[str, str], Command]) -> None:
    """SIGTERM is asked first; after the grace the process is gone all the same."""
    supervisor = Supervisor(StreamLogs(output), grace_s=0.3)
    supervisor.start(module("deaf", "import signal\nsignal.signal(15, signal.SIG_IGN)\n" + textwrap.dedent(SLEEPER)))
    assert eventually(lambda: "up" in output.getvalue())
    pid = supervisor.pids["deaf"]
    supervisor.stop([["deaf"]])
    assert not runs(pid)


def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    """kill -9 of the supervisor closes the guardian's pipe, and the guardian ends the group."""
    (tmp_path / "sleeper.py").write_text(textwrap.dedent(SLEEPER))
    script = f"""
        import sys, time
        from deploy.local.logs import StreamLogs
        from deploy.local.supervisor import Command, Supervisor
        supervisor = Supervisor(StreamLogs(sys.stderr), grace_s=0.2)
        supervisor.start(Command("sleeper", "sleeper", {{"PYTHONPATH": {str(tmp_path)!r}}}))
        print(supervisor.pids["sleeper"], supervisor.guardian_pid, flush=True)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert [True, True] == [runs(pid) for pid in pids]
        parent.kill()
    assert eventually(lambda: not any(runs(pid) for pid in pids))


def test_a_process_that_ends_while_starting_is_reported_with_its_words(
    supervisor: Supervisor, output: io.StringIO, module: Callable[[str, str], Command]
) -> None:
    """A service that cannot start says why in the error, not only somewhere in a log."""
    supervisor.start(module("broken", "raise SystemExit('the key is missing')"))

    def failed() -> bool:
        try:
            supervisor.check()
        except StartFailed as error:
            return "broken ended with exit code 1" in error.message and "the key is missing" in error.message
        return False

    assert eventually(failed)


def test_a_command_that_fails_is_reported_with_its_words(
    supervisor: Supervisor, module: Callable[[str, str], Command]
) -> None:
    """So does a migration or another step that runs to its end."""
    assert "made\n" == supervisor.run(module("good", "print('made')"))
    with pytest.raises(StartFailed, match="the disk is full"):
        supervisor.run(module("bad", "raise SystemExit('the disk is full')"))


def test_quiet_processes_write_files(tmp_path: Path, module: Callable[[str, str], Command]) -> None:
    """Without a stream each process has a file of its own, and its last words can be read there."""
    logs = FileLogs(tmp_path / "logs")
    supervisor = Supervisor(logs, grace_s=2)
    supervisor.start(module("sleeper", SLEEPER))
    try:
        assert eventually(lambda: logs.tail("sleeper") == "up")
    finally:
        supervisor.stop([["sleeper"]])
    assert "up\n" == (tmp_path / "logs" / "sleeper.log").read_text()
