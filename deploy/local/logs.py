"""Where the processes' output goes: to one stream with each line's process named, or to a file for each."""

import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol, TextIO

COLOURS = (36, 33, 35, 32, 34, 96, 93, 95)
"""ANSI colours, handed out in the order in which processes first write."""


class Logs(Protocol):
    """Takes the output of processes and the supervisor's own sentences."""

    def attach(self, name: str) -> int | IO[bytes]:
        """What the process called `name` gets as standard output and error."""
        ...

    def follow(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Called once the process runs."""
        ...

    def say(self, sentence: str) -> None:
        """Writes a sentence of the supervisor itself."""
        ...

    def tail(self, name: str) -> str:
        """The last lines that the process wrote."""
        ...


class StreamLogs:
    """All output on one stream, each line behind its process's name, coloured on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._colours: dict[str, int] = {}
        self._tails: dict[str, list[str]] = {}

    def attach(self, name: str) -> int:
        return subprocess.PIPE

    def follow(self, name: str, process: subprocess.Popen[bytes]) -> None:
        threading.Thread(target=self._copy, args=(name, process), name=f"logs of {name}", daemon=True).start()

    def say(self, sentence: str) -> None:
        self._write("retainwise", sentence)

    def tail(self, name: str) -> str:
        with self._lock:
            return "\n".join(self._tails.get(name, []))

    def _copy(self, name: str, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self._write(name, line.decode(errors="replace").rstrip("\n"))

    def _write(self, name: str, line: str) -> None:
        with self._lock:
            self._tails[name] = [*self._tails.get(name, [])[-19:], line]
            label = f"{name:<12}"
            if not self._stream.closed and self._stream.isatty():
                colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
                label = f"\033[{colour}m{label}\033[0m"
            self._show(f"{label} {line}\n")

    def _show(self, line: str) -> None:
        """Once nobody reads the stream any more, lines are dropped: whoever writes them has a product to run."""
        if self._stream.closed:
            return
        with suppress(OSError, ValueError):  # ValueError: closed just now
            self._stream.write(line)
            self._stream.flush()


class FileLogs:
    """One file for each process in a folder; restarts append."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def attach(self, name: str) -> IO[bytes]:
        return (self._folder / f"{name}.log").open("ab")

    def follow(self, name: str, process: subprocess.Popen[bytes]) -> None:
        """Nothing to do: the process writes to its file itself."""

    def say(self, sentence: str) -> None:
        # A full disk must not stop whoever has something to say from running the product.
        with suppress(OSError), (self._folder / "retainwise.log").open("a") as file:
            file.write(sentence + "\n")

    def tail(self, name: str) -> str:
        path = self._folder / f"{name}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-20:]) if path.exists() else ""
