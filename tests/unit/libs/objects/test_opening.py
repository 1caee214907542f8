"""Store addresses."""

from pathlib import Path

import pytest

from libs.errors import InvalidInput
from libs.objects.local import LocalStore
from libs.objects.opening import open_store
from libs.objects.s3 import S3Store


def test_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file url, a path and a relative path open the same directory."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "the store"
    addresses = [folder.as_uri(), str(folder), "the store"]
    open_store(addresses[0]).put("a", b"1")
    assert [b"1"] * 3 == [open_store(address).get("a") for address in addresses]
    assert isinstance(open_store(addresses[0]), LocalStore)


def test_buckets(aws_endpoint: str) -> None:
    """An s3 url opens a bucket, without asking the server yet."""
    assert isinstance(open_store(f"s3://bucket/prefix?endpoint={aws_endpoint}&region=eu-west-1"), S3Store)


@pytest.mark.parametrize("url", ["", "s3://", "s3:///prefix", "http://host/x", "file://elsewhere/x", "gs://bucket"])
def test_other_addresses(url: str) -> None:
    """What names no store is refused with what would."""
    with pytest.raises(InvalidInput, match="s3://bucket/prefix"):
        open_store(url)
