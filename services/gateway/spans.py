"""Where a file's own customers lie: the 5 %, 50 % and 95 % of each number, and the values of each category.

Scoring sees a table once and in pieces; only here is the whole of it at hand before the first row is scored.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from libs.tables.columns import COLUMNS, RATIOS, Industry, Kind

Document = dict[str, Any]

VALUES_MAX = 25_000
"""Cells of a column that are looked at, evenly over a longer file, to bound memory and time: where the 5 % quantile
lies among the customers is then known to 0.14 % of them (one standard error)."""

LEVEL_SHARE_MIN = 0.005
"""A value that fewer customers have is as likely a slip as something the tenant offers."""

LEVELS_MAX = 50


def spans(canonical: Path, industry: Industry) -> Document:
    """By column and ratio: {"low", "typical", "high"} or {"levels"}; columns without a known cell are left out.

    canonical: a Parquet file of clean canonical rows.
    """
    with pq.ParquetFile(canonical, pre_buffer=False) as file:
        step = -(-max(1, file.metadata.num_rows) // VALUES_MAX)

        def column(name: str) -> Any:
            return _every(file, name, step)

        present = set(file.schema_arrow.names)
        found: Document = {}
        for canonical_column in COLUMNS[industry]:
            name = canonical_column.name
            if name in present and canonical_column.feature:
                if canonical_column.kind is Kind.NUMBER:
                    found[name] = _numbers(_floats(column(name)))
                elif canonical_column.kind is Kind.CATEGORY:
                    found[name] = _levels(column(name))
        found |= {name: _ratio(column, *pair) for name, pair in RATIOS.items() if set(pair) <= present}
    return {name: span for name, span in found.items() if span}


def _every(file: pq.ParquetFile, name: str, step: int) -> "pa.ChunkedArray[Any]":
    if step == 1:
        return file.read([name]).column(0)
    pieces = [batch.column(0).take(np.arange(0, len(batch), step)) for batch in file.iter_batches(columns=[name])]
    return pa.chunked_array(pieces)


def _floats(cells: "pa.ChunkedArray[Any]") -> np.ndarray:
    return cells.cast(pa.float64()).to_numpy()


def _ratio(column: Callable[[str], Any], part: str, whole: str) -> Document:
    above, below = _floats(column(part)), _floats(column(whole))
    return _numbers(np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0))


def _numbers(cells: np.ndarray) -> Document:
    """Values that customers have, none in between: half a login is nobody's."""
    known = cells[np.isfinite(cells)]
    if not len(known):
        return {}
    low, typical, high = np.quantile(known, [0.05, 0.5, 0.95], method="inverted_cdf")
    return {"low": float(low), "typical": float(typical), "high": float(high)}


def _levels(cells: "pa.ChunkedArray[Any]") -> Document:
    counted: Any = pc.value_counts(cells.drop_null())
    pairs = zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True)
    counts = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    least = LEVEL_SHARE_MIN * sum(count for _, count in counts)
    levels = [value for value, count in counts[:LEVELS_MAX] if count >= least]
    return {"levels": levels} if levels else {}
