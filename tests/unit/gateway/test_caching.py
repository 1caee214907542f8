"""Artifacts as files on local disk."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from libs.errors import NotReady, Unavailable
from libs.objects.local import LocalStore
from services.gateway.caching import Derived, FileCache, Gone
from services.gateway.domain import Artifact


class CountingStore(LocalStore):
    """Counts what is fetched."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.fetched = 0

    def fetch(self, key: str, path: Path) -> None:
        self.fetched += 1
        super().fetch(key, path)


@pytest.fixture
def store(tmp_path: Path) -> CountingStore:
    """A new, empty store."""
    return CountingStore(tmp_path / "objects")


def put(store: LocalStore, key: str, data: bytes) -> Artifact:
    """The bytes as a stored artifact."""
    store.put(key, data)
    return Artifact(key, len(data), hashlib.sha256(data).hexdigest())


def test_an_artifact_is_fetched_once(store: CountingStore, tmp_path: Path) -> None:
    """Eight readers at once, and one later: one fetch, the same bytes."""
    cache, artifact = FileCache(store, tmp_path / "copies", 1000), put(store, "a", b"abc")

    def read(_: int) -> bytes:
        with cache.held(artifact) as path:
            return path.read_bytes()

    with ThreadPoolExecutor(8) as pool:
        assert [b"abc"] * 8 == list(pool.map(read, range(8)))
    assert (b"abc", 1) == (read(0), store.fetched)


def test_the_least_recently_read_goes_first(store: CountingStore, tmp_path: Path) -> None:
    """Over the limit the oldest reading is removed, not the oldest copy."""
    cache = FileCache(store, tmp_path / "copies", 8)
    artifacts = [put(store, name, name.encode() * 4) for name in "abc"]
    for age, artifact in ((300, artifacts[0]), (200, artifacts[1])):
        with cache.held(artifact) as path:
            pass
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    with cache.held(artifacts[0]):
        pass
    with cache.held(artifacts[2]):
        pass
    kept = {path.stem for path in (tmp_path / "copies").glob("*.parquet")}
    assert {artifacts[0].sha256, artifacts[2].sha256} == kept


def test_a_copy_in_use_is_not_removed(store: CountingStore, tmp_path: Path) -> None:
    """Even when it alone is over the limit."""
    cache = FileCache(store, tmp_path / "copies", 1)
    first, second = put(store, "a", b"aaaa"), put(store, "b", b"bbbb")
    with cache.held(first) as path, cache.held(second) as other:
        assert (b"aaaa", b"bbbb") == (path.read_bytes(), other.read_bytes())


def test_bytes_that_differ_from_the_digest_are_not_served(store: CountingStore, tmp_path: Path) -> None:
    """A damaged object is refused, and nothing of it stays."""
    cache, artifact = FileCache(store, tmp_path / "copies", 1000), put(store, "a", b"abc")
    store.put("a", b"abX")
    with pytest.raises(Unavailable), cache.held(artifact):
        pass
    assert [] == list((tmp_path / "copies").iterdir())


def test_an_object_that_is_gone_is_said_without_its_key(store: CountingStore, tmp_path: Path) -> None:
    """The key holds the tenant and the file's name."""
    cache = FileCache(store, tmp_path / "copies", 1000)
    with pytest.raises(Gone) as gone, cache.held(Artifact("tenants/t/jane.csv", 1, "00")):
        pass
    assert "jane" not in gone.value.message


def test_forgetting_removes_the_copy(store: CountingStore, tmp_path: Path) -> None:
    """The next reader fetches again; forgetting twice does no harm."""
    cache, artifact = FileCache(store, tmp_path / "copies", 1000), put(store, "a", b"abc")
    with cache.held(artifact):
        pass
    cache.forget(artifact)
    cache.forget(artifact)
    with cache.held(artifact):
        pass
    assert 2 == store.fetched


def test_unfinished_copies_of_killed_processes_are_removed(store: CountingStore, tmp_path: Path) -> None:
    """Only old ones: a young one may be another process's, still being fetched."""
    folder = tmp_path / "copies"
    folder.mkdir()
    old, young = folder / "old.part", folder / "young.part"
    for part in (old, young):
        part.write_bytes(b"x")
    os.utime(old, (1, 1))
    FileCache(store, folder, 1000)
    assert ["young.part"] == [path.name for path in folder.iterdir()]


def test_nothing_is_kept_of_readers_that_left(store: CountingStore, tmp_path: Path) -> None:
    """Locks and counts of files do not pile up."""
    cache = FileCache(store, tmp_path / "copies", 1000)
    for n in range(5):
        with cache.held(put(store, f"k{n}", bytes([n]))):
            pass
    assert ({}, {}, set()) == (dict(cache._readers), dict(cache._coming), cache._making)


def test_a_derived_file_is_made_once(store: CountingStore, tmp_path: Path) -> None:
    """Eight readers at once, and one later: made once; what fails to be made is not kept, and its error is raised."""
    cache, made = FileCache(store, tmp_path / "copies", 1000), list[Path]()

    def make(path: Path) -> None:
        made.append(path)
        path.write_bytes(b"abc")

    def read(_: int) -> bytes:
        with cache.held(Derived("sum-1", make)) as path:
            return path.read_bytes()

    with ThreadPoolExecutor(8) as pool:
        assert [b"abc"] * 8 == list(pool.map(read, range(8)))
    assert (b"abc", 1) == (read(0), len(made))

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise NotReady("not yet")

    with pytest.raises(NotReady, match="not yet"), cache.held(Derived("sum-2", fail)):
        pass
    assert ["sum-1.parquet"] == [path.name for path in cache.folder.iterdir()]


def test_derived_files_are_forgotten_by_the_beginning_of_their_names(store: CountingStore, tmp_path: Path) -> None:
    """Also one that is being made just then: whose rows were deleted is not kept."""
    cache = FileCache(store, tmp_path / "copies", 1000)
    for name in ("sum-a-1", "sum-a-2", "sum-b-1"):
        with cache.held(Derived(name, Path.touch)):
            pass

    def make(path: Path) -> None:
        path.touch()
        cache.forget_derived("sum-a-")

    with pytest.raises(Unavailable, match="deleted meanwhile"), cache.held(Derived("sum-a-3", make)):
        pass
    assert ["sum-b-1.parquet"] == [path.name for path in cache.folder.iterdir()]
