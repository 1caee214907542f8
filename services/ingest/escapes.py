"""Quotes that a backslash escapes inside quoted fields, as MySQL and Hive write them, into RFC 4180's doubled ones."""

import re
from collections.abc import Iterable, Iterator

from services.ingest.domain import Dialect
from services.ingest.lexing import lexed

_ESCAPE = re.compile(rb'\\(["\\])')
_TRAILING = re.compile(rb"\\+\Z")


def escaped(head: bytes, dialect: Dialect) -> bool:
    """Whether the head proves it: quotes are out of place as they stand, and in place once they are doubled."""
    return (
        dialect.quote == '"' and rb"\"" in head and not _in_place(head, dialect) and _in_place(_doubled(head), dialect)
    )


def unescaped(text: Iterable[bytes]) -> Iterator[bytes]:
    """The text with every escaped quote doubled and every doubled backslash single; other backslashes stay."""
    rest = b""
    for block in text:
        data = rest + block
        # The last backslash may escape what comes next.
        trailing = _TRAILING.search(data)
        rest = b"\\" if trailing and len(trailing[0]) % 2 else b""
        yield _doubled(data.removesuffix(rest))
    if rest:
        yield rest


def _doubled(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: b'""' if found[1] == b'"' else b"\\", text)


def _in_place(head: bytes, dialect: Dialect) -> bool:
    """Whether no quoted field goes on behind its closing quote, and all rows have one width. The last may be cut."""
    rows = lexed(head, dialect)
    widths = set(rows.fields[~rows.empty].tolist())
    return rows.quoted and not rows.malformed and len(widths) == 1
