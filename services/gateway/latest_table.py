"""Writes the latest scores of many uploads into one table of results.

One pass over the customer ids finds whose score is where; then each file gives its rows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from services.gateway.artifacts import READ_ROWS, TableSink
from services.gateway.result_columns import COLUMNS, IMPACT, UPLOAD_COLUMNS, identifier

_PLACE_BITS = 40
"""Of a place: the upload above these bits, the row of its file below."""


@dataclass(frozen=True)
class Part:
    """The results of one upload. uploaded_at: UTC. industry: uploads of two have no customers in common."""

    prediction_id: str
    uploaded_at: datetime
    industry: str
    path: Path


def named_industry(schema: pa.Schema) -> str | None:
    """What the results say; None of those written before they did: then the plan knows."""
    said = (schema.metadata or {}).get(b"industry")
    return None if said is None else said.decode()


def write_latest(cursor: duckdb.DuckDBPyConnection, parts: Sequence[Part], target: Path) -> None:
    """Writes each customer's row of the last upload that has it.

    parts: the first upload first, so that of two places the greater is the later.
    """
    _find(cursor, parts)
    _write(cursor, parts, target)


def _find(cursor: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> None:
    """Makes the table of where each customer's latest score is."""
    cursor.execute("CREATE TEMP TABLE latest (upload INTEGER, place BIGINT)")
    if parts:
        cursor.execute(
            f"INSERT INTO latest SELECT place >> {_PLACE_BITS}, place & ((1::BIGINT << {_PLACE_BITS}) - 1)"
            f" FROM (SELECT max((file_index::BIGINT << {_PLACE_BITS}) | file_row_number) AS place"
            " FROM read_parquet(?, file_row_number = true)"
            " GROUP BY list_extract(?, file_index::BIGINT + 1), customer_id)",
            [[str(part.path) for part in parts], [part.industry for part in parts]],
        )


def _write(cursor: duckdb.DuckDBPyConnection, parts: Sequence[Part], target: Path) -> None:
    """The rows, the last upload's first, each with every column of any of the files."""
    schemas = [pq.read_schema(part.path) for part in parts]
    bars = {field.name: field for schema in schemas for field in schema if field.name.startswith(IMPACT)}
    schema = _schema(cursor, bars)
    with TableSink(target, schema, queried=True) as sink:
        found = cursor.execute("SELECT DISTINCT upload FROM latest ORDER BY upload DESC").fetchall()
        for (number,) in found:
            part = parts[number]
            rows: Any = cursor.sql(
                f"SELECT {_columns(bars, there=schemas[number].names)}, ?::VARCHAR, ?::TIMESTAMP"
                " FROM read_parquet(?, file_row_number = true)"
                " WHERE file_row_number IN (SELECT place FROM latest WHERE upload = ?)",
                params=[part.prediction_id, part.uploaded_at.replace(tzinfo=None), str(part.path), number],
            )
            for batch in rows.to_arrow_reader(READ_ROWS):
                sink.write(pa.RecordBatch.from_arrays(batch.columns, schema=schema))


def _schema(cursor: duckdb.DuckDBPyConnection, bars: Mapping[str, "pa.Field[Any]"]) -> pa.Schema:
    """Of the table: every type as DuckDB hands it over, the waterfall's columns with what their files say of them."""
    whence = ", ".join(f"NULL::{kind} AS {name}" for name, kind in UPLOAD_COLUMNS.items())
    none: Any = cursor.sql(f"SELECT {_columns(bars, there=())}, {whence}")
    fields: list[pa.Field[Any]] = list(none.to_arrow_table().schema)
    # Field by field: only the waterfall's have something said of them.
    return pa.schema([bars[each.name].with_type(each.type) if each.name in bars else each for each in fields])


def _columns(bars: Iterable[str], *, there: Collection[str]) -> str:
    """Every column of results and of the waterfall, of one type whatever the file's; those not there are null."""
    kinds = {**COLUMNS, **dict.fromkeys(bars, "FLOAT")}
    return ", ".join(
        f"{identifier(name) if name in there else 'NULL'}::{kind} AS {identifier(name)}" for name, kind in kinds.items()
    )
