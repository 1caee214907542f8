"""How a person or a supervisor above asks the product to stop."""

import signal
import threading
from types import FrameType


class StopSignals:
    """SIGINT, SIGTERM and SIGHUP: they interrupt the start and end `wait`; asked for twice, they interrupt that too."""

    def __init__(self) -> None:
        self._serving, self._stopping = threading.Event(), threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked)

    def serving(self) -> None:
        """From now on the product is to be stopped in order, not interrupted."""
        self._serving.set()

    def stop(self) -> None:
        """Asks as a signal would."""
        self._stopping.set()

    def wait(self) -> None:
        """Returns when the product is to stop."""
        # With an end to each wait: a signal that comes just before the main thread falls asleep does not wake it.
        while not self._stopping.wait(0.5):
            pass

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if self._stopping.is_set() or not self._serving.is_set():
            raise KeyboardInterrupt
        self._stopping.set()
