"""The model registry in an object store: versions are loaded only when digests and signature agree."""

import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from libs.errors import NotFound, NotReady
from services.scoring import artifact, model, signing
from services.scoring.domain import DigestMismatch, ModelNotFound, Store, Untrusted, VersionTaken
from services.scoring.model import Metadata, Model

CURRENT = "CURRENT"
KEYS = "keys"

log = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Listed:
    """A version that verified. digest: SHA-256 of its manifest, hex. card: Markdown."""

    metadata: Metadata
    digest: str
    card: str


class StoreRing:
    """The public keys that lie in the registry itself.

    Who can write there can add a key: where the bucket is shared, give scoring a folder of its own instead.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def public_keys(self) -> Mapping[str, bytes]:
        keys = [item.key for item in self._store.list(f"{KEYS}/") if item.key.endswith(".pub")]
        return {key.rsplit("/", 1)[-1].removesuffix(".pub"): self._store.get(key) for key in sorted(keys)}


class NoKey(NotReady):
    """There is no key with which trained models could be signed."""


class Registry:
    """Versions under `<family>/<version>/`, and `<family>/CURRENT` naming the one in use.

    models_max: loaded models kept, by digest; the least recently used goes. threads: per loaded model.
    """

    def __init__(
        self,
        store: Store,
        ring: signing.Ring,
        *,
        models_max: int = 8,
        threads: int = 1,
        deployment_key: Path | None = None,
    ) -> None:
        self._store = store
        self._ring = ring
        self._models_max = models_max
        self._threads = threads
        self._key_path = deployment_key
        self._loaded: OrderedDict[str, Model] = OrderedDict()
        self._lock = threading.Lock()

    def current(self, family: str) -> str:
        """The version in use. Raises ModelNotFound."""
        data = self._get(f"{_named(family)}/{CURRENT}", f"model family '{family}' has no current version")
        return data.decode(errors="replace").strip()

    def load(self, family: str, version: str = "", digest: str = "") -> Model:
        """The version, verified anew each time; its trees are read once and kept.

        version: empty for the current one. digest: of the manifest; empty if not pinned.
        Raises ModelNotFound, DigestMismatch, or a child of Untrusted.
        """
        version = version or self.current(family)
        manifest, found = self._verified(family, version)
        if digest and digest != found:
            raise DigestMismatch(f"{family}/{version} has digest {found[:12]}…; the pinned one is {digest[:12]}…")
        with self._lock:
            if found not in self._loaded:
                self._loaded[found] = self._read(manifest, found)
            self._loaded.move_to_end(found)
            while len(self._loaded) > self._models_max:
                self._loaded.popitem(last=False)
            return self._loaded[found]

    def versions(self, family: str) -> list[Listed]:
        """Every version of the family that verifies, the current one first, then by name.

        Builds are reproducible and bear no time, so names give the only other order. A version that does not
        verify is logged and left out, so that it cannot stand in the way of the others; the current one must.
        Raises ModelNotFound, Untrusted.
        """
        prefix = f"{_named(family)}/"
        names = {item.key.removeprefix(prefix).split("/")[0] for item in self._store.list(prefix)} - {CURRENT}
        if not names:
            raise ModelNotFound(f"the registry has no model family '{family}'")
        current = self.current(family)
        others = (self._listed_or_none(family, name) for name in sorted(names - {current}))
        return [self._listed(family, current), *filter(None, others)]

    def publish(self, family: str, version: str, files: Mapping[str, bytes], key: Ed25519PrivateKey) -> str:
        """Signs and stores a version; its digest. The same version again is left as it is.

        files: from artifact.bundle. Raises VersionTaken if other content has the name.
        """
        prefix = f"{_named(family)}/{_named(version)}"
        manifest = files[artifact.MANIFEST]
        if self._or(f"{prefix}/{artifact.MANIFEST}", manifest) != manifest:
            raise VersionTaken(f"{family}/{version} is in the registry with other content; remove it first")
        for name in sorted(set(files) - {artifact.MANIFEST}):
            self._store.put(f"{prefix}/{name}", files[name])
        self._store.put(f"{prefix}/{artifact.SIGNATURE}", signing.signature(manifest, key))
        # The manifest comes last: without it the version is not there yet.
        self._store.put(f"{prefix}/{artifact.MANIFEST}", manifest)
        return artifact.sha256(manifest)

    def deployment_key(self) -> Ed25519PrivateKey:
        """The key that signs what is trained here, and that the ring trusts. Raises NoKey."""
        if self._key_path is None:
            raise NoKey("no key to sign trained models with; set RETAINWISE_SCORING_DEPLOYMENT_KEY to its path")
        key = signing.release_key(self._key_path)
        name = signing.key_id(key.public_key())
        if name not in self._ring.public_keys():
            self._store.put(f"{KEYS}/{name}.pub", signing.public_pem(key.public_key()))
        return key

    def promote(self, family: str, version: str) -> None:
        """Makes a version the current one, by compare-and-swap. Raises ModelNotFound, Untrusted, Conflict."""
        self._verified(family, version)
        key = f"{family}/{CURRENT}"
        try:
            tag = self._store.head(key).etag
        except NotFound:
            self._store.put(key, f"{version}\n".encode(), if_absent=True)
            return
        self._store.put(key, f"{version}\n".encode(), if_match=tag)

    def _verified(self, family: str, version: str) -> tuple[artifact.Manifest, str]:
        """The manifest and its digest, signed by a trusted key for this very name."""
        prefix = f"{_named(family)}/{_named(version)}"
        data = self._get(f"{prefix}/{artifact.MANIFEST}", f"the registry has no model version {family}/{version}")
        try:
            signed = self._store.get(f"{prefix}/{artifact.SIGNATURE}")
        except NotFound as error:
            raise signing.NotSigned(f"model version {family}/{version} is not signed") from error
        signing.verify(data, signed, self._ring)
        return artifact.manifest_of(data, family, version), artifact.sha256(data)

    def _read(self, manifest: artifact.Manifest, digest: str) -> Model:
        # All files are checked, also those that scoring does not read: a half-true version is not a version.
        files = {name: self._file(manifest, name) for name in sorted(manifest.files)}
        loaded = model.read(
            files[manifest.model], files[artifact.METADATA], digest, self._threads, files.get(artifact.SPREAD)
        )
        stated = (loaded.metadata.family, loaded.metadata.version)
        if stated != (manifest.family, manifest.version):
            raise artifact.ForeignName(f"{manifest.family}/{manifest.version} has the metadata of {'/'.join(stated)}")
        return loaded

    def _listed_or_none(self, family: str, version: str) -> Listed | None:
        try:
            return self._listed(family, version)
        except (ModelNotFound, Untrusted) as error:
            log.warning("a model version is left out", extra={"version": version, "error": type(error).__name__})
            return None

    def _listed(self, family: str, version: str) -> Listed:
        manifest, digest = self._verified(family, version)
        metadata = Metadata.from_bytes(self._file(manifest, artifact.METADATA))
        return Listed(metadata, digest, self._file(manifest, artifact.CARD).decode())

    def _file(self, manifest: artifact.Manifest, name: str) -> bytes:
        missing = f"{name} of model version {manifest.family}/{manifest.version} is missing"
        data = self._get(f"{manifest.family}/{manifest.version}/{name}", missing)
        return artifact.check_file(manifest, name, data)

    def _get(self, key: str, missing: str) -> bytes:
        try:
            return self._store.get(key)
        except NotFound as error:
            raise ModelNotFound(missing) from error

    def _or(self, key: str, default: bytes) -> bytes:
        try:
            return self._store.get(key)
        except NotFound:
            return default


def _named(name: str) -> str:
    """The name, if it is one that can be a folder. Raises ModelNotFound."""
    if not _NAME.fullmatch(name) or name == KEYS:
        raise ModelNotFound(f"'{name[:64]}' is not the name of a model family or version")
    return name
