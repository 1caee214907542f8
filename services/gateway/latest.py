"""Each customer's latest score in all completed uploads of a tenant, as one more table of results on local disk.

It is made when it is first asked for, and again once another upload is completed or one is deleted: its name says of
which results it is made. One pass over the customer ids finds whose score is where; then each file gives its rows.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from libs import telemetry
from services.gateway.artifacts import READ_ROWS, TableSink
from services.gateway.caching import Derived, Gone
from services.gateway.domain import Scored
from services.gateway.results import COLUMNS, IMPACT, UPLOAD_COLUMNS, Results, identifier

_PLACE_BITS = 40
"""Of a place: the upload above these bits, the row of its file below."""

_log = telemetry.logger(__name__)


def latest(results: Results, tenant_id: str, uploads: Sequence[Scored]) -> Derived:
    """The latest score of every customer; a customer is known again by industry and id.

    uploads: all completed ones, the last first. Asking for it costs nothing; the first query makes it.
    """
    made_from = "\n".join(f"{upload.prediction_id} {upload.results.sha256}" for upload in uploads)
    digest = hashlib.sha256(made_from.encode()).hexdigest()
    return Derived(latest_prefix(tenant_id) + digest, partial(_make, results, tuple(reversed(uploads))))


def latest_prefix(tenant_id: str) -> str:
    """How the names of the tenant's tables begin."""
    return f"latest-{tenant_id}-"


def _make(results: Results, uploads: Sequence[Scored], target: Path) -> None:
    """uploads: the first one first, so that of two places the greater is the later."""
    with ExitStack() as held:
        there = []
        for upload in uploads:
            try:
                there.append((upload, held.enter_context(results.held(upload.results))))
            except Gone:
                _log.warning("an upload has no results any more", extra={"job_id": upload.prediction_id})
        schemas = [pq.read_schema(path) for _, path in there]
        industries = [industry_of(results, *pair) for pair in zip((each for each, _ in there), schemas, strict=True)]
        with results.cursor(long=True) as cursor:
            _find(cursor, [str(path) for _, path in there], industries)
            _write(cursor, there, schemas, target)


def industry_of(results: Results, upload: Scored, schema: pa.Schema) -> str:
    """Of the upload's file, as it was read. schema: of its results."""
    said = (schema.metadata or {}).get(b"industry")
    if said is None and upload.plan is not None:  # written before results named it
        return str(results.document(upload.plan)["industry"])
    return said.decode() if said else ""


def _find(cursor: duckdb.DuckDBPyConnection, paths: list[str], industries: list[str]) -> None:
    """Makes the table of where each customer's latest score is."""
    cursor.execute("CREATE TEMP TABLE latest (upload INTEGER, place BIGINT)")
    if paths:
        cursor.execute(
            f"INSERT INTO latest SELECT place >> {_PLACE_BITS}, place & ((1::BIGINT << {_PLACE_BITS}) - 1)"
            f" FROM (SELECT max((file_index::BIGINT << {_PLACE_BITS}) | file_row_number) AS place"
            " FROM read_parquet(?, file_row_number = true)"
            " GROUP BY list_extract(?, file_index::BIGINT + 1), customer_id)",
            [paths, industries],
        )


def _write(
    cursor: duckdb.DuckDBPyConnection, there: Sequence[tuple[Scored, Path]], schemas: Sequence[pa.Schema], target: Path
) -> None:
    """The rows, the last upload's first, each with every column of any of the files."""
    bars = {field.name: field for schema in schemas for field in schema if field.name.startswith(IMPACT)}
    schema = _schema(cursor, bars)
    with TableSink(target, schema, queried=True) as sink:
        for number, (upload, path) in reversed(list(enumerate(there))):
            rows: Any = cursor.sql(
                f"SELECT {_columns(bars, there=schemas[number].names)}, ?::VARCHAR, ?::TIMESTAMP"
                " FROM read_parquet(?, file_row_number = true)"
                " WHERE file_row_number IN (SELECT place FROM latest WHERE upload = ?)",
                params=[upload.prediction_id, upload.uploaded_at.replace(tzinfo=None), str(path), number],
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
