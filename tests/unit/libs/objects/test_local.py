"""The directory store: what it does on disk."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from libs.errors import Conflict, InvalidInput, NotFound, Unavailable
from libs.objects.local import LEFTOVER_S, OWN, LocalStore


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of the store."""
    return tmp_path / "store"


@pytest.fixture
def store(root: Path) -> LocalStore:
    """An empty store."""
    return LocalStore(root)


def files(root: Path) -> list[str]:
    """Every file below, but for the store's lock."""
    found = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    return sorted(set(found) - {f"{OWN}/lock"})


def test_an_object_is_a_file_at_its_key(store: LocalStore, root: Path) -> None:
    """A person can find an object on disk, and nothing else lies there."""
    store.put("a/b.csv", b"1")
    assert ["a/b.csv"] == files(root)
    assert b"1" == (root / "a/b.csv").read_bytes()


def test_a_write_that_fails_leaves_nothing(store: LocalStore, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full the old object stays and no part of the new one is left."""
    store.put("a", b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(Unavailable, match="No space left on device"):
        patch.setattr(os, "fsync", full)
        store.put("a", b"new")
    assert ["a"] == files(root)
    assert b"old" == store.get("a")


def test_a_source_that_is_missing_is_no_missing_object(store: LocalStore, tmp_path: Path) -> None:
    """The caller's own file being absent is the caller's fault, not an answer of the store."""
    with pytest.raises(FileNotFoundError):
        store.put_file("a", tmp_path / "missing")


def test_a_key_below_an_object(store: LocalStore) -> None:
    """Where a file stands no folder can be, and the other way round."""
    store.put("a", b"")
    with pytest.raises(Conflict, match="'a/b'"):
        store.put("a/b", b"")
    store.put("c/d", b"")
    with pytest.raises((Conflict, NotFound)):
        store.put("c", b"")


def test_the_stores_own_folder_is_no_key(store: LocalStore) -> None:
    """Neither lock nor half-written files can be reached, and no list shows them."""
    with pytest.raises(InvalidInput, match="own folder"):
        store.get(f"{OWN}/lock")
    with pytest.raises(InvalidInput, match="own folder"):
        store.list(OWN)
    store.put("a", b"")
    assert ["a"] == [info.key for info in store.list("")]


def test_deleting_takes_empty_folders_along(store: LocalStore, root: Path) -> None:
    """The disk does not fill with the folders of deleted jobs."""
    store.put("a/b/c", b"")
    store.put("a/d", b"")
    store.delete("a/b/c")
    assert ["d"] == [path.name for path in (root / "a").iterdir()]
    store.delete("a/d")
    assert [OWN] == [path.name for path in root.iterdir()]


def test_a_reader_keeps_its_version(store: LocalStore) -> None:
    """Whoever began to read goes on reading the same bytes, though the object is replaced or deleted."""
    store.put("a", b"12")
    chunks = store.chunks("a", 1)
    store.put("a", b"34")
    store.delete("a")
    assert [b"1", b"2"] == list(chunks)


def test_leftovers_are_swept(root: Path) -> None:
    """What a killed writer left is removed a day later; what may still be written to stays."""
    LocalStore(root)
    for name, age_s in (("old", LEFTOVER_S + 60), ("young", 60)):
        left = root / OWN / name
        left.write_bytes(b"half")
        os.utime(left, (time.time() - age_s,) * 2)
    LocalStore(root)
    assert [f"{OWN}/young"] == files(root)


def test_a_store_opens_while_another_writes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lay aside when the folder was read, and has its place since, stops nobody."""
    LocalStore(root).put("k", b"v")
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([folder / "landed-meanwhile"]))
    assert b"v" == LocalStore(root).get("k")


def test_processes_take_turns(store: LocalStore, root: Path) -> None:
    """Compare-and-swap holds between processes: no increment of any of them is lost."""
    store.put("count", b"0")
    program = f"""
from pathlib import Path
from libs.errors import Conflict
from libs.objects.local import LocalStore
store, done = LocalStore(Path({str(root)!r})), 0
while done < 20:
    info, count = store.head("count"), int(store.get("count"))
    try:
        store.put("count", str(count + 1).encode(), if_match=info.etag)
        done += 1
    except Conflict:
        pass
"""
    running = [subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[4]) for _ in range(3)]
    assert [0, 0, 0] == [process.wait(timeout=60) for process in running]
    assert b"60" == store.get("count")
