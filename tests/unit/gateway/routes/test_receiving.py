"""A file on its way in."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import Request
from starlette.requests import ClientDisconnect

from libs.errors import TooLarge, Unavailable
from services.gateway.routes.receiving import BLOCK_BYTES, FileSink, UploadStalled, received


def request(receive: Callable[[], Any], **headers: str) -> Request:
    """A request whose body comes from `receive`."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": raw, "path": "/", "query_string": b""}, receive)


def test_memory_is_bounded_while_a_file_comes(tmp_path: Path) -> None:
    """64 MiB in pieces: no more than a block and a piece are held at once."""
    held: list[int] = []
    pieces = iter([b"x" * 65_536] * 1024)

    async def receive() -> dict[str, Any]:
        piece = next(pieces, b"")
        return {"type": "http.request", "body": piece, "more_body": bool(piece)}

    class Watched(FileSink):
        def add(self, data: bytes | memoryview) -> None:
            super().add(data)
            held.append(len(self._gathered))

    async def run() -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("services.gateway.routes.receiving.FileSink", Watched)
            async with received(request(receive), tmp_path, 1 << 30, 5) as upload:
                return upload.path.stat().st_size

    assert 1024 * 65_536 == asyncio.run(run())
    assert max(held) <= BLOCK_BYTES + 65_536
    assert [] == list(tmp_path.iterdir())


def test_an_upload_that_stands_still_is_given_up(tmp_path: Path) -> None:
    """After the idle time, and its scratch file is gone."""

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        raise AssertionError("never comes")

    async def run() -> None:
        async with received(request(receive), tmp_path, 100, 0.05):
            raise AssertionError("nothing was received")

    with pytest.raises(UploadStalled):
        asyncio.run(run())
    assert [] == list(tmp_path.iterdir())


def test_a_caller_who_hangs_up_leaves_nothing(tmp_path: Path) -> None:
    """Half a file is no file."""
    messages = iter([{"type": "http.request", "body": b"abc", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def run() -> None:
        async with received(request(receive), tmp_path, 100, 5):
            raise AssertionError("half a file was received")

    with pytest.raises(ClientDisconnect):
        asyncio.run(run())
    assert [] == list(tmp_path.iterdir())


def test_a_stated_length_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    """Not a byte is asked for."""

    async def receive() -> dict[str, Any]:
        raise AssertionError("the body was read")

    async def run() -> None:
        async with received(request(receive, content_length="101"), tmp_path, 100, 5):
            raise AssertionError("it was received")

    with pytest.raises(TooLarge):
        asyncio.run(run())


def test_a_full_disk_is_unavailable() -> None:
    """Not our bug, and worth another try."""
    sink = FileSink(Path("/dev/full"), 100)
    sink.add(b"abc")
    with pytest.raises(Unavailable):
        asyncio.run(sink.settle(rest=True))
    sink.close()
