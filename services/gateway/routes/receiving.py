"""A file on its way in: from the request, raw or multipart, to a scratch file, never wholly in memory."""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from libs.errors import InvalidInput, OutOfTime, TooLarge, Unavailable
from services.gateway.routes.multipart import MultipartFile

BLOCK_BYTES = 1 << 20
"""Bytes gathered before a thread writes and digests them."""

FORM_BYTES_MAX = 1 << 20
"""What a multipart body may hold beside the file: its other fields and the lines between."""


class EmptyUpload(InvalidInput):
    """No bytes where a file should be."""


class UploadStalled(OutOfTime):
    """The sender stopped sending."""


@dataclass(frozen=True)
class Received:
    """A file as it came. filename: as the sender named it, None if unnamed. fields: of a multipart form."""

    path: Path
    size: int
    sha256: str
    filename: str | None
    fields: dict[str, str]


class FileSink:
    """A scratch file in the making. Raises TooLarge as soon as it would grow beyond `bytes_max`."""

    def __init__(self, path: Path, bytes_max: int) -> None:
        self.size = 0
        self._bytes_max = bytes_max
        self._gathered = bytearray()
        self._digest = hashlib.sha256()
        self._file = path.open("wb", buffering=0)  # blocks are gathered here

    def add(self, data: bytes | memoryview) -> None:
        """Takes bytes; they are in memory until `settle`."""
        self.size += len(data)
        if self.size > self._bytes_max:
            raise too_large(self._bytes_max)
        self._gathered += data

    async def settle(self, *, rest: bool = False) -> None:
        """Writes what was gathered, if it is a block or if no more will come."""
        if self._gathered and (rest or len(self._gathered) >= BLOCK_BYTES):
            block, self._gathered = self._gathered, bytearray()
            await run_in_threadpool(self._write, block)

    def _write(self, block: bytearray) -> None:
        self._digest.update(block)
        try:
            left = memoryview(block)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise Unavailable("there is no room for this upload now; try again later", retry_after_s=60) from error

    def close(self) -> None:
        self._file.close()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


@asynccontextmanager
async def received(request: Request, folder: Path, bytes_max: int, idle_s: float) -> AsyncIterator[Received]:
    """The request's file in `folder`, until the block ends.

    multipart/form-data: its part `file`; any other body is the file itself. The limit is watched as the
    bytes come, whatever Content-Length says. Raises EmptyUpload, InvalidInput (a malformed form), TooLarge,
    UploadStalled, Unavailable (no room on disk).
    """
    form = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
    allowed = bytes_max + (FORM_BYTES_MAX if form else 0)
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > allowed:
        raise too_large(bytes_max)
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix="upload-", dir=folder)
    os.close(descriptor)
    path = Path(name)
    sink = FileSink(path, bytes_max)
    try:
        if form:
            filename, fields = await _from_form(request, sink, allowed, idle_s)
        else:
            filename, fields = _disposition_filename(request), {}
            async for chunk in _chunks(request, idle_s):
                sink.add(chunk)
                await sink.settle()
        await sink.settle(rest=True)
        if sink.size == 0:
            raise EmptyUpload("the upload is empty; send the file's bytes as the body, or as the form's part `file`")
        yield Received(path, sink.size, sink.sha256, filename, fields)
    finally:
        sink.close()
        path.unlink(missing_ok=True)


def too_large(bytes_max: int) -> TooLarge:
    return TooLarge(f"the file is larger than the {bytes_max:,} bytes that are taken here")


async def _from_form(
    request: Request, sink: FileSink, bytes_max: int, idle_s: float
) -> tuple[str | None, dict[str, str]]:
    form = MultipartFile(request.headers["content-type"], sink.add)
    total = 0
    async for chunk in _chunks(request, idle_s):
        total += len(chunk)
        if total > bytes_max:
            raise too_large(bytes_max)
        form.feed(chunk)
        await sink.settle()
    form.finish()
    return form.filename, form.fields


async def _chunks(request: Request, idle_s: float) -> AsyncIterator[bytes]:
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(idle_s):
                chunk = await anext(stream, None)
        except TimeoutError:
            raise UploadStalled(f"the upload stood still for {idle_s:g} s and was given up; send it again") from None
        if chunk is None:
            return
        if chunk:
            yield chunk


def _disposition_filename(request: Request) -> str | None:
    """The name in Content-Disposition (RFC 6266, filename* too)."""
    header = Message()
    header["content-disposition"] = request.headers.get("content-disposition", "")
    return header.get_filename()
