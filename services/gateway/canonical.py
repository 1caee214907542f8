"""One customer's canonical row, read where it rests; and its values in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from libs.errors import NotFound
from libs.tables.columns import COLUMNS, EXTRA_PREFIX, RATIOS
from services.gateway.domain import Artifact
from services.gateway.result_columns import identifier
from services.gateway.results import Results

READABLE = frozenset(column.name for columns in COLUMNS.values() for column in columns if column.feature)
"""Canonical columns that a model may read. Names and addresses are none of them and are not read here either."""

UNITS = {column.name: column.unit for columns in COLUMNS.values() for column in columns}
"""Of numbers, by canonical column; empty where there is none."""

NOT_KNOWN = "not known"


def canonical_row(results: Results, artifact: Artifact, customer_id: str) -> pa.RecordBatch:
    """The customer as validation passed it on: customer_id and what a model may read, extra columns included.

    artifact: the prediction's canonical table. Raises NotFound, and what every query of results raises.
    """
    row = results.recent.find(artifact, customer_id)
    if row is None:
        row = _read(results, artifact, customer_id)
        results.recent.keep(artifact, customer_id, row)
    return row


def _read(results: Results, artifact: Artifact, customer_id: str) -> pa.RecordBatch:
    with results.query(artifact) as (cursor, path, columns):
        wanted = [name for name in columns if name in READABLE or name.startswith(EXTRA_PREFIX)]
        found = cursor.sql(
            f"SELECT {', '.join(map(identifier, ['customer_id', *wanted]))} FROM read_parquet(?)"
            " WHERE customer_id = ? ORDER BY source_row LIMIT 1",
            params=[path, customer_id],
        ).to_arrow_table()
    if not found.num_rows:
        raise NotFound("this prediction has no customer with that id")
    row: pa.RecordBatch = found.combine_chunks().to_batches()[0]
    return row


def values_in_words(row: pa.RecordBatch, features: Sequence[str]) -> dict[str, str]:
    """By feature of a model, one customer's value: a canonical column, a ratio of two, or an extra column."""
    cells: dict[str, Any] = row.to_pylist()[0]
    return {feature: _words(feature, cells) for feature in features}


def _words(feature: str, cells: Mapping[str, Any]) -> str:
    if feature in RATIOS:
        part, whole = (cells.get(column) for column in RATIOS[feature])
        return NOT_KNOWN if part is None or not whole else f"{100 * part / whole:.0f} %"
    cell = cells.get(feature, cells.get(EXTRA_PREFIX + feature))
    if cell is None:
        return NOT_KNOWN
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return cell.strip() if isinstance(cell, str) else f"{cell:,.2f}".rstrip("0").rstrip(".")
