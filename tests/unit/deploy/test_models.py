"""Models reach a data folder whole, without the key that signs, and without undoing a person's choice."""

from pathlib import Path

import pytest

from deploy.local.models import add_models


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What `make models` leaves: one family, one version, both keys."""
    folder = tmp_path / "built"
    write(folder, "baseline/v1/model.ubj", "first")
    write(folder, "baseline/CURRENT", "v1")
    write(folder, "keys/abc.pub", "public")
    write(folder, "keys/release.key", "private")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    """Writes a small file below the folder."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def files(folder: Path) -> dict[str, str]:
    """All files below the folder with their text."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_the_private_key_stays_behind(built: Path, tmp_path: Path) -> None:
    """Versions, CURRENT and public keys are copied, and nothing else."""
    add_models(built, tmp_path / "models")
    assert {"baseline/v1/model.ubj": "first", "baseline/CURRENT": "v1", "keys/abc.pub": "public"} == files(
        tmp_path / "models"
    )


def test_a_new_version_is_taken(built: Path, tmp_path: Path) -> None:
    """A folder made with an older release gets the new version beside the old one, and uses it."""
    add_models(built, tmp_path / "models")
    write(built, "baseline/v2/model.ubj", "second")
    write(built, "baseline/CURRENT", "v2")
    add_models(built, tmp_path / "models")
    assert "v2" == files(tmp_path / "models")["baseline/CURRENT"]
    assert "first" == files(tmp_path / "models")["baseline/v1/model.ubj"]


def test_a_choice_of_version_is_kept(built: Path, tmp_path: Path) -> None:
    """Starting again without new versions leaves CURRENT as a person set it."""
    add_models(built, tmp_path / "models")
    write(tmp_path / "models", "baseline/CURRENT", "v0")
    add_models(built, tmp_path / "models")
    assert "v0" == files(tmp_path / "models")["baseline/CURRENT"]
