"""What kind of file this is, told from its first bytes; what cannot be read is refused by name."""

import re

import numpy as np

from services.ingest.domain import BinaryContent, UnsupportedFormat

GZIP = b"\x1f\x8b"

_ADVICE = "export it as CSV and upload that"
_UNPACK = "unpack it and upload the CSV inside, or pack that with gzip"

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x05\x06", "an empty ZIP archive", _UNPACK),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel workbook (.xls), or one locked with a password",
        "save it as .xlsx or CSV without a password",
    ),
    (b"FEA1", "a Feather file of version 1", _ADVICE),
    (b"ORC", "an ORC file", _ADVICE),
    (b"Obj\x01", "an Avro file", _ADVICE),
    (b"SQLite format 3\x00", "an SQLite database", _ADVICE),
    (b"%PDF-", "a PDF document", _ADVICE),
    (b"{\\rtf", "a rich text document", _ADVICE),
    (b"\x89PNG\r\n", "a PNG image", _ADVICE),
    (b"\xff\xd8\xff", "a JPEG image", _ADVICE),
    (b"GIF8", "a GIF image", _ADVICE),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x7fELF", "a program", _ADVICE),
)
"""First bytes, what they begin, and what would work instead. Source: the formats' own specifications."""

_TEXT_LIKE_MAGIC = {b"ORC", b"BZh", b"GIF8", b"FEA1"}
"""Magic that could also begin a header row ("ORCHARD,…"): believed only where control characters follow."""

_MARKUP: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\s*<(!doctype html|html|head|body|table|meta)[\s>]", re.I), "an HTML page"),
    (re.compile(rb"\s*<\?xml[\s?]", re.I), "an XML document"),
    (re.compile(rb'\s*(\{\s*"|\[\s*\{|\[\s*\[)'), "a JSON document"),
)

_FIRST_PRINTABLE = 32
_IS_CONTROL = np.array([code not in b"\t\n\v\f\r\x1a\x1b" for code in range(_FIRST_PRINTABLE)])
_CONTROL_SHARE_MAX = 0.05
_CONTROLS_MAX = 16
"""Text has next to no control characters, random bytes have 10 %. A handful in a short file is damage, not binary."""


def is_gzip(head: bytes) -> bool:
    """Whether the bytes begin a gzip member (RFC 1952)."""
    return head.startswith(GZIP)


def refuse_other_formats(head: bytes) -> None:
    """Raises UnsupportedFormat for the first bytes of a file that is known not to be delimited text."""
    for magic, kind, advice in _MAGIC:
        if head.startswith(magic) and (magic not in _TEXT_LIKE_MAGIC or _controls(head[:512]) > 0):
            raise _unsupported(kind, advice)
    if head.startswith(b"PK\x03\x04"):
        raise _unsupported("a ZIP archive inside a ZIP archive", "pack it once")
    if head[257:262] == b"ustar":
        raise _unsupported("a tar archive", _UNPACK)
    if is_gzip(head):
        raise _unsupported("a gzip file inside a gzip file", "pack it once")


def refuse_binary(head: bytes) -> None:
    """Raises BinaryContent where the bytes, of an encoding with one byte a character or UTF-8, are no text."""
    controls = _controls(head)
    if controls > _CONTROLS_MAX and controls > _CONTROL_SHARE_MAX * len(head):
        raise BinaryContent(
            f"the file is not text: {controls:,} of its first {len(head):,} bytes are control characters; "
            "upload a CSV file, or one packed with gzip"
        )


def refuse_markup(text: bytes) -> None:
    """Raises UnsupportedFormat where the text (UTF-8) is a document of another kind."""
    for pattern, kind in _MARKUP:
        if pattern.match(text):
            raise _unsupported(kind, _ADVICE)


def _controls(data: bytes) -> int:
    codes = np.frombuffer(data, np.uint8)
    return int(np.count_nonzero(_IS_CONTROL[codes[codes < _FIRST_PRINTABLE]]))


def _unsupported(kind: str, advice: str) -> UnsupportedFormat:
    return UnsupportedFormat(f"the file is {kind}, not a table of delimited text; {advice}")
