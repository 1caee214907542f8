"""Tests of services.gateway.pieces."""

from pathlib import Path

import pyarrow as pa

from services.gateway.pieces import PieceFile


def test_pieces_are_read_back_in_any_order(tmp_path: Path) -> None:
    """Each piece comes back as it was, whichever is asked for first."""
    batches = [pa.record_batch({"text": ["é" * n, None], "number": [n, None]}) for n in range(5)]
    with PieceFile(tmp_path) as file:
        pieces = [file.write(batch) for batch in batches]
        assert batches[::-1] == [file.read(piece) for piece in pieces[::-1]]
        assert file.size == sum(piece.bytes_packed for piece in pieces)


def test_a_slice_takes_the_room_of_its_rows_alone(tmp_path: Path) -> None:
    """Of a large batch, only the rows of the slice are written."""
    batch = pa.record_batch({"text": [f"{n * 7919:020}" for n in range(10_000)]})
    with PieceFile(tmp_path) as file:
        assert file.write(batch.slice(5_000, 10)).bytes_plain < 2_000


def test_the_file_has_no_name(tmp_path: Path) -> None:
    """Nothing is left in the folder, not even while the file is in use: a killed worker leaves no pieces behind."""
    with PieceFile(tmp_path) as file:
        file.write(pa.record_batch({"a": [1]}))
        assert [] == list(tmp_path.iterdir())
