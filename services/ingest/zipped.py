"""Zip archives: the one file inside, unpacked within limits."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.ingest.domain import DamagedContainer, GzipBomb, Limits, UnsupportedFormat

_CHUNK_BYTES = 1 << 20
_DIRECTORY_BYTES_MAX = 4 << 20
"""A larger directory names tens of thousands of files, and would be read whole."""

_END_RECORD = b"PK\x05\x06"
_END_BYTES_MAX = 22 + (64 << 10)


def holds_workbook(path: Path) -> bool:
    """Whether the archive is an Excel workbook. Raises DamagedContainer, and UnsupportedFormat for other documents."""
    with opened(path) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return True
    if "xl/workbook.bin" in names or "[Content_Types].xml" in names or "mimetype" in names:
        raise UnsupportedFormat(
            "the file is an office document, but no .xlsx workbook; save its table as .xlsx or CSV and upload that"
        )
    return False


def content(path: Path, limits: Limits) -> Iterator[bytes]:
    """The bytes of the only file inside. Raises UnsupportedFormat, GzipBomb and DamagedContainer."""
    with opened(path) as archive:
        files = [entry for entry in archive.infolist() if not _is_clutter(entry)]
        if len(files) != 1:
            raise UnsupportedFormat(
                f"the ZIP archive holds {len(files):,} files; upload the one with a row for each customer, "
                "or an archive with that file alone"
            )
        yield from member(archive, files[0], limits)


def member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> Iterator[bytes]:
    """The bytes of one file of the archive, as `content`."""
    if entry.flag_bits & 1:
        raise UnsupportedFormat("the ZIP archive is locked with a password; upload the file inside")
    made = 0
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK_BYTES):
            made += len(chunk)
            if made > limits.gzip_ratio_from_bytes and made > limits.gzip_ratio_max * max(1, entry.compress_size):
                raise GzipBomb(
                    f"the archive unpacks to more than {limits.gzip_ratio_max:g} times its size, as no customer table "
                    "does; upload the CSV itself"
                )
            yield chunk


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive. What goes wrong while it is read is raised as DamagedContainer or UnsupportedFormat."""
    _refuse_large_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise DamagedContainer("the ZIP archive is cut off or corrupt; pack and upload it again") from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnsupportedFormat("the ZIP archive is packed in a way that is not known; pack it again") from error


def _refuse_large_directory(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_BYTES_MAX))
        tail = file.read()
    place = tail.rfind(_END_RECORD)
    if place >= 0 and int.from_bytes(tail[place + 12 : place + 16], "little") > _DIRECTORY_BYTES_MAX:
        raise UnsupportedFormat(
            "the ZIP archive holds tens of thousands of files; upload the one with a row for each customer"
        )


def _is_clutter(entry: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS and Windows add of their own. `is_dir` would fail on a file without a name."""
    path, name = entry.filename, entry.filename.rpartition("/")[2]
    return path.endswith("/") or path.startswith("__MACOSX/") or name in (".DS_Store", "Thumbs.db", "desktop.ini")
