"""The model registry in an object store: which version serves, which are there, and what becomes current."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from libs.errors import Conflict, NotFound, NotReady, Unavailable
from services.scoring import promotion, signing
from services.scoring.domain import BASELINES, DigestMismatch, ModelNotFound, Store, Untrusted
from services.scoring.memory import Memory, Recent
from services.scoring.model import Model
from services.scoring.promotion import Current
from services.scoring.versions import KEYS, Listed, Versions, named

CURRENT = "CURRENT"

RECENT_MAX = 1024
"""Families whose CURRENT, and versions whose metadata and card, are kept; some KiB each."""

log = logging.getLogger(__name__)


class NoKey(NotReady):
    """There is no key to sign trained models with, or nobody trusts it."""


class PromotionLost(Conflict):
    """Another version is current than the caller thought, or was made so meanwhile."""


@dataclass(frozen=True)
class Moved:
    """What a promotion or a step back did. previous: empty if no version was current."""

    current: str
    previous: str


@dataclass(frozen=True)
class Refused:
    """A version that is there and does not verify, and why."""

    version: str
    reason: str


@dataclass(frozen=True)
class Listing:
    """A family. serving: the version that unnamed requests get. record: of what was current, and who made it so."""

    versions: tuple[Listed, ...]
    serving: str
    record: Current
    refused: tuple[Refused, ...] = ()


class StoreRing:
    """The public keys that lie in the registry itself.

    Who can write there can add a key: where the bucket is shared, give scoring a folder of its own instead.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def public_keys(self) -> Mapping[str, bytes]:
        keys = [item.key for item in self._store.list(f"{KEYS}/") if item.key.endswith(".pub")]
        return {key.rsplit("/", 1)[-1].removesuffix(".pub"): self._store.get(key) for key in sorted(keys)}

    def add(self, key_id: str, pem: bytes) -> None:
        """Trusts what the key signs from now on."""
        self._store.put(f"{KEYS}/{key_id}.pub", pem)


class Registry:
    """Versions under `<family>/<version>/`, and `<family>/CURRENT` with the one in use and its history.

    models_max: loaded models kept; the least recently used goes. threads: per loaded model.
    refresh_s: how long a version counts as verified, and CURRENT as read; 0 looks at every call.
    deployment_key: the private key for trained models, made there when first wanted; None: this registry signs none.
    """

    def __init__(
        self,
        store: Store,
        ring: signing.Ring,
        *,
        models_max: int = 8,
        threads: int = 1,
        refresh_s: float = 0.0,
        deployment_key: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._ring = ring
        self._versions = Versions(store, ring, threads)
        self._memory = Memory(self._versions, ring, models_max=models_max, refresh_s=refresh_s, clock=clock)
        self._refresh_s = refresh_s
        self._key_path = deployment_key
        self._clock = clock
        self._records: Recent[str, tuple[Current, float]] = Recent(RECENT_MAX)
        self._listed: Recent[str, Listed] = Recent(RECENT_MAX)

    def current(self, family: str) -> str:
        """The version that CURRENT names now; empty once the family was taken out of use.

        Raises ModelNotFound, BadCurrent.
        """
        return self._record(family).version

    def load(self, family: str, version: str = "", digest: str = "") -> Model:
        """The version, ready to score.

        version: empty for the current one; while that does not verify, the nearest before it that does serves, and
            the log says so. digest: of the manifest; empty if not pinned.
        Raises ModelNotFound, DigestMismatch, or a child of Untrusted.
        """
        model = self._memory.model(family, version) if version else self._serving(family, self._recent_record(family))
        if digest and digest != model.digest:
            raise DigestMismatch(
                f"{family}/{model.metadata.version} has digest {model.digest[:12]}…; the pinned one is {digest[:12]}…"
            )
        return model

    def listing(self, family: str, *, current_only: bool = False) -> Listing:
        """Every version of the family that verifies, the serving one first, then by name; or the serving one alone.

        Builds are reproducible and bear no time, so names give the only other order. A version that does not
        verify cannot stand in the way of the others: it is told apart. A family of which no version was ever made
        current, or that was taken out of use, has none serving; asked for that one alone, it is not found.
        Raises ModelNotFound, Untrusted.
        """
        names = set() if current_only else self._versions.names(family)
        try:
            record = self._recent_record(family, age_s=0)
        except ModelNotFound:
            if current_only:
                raise
            record = Current("")  # trained, and nothing was put to use yet
        in_use = current_only or record.version
        serving = self._serving(family, record).metadata.version if in_use else ""
        versions, refused = [self._listed_of(family, serving)] if serving else [], []
        for name in sorted(names - {serving}):
            try:
                versions.append(self._listed_of(family, name))
            except (ModelNotFound, Untrusted) as error:
                log.warning("a model version is left out", extra={"version": name, "error": type(error).__name__})
                refused.append(Refused(name, error.message))
        return Listing(tuple(versions), serving, record, tuple(refused))

    def publish(self, family: str, version: str, files: Mapping[str, bytes], key: Ed25519PrivateKey) -> str:
        """Signs and stores a version; its digest. The same version again is left as it is.

        files: from artifact.bundle. Raises VersionTaken if other content has the name.
        """
        return self._versions.publish(family, version, files, key)

    def deployment_key(self) -> Ed25519PrivateKey:
        """The key that signs what is trained here, and that the ring trusts.

        Raises NoKey; so ask before the work begins.
        """
        if self._key_path is None:
            raise NoKey("no key to sign trained models with; set RETAINWISE_SCORING_DEPLOYMENT_KEY to its path")
        key = signing.private_key(self._key_path)
        name = signing.key_id(key.public_key())
        if name not in self._ring.public_keys():
            if not isinstance(self._ring, StoreRing):
                raise NoKey(f"trained models would not be trusted; put {name}.pub into the folder of trusted keys")
            self._ring.add(name, signing.public_pem(key.public_key()))
        return key

    def promote(self, family: str, version: str, *, expected: str = "", actor: str = "", at: str = "") -> Moved:
        """Makes a version the current one, by compare-and-swap, once all of it verified.

        expected: the version thought to be current; empty if not thought of. actor, at: for the history.
        Raises ModelNotFound, Untrusted, PromotionLost.
        """
        digest = self._memory.read_anew(named(family), named(version)).digest

        def change(before: Current | None) -> Current:
            if before is not None and before.version == version and before.digest in ("", digest):
                return before
            return promotion.promoted(before, version, digest, actor, at)

        return self._move(family, expected, change)

    def roll_back(self, family: str, *, expected: str = "", actor: str = "", at: str = "") -> Moved:
        """Makes the version before the current one current again; before the first of a tenant's is the baseline.

        Then the tenant's family is out of use. A baseline, which has nothing behind it, never is.
        Raises as `promote`, and NothingEarlier.
        """

        def change(before: Current | None) -> Current:
            if before is None:
                raise _none_current(family)
            after = promotion.rolled_back(before, actor, at)
            if after.version:
                _same(self._memory.read_anew(family, after.version), after.digest)
            elif family.startswith(BASELINES):
                raise promotion.NothingEarlier(
                    f"no version was current before {before.version}; promote the one that should be"
                )
            return after

        return self._move(family, expected, change)

    def _move(self, family: str, expected: str, change: Callable[[Current | None], Current]) -> Moved:
        key = f"{named(family)}/{CURRENT}"
        # The tag is read before the record: whoever writes between the two makes the swap below fail.
        try:
            tag: str | None = self._store.head(key).etag
            before: Current | None = _legible(self._store.get(key))
        except NotFound:
            tag, before = None, None
        found = before.version if before else ""
        if expected and expected != found:
            raise PromotionLost(f"the current version is {found or 'none'}, not {expected}; look again, then decide")
        after = change(before)
        if after is not before:
            self._swap(key, after.to_bytes(), tag)
        self._records.drop(family)
        return Moved(after.version, after.changes[-1].previous if after.changes else "")

    def _swap(self, key: str, data: bytes, tag: str | None) -> None:
        try:
            self._store.put(key, data, if_match=tag, if_absent=tag is None)
        except Conflict as error:
            # A store whose answer to a write got lost on the way refuses the second try of it.
            if self._store.get(key) != data:
                raise PromotionLost("another version was made current meanwhile; look again, then decide") from error

    def _record(self, family: str) -> Current:
        """CURRENT as it is in the store. Raises ModelNotFound, BadCurrent."""
        missing = _none_current(family).message
        return Current.from_bytes(self._versions.stored(f"{named(family)}/{CURRENT}", missing))

    def _recent_record(self, family: str, age_s: float | None = None) -> Current:
        """CURRENT, read at most age_s ago (None: refresh_s); an older one while the store fails or holds no record."""
        known = self._records.get(family)
        if known is not None and self._clock() - known[1] < (self._refresh_s if age_s is None else age_s):
            return known[0]
        try:
            record = self._record(family)
        except (Untrusted, Unavailable) as error:
            if known is None:
                raise
            log.error("CURRENT cannot be read; it stays as it was", extra={"error": type(error).__name__})
            record = known[0]
        self._records.put(family, (record, self._clock()))
        return record

    def _serving(self, family: str, record: Current) -> Model:
        """The current version; while it does not verify, the nearest before it that does. Raises ModelNotFound."""
        if not record.version:
            raise _none_current(family)
        first: ModelNotFound | Untrusted | DigestMismatch | None = None
        for version in dict.fromkeys((record.version, *record.earlier)):
            try:
                return _same(self._memory.model(family, version), record.digest_of(version))
            except (ModelNotFound, Untrusted, DigestMismatch) as error:
                log.error(
                    "a current version is refused; the one before it serves, if there is one",
                    extra={"family": family, "version": version, "error": type(error).__name__},
                )
                first = first or error
        assert first is not None
        raise first

    def _listed_of(self, family: str, version: str) -> Listed:
        signed = self._versions.signed(family, version)
        known = self._listed.get(signed.digest)
        if known is None:
            known = self._versions.listed(signed)
            self._listed.put(signed.digest, known)
        return known


def _none_current(family: str) -> ModelNotFound:
    return ModelNotFound(f"model family '{family}' has no current version")


def _same(model: Model, digest: str) -> Model:
    """The model, if it is what was promoted. digest: empty if not known. Raises DigestMismatch."""
    if digest and digest != model.digest:
        name = f"{model.metadata.family}/{model.metadata.version}"
        raise DigestMismatch(f"{name} is not the version that was promoted under that name")
    return model


def _legible(data: bytes) -> Current | None:
    """None for what is no record: promoting a version mends it."""
    try:
        return Current.from_bytes(data)
    except promotion.BadCurrent:
        log.error("CURRENT is no record of a version in use; its history is lost")
        return None
