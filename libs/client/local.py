"""The product on this machine, for a command that was given no address: started in a temporary folder, and stopped."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from libs.errors import Internal

ROOT = Path(__file__).parents[2]
"""Where `deploy` and `services` can be imported from, whatever lies in the caller's folder."""

STOP_S = 40
POLL_S = 0.1


def command(data: Path, port: int, *more: str) -> list[str]:
    """The line that starts the product; run it in ROOT."""
    return [sys.executable, "-m", "deploy.local", "--data", str(data.resolve()), "--port", str(port), *more]


@contextmanager
def running() -> Iterator[tuple[str, str]]:
    """Address and token of a product that lives as long as the block. Raises Internal when it does not start."""
    with tempfile.TemporaryDirectory(prefix="retainwise-") as folder:
        data, words = Path(folder), Path(folder) / "words"
        with words.open("wb") as output:
            # It also stops when its standard input ends, so it cannot outlive this process.
            process = subprocess.Popen(
                command(data, 0, "--quiet", "--with-stdin"),
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )
        try:
            yield _serving(process, data, words)
        finally:
            _stop(process)


def _serving(process: subprocess.Popen[bytes], data: Path, words: Path) -> tuple[str, str]:
    """Waits for the address; the product gives up by itself when a part does not become healthy."""
    while not (data / "url").exists():
        if process.poll() is not None:
            said = words.read_text(errors="replace").strip()
            raise Internal(f"RetainWise did not start on this machine: {said[-2000:]}")
        time.sleep(POLL_S)
    return (data / "url").read_text().strip(), (data / "token").read_text().strip()


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
