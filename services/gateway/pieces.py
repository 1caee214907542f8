"""A temporary file of record batches that are read back one by one, in whatever order."""

import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple

import pyarrow as pa

_CODEC: Final = "lz4_raw"


class Piece(NamedTuple):
    """Where a batch lies in the file. bytes_plain: what it takes in memory."""

    offset: int
    bytes_packed: int
    bytes_plain: int


class PieceFile:
    """Batches of one schema, compressed. The file has no name, so it is gone with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self.size = 0
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 # closed by __exit__

    def write(self, batch: pa.RecordBatch) -> Piece:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as writer:
            writer.write_batch(batch)
        plain = sink.getvalue()
        # As a whole: of a narrow slice of many columns, most bytes are the stream's own and not the cells'.
        packed = pa.compress(plain, _CODEC, asbytes=True)
        piece = Piece(self.size, len(packed), plain.size)
        left = memoryview(packed)
        while left:
            left = left[self._file.write(left) :]
        self.size += piece.bytes_packed
        return piece

    def read(self, piece: Piece) -> pa.RecordBatch:
        packed = os.pread(self._file.fileno(), piece.bytes_packed, piece.offset)
        with pa.ipc.open_stream(pa.decompress(packed, piece.bytes_plain, _CODEC)) as reader:
            return reader.read_next_batch()

    def __enter__(self) -> "PieceFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
