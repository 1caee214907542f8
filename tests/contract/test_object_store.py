"""What every object store promises, tried on a directory and on S3."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from libs.errors import Conflict, InvalidInput, NotFound, Unavailable
from libs.objects.opening import open_store
from libs.objects.store import ObjectStore

KEY = "tenants/t1/jobs/j1/upload/café list.csv"


@pytest.fixture(params=["directory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    """An empty store of either kind."""
    return open_store(request.getfixturevalue("s3_url") if request.param == "s3" else (tmp_path / "store").as_uri())


def keys(store: ObjectStore, prefix: str) -> list[str]:
    """The keys below the prefix, as listed."""
    return [info.key for info in store.list(prefix)]


def outcomes(threads: int, attempt: Callable[[int], object]) -> list[str]:
    """What each of several threads that start together came back with: "done" or its error's name, sorted."""
    together = threading.Barrier(threads)

    def run(number: int) -> str:
        together.wait()
        try:
            attempt(number)
        except Conflict:
            return "Conflict"
        return "done"

    with ThreadPoolExecutor(threads) as pool:
        return sorted(pool.map(run, range(threads)))


def test_bytes_come_back_as_they_went_in(store: ObjectStore) -> None:
    """An object is what was put, whichever way it is read."""
    info = store.put(KEY, b"a,b\n1,2\n")
    assert (KEY, 8) == (info.key, info.size)
    assert info == store.head(KEY)
    for found in (store.head(KEY), *store.list("")):
        assert found.modified_at is not None and abs(datetime.now(UTC) - found.modified_at) < timedelta(minutes=5)
    assert b"a,b\n1,2\n" == store.get(KEY)
    assert [b"a,b\n1", b",2\n"] == list(store.chunks(KEY, 5))


def test_empty_object(store: ObjectStore) -> None:
    """No bytes are an object too."""
    store.put(KEY, b"")
    assert 0 == store.head(KEY).size
    assert [] == list(store.chunks(KEY))


def test_large_file_goes_both_ways(store: ObjectStore, tmp_path: Path) -> None:
    """A file above the size of one part (16 MiB) arrives whole, and again on disk."""
    source, back = tmp_path / "source", tmp_path / "back"
    source.write_bytes(os.urandom(1 << 20) * 17)
    info = store.put_file(KEY, source)
    assert 17 << 20 == info.size
    assert info == store.head(KEY)
    store.fetch(KEY, back)
    assert source.read_bytes() == back.read_bytes()
    assert [1 << 20] * 17 == [len(chunk) for chunk in store.chunks(KEY)]


def test_fetch_replaces_a_file(store: ObjectStore, tmp_path: Path) -> None:
    """What stood at the local path before is gone, and nothing else is left beside it."""
    folder = tmp_path / "fetched"
    folder.mkdir()
    (folder / "file").write_bytes(b"older and longer")
    store.put(KEY, b"new")
    store.fetch(KEY, folder / "file")
    assert {"file": b"new"} == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_fetch_to_a_folder_that_is_missing(store: ObjectStore, tmp_path: Path) -> None:
    """A fault of the local disk is not taken for a missing object."""
    store.put(KEY, b"1")
    with pytest.raises(Unavailable, match="'back'"):
        store.fetch(KEY, tmp_path / "missing" / "back")


def test_missing_object(store: ObjectStore, tmp_path: Path) -> None:
    """Every way of reading a missing object says so at once, and leaves no file behind."""
    readings: list[Callable[[], object]] = [
        lambda: store.get(KEY),
        lambda: store.head(KEY),
        lambda: store.chunks(KEY),
        lambda: store.fetch(KEY, tmp_path / "back"),
    ]
    for reading in readings:
        with pytest.raises(NotFound, match=r"list\.csv"):
            reading()
    assert not (tmp_path / "back").exists()


def test_a_folder_of_keys_is_no_object(store: ObjectStore) -> None:
    """The first segments of a key name nothing that could be read."""
    store.put("a/b/c", b"1")
    with pytest.raises(NotFound):
        store.get("a/b")
    with pytest.raises(NotFound):
        store.head("a")


def test_a_put_replaces(store: ObjectStore) -> None:
    """The last put counts, and its etag differs."""
    first = store.put(KEY, b"first")
    second = store.put(KEY, b"2nd..")
    assert b"2nd.." == store.get(KEY)
    assert first.etag != second.etag


def test_put_if_absent(store: ObjectStore) -> None:
    """The second to create an object is refused, and the first one's bytes stay."""
    store.put(KEY, b"first", if_absent=True)
    with pytest.raises(Conflict, match="read it again"):
        store.put(KEY, b"second", if_absent=True)
    assert b"first" == store.get(KEY)


def test_put_if_match(store: ObjectStore) -> None:
    """Compare and swap: whoever has read the newest version may replace it."""
    first = store.put(KEY, b"1")
    second = store.put(KEY, b"2", if_match=first.etag)
    with pytest.raises(Conflict):
        store.put(KEY, b"3", if_match=first.etag)
    assert b"2" == store.get(KEY)
    assert second == store.head(KEY)


def test_put_if_match_of_a_missing_object(store: ObjectStore) -> None:
    """What is gone matches no etag."""
    etag = store.put(KEY, b"1").etag
    store.delete(KEY)
    with pytest.raises(Conflict):
        store.put(KEY, b"2", if_match=etag)


def test_one_creator_wins(store: ObjectStore) -> None:
    """Of several threads that create one object, exactly one does."""
    expected = ["Conflict"] * 7 + ["done"]
    assert expected == outcomes(8, lambda number: store.put(KEY, b"%d" % number, if_absent=True))


def test_one_swapper_wins(store: ObjectStore) -> None:
    """Of several threads that replace one version, exactly one does."""
    etag = store.put(KEY, b"before").etag
    expected = ["Conflict"] * 7 + ["done"]
    assert expected == outcomes(8, lambda number: store.put(KEY, b"%d" % number, if_match=etag))


def test_readers_never_see_half_an_object(store: ObjectStore) -> None:
    """While writers replace an object, each reader gets one version whole."""
    versions = [bytes([value]) * 300_000 for value in range(4)]
    store.put(KEY, versions[0])

    def read_or_write(number: int) -> bool:
        if number % 2:
            store.put(KEY, versions[number % 4])
        return store.get(KEY) in versions

    with ThreadPoolExecutor(4) as pool:
        assert {True} == set(pool.map(read_or_write, range(24)))


def test_list_is_in_byte_order(store: ObjectStore) -> None:
    """Keys come sorted as bytes over all depths, with their sizes."""
    for key in ("a/b/c", "a/b-d", "a/b0", "a/é", "a/Z", "b"):
        store.put(key, key.encode())
    assert ["a/Z", "a/b-d", "a/b/c", "a/b0", "a/é", "b"] == keys(store, "")
    assert [len(key.encode()) for key in keys(store, "")] == [info.size for info in store.list("")]


def test_a_prefix_is_whole_segments(store: ObjectStore) -> None:
    """The prefix of one tenant covers no other tenant whose id goes on from it."""
    for key in ("tenants/a/x", "tenants/a/y/z", "tenants/ab/x"):
        store.put(key, b"")
    assert ["tenants/a/x", "tenants/a/y/z"] == keys(store, "tenants/a")
    assert ["tenants/a/x", "tenants/a/y/z"] == keys(store, "tenants/a/")
    assert [] == keys(store, "tenants/c")


def test_delete(store: ObjectStore) -> None:
    """A deleted object is gone, and deleting it again is no error."""
    store.put(KEY, b"1")
    store.delete(KEY)
    store.delete(KEY)
    with pytest.raises(NotFound):
        store.get(KEY)
    assert [] == keys(store, "")


def test_delete_prefix(store: ObjectStore) -> None:
    """All below the prefix goes, and nothing beside it."""
    for key in ("jobs/1/a", "jobs/1/b/c", "jobs/10/a"):
        store.put(key, b"")
    assert 2 == store.delete_prefix("jobs/1")
    assert ["jobs/10/a"] == keys(store, "")
    assert 0 == store.delete_prefix("jobs/1")


def test_delete_prefix_refuses_to_empty_the_store(store: ObjectStore) -> None:
    """A prefix that was left empty by mistake deletes nothing."""
    store.put(KEY, b"1")
    with pytest.raises(InvalidInput, match="empty the store"):
        store.delete_prefix("")
    assert [KEY] == keys(store, "")


MALFORMED = ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "a/", "a\0b", "a\nb", "x" * 256, "x/" * 600 + "x"]


@pytest.mark.parametrize("key", MALFORMED)
def test_malformed_keys(store: ObjectStore, key: str) -> None:
    """A key that could lead outside, or that one of the stores cannot hold, is refused everywhere."""
    for use in (store.get, store.head, store.chunks, store.delete, lambda key: store.put(key, b"")):
        with pytest.raises(InvalidInput, match="object key"):
            use(key)
