"""What killed processes left in scratch folders."""

import os
from pathlib import Path

from services.gateway.leftovers import remove_leftovers


def test_only_what_is_old_and_matches_goes(tmp_path: Path) -> None:
    """Files and folders alike; young ones may be another process's."""
    for name in ("work-old/inside", "work-young/inside", "other-old/inside"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("x")
    (tmp_path / "work-file").write_text("x")
    for name in ("work-old", "other-old", "work-file"):
        os.utime(tmp_path / name, (1, 1))
    remove_leftovers(tmp_path, "work-*")
    assert ["other-old", "work-young"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    """The first start finds nothing."""
    remove_leftovers(tmp_path / "none", "*")
