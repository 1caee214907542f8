"""Opens the object store that an address names."""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from libs.errors import InvalidInput
from libs.objects.local import LocalStore
from libs.objects.store import ObjectStore


def open_store(url: str) -> ObjectStore:
    """The store at `url`.

    url: "file:///folder" or a plain path for a directory (made if absent); "s3://bucket/prefix" for S3, with
        "?endpoint=http://host:port" for another server than AWS, "&region=" for another region than the environment's.
    Raises InvalidInput for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc:
        # boto3 takes 80 ms and 20 MB to import: only those who store in S3 pay for it.
        from libs.objects.s3 import S3Store

        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        prefix = unquote(parts.path).strip("/")
        return S3Store(parts.netloc, prefix, endpoint=options.get("endpoint", ""), region=options.get("region", ""))
    if folder := local_folder(url):
        return LocalStore(folder)
    raise InvalidInput(f"the store address {url!r} is neither a folder, file:///folder nor s3://bucket/prefix")


def local_folder(url: str) -> Path | None:
    """The directory that `url` names; None if it names none."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path:
        return Path(unquote(parts.path))
    return Path(url) if url and "://" not in url else None
