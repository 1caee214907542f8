"""What belongs to one living process, and what the dead left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from services.gateway.leftovers import OwnFolder, remove_leftovers

ROOT = Path(__file__).parents[3]

HOLDER = """
import sys, time
from pathlib import Path
from services.gateway.leftovers import OwnFolder
folder = OwnFolder(Path(sys.argv[1]), "work-")
(folder.path / "inside").write_text("x")
print(folder.path, flush=True)
time.sleep(60)
"""


def test_only_files_that_are_old_and_match_go(tmp_path: Path) -> None:
    """Young ones may be another process's."""
    for name in ("upload-old", "upload-young", "other-old"):
        (tmp_path / name).write_text("x")
    for name in ("upload-old", "other-old"):
        os.utime(tmp_path / name, (1, 1))
    remove_leftovers(tmp_path, "upload-*")
    assert ["other-old", "upload-young"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    """The first start finds nothing."""
    remove_leftovers(tmp_path / "none", "*")
    assert [] == list(tmp_path.iterdir())


def test_a_living_process_keeps_its_folder_and_a_killed_one_does_not(tmp_path: Path) -> None:
    """However old the folder: what counts is whether its owner lives."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert holder.stdout is not None
    held = Path(holder.stdout.readline().strip())
    os.utime(held, (1, 1))

    first = OwnFolder(tmp_path, "work-")
    assert (held / "inside").exists()

    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    second = OwnFolder(tmp_path, "work-")
    assert sorted([first.path, second.path]) == sorted(tmp_path.iterdir())

    first.remove()
    second.remove()
    assert [] == list(tmp_path.iterdir())
