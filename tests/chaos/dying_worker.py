"""A real worker that kills itself with SIGKILL at a chosen point; run as a process by the chaos tests.

    python tests/chaos/dying_worker.py POINT

POINT is the file name of an artifact (dies just after it was stored) or "acknowledge" (dies after
the final commit, before the queue hears of it). Settings come from the environment, as always.
"""

import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from services.gateway.settings import Settings
from services.gateway.worker import build_parts, work


class Wrapped:
    """Passes every attribute through, but for the methods that a child names."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def die() -> None:
    """As sudden as the power going."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingStore(Wrapped):
    def __init__(self, inner: Any, filename: str) -> None:
        super().__init__(inner)
        self._filename = filename

    def put_file(self, key: str, path: Path) -> Any:
        info = self._inner.put_file(key, path)
        if key.endswith("/" + self._filename):
            die()
        return info


class DyingQueue(Wrapped):
    def acknowledge(self, delivery: Any) -> None:
        die()


def main(point: str) -> None:
    """Works as services.gateway.worker does, until `point`."""
    settings = Settings()
    parts = build_parts(settings)
    if point == "acknowledge":
        parts = replace(parts, queue=DyingQueue(parts.queue))
    else:
        parts = replace(parts, store=DyingStore(parts.store, point))
    work(settings, parts, threading.Event())


if __name__ == "__main__":
    main(sys.argv[1])
