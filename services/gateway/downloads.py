"""Finished exports on their way to readers: files without a name, bounded in what they take of the disk together."""

import threading
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from libs.errors import Unavailable


class Downloads:
    """bytes_max: of all files being read; one alone may be larger. A slow reader holds its share until it is done."""

    def __init__(self, bytes_max: int) -> None:
        self._bytes_max = bytes_max
        self._bytes = 0
        self._lock = threading.Lock()

    def opened(self, path: Path) -> "Download":
        """The file, to be read once its name is gone. Raises Unavailable while others take up the room."""
        size = path.stat().st_size
        with self._lock:
            if self._bytes and self._bytes + size > self._bytes_max:
                raise Unavailable("too many downloads are under way; try again in a minute", retry_after_s=60)
            self._bytes += size
        return Download(path, lambda: self._done(size))

    def _done(self, size: int) -> None:
        with self._lock:
            self._bytes -= size


class Download(FileIO):
    """A file that says when it is closed, be it because its reader hung up and nobody holds it any more."""

    def __init__(self, path: Path, done: Callable[[], None]) -> None:
        self._done = done
        super().__init__(path)

    def close(self) -> None:
        """Closes the file; the first time, its room is given back."""
        if not self.closed:
            super().close()
            self._done()
