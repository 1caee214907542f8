"""Artifacts as files on local disk, and what is made from them: never changed, the least recently read gone first."""

import contextlib
import hashlib
import os
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from libs.errors import NotFound, Unavailable
from libs.objects.store import ObjectStore
from services.gateway.domain import Artifact
from services.gateway.leftovers import remove_leftovers


class Gone(NotFound):
    """The job row names the artifact, and the store no longer has it."""


@dataclass(frozen=True)
class Derived:
    """A file that is made from artifacts, on this disk alone. name: letters, digits and dashes; it names what the
    file is made from, all of it. make: writes the file."""

    name: str
    make: Callable[[Path], None]


class FileCache:
    """Copies named by the digest of their bytes, and derived files by what they are made from: none can be stale.

    bytes_max: beyond it files that nobody reads are removed, least recently read first.
    """

    def __init__(self, store: ObjectStore, folder: Path, bytes_max: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.absolute()
        self._store = store
        self._bytes_max = bytes_max
        self._lock = threading.Lock()
        self._readers: Counter[str] = Counter()
        self._coming: dict[str, threading.Lock] = {}
        self._making: set[str] = set()
        remove_leftovers(self.folder, "*.part")

    @contextlib.contextmanager
    def held(self, file: Artifact | Derived) -> Iterator[Path]:
        """The file, which stays on disk at least until the block ends. Raises Gone, Unavailable, and what make does."""
        name = file.name if isinstance(file, Derived) else file.sha256
        with self._lock:
            self._readers[name] += 1
            coming = self._coming.setdefault(name, threading.Lock())
        try:
            path = self._path(name)
            with coming:  # two readers of a new file: one gets it, the other waits
                if not path.exists():
                    self._put(name, file.make if isinstance(file, Derived) else partial(self._fetch, file))
                    self._evict()
                with contextlib.suppress(FileNotFoundError):  # forgotten just now: the reader will notice
                    os.utime(path)
            yield path
        finally:
            with self._lock:
                self._readers[name] -= 1
                if not self._readers[name]:
                    del self._readers[name], self._coming[name]

    def forget(self, artifact: Artifact) -> None:
        """Removes the copy, also one that is on its way; a reader that has it open is not disturbed."""
        self._forget(artifact.sha256)

    def forget_derived(self, prefix: str) -> None:
        """Removes the derived files whose names begin so, also those that are being made."""
        self._forget(prefix)

    def _forget(self, prefix: str) -> None:
        with self._lock:
            self._making = {name for name in self._making if not name.startswith(prefix)}
            for path in self.folder.glob(f"{prefix}*.parquet"):
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    def _put(self, name: str, make: Callable[[Path], None]) -> None:
        part = self.folder / f"{uuid.uuid4().hex}.part"
        with self._lock:
            self._making.add(name)
        try:
            make(part)
            # A file is believed by its name alone: after a power cut it must be whole or not there.
            _flush(part)
            with self._lock:
                if name not in self._making:
                    raise Unavailable("something of it was deleted meanwhile; try again", retry_after_s=1)
                part.replace(self._path(name))
        except OSError as error:
            raise Unavailable("there is no room for a local copy of these results; try again later") from error
        finally:
            part.unlink(missing_ok=True)
            with self._lock:
                self._making.discard(name)

    def _fetch(self, artifact: Artifact, part: Path) -> None:
        try:
            self._store.fetch(artifact.key, part)
        except NotFound:
            raise Gone("what this prediction made is no longer kept") from None
        with part.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != artifact.sha256:
            raise Unavailable("the stored results are not the bytes that were written; they are not served")

    def _evict(self) -> None:
        with self._lock:
            copies = sorted(
                ((path.stat(), path) for path in self.folder.glob("*.parquet")), key=lambda c: c[0].st_mtime
            )
            over = sum(stat.st_size for stat, _ in copies) - self._bytes_max
            for stat, path in copies:
                if over <= 0:
                    return
                if not self._readers[path.stem]:
                    path.unlink(missing_ok=True)
                    over -= stat.st_size


def _flush(path: Path) -> None:
    """Puts the file's bytes on disk before its name says that they are there."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
