"""What killed processes left in scratch folders, removed at the next start."""

import shutil
import time
from pathlib import Path

AGE_S = 24 * 3600
"""Nothing in scratch is worked on for a day, so what is older belongs to nobody; what is younger may be
another process's, which shares the folder."""


def remove_leftovers(folder: Path, pattern: str) -> None:
    """Removes the files and folders of `folder` that match the pattern and have not changed for AGE_S."""
    for left in folder.glob(pattern):
        if left.stat().st_mtime > time.time() - AGE_S:
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
