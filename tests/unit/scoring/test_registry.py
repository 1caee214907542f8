"""The registry: what is whole and signed loads; every tampering is refused, by kind."""

import json
import shutil
from pathlib import Path

import pytest

from libs.errors import Conflict, Forbidden, NotFound, kind_of
from libs.objects.local import LocalStore
from services.scoring import artifact, signing
from services.scoring.domain import DigestMismatch, ModelNotFound, NotAModel, UnexpectedFeatures, VersionTaken
from services.scoring.registry import NoKey, Registry, StoreRing
from services.scoring.versions import KEYS

FAMILY = "baseline-telecom"


def opened(folder: Path) -> Registry:
    """A registry over the folder, with nothing loaded yet."""
    store = LocalStore(folder)
    return Registry(store, StoreRing(store))


def current(folder: Path) -> Path:
    """The folder of the family's current version."""
    return folder / FAMILY / opened(folder).current(FAMILY)


def resign(folder: Path, **files: bytes) -> None:
    """Puts files into the version, with sums, manifest and a signature of the real key: an insider's doing."""
    version = current(folder)
    names = (artifact.MODEL, artifact.METADATA, artifact.CARD)
    content = {name: (version / name).read_bytes() for name in (*names, artifact.SPREAD)}
    content |= {name.replace("_", "."): data for name, data in files.items()}
    more = {artifact.SPREAD: content[artifact.SPREAD]}
    bundle = artifact.bundle(FAMILY, version.name, *(content[name] for name in names), more)
    for name, data in bundle.items():
        (version / name).write_bytes(data)
    key = signing.private_key(folder / KEYS / "release.key")
    (version / artifact.SIGNATURE).write_bytes(signing.signature(bundle[artifact.MANIFEST], key))


def test_current_loads_by_default_and_by_pin(registry: Registry) -> None:
    """A pinned digest that agrees gives the very same loaded model."""
    model = registry.load(FAMILY)
    assert model is registry.load(FAMILY, model.metadata.version, model.digest)
    assert FAMILY == model.metadata.family


@pytest.mark.parametrize("name", [artifact.MODEL, artifact.METADATA, artifact.CARD, artifact.SUMS])
def test_a_flipped_byte_is_refused(copied: Path, name: str) -> None:
    """In any file of the version, read by scoring or not."""
    path = current(copied) / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(artifact.ChangedFile, match=name) as caught:
        opened(copied).load(FAMILY)
    assert Forbidden is kind_of(caught.value)


def test_a_changed_manifest_is_refused(copied: Path) -> None:
    """The signature is over its bytes."""
    path = current(copied) / artifact.MANIFEST
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(signing.BadSignature):
        opened(copied).load(FAMILY)


def test_a_missing_signature_is_refused(copied: Path) -> None:
    """Unsigned is untrusted."""
    (current(copied) / artifact.SIGNATURE).unlink()
    with pytest.raises(signing.NotSigned):
        opened(copied).load(FAMILY)


def test_a_key_that_is_not_trusted_is_refused(copied: Path, tmp_path: Path) -> None:
    """A ring of scoring's own does not look into the registry's keys."""
    registry = Registry(LocalStore(copied), signing.FolderRing(tmp_path / "elsewhere"))
    with pytest.raises(signing.UnknownKey):
        registry.load(FAMILY)


def test_an_old_version_under_a_new_name_is_refused(copied: Path) -> None:
    """The signed manifest names its version."""
    shutil.copytree(current(copied), copied / FAMILY / "000000000000")
    with pytest.raises(artifact.ForeignName):
        opened(copied).load(FAMILY, "000000000000")


def test_another_familys_version_is_refused(copied: Path) -> None:
    """The signed manifest names its family."""
    shutil.copytree(current(copied), copied / "baseline-saas" / current(copied).name)
    with pytest.raises(artifact.ForeignName):
        opened(copied).load("baseline-saas", current(copied).name)


def test_metadata_of_another_version_are_refused(copied: Path) -> None:
    """Even when signed: they must name what the manifest names."""
    metadata = (current(copied) / artifact.METADATA).read_bytes().replace(FAMILY.encode(), b"somebody-elses")
    resign(copied, metadata_json=metadata)
    with pytest.raises(artifact.ForeignName):
        opened(copied).load(FAMILY)


def test_a_signed_pickle_is_refused(copied: Path) -> None:
    """No signature makes code out of data."""
    resign(copied, model_ubj=b"\x80\x04\x95cos\nsystem\n.")
    with pytest.raises(NotAModel, match="pickle"):
        opened(copied).load(FAMILY)


@pytest.mark.parametrize("data", [b"", b"{", b"not a model"])
def test_a_file_that_is_no_model_is_refused(copied: Path, data: bytes) -> None:
    """With one clear sentence, not the parser's."""
    resign(copied, model_ubj=data)
    with pytest.raises(NotAModel, match="XGBoost"):
        opened(copied).load(FAMILY)


def test_a_manifest_that_names_other_files_is_refused(copied: Path) -> None:
    """A model.pkl in place of model.ubj is not looked at."""
    version = current(copied)
    fields = json.loads((version / artifact.MANIFEST).read_bytes())
    fields["files"]["model.pkl"] = fields["files"].pop(artifact.MODEL)
    data = json.dumps(fields).encode()
    (version / artifact.MANIFEST).write_bytes(data)
    key = signing.private_key(copied / KEYS / "release.key")
    (version / artifact.SIGNATURE).write_bytes(signing.signature(data, key))
    with pytest.raises(NotAModel, match=r"model\.pkl"):
        opened(copied).load(FAMILY)


def test_an_unexpected_feature_list_is_refused(copied: Path) -> None:
    """The trees and the metadata must speak of the same columns."""
    fields = json.loads((current(copied) / artifact.METADATA).read_bytes())
    fields["features"] = [fields["features"][1], fields["features"][0], *fields["features"][2:]]
    resign(copied, metadata_json=json.dumps(fields).encode())
    with pytest.raises(UnexpectedFeatures):
        opened(copied).load(FAMILY)


@pytest.mark.parametrize("column", ["customer_id", "churned", "no_such_column"])
def test_a_feature_that_no_model_may_read_is_refused(copied: Path, column: str) -> None:
    """Identity and label are no features."""
    fields = json.loads((current(copied) / artifact.METADATA).read_bytes())
    fields["features"][0]["columns"] = [column]
    resign(copied, metadata_json=json.dumps(fields).encode())
    with pytest.raises(UnexpectedFeatures, match=column):
        opened(copied).load(FAMILY)


def test_a_calibration_that_turns_the_ranking_is_refused(copied: Path) -> None:
    """A slope below zero is no calibration."""
    fields = json.loads((current(copied) / artifact.METADATA).read_bytes())
    fields["calibration"]["slope"] = -1.0
    resign(copied, metadata_json=json.dumps(fields).encode())
    with pytest.raises(NotAModel):
        opened(copied).load(FAMILY)


def test_another_digest_than_the_pinned_one_is_a_conflict(registry: Registry) -> None:
    """The version moved since the job pinned it."""
    with pytest.raises(DigestMismatch) as caught:
        registry.load(FAMILY, digest="0" * 64)
    assert Conflict is kind_of(caught.value)


@pytest.mark.parametrize(
    ("family", "version"), [("nobody", ""), (FAMILY, "000000000000"), ("../keys", ""), ("keys", "")]
)
def test_what_is_not_there_is_not_found(registry: Registry, family: str, version: str) -> None:
    """Nor are names that could leave the registry."""
    with pytest.raises(ModelNotFound) as caught:
        registry.load(family, version)
    assert NotFound is kind_of(caught.value)


def test_a_missing_file_is_not_found(copied: Path) -> None:
    """The sentence names it."""
    (current(copied) / artifact.MODEL).unlink()
    with pytest.raises(ModelNotFound, match=artifact.MODEL):
        opened(copied).load(FAMILY)


def test_loaded_models_are_bounded(models_dir: Path) -> None:
    """With room for one, the second pushes the first out, and it loads again."""
    store = LocalStore(models_dir)
    registry = Registry(store, StoreRing(store), models_max=1)
    first = registry.load(FAMILY)
    registry.load("baseline-saas")
    assert first is not registry.load(FAMILY)


def test_versions_are_listed_with_card_and_figures(registry: Registry) -> None:
    """One each, as built."""
    (listed,) = registry.listing(FAMILY).versions
    assert registry.current(FAMILY) == listed.metadata.version
    assert listed.card.startswith("# Telecom baseline")
    with pytest.raises(ModelNotFound):
        registry.listing("nobody")


def test_a_bad_version_does_not_hide_the_good_ones(copied: Path) -> None:
    """It is left out of the list; the current one is still there, and still loads."""
    shutil.copytree(current(copied), copied / FAMILY / "000000000000")
    registry = opened(copied)
    assert [current(copied).name] == [listed.metadata.version for listed in registry.listing(FAMILY).versions]
    assert current(copied).name == registry.load(FAMILY).metadata.version
    (refused,) = registry.listing(FAMILY).refused
    assert "000000000000" == refused.version
    assert "is signed as" in refused.reason


def test_publishing_again_is_safe_and_other_content_is_not(copied: Path) -> None:
    """The same files are left as they are; others under the same name are refused."""
    registry = opened(copied)
    version = current(copied)
    key = signing.private_key(copied / KEYS / "release.key")
    files = {name: (version / name).read_bytes() for name in (artifact.MODEL, *artifact.REQUIRED, artifact.MANIFEST)}
    assert registry.load(FAMILY).digest == registry.publish(FAMILY, version.name, files, key)
    other = artifact.bundle(FAMILY, version.name, b"{", b"{}", b"")
    with pytest.raises(VersionTaken):
        registry.publish(FAMILY, version.name, other, key)


def test_promotion_needs_a_version_that_verifies(copied: Path) -> None:
    """CURRENT never names what cannot be loaded."""
    registry = opened(copied)
    with pytest.raises(ModelNotFound):
        registry.promote(FAMILY, "000000000000")
    registry.promote(FAMILY, current(copied).name)
    assert current(copied).name == registry.current(FAMILY)


def test_two_promotions_at_once_one_wins(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other is told that CURRENT moved."""
    store = LocalStore(copied)
    registry = Registry(store, StoreRing(store))
    plain = store.head

    def overtaken(key: str) -> object:
        seen = plain(key)
        store.put(key, b"somebody-elses\n")
        return seen

    monkeypatch.setattr(store, "head", overtaken)
    with pytest.raises(Conflict):
        registry.promote(FAMILY, current(copied).name)


def test_the_deployment_key_is_made_once_and_trusted(copied: Path) -> None:
    """Its public half goes on the registry's own ring; the private one stays where the path says."""
    path, store = copied / KEYS / "deployment.key", LocalStore(copied)
    registry = Registry(store, StoreRing(store), deployment_key=path)
    key = registry.deployment_key()
    assert key.private_bytes_raw() == registry.deployment_key().private_bytes_raw()
    assert 0o600 == path.stat().st_mode & 0o777
    assert signing.key_id(key.public_key()) in StoreRing(store).public_keys()


def test_a_key_that_nobody_trusts_is_told_before_it_signs(copied: Path, tmp_path: Path) -> None:
    """A ring of scoring's own is filled by people; and without a path there is no key."""
    store, ring = LocalStore(copied), signing.FolderRing(tmp_path)
    registry = Registry(store, ring, deployment_key=tmp_path / "deployment.key")
    with pytest.raises(NoKey, match=r"\.pub"):
        registry.deployment_key()
    key = signing.private_key(tmp_path / "deployment.key")
    (tmp_path / f"{signing.key_id(key.public_key())}.pub").write_bytes(signing.public_pem(key.public_key()))
    assert key.private_bytes_raw() == registry.deployment_key().private_bytes_raw()
    with pytest.raises(NoKey, match="DEPLOYMENT_KEY"):
        Registry(store, ring).deployment_key()
