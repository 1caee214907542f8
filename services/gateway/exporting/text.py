"""Customers as CSV, in batches."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv


def write_csv(path: Path, names: Sequence[str], batches: Iterable[pa.RecordBatch], told: Callable[[int], None]) -> int:
    """Writes the header line and the rows as they come; how many. told: called with the rows so far."""
    rows = 0
    with path.open("wb") as file:
        file.write((",".join(names) + "\n").encode())
        writer = None
        for batch in batches:
            if writer is None:
                options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="needed")
                writer = pyarrow.csv.CSVWriter(file, batch.schema, write_options=options)
            writer.write_batch(batch)
            rows += batch.num_rows
            told(rows)
        if writer is not None:
            writer.close()
    return rows
