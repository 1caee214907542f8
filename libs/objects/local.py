"""The object store in a directory: for one machine, and for tests."""

import errno
import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from libs.errors import Conflict, InvalidInput, NotFound, RetainWiseError, Unavailable
from libs.objects.store import ObjectInfo, checked_key, folder

OWN = ".retainwise"  # the store's own folder: the lock, and files that are not whole yet
LEFTOVER_S = 24 * 3600.0
CHUNK_BYTES = 1 << 20


class LocalStore:
    """Objects as files under `root`, each at the path of its key.

    Bytes are first written aside and flushed to disk, then renamed into place, so that neither a reader nor a crash
    meets half an object. The condition and the rename happen under one lock of the operating system (flock), which
    processes share and which a killed process gives back.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._aside = self._root / OWN
        with _renamed("the store's folder"):
            self._aside.mkdir(parents=True, exist_ok=True)
            self._sweep()

    def put(self, key: str, data: bytes, *, if_match: str | None = None, if_absent: bool = False) -> ObjectInfo:
        return self._land(key, lambda file: file.write(data), if_match=if_match, if_absent=if_absent)

    def put_file(self, key: str, path: Path) -> ObjectInfo:
        with path.open("rb") as source:
            return self._land(key, lambda file: shutil.copyfileobj(source, file, CHUNK_BYTES))

    def get(self, key: str) -> bytes:
        with _renamed(key), self._open(key) as file:
            return file.read()

    def chunks(self, key: str, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        with _renamed(key):
            file = self._open(key)
        return _pieces(key, file, size)

    def fetch(self, key: str, path: Path) -> None:
        with _renamed(key):
            source = self._open(key)
        part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
        try:
            with source, part.open("wb") as file:
                shutil.copyfileobj(source, file, CHUNK_BYTES)
            part.replace(path)
        except OSError as error:
            raise Unavailable(f"object {key!r} could not be copied to {path.name!r}: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)

    def head(self, key: str) -> ObjectInfo:
        with _renamed(key), self._open(key) as file:
            return _info(key, os.fstat(file.fileno()))

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        start = folder(prefix)
        return self._below(self._path(start[:-1]) if start else self._root, start)

    def delete(self, key: str) -> None:
        path = self._path(key)
        with _renamed(key), self._locked():
            if path.is_file():
                path.unlink()
                self._prune(path.parent)

    def delete_prefix(self, prefix: str) -> int:
        if not prefix:
            raise InvalidInput("delete_prefix needs a prefix; an empty one would empty the store")
        keys = [found.key for found in self.list(prefix)]
        for key in keys:
            self.delete(key)
        return len(keys)

    def _path(self, key: str) -> Path:
        if checked_key(key).split("/", 1)[0] == OWN:
            raise InvalidInput(f"an object key does not start with {OWN!r}, which is the store's own folder")
        return self._root / key

    def _open(self, key: str) -> BinaryIO:
        """The object's bytes as they are now; a later write does not touch them."""
        return self._path(key).open("rb")

    def _land(
        self, key: str, write: Callable[[BinaryIO], object], *, if_match: str | None = None, if_absent: bool = False
    ) -> ObjectInfo:
        path, aside = self._path(key), self._aside / uuid.uuid4().hex
        with _renamed(key):
            try:
                with aside.open("xb") as file:
                    write(file)
                    file.flush()
                    os.fsync(file.fileno())
                    landed = _info(key, os.fstat(file.fileno()))
                with self._locked():
                    self._demand(key, if_match, if_absent)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    aside.replace(path)
                    _flush_folder(path.parent)
            finally:
                aside.unlink(missing_ok=True)
        return landed

    def _demand(self, key: str, if_match: str | None, if_absent: bool) -> None:
        """Raises Conflict unless the object stands as the writer believes. The lock is held."""
        if if_match is None and not if_absent:
            return
        try:
            stands = _info(key, self._path(key).stat()).etag
        except (FileNotFoundError, NotADirectoryError):
            stands = None
        if (if_absent and stands is not None) or (if_match is not None and stands != if_match):
            raise Conflict(f"object {key!r} changed since it was read; read it again, then write")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._aside / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file closes
            yield

    def _below(self, directory: Path, start: str) -> Iterator[ObjectInfo]:
        """Objects in the directory and under it. A folder sorts as its name with the slash: so keys are in order."""
        with _renamed(start):
            entries = list(os.scandir(directory)) if directory.is_dir() else []
        entries = [entry for entry in entries if start or entry.name != OWN]
        named = [(f"{entry.name}/" if entry.is_dir() else entry.name, entry) for entry in entries]
        for name, entry in sorted(named, key=lambda pair: os.fsencode(pair[0])):
            if entry.is_dir():
                yield from self._below(Path(entry.path), start + name)
                continue
            try:
                yield _info(start + name, entry.stat())
            except FileNotFoundError:  # deleted since the folder was read: then it is not listed
                continue

    def _prune(self, directory: Path) -> None:
        """Removes folders that a delete left empty, up to the root. The lock is held, so no writer loses its folder."""
        while directory != self._root and not any(os.scandir(directory)):
            directory.rmdir()
            directory = directory.parent

    def _sweep(self) -> None:
        """Removes what killed writers left aside. A write takes far less than a day."""
        for left in self._aside.iterdir():
            with suppress(FileNotFoundError):  # another process has just put it in its place
                if left.name != "lock" and left.stat().st_mtime < time.time() - LEFTOVER_S:
                    left.unlink()


def _info(key: str, stat: os.stat_result) -> ObjectInfo:
    # Every write makes a new file, so inode and time of writing tell two versions apart without reading them.
    etag = f"{stat.st_mtime_ns:x}-{stat.st_ino:x}-{stat.st_size:x}"
    return ObjectInfo(key, stat.st_size, etag, datetime.fromtimestamp(stat.st_mtime, UTC))


def _pieces(key: str, file: BinaryIO, size: int) -> Iterator[bytes]:
    with _renamed(key), file:
        while piece := file.read(size):
            yield piece


def _flush_folder(directory: Path) -> None:
    """Makes a rename survive a power failure."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _renamed(what: str) -> Iterator[None]:
    """Turns the operating system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise _kind(what, error) from error


def _kind(what: str, error: OSError) -> RetainWiseError:
    if error.errno in (errno.ENOENT, errno.EISDIR):
        return NotFound(f"there is no object {what!r}")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return Conflict(f"object {what!r} cannot stand where another object's key is a part of its own")
    return Unavailable(f"the object store's disk failed at {what!r}: {error.strerror}")
