"""The versions in the registry's store: whole, signed and of the name they lie under, or refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from libs.errors import NotFound
from services.scoring import artifact, model, signing
from services.scoring.domain import ModelNotFound, Store, VersionTaken
from services.scoring.model import Metadata, Model

KEYS = "keys"
"""Folder of the public keys; no family may have the name."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Signed:
    """A manifest that a trusted key signed for this very name. digest: its SHA-256, hex. key_id: of that key."""

    manifest: artifact.Manifest
    digest: str
    key_id: str


@dataclass(frozen=True)
class Listed:
    """A version that verified. digest: SHA-256 of its manifest, hex. card: Markdown."""

    metadata: Metadata
    digest: str
    card: str


class Versions:
    """Reads and writes `<family>/<version>/`. threads: per model read."""

    def __init__(self, store: Store, ring: signing.Ring, threads: int) -> None:
        self._store = store
        self._ring = ring
        self._threads = threads

    def names(self, family: str) -> set[str]:
        """Of the family's folders, whatever is in them. Raises ModelNotFound if there is none."""
        prefix = f"{named(family)}/"
        keys = [item.key.removeprefix(prefix) for item in self._store.list(prefix)]
        found = {key.split("/")[0] for key in keys if "/" in key}
        if not found:
            raise ModelNotFound(f"the registry has no model family '{family}'")
        return found

    def signed(self, family: str, version: str) -> Signed:
        """Raises ModelNotFound, Untrusted."""
        prefix = f"{named(family)}/{named(version)}"
        data = self.stored(f"{prefix}/{artifact.MANIFEST}", f"the registry has no model version {family}/{version}")
        try:
            signature = self._store.get(f"{prefix}/{artifact.SIGNATURE}")
        except NotFound as error:
            raise signing.NotSigned(f"model version {family}/{version} is not signed") from error
        key_id = signing.verify(data, signature, self._ring)
        return Signed(artifact.manifest_of(data, family, version), artifact.sha256(data), key_id)

    def model(self, signed: Signed) -> Model:
        """The version, every file of it checked, also those that scoring does not read: a half-true version is none.

        Raises ModelNotFound, Untrusted.
        """
        manifest = signed.manifest
        self._check_no_more(manifest)
        files = {name: self._file(manifest, name) for name in sorted(manifest.files)}
        loaded = model.read(
            files[manifest.model], files[artifact.METADATA], signed.digest, self._threads, files.get(artifact.SPREAD)
        )
        stated = (loaded.metadata.family, loaded.metadata.version)
        if stated != (manifest.family, manifest.version):
            raise artifact.ForeignName(f"{manifest.family}/{manifest.version} has the metadata of {'/'.join(stated)}")
        return loaded

    def listed(self, signed: Signed) -> Listed:
        """What a list says of the version. Raises ModelNotFound, Untrusted."""
        metadata = Metadata.from_bytes(self._file(signed.manifest, artifact.METADATA))
        return Listed(metadata, signed.digest, self._file(signed.manifest, artifact.CARD).decode())

    def publish(self, family: str, version: str, files: Mapping[str, bytes], key: Ed25519PrivateKey) -> str:
        """Signs and stores a version; its digest. The same version again is left as it is.

        files: from artifact.bundle. Raises VersionTaken if other content has the name.
        """
        prefix = f"{named(family)}/{named(version)}"
        manifest = files[artifact.MANIFEST]
        if self._or(f"{prefix}/{artifact.MANIFEST}", manifest) != manifest:
            raise VersionTaken(f"{family}/{version} is in the registry with other content; remove it first")
        for name in sorted(set(files) - {artifact.MANIFEST}):
            self._store.put(f"{prefix}/{name}", files[name])
        self._store.put(f"{prefix}/{artifact.SIGNATURE}", signing.signature(manifest, key))
        # The manifest comes last: without it the version is not there yet.
        self._store.put(f"{prefix}/{artifact.MANIFEST}", manifest)
        return artifact.sha256(manifest)

    def stored(self, key: str, missing: str) -> bytes:
        """The object. missing: what to say if there is none. Raises ModelNotFound."""
        try:
            return self._store.get(key)
        except NotFound as error:
            raise ModelNotFound(missing) from error

    def _check_no_more(self, manifest: artifact.Manifest) -> None:
        """Raises ChangedFile for a file that nobody signed: it has no business beside those that somebody did."""
        prefix = f"{manifest.family}/{manifest.version}/"
        present = {item.key.removeprefix(prefix) for item in self._store.list(prefix)}
        if odd := present - {*manifest.files, artifact.MANIFEST, artifact.SIGNATURE}:
            raise artifact.ChangedFile(f"{prefix[:-1]} holds files that were not signed: {', '.join(sorted(odd))}")

    def _file(self, manifest: artifact.Manifest, name: str) -> bytes:
        missing = f"{name} of model version {manifest.family}/{manifest.version} is missing"
        data = self.stored(f"{manifest.family}/{manifest.version}/{name}", missing)
        return artifact.check_file(manifest, name, data)

    def _or(self, key: str, default: bytes) -> bytes:
        try:
            return self._store.get(key)
        except NotFound:
            return default


def named(name: str) -> str:
    """The name, if it is one that can be a folder. Raises ModelNotFound."""
    if not _NAME.fullmatch(name) or name == KEYS:
        raise ModelNotFound(f"'{name[:64]}' is not the name of a model family or version")
    return name
