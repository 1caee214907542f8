"""Names of exported files: of the upload and the day, safe on every disk and in every header."""

import re
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import quote

LENGTH_MAX = 80
"""Of the upload's part."""

ALL = "all customers"

_UNSAFE = re.compile(r"[^\w.-]+")
_NOT_ASCII = re.compile(r"[^A-Za-z0-9._-]+")


def export_name(upload: str, day: date) -> str:
    """The file's name without its ending. upload: the name of the uploaded file, or ALL."""
    stem = PurePosixPath(upload).stem if upload != ALL else upload
    words = _UNSAFE.sub("-", stem)[:LENGTH_MAX].strip("-._") or "customers"
    return f"retainwise-{words}-{day.isoformat()}"


def disposition(filename: str) -> str:
    """The header Content-Disposition that has a browser save the answer under the name (RFC 6266)."""
    plain = _NOT_ASCII.sub("_", filename)
    header = f'attachment; filename="{plain}"'
    return header if plain == filename else f"{header}; filename*=UTF-8''{quote(filename, safe='')}"
