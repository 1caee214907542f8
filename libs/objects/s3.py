"""The object store in S3, or in whatever speaks its language."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from libs.errors import Conflict, Internal, InvalidInput, NotFound, RetainWiseError, Unavailable
from libs.objects.store import ObjectInfo, checked_key, folder

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3.client import S3Client

CHUNK_BYTES = 1 << 20
DELETE_KEYS_MAX = 1000  # the API's limit for one call

# Parts of 16 MiB hold a 5 GiB upload in 320 of the 10,000 allowed, and two at a time keep memory flat.
TRANSFER = TransferConfig(multipart_threshold=16 << 20, multipart_chunksize=16 << 20, max_concurrency=2)

MISSING = {"404", "NoSuchKey", "NotFound"}
CONDITION_FAILED = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}
REFUSED = {"401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket"}


class S3Store:
    """Objects in `bucket` under `prefix`. Credentials come from where boto3 looks for them.

    endpoint: address of an emulator or another S3-like store; "" for AWS. region: "" for the environment's.
    """

    def __init__(self, bucket: str, prefix: str = "", *, endpoint: str = "", region: str = "") -> None:
        self._bucket = bucket
        self._prefix = folder(prefix)
        self._client = _client(endpoint, region)

    def put(self, key: str, data: bytes, *, if_match: str | None = None, if_absent: bool = False) -> ObjectInfo:
        condition: dict[str, Any] = {}
        if if_match is not None:
            condition["IfMatch"] = if_match
        if if_absent:
            condition["IfNoneMatch"] = "*"
        with _renamed(key, conditional=bool(condition)):
            answer = self._client.put_object(
                Bucket=self._bucket, Key=self._full(key), Body=data, ContentType="application/octet-stream", **condition
            )
        return ObjectInfo(key, len(data), answer["ETag"])

    def put_file(self, key: str, path: Path) -> ObjectInfo:
        with _renamed(key):
            extra = {"ContentType": "application/octet-stream"}
            self._client.upload_file(str(path), self._bucket, self._full(key), ExtraArgs=extra, Config=TRANSFER)
        return self.head(key)

    def get(self, key: str) -> bytes:
        with _renamed(key):
            body = self._client.get_object(Bucket=self._bucket, Key=self._full(key))["Body"]
            with body:
                return body.read()

    def chunks(self, key: str, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        with _renamed(key):
            body = self._client.get_object(Bucket=self._bucket, Key=self._full(key))["Body"]
        return _pieces(key, body, size)

    def fetch(self, key: str, path: Path) -> None:
        try:
            with _renamed(key):  # boto3 writes beside and renames, so the file appears whole
                self._client.download_file(self._bucket, self._full(key), str(path), Config=TRANSFER)
        except OSError as error:
            raise Unavailable(f"object {key!r} could not be copied to {path.name!r}: {error.strerror}") from error

    def head(self, key: str) -> ObjectInfo:
        with _renamed(key):
            answer = self._client.head_object(Bucket=self._bucket, Key=self._full(key))
        return ObjectInfo(key, answer["ContentLength"], answer["ETag"], answer["LastModified"])

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        start = self._prefix + folder(prefix)
        with _renamed(prefix):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start):
                for found in page.get("Contents", []):
                    name = found["Key"].removeprefix(self._prefix)
                    yield ObjectInfo(name, found["Size"], found["ETag"], found["LastModified"])

    def delete(self, key: str) -> None:
        with _renamed(key):
            self._client.delete_object(Bucket=self._bucket, Key=self._full(key))

    def delete_prefix(self, prefix: str) -> int:
        if not prefix:
            raise InvalidInput("delete_prefix needs a prefix; an empty one would empty the store")
        keys = [found.key for found in self.list(prefix)]
        for first in range(0, len(keys), DELETE_KEYS_MAX):
            self._delete_all(keys[first : first + DELETE_KEYS_MAX])
        return len(keys)

    def _delete_all(self, keys: Sequence[str]) -> None:
        with _renamed(keys[0]):
            answer = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": [{"Key": self._full(key)} for key in keys], "Quiet": True}
            )
        if failed := answer.get("Errors"):
            raise Unavailable(f"the object store kept {len(failed)} of {len(keys)} objects that were to be deleted")

    def _full(self, key: str) -> str:
        return self._prefix + checked_key(key)


def _client(endpoint: str, region: str) -> "S3Client":
    config = Config(
        connect_timeout=5,
        read_timeout=60,
        retries={"max_attempts": 4, "mode": "standard"},
        max_pool_connections=32,
        # An emulator has one host name; bucket names as sub-domains work at AWS only.
        s3={"addressing_style": "path"} if endpoint else {},
    )
    with _renamed("the bucket"):
        return boto3.client("s3", endpoint_url=endpoint or None, region_name=region or None, config=config)


def _pieces(key: str, body: "StreamingBody", size: int) -> Iterator[bytes]:
    with _renamed(key), body:
        yield from body.iter_chunks(size)


@contextmanager
def _renamed(key: str, *, conditional: bool = False) -> Iterator[None]:
    """Turns boto3's errors into ours. conditional: a missing object then means that a condition failed."""
    try:
        yield
    except ClientError as error:
        raise _kind(key, error.response.get("Error", {}).get("Code", ""), conditional) from error
    except (BotoCoreError, Boto3Error) as error:
        raise Unavailable(f"the object store does not answer ({type(error).__name__})") from error


def _kind(key: str, code: str, conditional: bool) -> RetainWiseError:
    if code in CONDITION_FAILED or (conditional and code in MISSING):
        return Conflict(f"object {key!r} changed since it was read; read it again, then write")
    if code in MISSING:
        return NotFound(f"there is no object {key!r}")
    if code in REFUSED:
        return Internal(f"the object store refused our request ({code}); its bucket or credentials are set wrongly")
    return Unavailable(f"the object store could not serve object {key!r} ({code})")
