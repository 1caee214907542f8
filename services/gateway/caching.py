"""Artifacts as files on local disk: fetched once, checked, never changed, the least recently read gone first."""

import contextlib
import hashlib
import os
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from libs.errors import NotFound, Unavailable
from libs.objects.store import ObjectStore
from services.gateway.domain import Artifact
from services.gateway.leftovers import remove_leftovers


class Gone(NotFound):
    """The job row names the artifact, and the store no longer has it."""


class FileCache:
    """Copies named by the digest of their bytes, so a copy can never be stale.

    bytes_max: beyond it copies that nobody reads are removed, least recently read first.
    """

    def __init__(self, store: ObjectStore, folder: Path, bytes_max: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder.absolute()
        self._store = store
        self._bytes_max = bytes_max
        self._lock = threading.Lock()
        self._readers: Counter[str] = Counter()
        self._fetching: dict[str, threading.Lock] = {}
        remove_leftovers(self.folder, "*.part")

    @contextlib.contextmanager
    def held(self, artifact: Artifact) -> Iterator[Path]:
        """The artifact's copy, which stays on disk at least until the block ends. Raises Gone, Unavailable."""
        digest = artifact.sha256
        with self._lock:
            self._readers[digest] += 1
            fetching = self._fetching.setdefault(digest, threading.Lock())
        try:
            path = self._path(digest)
            with fetching:  # two readers of a new file: one fetches, the other waits
                if not path.exists():
                    self._fetch(artifact, path)
                    self._evict()
                with contextlib.suppress(FileNotFoundError):  # forgotten just now: the reader will notice
                    os.utime(path)
            yield path
        finally:
            with self._lock:
                self._readers[digest] -= 1
                if not self._readers[digest]:
                    del self._readers[digest], self._fetching[digest]

    def forget(self, artifact: Artifact) -> None:
        """Removes the copy; a reader that has it open is not disturbed."""
        self._path(artifact.sha256).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.parquet"

    def _fetch(self, artifact: Artifact, path: Path) -> None:
        part = self.folder / f"{uuid.uuid4().hex}.part"
        try:
            self._store.fetch(artifact.key, part)
            with part.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != artifact.sha256:
                raise Unavailable("the stored results are not the bytes that were written; they are not served")
            # A copy is believed by its name alone: after a power cut it must be whole or not there.
            _flush(part)
            part.replace(path)
        except NotFound:
            raise Gone("what this prediction made is no longer kept") from None
        except OSError as error:
            raise Unavailable("there is no room for a local copy of these results; try again later") from error
        finally:
            part.unlink(missing_ok=True)

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
