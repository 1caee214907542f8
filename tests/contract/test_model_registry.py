"""The model registry over both stores: what was tampered with is refused, and what served before serves on."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from libs.errors import Conflict, Forbidden, NotFound, RetainWiseError, kind_of
from libs.objects.opening import open_store
from libs.objects.store import ObjectStore
from services.scoring import artifact, signing
from services.scoring.registry import CURRENT, PromotionLost, Registry, StoreRing
from tests import small_models

FAMILY = "f0123456789abcdef"
OTHER = "f00000000000000ff"
OLD, GOOD, BAD = "old", "good", "bad"

Tamper = Callable[[ObjectStore, str, Ed25519PrivateKey], None]
"""Spoils the version below the prefix, with the key that signed it: some do more than a stranger could."""


@pytest.fixture(params=["directory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """An empty store of either kind."""
    return open_store(request.getfixturevalue("s3_url") if request.param == "s3" else (tmp_path / "store").as_uri())


@pytest.fixture
def key(tmp_path: Path) -> Ed25519PrivateKey:
    """The key that signs, and that the ring of the store trusts."""
    return signing.private_key(tmp_path / "test.key")


@pytest.fixture
def registry(store: ObjectStore, tmp_path: Path, key: Ed25519PrivateKey) -> Registry:
    """Three versions, of which GOOD is current and OLD was before; and another family's."""
    registry = opened(store)
    small_models.publish(store, registry, tmp_path, FAMILY, {OLD: 1, GOOD: 2, BAD: 3})
    small_models.publish(store, registry, tmp_path, OTHER, {BAD: 4})
    registry.promote(FAMILY, OLD)
    registry.promote(FAMILY, GOOD)
    return registry


def opened(store: ObjectStore, **options: float) -> Registry:
    """A registry over the store with nothing in memory."""
    return Registry(store, StoreRing(store), **options)  # type: ignore[arg-type]


def flipped(name: str) -> Tamper:
    """One bit of the file turns."""

    def tamper(store: ObjectStore, prefix: str, key: Ed25519PrivateKey) -> None:
        data = bytearray(store.get(f"{prefix}/{name}"))
        data[len(data) // 2] ^= 1
        store.put(f"{prefix}/{name}", bytes(data))

    return tamper


def gone(name: str) -> Tamper:
    """The file is not there."""
    return lambda store, prefix, key: store.delete(f"{prefix}/{name}")


def swapped(name: str) -> Tamper:
    """The file of another good version lies in its place."""
    return lambda store, prefix, key: put(store, f"{prefix}/{name}", store.get(f"{FAMILY}/{OLD}/{name}"))


def resigned(**changed: bytes) -> Tamper:
    """Other content, with sums, manifest and a signature of the trusted key: an insider's doing."""

    def tamper(store: ObjectStore, prefix: str, key: Ed25519PrivateKey) -> None:
        family, version = prefix.split("/")
        files = small_models.files(family, version, **changed)
        for name, data in {**files, artifact.SIGNATURE: signing.signature(files[artifact.MANIFEST], key)}.items():
            store.put(f"{prefix}/{name}", data)

    return tamper


def renamed(source: str) -> Tamper:
    """Another version, signed as it should be, lies under this name."""

    def tamper(store: ObjectStore, prefix: str, key: Ed25519PrivateKey) -> None:
        for name in (*small_models.files("any", "one"), artifact.SIGNATURE):
            store.put(f"{prefix}/{name}", store.get(f"{source}/{name}"))

    return tamper


def put(store: ObjectStore, key: str, data: bytes) -> None:
    """Stores, and answers nothing."""
    store.put(key, data)


def signed_by_a_stranger(store: ObjectStore, prefix: str, key: Ed25519PrivateKey) -> None:
    """A key that is not on the ring."""
    manifest = store.get(f"{prefix}/{artifact.MANIFEST}")
    store.put(f"{prefix}/{artifact.SIGNATURE}", signing.signature(manifest, Ed25519PrivateKey.generate()))


def disguised_as_the_key(store: ObjectStore, prefix: str, key: Ed25519PrivateKey) -> None:
    """The same, under the id of one that is."""
    manifest = store.get(f"{prefix}/{artifact.MANIFEST}")
    fields = json.loads(signing.signature(manifest, Ed25519PrivateKey.generate()))
    fields["key_id"] = signing.key_id(key.public_key())
    store.put(f"{prefix}/{artifact.SIGNATURE}", json.dumps(fields).encode())


FILES = (*small_models.files("any", "one"), artifact.SIGNATURE)
PICKLE = b"\x80\x04\x95\x1f\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."
OTHER_FEATURES = small_models.metadata(FAMILY, BAD, small_models.FEATURES[::-1]).to_bytes()
FOREIGN = small_models.metadata(OTHER, BAD).to_bytes()

TAMPERINGS: dict[str, tuple[Tamper, type[RetainWiseError], str]] = {
    **{f"flipped {name}": (flipped(name), Forbidden, "") for name in FILES},
    **{f"missing {name}": (gone(name), NotFound, name) for name in FILES if name not in ("SIGNATURE", "manifest.json")},
    "missing manifest": (gone(artifact.MANIFEST), NotFound, "no model version"),
    "missing signature": (gone(artifact.SIGNATURE), Forbidden, "not signed"),
    **{f"swapped {name}": (swapped(name), Forbidden, "") for name in FILES},
    "foreign signature": (signed_by_a_stranger, Forbidden, "not on the ring"),
    "forged signature": (disguised_as_the_key, Forbidden, "does not match"),
    "old version under a new name": (renamed(f"{FAMILY}/{OLD}"), Forbidden, "is signed as"),
    "another family's version": (renamed(f"{OTHER}/{BAD}"), Forbidden, "is signed as"),
    "another family's metadata": (resigned(metadata=FOREIGN), Forbidden, "has the metadata of"),
    "wrong features": (resigned(metadata=OTHER_FEATURES), Forbidden, "feature list"),
    "pickle": (resigned(model=PICKLE), Forbidden, "pickle"),
    "no model": (resigned(model=b"{"), Forbidden, "XGBoost"),
    "extra file": (
        lambda store, prefix, key: put(store, f"{prefix}/model.pkl", PICKLE),
        Forbidden,
        r"not signed: model\.pkl",
    ),
    "extra folder": (
        lambda store, prefix, key: put(store, f"{prefix}/code/run.py", b"print()"),
        Forbidden,
        r"not signed: code/run\.py",
    ),
}


IN_A_BUCKET = ("flipped model.ubj", "missing metadata.json", "missing manifest", "extra file", "extra folder")
"""Of each way to tamper one, where the stores might differ: what is read is verified above them, and they are slow."""


@pytest.mark.parametrize(
    ("store", "tampering"),
    [*(("directory", name) for name in TAMPERINGS), *(("s3", name) for name in IN_A_BUCKET)],
    indirect=["store"],
)
def test_what_was_tampered_with_is_refused_and_the_version_before_serves(
    store: ObjectStore, registry: Registry, key: Ed25519PrivateKey, tampering: str
) -> None:
    """By name with a sentence that says why, by promotion too; a new process goes on with the version before it."""
    tamper, kind, why = TAMPERINGS[tampering]
    registry.promote(FAMILY, BAD)
    tamper(store, f"{FAMILY}/{BAD}", key)
    restarted = opened(store)
    for refused in (lambda: restarted.load(FAMILY, BAD), lambda: restarted.promote(FAMILY, BAD)):
        with pytest.raises(kind, match=why or None) as caught:
            refused()
        assert kind is kind_of(caught.value)
    assert GOOD == restarted.load(FAMILY).metadata.version
    assert (BAD, GOOD) == (restarted.current(FAMILY), restarted.listing(FAMILY, current_only=True).serving)
    restarted.promote(FAMILY, GOOD)
    with pytest.raises(kind):
        restarted.promote(FAMILY, BAD)
    assert GOOD == restarted.current(FAMILY)


@pytest.mark.parametrize("record", [b"", b"bad", b"missing", b"../keys"])
def test_a_spoilt_current_is_refused_and_mended_by_a_promotion(
    store: ObjectStore, registry: Registry, record: bytes
) -> None:
    """A process that knows what was current goes on with it; another refuses; promoting a version mends it."""
    running = opened(store)
    assert GOOD == running.load(FAMILY).metadata.version
    renamed(f"{OTHER}/{BAD}")(store, f"{FAMILY}/{BAD}", Ed25519PrivateKey.generate())
    store.put(f"{FAMILY}/{CURRENT}", record)
    with pytest.raises((Forbidden, NotFound)):
        opened(store).load(FAMILY)
    running.promote(FAMILY, GOOD)
    assert GOOD == opened(store).load(FAMILY).metadata.version


def test_what_is_loaded_serves_on_when_its_files_are_spoilt(
    store: ObjectStore, registry: Registry, key: Ed25519PrivateKey
) -> None:
    """It was verified, and its key is still trusted: what lies in the store now changes nothing of that."""
    before = registry.load(FAMILY, GOOD)
    flipped(artifact.MANIFEST)(store, f"{FAMILY}/{GOOD}", key)
    assert before is registry.load(FAMILY, GOOD)
    signed_by_a_stranger(store, f"{FAMILY}/{GOOD}", key)
    assert before is registry.load(FAMILY, GOOD, before.digest)


def test_a_key_off_the_ring_stops_what_it_signed(
    store: ObjectStore, registry: Registry, key: Ed25519PrivateKey
) -> None:
    """Also what is loaded: taking a key off is how a person says that its models must not be used."""
    registry.load(FAMILY)
    store.delete(f"keys/{signing.key_id(key.public_key())}.pub")
    with pytest.raises(signing.UnknownKey):
        registry.load(FAMILY, GOOD)
    with pytest.raises(signing.UnknownKey):
        registry.load(FAMILY)


def test_of_promotions_at_once_one_wins(store: ObjectStore, registry: Registry) -> None:
    """The others are told, and the history has the winner alone."""
    contenders = (OLD, BAD) * 4
    together = threading.Barrier(len(contenders))

    def promote(number: int) -> str:
        own = opened(store)
        own.load(FAMILY)
        together.wait()
        try:
            own.promote(FAMILY, contenders[number], expected=GOOD, actor=f"person {number}")
        except PromotionLost as error:
            assert Conflict is kind_of(error)
            return "told"
        return f"person {number}"

    with ThreadPoolExecutor(len(contenders)) as pool:
        outcomes = sorted(pool.map(promote, range(len(contenders))))
    (winner,) = [outcome for outcome in outcomes if outcome != "told"]
    record = registry.listing(FAMILY).record
    assert (3, winner) == (len(record.changes), record.changes[-1].actor)


def test_a_promotion_whose_answer_got_lost_has_won(store: ObjectStore, registry: Registry) -> None:
    """The store's client tries again, and the second try meets the first one's work."""

    class Stuttering:
        """Every conditional write goes through and is then said to have failed."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def put(self, key: str, data: bytes, **condition: object) -> None:
            store.put(key, data, **condition)  # type: ignore[arg-type]
            raise Conflict("the object changed since it was read")

    stuttering = Registry(Stuttering(), StoreRing(store))  # type: ignore[arg-type]
    assert (BAD, GOOD) == (lambda moved: (moved.current, moved.previous))(stuttering.promote(FAMILY, BAD))


def test_promoting_again_changes_nothing_and_stepping_back_goes_to_the_one_before(registry: Registry) -> None:
    """Who did what and when stands in the history, the last of it last."""
    moved = registry.promote(FAMILY, GOOD, actor="anna", at="2026-05-31T12:00:00Z")
    assert (GOOD, OLD, 2) == (moved.current, moved.previous, len(registry.listing(FAMILY).record.changes))
    moved = registry.roll_back(FAMILY, expected=GOOD, actor="anna", at="2026-05-31T12:01:00Z")
    assert (OLD, GOOD) == (moved.current, moved.previous)
    assert OLD == registry.load(FAMILY).metadata.version
    last = registry.listing(FAMILY).record.changes[-1]
    assert (OLD, GOOD, "anna", "2026-05-31T12:01:00Z", True) == (
        last.version,
        last.previous,
        last.actor,
        last.at,
        last.rollback,
    )
    with pytest.raises(PromotionLost, match=GOOD):
        registry.promote(FAMILY, BAD, expected=GOOD)


def test_stepping_back_from_the_first_takes_the_family_out_of_use(store: ObjectStore, registry: Registry) -> None:
    """None serves then, in a new process too; history and versions stay, and each can be put to use again."""
    registry.roll_back(FAMILY)
    moved = registry.roll_back(FAMILY, expected=OLD, actor="anna")
    assert ("", OLD) == (moved.current, moved.previous)
    for each in (registry, opened(store)):
        listing = each.listing(FAMILY)
        assert ("", 4, "anna") == (listing.serving, len(listing.record.changes), listing.record.changes[-1].actor)
        assert {OLD, GOOD, BAD} == {listed.metadata.version for listed in listing.versions}
        for serving in (lambda: each.load(FAMILY), lambda: each.listing(FAMILY, current_only=True)):  # noqa: B023
            with pytest.raises(NotFound, match="no current version"):
                serving()
        assert GOOD == each.load(FAMILY, GOOD).metadata.version
    with pytest.raises(NotFound, match="promote"):
        registry.roll_back(FAMILY)
    with pytest.raises(PromotionLost, match="is none"):
        registry.roll_back(FAMILY, expected=OLD)
    assert (GOOD, "") == (lambda moved: (moved.current, moved.previous))(registry.promote(FAMILY, GOOD))
    assert GOOD == opened(store).load(FAMILY).metadata.version


def test_of_steps_back_at_once_one_wins(store: ObjectStore, registry: Registry) -> None:
    """Two owners who both go back from the first version make one change."""
    registry.roll_back(FAMILY)
    together = threading.Barrier(2)

    def back(number: int) -> bool:
        own = opened(store)
        together.wait()
        try:
            own.roll_back(FAMILY, expected=OLD, actor=f"person {number}")
        except PromotionLost:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert [False, True] == sorted(pool.map(back, range(2)))
    record = registry.listing(FAMILY).record
    assert ("", 4) == (record.version, len(record.changes))


def test_a_baseline_is_never_out_of_use(store: ObjectStore, registry: Registry, tmp_path: Path) -> None:
    """It serves whoever has no model of its own: there is nothing behind it."""
    small_models.publish(store, registry, tmp_path, "baseline-x", {GOOD: 5})
    registry.promote("baseline-x", GOOD)
    with pytest.raises(NotFound, match="no version was current before good"):
        registry.roll_back("baseline-x")
    assert GOOD == registry.load("baseline-x").metadata.version


def test_stepping_back_to_a_spoilt_version_is_refused(
    store: ObjectStore, registry: Registry, key: Ed25519PrivateKey
) -> None:
    """Also if what lies there now is signed, but is not what was promoted then."""
    resigned(model=small_models.trees(9))(store, f"{FAMILY}/{OLD}", key)
    with pytest.raises(Conflict, match="not the version that was promoted"):
        registry.roll_back(FAMILY)
    flipped(artifact.MODEL)(store, f"{FAMILY}/{OLD}", key)
    with pytest.raises(Forbidden):
        registry.roll_back(FAMILY)
    assert GOOD == registry.load(FAMILY).metadata.version


def test_a_loaded_version_is_not_verified_at_every_call(store: ObjectStore, registry: Registry) -> None:
    """Within refresh_s the store is not asked; after it, for manifest, signature and keys alone."""
    time_s = [0.0]
    counting = small_models.Counting(store)
    watched = Registry(counting, StoreRing(counting), refresh_s=10, clock=lambda: time_s[0])  # type: ignore[arg-type]
    watched.load(FAMILY, GOOD)
    first, counting.asked = counting.asked, 0
    for _ in range(100):
        watched.load(FAMILY, GOOD)
    assert 0 == counting.asked
    time_s[0] = 10.0
    watched.load(FAMILY, GOOD)
    assert 4 == counting.asked < first


def test_another_process_s_promotion_is_seen_once_the_time_is_up(store: ObjectStore, registry: Registry) -> None:
    """A list sees it at once: who pins by it pins what is current."""
    time_s = [0.0]
    watched = Registry(store, StoreRing(store), refresh_s=10, clock=lambda: time_s[0])
    assert GOOD == watched.load(FAMILY).metadata.version
    registry.promote(FAMILY, BAD)
    assert GOOD == watched.load(FAMILY).metadata.version
    assert BAD == watched.listing(FAMILY, current_only=True).serving
    time_s[0] = 10.0
    assert BAD == watched.load(FAMILY).metadata.version


def test_what_was_never_put_to_use_is_listed(store: ObjectStore, registry: Registry, tmp_path: Path) -> None:
    """A version that was only trained can be looked at and promoted; asked for the one in use, there is none."""
    listing = registry.listing(OTHER)
    assert ("", [BAD]) == (listing.serving, [listed.metadata.version for listed in listing.versions])
    with pytest.raises(NotFound, match="no current version"):
        registry.listing(OTHER, current_only=True)
    registry.promote(OTHER, BAD)
    assert BAD == registry.listing(OTHER, current_only=True).serving
