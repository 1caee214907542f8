"""Blocks of one size, and gzip unpacked within limits."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest import unpacking
from services.ingest.domain import DamagedGzip, GzipBomb, Limits
from services.ingest.unpacking import blocks, unpacked


@given(chunks=st.lists(st.binary(max_size=40)), size=st.integers(1, 17))
def test_blocks_hold_the_same_bytes_in_one_size(chunks, size):
    """All blocks but the last have the size asked for, whatever the chunks were."""
    cut = list(blocks(chunks, size))
    assert b"".join(chunks) == b"".join(cut)
    assert all(size == len(block) for block in cut[:-1]) and all(cut)


@given(members=st.lists(st.binary(max_size=200), min_size=1, max_size=4), chunk=st.integers(1, 50), data=st.data())
def test_gzip_members_unpack_whole(members, chunk, data):
    """Any members, packed at any level, cut anywhere."""
    packed = b"".join(gzip.compress(member, data.draw(st.integers(0, 9))) for member in members)
    compression, content = unpacked((packed[at : at + chunk] for at in range(0, len(packed), chunk)), Limits())
    assert ("gzip", b"".join(members)) == (compression, b"".join(content))


def test_output_that_waits_inside_zlib_is_not_forgotten(monkeypatch):
    """Content that packs extremely well is given whole, though input ends long before output."""
    monkeypatch.setattr(unpacking, "BLOCK_BYTES", 64)
    content = bytes(100_000)
    assert content == b"".join(unpacked([gzip.compress(content)], Limits())[1])


def test_bomb_is_refused_early():
    """A gigabyte of zeros is given up once the limit is passed, not unpacked first."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    given_out = 0
    with pytest.raises(GzipBomb, match="200 times"):
        for block in unpacked([packed], Limits(gzip_ratio_from_bytes=2 << 20))[1]:
            given_out += len(block)
    assert 3 << 20 >= given_out


@pytest.mark.parametrize("end", [1, 9, 15, -1])
def test_cut_files_are_damaged(end):
    """Wherever a gzip file is cut, the sentence says so."""
    packed = gzip.compress(b"a,b\n1,2\n" * 50)
    with pytest.raises(DamagedGzip, match="cut off"):
        list(unpacked([packed[: max(end, 2) if end > 0 else end]], Limits())[1])


def test_many_empty_members_take_no_time():
    """A hundred thousand members of nothing: each end costs a copy of what is left, so slices are small."""
    packed = gzip.compress(b"") * 20_000 + gzip.compress(b"a")
    assert b"a" == b"".join(unpacked([packed], Limits())[1])
