"""Exports under way take a bounded share of the disk."""

from pathlib import Path

import pytest

from libs.errors import Unavailable
from services.gateway.downloads import Downloads


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A file of six bytes."""
    path = tmp_path / "export.csv"
    path.write_bytes(b"a,b\n1\n")
    return path


def test_slow_readers_take_a_bounded_share(export: Path) -> None:
    """While two files of six bytes are being read, a third is refused; it comes once one is done, by whatever end."""
    downloads = Downloads(12)
    first, second = downloads.opened(export), downloads.opened(export)
    with pytest.raises(Unavailable, match="downloads") as refused:
        downloads.opened(export)
    assert 60 == refused.value.retry_after_s
    assert b"a,b\n1\n" == first.read()
    first.close()
    first.close()
    del second  # its reader hung up
    third, fourth = downloads.opened(export), downloads.opened(export)
    assert [b"a,b\n1\n"] * 2 == [third.read(), fourth.read()]


def test_one_large_file_always_comes(export: Path) -> None:
    """A bound smaller than any export refuses none that comes alone."""
    downloads = Downloads(1)
    for _ in range(2):
        with downloads.opened(export) as file:
            assert b"a,b\n1\n" == file.read()
