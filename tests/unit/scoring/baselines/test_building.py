"""Building: reproducible to the byte, and versions that name what they are made of."""

from dataclasses import replace
from pathlib import Path

from services.scoring import artifact
from services.scoring.baselines import telecom
from services.scoring.baselines.building import Built, version_id
from services.scoring.promotion import Current


def test_a_second_build_has_the_same_bytes(models_dir: Path, rebuilt: Built) -> None:
    """Another process, the same files; the signature's key alone may differ."""
    folder = models_dir / telecom.FAMILY / rebuilt.metadata.version
    assert {name: (folder / name).read_bytes() for name in rebuilt.files} == rebuilt.files
    assert {artifact.MODEL, *artifact.REQUIRED, artifact.SPREAD, artifact.MANIFEST} == set(rebuilt.files)


def test_the_version_follows_data_and_recipe() -> None:
    """Whatever decides the model decides its name."""
    baseline = telecom.baseline()
    data = replace(baseline.examples, labels=1 - baseline.examples.labels)
    others = [replace(baseline, examples=data), replace(baseline, recipe=replace(baseline.recipe, rounds=201))]
    assert 3 == len({version_id(each) for each in (baseline, *others)})
    assert 12 == len(version_id(baseline))


def test_the_sums_can_be_checked_by_hand(models_dir: Path) -> None:
    """SHA256SUMS is what `sha256sum -c` reads."""
    version = Current.from_bytes((models_dir / telecom.FAMILY / "CURRENT").read_bytes()).version
    folder = models_dir / telecom.FAMILY / version
    lines = (folder / artifact.SUMS).read_text().splitlines()
    assert [f"{artifact.sha256((folder / line[66:]).read_bytes())}  {line[66:]}" for line in lines] == lines


def test_the_private_key_is_private(models_dir: Path) -> None:
    """Only its owner reads it, and its public half lies beside it."""
    assert 0o600 == (models_dir / "keys" / "release.key").stat().st_mode & 0o777
    assert 1 == len(list((models_dir / "keys").glob("*.pub")))
