"""Files that a command reads and writes: looked at before anything is started."""

import os
from enum import StrEnum
from pathlib import Path

from libs.errors import InvalidInput


class OutputFormat(StrEnum):
    """What --out can write, by the file's ending."""

    CSV = ".csv"
    PARQUET = ".parquet"


def readable(file: Path) -> None:
    """Raises InvalidInput for what is no file, cannot be opened, or is empty."""
    try:
        if file.exists() and not file.is_file():
            raise InvalidInput(f"{file} is not a file; name one")
        with file.open("rb") as opened:
            first = opened.read(1)
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}") from error
    if not first:
        raise InvalidInput(f"the file {file} is empty; name one with a header row and customers")


def output_format(out: Path | None) -> OutputFormat | None:
    """Decided before anything is started. Raises InvalidInput for an ending that we do not write."""
    if out is None:
        return None
    if out.suffix.lower() not in list(OutputFormat):
        raise InvalidInput(f"--out {out} ends in neither .csv nor .parquet; name one of them")
    return OutputFormat(out.suffix.lower())


def writable(target: Path) -> None:
    """Raises InvalidInput where `target` could not be written at the end of the job."""
    folder = target.resolve().parent
    if target.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise InvalidInput(f"{target} cannot be written; name a file in a folder that exists and is yours")
