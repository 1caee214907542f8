"""Chunks of any size in, blocks of one size out; gzip is unpacked on the way, within limits."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from services.ingest.domain import DamagedGzip, GzipBomb, Limits, UnpackedTooLarge
from services.ingest.formats import is_gzip

BLOCK_BYTES = 1 << 20
"""Everything after this room sees blocks of this size, so that how a file was sent never shows in the result."""

_GZIP_WBITS = 16 + zlib.MAX_WBITS
_SLICE_BYTES = 16 << 10
"""Packed bytes fed at a time: what is left of a slice is copied at each member's end, so a file of a
million empty members would take forever in large slices."""


def unpacked(chunks: Iterable[bytes], limits: Limits, head_only: bool = False) -> tuple[str, Iterator[bytes]]:
    """The compression found ("gzip" or empty) and the content as blocks of BLOCK_BYTES, the last one shorter.

    head_only: whether a gzip file may be cut off. Raises DamagedGzip, GzipBomb and UnpackedTooLarge, while the
    blocks are read.
    """
    packed = blocks(chunks, BLOCK_BYTES)
    head = next(packed, b"")
    whole = chain([head], packed)
    if is_gzip(head):
        return "gzip", within(blocks(_unzipped(whole, limits, head_only), BLOCK_BYTES), limits)
    return "", within(whole, limits)


def blocks(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The bytes of `chunks` in blocks of exactly `size`, but for the last."""
    pending = bytearray()
    for chunk in chunks:
        rest = memoryview(chunk)
        while rest:
            taken = rest[: size - len(pending)]
            pending += taken
            rest = rest[len(taken) :]
            if len(pending) == size:
                yield bytes(pending)
                pending = bytearray()
    if pending:
        yield bytes(pending)


def within(content: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    """The content, as long as it is within the limit. Raises UnpackedTooLarge."""
    total = 0
    for block in content:
        total += len(block)
        if total > limits.unpacked_bytes_max:
            raise UnpackedTooLarge(
                f"the file holds more than {limits.unpacked_bytes_max:,} bytes unpacked; split it into several files"
            )
        if block:
            yield block


def _unzipped(packed: Iterable[bytes], limits: Limits, head_only: bool) -> Iterator[bytes]:
    """The content of all members of a gzip file (RFC 1952, 2.2), in pieces of at most BLOCK_BYTES."""
    inflater = zlib.decompressobj(wbits=_GZIP_WBITS)
    taken = made = 0
    for data in _slices(packed):
        full = False
        while data or full:
            if inflater.eof:
                # Some writers pad with zeros after a member; anything else must be another member.
                data = data.lstrip(b"\0")
                if not data:
                    break
                inflater = zlib.decompressobj(wbits=_GZIP_WBITS)
            piece, data, used = _inflate(inflater, data)
            # A full piece may leave some output inside zlib even where all input is used up.
            full = len(piece) == BLOCK_BYTES
            taken, made = taken + used, made + len(piece)
            if made > limits.gzip_ratio_from_bytes and made > limits.gzip_ratio_max * taken:
                raise GzipBomb(
                    f"the gzip file unpacks to more than {limits.gzip_ratio_max:g} times its size "
                    f"({taken:,} bytes gave {made:,}), as no customer table does; upload the CSV itself"
                )
            yield piece
    if not inflater.eof and not head_only:
        raise DamagedGzip("the gzip file is cut off before its end; pack and upload it again")


def _slices(packed: Iterable[bytes]) -> Iterator[bytes]:
    for block in packed:
        for start in range(0, len(block), _SLICE_BYTES):
            yield block[start : start + _SLICE_BYTES]


def _inflate(inflater: "zlib._Decompress", data: bytes) -> tuple[bytes, bytes, int]:
    """The next piece of content, the packed bytes that are left, and how many were used."""
    try:
        piece = inflater.decompress(data, BLOCK_BYTES)
    except zlib.error as error:
        raise DamagedGzip("the gzip file is corrupt; pack and upload it again") from error
    rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    return piece, rest, len(data) - len(rest)
