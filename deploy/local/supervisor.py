"""Starts processes in one group, starts again what dies, and stops all of them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.local.logs import Logs
from libs.errors import Internal

ROOT = Path(__file__).parents[2]
"""Where `services` can be imported from; every process starts here."""

POLL_S = 0.1
BACKOFF_FIRST_S = 0.25
BACKOFF_MAX_S = 8.0
STEADY_S = 30.0
"""A process that ran this long starts anew with the first backoff."""


LOOPS = 3
"""Deaths in a row, none after a steady run, after which a process is not taken to be well just because it runs."""


class StartFailed(Internal):
    """A process ended, or did not become healthy, while the product was starting."""


@dataclass(frozen=True)
class Command:
    """One process: `python -m module arguments` with these variables added to the environment."""

    name: str
    module: str
    environment: Mapping[str, str]
    arguments: tuple[str, ...] = ()

    @property
    def line(self) -> list[str]:
        return [sys.executable, "-m", self.module, *self.arguments]


@dataclass
class _Running:
    command: Command
    process: subprocess.Popen[bytes]
    started_at: float
    failures: int = 0
    restart_at: float | None = None


class Supervisor:
    """A group of processes that live and end together. grace_s: time each has to stop when asked."""

    def __init__(self, logs: Logs, grace_s: float) -> None:
        self._logs = logs
        self._grace_s = grace_s
        self._running: dict[str, _Running] = {}
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self._guardian = subprocess.Popen(
            [sys.executable, "-m", "deploy.local.guardian", str(grace_s)],
            stdin=subprocess.PIPE,
            cwd=ROOT,
            process_group=0,
        )

    @property
    def guardian_pid(self) -> int:
        """The process that ends the others when this one is killed; the group bears its id."""
        return self._guardian.pid

    @property
    def pids(self) -> dict[str, int]:
        """Process ids by name, as of now: a restart changes them."""
        with self._lock:
            return {name: running.process.pid for name, running in self._running.items()}

    def age_s(self, name: str) -> float | None:
        """Seconds that the process runs; None while it does not, or has not for long after LOOPS deaths in a row."""
        with self._lock:
            running = self._running[name]
            age_s = time.monotonic() - running.started_at
            looping = running.failures >= LOOPS and age_s < STEADY_S
            return None if looping or running.process.poll() is not None else age_s

    def start(self, command: Command) -> None:
        """Starts one process in the group."""
        with self._lock:
            self._running[command.name] = _Running(command, self._spawn(command), time.monotonic())

    def run(self, command: Command) -> str:
        """Runs a process to its end and returns what it printed. Raises StartFailed when it fails."""
        done = subprocess.run(
            command.line,
            env={**os.environ, **command.environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            process_group=self._guardian.pid,
            check=False,
        )
        if done.returncode:
            raise StartFailed(f"{command.name} {_ending(done.returncode)}:\n{done.stderr.strip()[-2000:]}")
        return done.stdout

    @property
    def watching(self) -> bool:
        """Whether what dies is started again."""
        return self._watcher.is_alive()

    def watch(self) -> None:
        """From now on, what dies is started again."""
        self._watcher.start()

    def check(self) -> None:
        """Raises StartFailed if a process has ended; for the time before `watch`."""
        with self._lock:
            for name, running in self._running.items():
                code = running.process.poll()
                if code is not None:
                    raise StartFailed(f"{name} {_ending(code)} while starting:\n{self._logs.tail(name)}")

    def stop(self, waves: Iterable[Sequence[str]]) -> None:
        """Asks the processes to stop, one wave after the other; kills whatever is left of the group after the grace."""
        self._stopping.set()
        if self._watcher.is_alive():
            self._watcher.join()
        for wave in waves:
            self._stop_wave([self._running[name].process for name in wave if name in self._running])
        with suppress(ProcessLookupError):
            os.killpg(self._guardian.pid, signal.SIGKILL)
        assert self._guardian.stdin is not None
        self._guardian.stdin.close()
        for process in [self._guardian, *(running.process for running in self._running.values())]:
            process.wait()

    def _stop_wave(self, processes: list[subprocess.Popen[bytes]]) -> None:
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + self._grace_s
        for process in processes:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()

    def _spawn(self, command: Command) -> subprocess.Popen[bytes]:
        output = self._logs.attach(command.name)
        try:
            process = subprocess.Popen(
                command.line,
                env={**os.environ, **command.environment},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=self._guardian.pid,
            )
        finally:
            if not isinstance(output, int):
                output.close()
        self._logs.follow(command.name, process)
        return process

    def _watch(self) -> None:
        while not self._stopping.wait(POLL_S):
            with self._lock:
                for running in self._running.values():
                    if running.process.poll() is not None:
                        self._revive(running, time.monotonic())

    def _revive(self, running: _Running, now: float) -> None:
        if running.restart_at is None:
            running.failures = 0 if now - running.started_at > STEADY_S else running.failures
            wait_s = min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2**running.failures)
            running.restart_at = now + wait_s
            ending = _ending(running.process.returncode)
            self._logs.say(f"{running.command.name} {ending}; it starts again in {wait_s:g} s")
        elif now >= running.restart_at:
            running.failures += 1
            try:
                running.process = self._spawn(running.command)
            except OSError as error:  # out of memory or processes: the next try may find some
                running.restart_at = now + BACKOFF_MAX_S
                self._logs.say(f"{running.command.name} could not be started ({error.strerror})")
                return
            running.started_at, running.restart_at = now, None
            self._logs.say(f"{running.command.name} started again as process {running.process.pid}")


def _ending(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"ended with exit code {code}"
    return f"was killed by {signal.Signals(-code).name}"
