"""The S3 store: its keys in the bucket, and its server's faults."""

import boto3
import pytest

from libs.errors import Internal, InvalidInput, Unavailable
from libs.objects.opening import open_store
from libs.objects.s3 import S3Store


def test_keys_lie_below_the_prefix(s3_url: str, aws_endpoint: str) -> None:
    """Two stores in one bucket do not see each other."""
    store = open_store(s3_url)
    bucket = s3_url.removeprefix("s3://").partition("/")[0]
    store.put("a/b", b"1")
    listed = boto3.client("s3", endpoint_url=aws_endpoint).list_objects_v2(Bucket=bucket)
    assert ["some/prefix/a/b"] == [found["Key"] for found in listed["Contents"]]
    assert [] == list(S3Store(bucket, "some/pre", endpoint=aws_endpoint).list(""))
    assert ["some/prefix/a/b"] == [info.key for info in S3Store(bucket, endpoint=aws_endpoint).list("")]


def test_more_objects_than_one_call_takes(s3_url: str) -> None:
    """Lists and deletions go on beyond the API's 1,000 keys."""
    store = open_store(s3_url)
    for number in range(1001):
        store.put(f"many/{number:04}", b"")
    assert 1001 == len(list(store.list("many")))
    assert 1001 == store.delete_prefix("many")
    assert [] == list(store.list(""))


def test_no_server(aws_endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not answer is unavailable, not a missing object."""
    monkeypatch.setattr("time.sleep", lambda _: None)  # boto3's pauses between tries
    store = open_store("s3://bucket?endpoint=http://127.0.0.1:9")
    for use in (store.get, store.head, store.delete, lambda key: list(store.list(key))):
        with pytest.raises(Unavailable, match="does not answer"):
            use("a")


def test_no_bucket(aws_endpoint: str) -> None:
    """A bucket that does not exist is a fault of the settings, which the caller cannot mend."""
    store = open_store(f"s3://missing-bucket?endpoint={aws_endpoint}")
    with pytest.raises(Internal, match="NoSuchBucket"):
        store.put("a", b"")


def test_an_address_that_is_none() -> None:
    """A prefix that would not be a key is refused when the store is opened."""
    with pytest.raises(InvalidInput):
        open_store("s3://bucket/a//b")
