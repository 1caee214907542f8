"""Folders that belong to one living process, and the removal of what the dead left behind."""

import fcntl
import shutil
import tempfile
import time
from pathlib import Path
from typing import IO

AGE_S = 24 * 3600
"""A file that nobody changed for a day is nobody's; a younger one may be another process's, which shares the folder."""

_LOCK = ".alive"


class OwnFolder:
    """A new folder of this process alone, held by a lock that the kernel lets go when the process ends."""

    def __init__(self, parent: Path, prefix: str) -> None:
        """Removes the folders of dead processes with the same prefix first."""
        parent.mkdir(parents=True, exist_ok=True)
        _remove_dead(parent, prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        self._lock = _locked(self.path)

    def remove(self) -> None:
        """Removes the folder with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Removes the files of `folder` that match the pattern and have not changed for AGE_S."""
    for left in folder.glob(pattern):
        if left.is_file() and left.stat().st_mtime <= time.time() - AGE_S:
            left.unlink(missing_ok=True)


def _remove_dead(parent: Path, prefix: str) -> None:
    for folder in parent.glob(f"{prefix}*"):
        # A folder without its lock file is just being made, or was left between the two steps a day ago.
        young = not (folder / _LOCK).exists() and folder.stat().st_mtime > time.time() - AGE_S
        if folder.is_dir() and not young and (lock := _locked(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            lock.close()


def _locked(folder: Path) -> IO[str] | None:
    """The lock on the folder; None where a living process has it."""
    file = (folder / _LOCK).open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
