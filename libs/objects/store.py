"""The port of the object store: what every store promises, and what a key may look like."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from libs.errors import InvalidInput

KEY_BYTES_MAX = 1024  # S3's own limit
SEGMENT_BYTES_MAX = 255  # the longest file name that common file systems take


@dataclass(frozen=True)
class ObjectInfo:
    """One object as it stands. size: bytes. etag: opaque; changes whenever the bytes do.

    modified_at: when it was last written, UTC by the store's clock; None where the store did not say, as after a put.
    """

    key: str
    size: int
    etag: str
    modified_at: datetime | None = field(default=None, compare=False)


class ObjectStore(Protocol):
    """Bytes under keys like "tenants/t1/jobs/j1/upload/file.csv".

    A write is seen whole or not at all. A missing key raises NotFound, a malformed one InvalidInput, a store that
    does not answer Unavailable. A prefix means whole segments: "a/b" and "a/b/" are the same, neither covers "a/bc".
    """

    def put(self, key: str, data: bytes, *, if_match: str | None = None, if_absent: bool = False) -> ObjectInfo:
        """Stores small bytes. if_match: only over the object with this etag. if_absent: only where none is.
        Raises Conflict when the condition fails."""
        ...

    def put_file(self, key: str, path: Path) -> ObjectInfo:
        """Stores a local file of any size without holding it in memory."""
        ...

    def get(self, key: str) -> bytes:
        """The whole object; for small ones."""
        ...

    def chunks(self, key: str, size: int = 1 << 20) -> Iterator[bytes]:
        """The object in pieces of at most `size` bytes. A missing key is noticed by the call, not the first piece."""
        ...

    def fetch(self, key: str, path: Path) -> None:
        """Copies the object to the local file `path`, which appears whole or not at all.
        Raises Unavailable when the local disk refuses it."""
        ...

    def head(self, key: str) -> ObjectInfo: ...

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """The objects below `prefix` ("" for all), by key in byte order."""
        ...

    def delete(self, key: str) -> None:
        """Removes the object; no error if there is none."""
        ...

    def delete_prefix(self, prefix: str) -> int:
        """Removes all objects below `prefix`, which must name at least one segment; how many there were."""
        ...


def checked_key(key: str) -> str:
    """`key` itself, if every store can hold it and none can be led outside its root by it. Raises InvalidInput."""
    segments = key.split("/")
    if any(segment in ("", ".", "..") for segment in segments):
        raise InvalidInput("an object key is segments joined by single slashes, with none empty, '.' or '..'")
    if any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in key):
        raise InvalidInput("an object key holds no control characters")
    try:
        sizes = [len(segment.encode()) for segment in segments]
    except UnicodeEncodeError:
        raise InvalidInput("an object key is text that UTF-8 can write") from None
    if max(sizes) > SEGMENT_BYTES_MAX or sum(sizes) + len(sizes) - 1 > KEY_BYTES_MAX:
        raise InvalidInput(f"an object key has at most {SEGMENT_BYTES_MAX} bytes a segment and {KEY_BYTES_MAX} in all")
    return key


def folder(prefix: str) -> str:
    """`prefix` as "" or as segments with one slash at the end. Raises InvalidInput for a malformed one."""
    return f"{checked_key(prefix.removesuffix('/'))}/" if prefix else ""
