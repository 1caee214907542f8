"""A file as it is sent: in pieces, or its beginning alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

CHUNK_BYTES = 1 << 20
PREVIEW_BYTES = 8 << 20
"""How much of a file's beginning a preview sends."""

GZIP_MAGIC = b"\x1f\x8b"


def pieces(file: Path, progress: Callable[[int], None]) -> Iterator[bytes]:
    """The whole file. progress: called with the bytes sent so far."""
    sent = 0
    with file.open("rb") as stream:
        while piece := stream.read(CHUNK_BYTES):
            yield piece
            sent += len(piece)
            progress(sent)


def head(file: Path) -> bytes:
    """The file's beginning, up to the end of a line. A compressed file is sent whole: half of one is none."""
    with file.open("rb") as stream:
        start = stream.read(PREVIEW_BYTES)
        if start.startswith(GZIP_MAGIC):
            return start + stream.read()
        if len(start) == PREVIEW_BYTES and b"\n" in start:
            start = start[: start.rindex(b"\n") + 1]
        return start
