"""Files that hold a table in another shape than text (zip, Excel, Parquet, Arrow), brought to bytes of text.

They can only be read as a whole, so they are spooled to a temporary file of bounded size. What comes out is CSV, so
that titles, headers, blank rows and footers are found in one place for all of them.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from services.ingest import columnar, workbook, zipped
from services.ingest.domain import ContainerTooLarge, Limits, Options
from services.ingest.repairs import Repairs
from services.ingest.unpacking import BLOCK_BYTES, unpacked, within
from services.ingest.unpacking import blocks as blocks_of

_ZIP = b"PK\x03\x04"
_TYPED = (
    (b"PAR1", "parquet", columnar.parquet_text),
    (b"ARROW1", "arrow", columnar.arrow_text),
    (b"\xff\xff\xff\xff", "arrow", columnar.arrow_text),
)
_BREAKS = str.maketrans("", "", "\r\n\t")


@dataclass(frozen=True)
class Source:
    """The bytes of a delimited text, and how they were come by: both as TextFormat has them.

    options: those of the caller, with what a container itself says of its text.
    """

    blocks: Iterator[bytes]
    compression: str
    container: str
    options: Options


def source_of(chunks: Iterable[bytes], options: Options, limits: Limits, repairs: Repairs) -> Source:
    """The text that a file holds, packed or contained, in blocks of BLOCK_BYTES; at first its first block is read.

    Raises what its readers raise, here or while the blocks are read.
    """
    compression, blocks = unpacked(chunks, limits, options.head_only)
    head = next(blocks, b"")
    blocks = chain([head] if head else [], blocks)
    if head.startswith(_ZIP):
        spool = Spool(blocks, limits)
        if not spool.guarded(zipped.holds_workbook):
            compression = "zip"
            blocks = _cut(spool.kept(zipped.content(spool.path, limits)), limits)
            head = next(blocks, b"")
            blocks = chain([head] if head else [], blocks)
        else:
            text = workbook.text(spool.path, limits, repairs)
            return _contained("xlsx", spool, text, compression, options, limits)
    for magic, container, reader in _TYPED:
        if head.startswith(magic) and not _is_text(head):
            spool = Spool(blocks, limits)
            stated = replace(options, has_header=True)
            return _contained(container, spool, reader(spool.path, limits), compression, stated, limits)
    return Source(blocks, compression, "delimited", options)


def _contained(
    container: str, spool: "Spool", text: Iterator[bytes], compression: str, options: Options, limits: Limits
) -> Source:
    stated = replace(options, delimiter=",", encoding="utf-8", head_only=False)
    return Source(_cut(spool.kept(text), limits), compression, container, stated)


def _cut(content: Iterator[bytes], limits: Limits) -> Iterator[bytes]:
    return within(blocks_of(content, BLOCK_BYTES), limits)


def _is_text(head: bytes) -> bool:
    """Whether magic letters only begin a header row: in a Parquet file control characters follow."""
    return head[:512].isascii() and head[:512].decode().translate(_BREAKS).isprintable()


class Spool:
    """A temporary file, removed when what is read from it ends or is dropped."""

    def __init__(self, blocks: Iterable[bytes], limits: Limits) -> None:
        self._file = tempfile.NamedTemporaryFile(prefix="retainwise-ingest-")  # noqa: SIM115, lives on in `kept`
        self.path = Path(self._file.name)
        try:
            self._fill(blocks, limits.spool_bytes_max)
        except BaseException:
            self.close()
            raise

    def _fill(self, blocks: Iterable[bytes], most: int) -> None:
        for block in blocks:
            if self._file.tell() + len(block) > most:
                raise ContainerTooLarge(
                    f"the file is larger than {most:,} bytes, and of its kind no more can be read; "
                    "export it as CSV, which can be of any size, or split it"
                )
            self._file.write(block)
        self._file.flush()

    def guarded(self, question: Callable[[Path], bool]) -> bool:
        """The answer to a question about the file, which is removed when asking raises."""
        try:
            return question(self.path)
        except BaseException:
            self.close()
            raise

    def kept(self, content: Iterator[bytes]) -> Iterator[bytes]:
        try:
            yield from content
        finally:
            self.close()

    def close(self) -> None:
        self._file.close()
