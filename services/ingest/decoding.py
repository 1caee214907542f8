"""Bytes in an encoding that is stated or found, into UTF-8."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from services.ingest.domain import BadOption, WrongEncoding
from services.ingest.repairs import LINES_MAX, Code, Repairs
from services.ingest.unpacking import BLOCK_BYTES

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_NOT_FOR_FILES = {"idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape", "unicode-escape", "utf-7"}
"""Text codecs of Python that no exporter writes; some take quadratic time."""

_WINDOWS_1252 = "".join(
    character if character != "�" else chr(byte)
    for byte in range(256)
    for character in [bytes([byte]).decode("cp1252", "replace")]
)
"""Every byte has a character here: the five that Microsoft left open are control characters.
Source: the WHATWG Encoding Standard's index for windows-1252."""

_ESCAPED = re.compile("[\udc80-\udcff]")
"""What Python's surrogateescape makes of bytes that are not UTF-8; valid UTF-8 never gives these."""

_UNESCAPED = {0xDC00 + byte: _WINDOWS_1252[byte] for byte in range(0x80, 0x100)}

DAMAGED_CONFIDENCE = 60.0
"""Confidence in an encoding that some bytes of the file do not fit."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LETTER_IN_WORD = re.compile(rb"[\xc0-\xd6\xd8-\xf6\xf8-\xff](?=[a-z])|(?<=[a-z])[\xdf-\xf6\xf8-\xff]")

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_REPLACED = re.compile("�")
_CR, _LF = 13, 10
_NUL = re.compile("\0")

_PLACES_MAX = 1_000
"""Damaged places of one block that are looked at for their lines: a bound on hostile files."""

_UTF16_NUL_SHARE_MIN = 0.3
_UTF16_OTHER_SHARE_MAX = 0.02
"""Text of mostly Latin letters in UTF-16 has a NUL in nearly every second byte, and next to none between."""

_MULTIBYTE_PROOF = 4
"""Valid UTF-8 sequences after which a stated single-byte encoding is not believed."""


@dataclass(frozen=True)
class Encoding:
    """An encoding and how it was come by. name: as IANA has it. mark: bytes of the byte order mark.

    confidence: 0-100, of the head; 100 where a mark or the caller says so.
    """

    name: str
    mark: int = 0
    stated: bool = False
    assumed: bool = False
    confidence: float = 100.0

    @property
    def wide(self) -> bool:
        """Whether NUL bytes are part of ordinary characters."""
        return self.name.startswith(("utf-16", "utf-32"))


def encoding_of(head: bytes, stated: str | None) -> Encoding:
    """The encoding of a file that begins with `head`. Raises BadOption and WrongEncoding."""
    mark, marked = next(((len(bom), name) for bom, name in _BOMS if head.startswith(bom)), (0, ""))
    if stated is not None:
        return _believed(stated, head, mark, marked)
    if marked:
        return Encoding(marked, mark)
    if guessed := _utf16_without_mark(head):
        return Encoding(guessed, confidence=95.0)
    valid, stray = _utf8_sequences(head)
    if stray <= valid:
        return Encoding("utf-8", confidence=DAMAGED_CONFIDENCE if stray else 100.0 - 10.0 * 0.25**valid * (valid > 0))
    return Encoding("windows-1252", assumed=True, confidence=_assumed_confidence(head))


def decoded(blocks: Iterable[bytes], encoding: Encoding, repairs: Repairs, head_only: bool = False) -> Iterator[bytes]:
    """The text as valid UTF-8 without byte order mark and NULs. Raises WrongEncoding for a stated encoding.

    head_only: whether the last character may be cut off; it is then left out.
    """
    decoder = _Decoder(encoding, repairs)
    unread = encoding.mark
    for block in blocks:
        yield decoder.text(block[unread:], final=False)
        unread = 0
    if not head_only:
        yield decoder.text(b"", final=True)


class _Decoder:
    """Turns one block after the other into UTF-8, and knows in which line of the file it stands."""

    def __init__(self, encoding: Encoding, repairs: Repairs) -> None:
        self._encoding = encoding
        self._repairs = repairs
        self._line = 1
        self._after_cr = False
        self._assumption_told = False
        errors = "strict" if encoding.stated else "replace" if encoding.wide else "surrogateescape"
        self._incremental = codecs.getincrementaldecoder(encoding.name)(errors)

    def text(self, block: bytes, final: bool) -> bytes:
        """The next characters, those that the block only begins left for the next call."""
        if self._encoding.name == "utf-8" and block.isascii() and not self._incremental.getstate()[0]:
            self._join(block.startswith(b"\n"))
            return self._clean(block)
        text = self._decode(block, final)
        self._join(text.startswith("\n"))
        return self._clean(self._mended(text))

    def _join(self, starts_with_lf: bool) -> None:
        """Counts CR and LF as one line end where the block before ended between them."""
        self._line -= self._after_cr and starts_with_lf

    def _decode(self, block: bytes, final: bool) -> str:
        if self._encoding.assumed:
            return codecs.charmap_decode(block, "strict", _WINDOWS_1252)[0]
        try:
            return self._incremental.decode(block, final)
        except UnicodeDecodeError as error:
            line = self._line + _line_ends(block[: error.start])
            raise WrongEncoding(
                f"the file is not {self._encoding.name}, as was stated: the bytes near line {line:,} do not fit; "
                "leave the encoding out to have it detected"
            ) from error

    def _mended(self, text: str) -> bytes:
        """The text without what could not be decoded, which is counted with its lines."""
        if self._encoding.assumed and not self._assumption_told and not text.isascii():
            self._assumption_told = True
            self._repairs.add(Code.ENCODING_ASSUMED, 1, self._lines(_NOT_ASCII, text))
        if self._encoding.wide and "�" in text:
            self._repairs.add(Code.UNDECODABLE_BYTES, text.count("�"), self._lines(_REPLACED, text))
        try:
            return text.encode()
        except UnicodeEncodeError:
            self._repairs.add(Code.UNDECODABLE_BYTES, len(_ESCAPED.findall(text)), self._lines(_ESCAPED, text))
            return text.translate(_UNESCAPED).encode()

    def _clean(self, data: bytes) -> bytes:
        """The data without NULs; moves the line number on."""
        if b"\0" in data:
            self._repairs.add(Code.NUL_BYTES, data.count(b"\0"), self._lines(_NUL, data.decode()))
            data = data.replace(b"\0", b"")
        if data:
            self._line += _line_ends(data)
            self._after_cr = data.endswith(b"\r")
        return data

    def _lines(self, pattern: re.Pattern[str], text: str) -> list[int]:
        """Lines of the first places that fit, while LINES_MAX lines have room."""
        lines: list[int] = []
        line, seen = self._line, 0
        for place in islice(pattern.finditer(text), _PLACES_MAX):
            line += _line_ends(text[seen : place.start()].encode(errors="replace"))
            seen = place.start()
            if not lines or line > lines[-1]:
                lines.append(line)
            if len(lines) == LINES_MAX:
                break
        return lines


def _believed(stated: str, head: bytes, mark: int, marked: str) -> Encoding:
    """The stated encoding, unless the bytes prove it wrong."""
    name = _iana(stated)
    wide = name.startswith(("utf-16", "utf-32"))
    valid, stray = (0, 0) if wide else _utf8_sequences(head)
    proven = ""
    if marked and not marked.startswith(name):
        proven = marked
    elif wide and b"\0" not in head:
        proven = "of one byte a character, or utf-8"
    elif not wide and not marked:
        proven = _utf16_without_mark(head)
        if name != "utf-8" and valid >= _MULTIBYTE_PROOF and not stray:
            proven = "utf-8"
    if proven and head:
        raise WrongEncoding(
            f"the file is {proven}, not {name} as was stated; leave the encoding out to have it detected"
        )
    if name in ("utf-16", "utf-32"):
        # Without a mark the order of bytes is not stated; nearly every such file is little-endian.
        name = marked or _utf16_without_mark(head) or f"{name}-le"
    return Encoding(name, mark, stated=True)


def _iana(stated: str) -> str:
    """The name of a text encoding as IANA has it. Raises BadOption."""
    try:
        name = codecs.lookup(stated).name
        "a".encode(name)  # refuses Python's codecs between bytes and bytes
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as error:
        raise _unknown(stated) from error
    if name in _NOT_FOR_FILES:
        raise _unknown(stated)
    name = re.sub(r"^cp(125\d)$", r"windows-\1", name)
    return re.sub(r"^iso8859-", "iso-8859-", name).removesuffix("-sig")


def _unknown(stated: str) -> BadOption:
    return BadOption(
        f"the encoding {stated[:40]!r} is not known; use an IANA name such as utf-8, utf-16 or windows-1252, "
        "or leave it out to have it detected"
    )


def _assumed_confidence(head: bytes) -> float:
    """How sure Windows-1252 is: letters of Western Europe between letters speak for it, marks and symbols do not."""
    beyond = len(_BEYOND_ASCII.findall(head))
    return 50.0 + 30.0 * len(_LETTER_IN_WORD.findall(head)) / beyond


def _utf16_without_mark(head: bytes) -> str:
    """The UTF-16 that the bytes plainly are, by the places of their NULs; else empty."""
    half = len(head) // 2
    if not half or b"\0" not in head:
        return ""
    even, odd = head[: 2 * half : 2].count(0) / half, head[1::2].count(0) / half
    if odd >= _UTF16_NUL_SHARE_MIN and even <= _UTF16_OTHER_SHARE_MAX:
        return "utf-16-le"
    if even >= _UTF16_NUL_SHARE_MIN and odd <= _UTF16_OTHER_SHARE_MAX:
        return "utf-16-be"
    return ""


def _utf8_sequences(head: bytes) -> tuple[int, int]:
    """How many characters beyond ASCII read as UTF-8, and how many bytes do not."""
    if head.isascii():
        return 0, 0
    # A head that is not the whole file may end inside a character.
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head, final=len(head) < BLOCK_BYTES)
    stray = len(_ESCAPED.findall(text))
    return len(_NOT_ASCII.findall(text)) - stray, stray


def _line_ends(data: bytes) -> int:
    codes = np.frombuffer(data, np.uint8)
    feeds = codes == _LF
    if b"\r" not in data:
        return int(np.count_nonzero(feeds))
    returns = codes == _CR
    both = np.count_nonzero(returns[:-1] & feeds[1:])
    return int(np.count_nonzero(feeds) + np.count_nonzero(returns) - both)
