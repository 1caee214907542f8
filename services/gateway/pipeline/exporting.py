"""The one step of an export: the chosen customers, in their order, into a file for people."""

from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from libs.errors import Internal
from services.gateway.choosing import Sort, filter_of
from services.gateway.domain import Artifact, Export, ExportFormat, Pass
from services.gateway.exporting.about import about
from services.gateway.exporting.rows import chosen_rows
from services.gateway.exporting.sheet import columns_of
from services.gateway.exporting.text import write_csv
from services.gateway.exporting.workbook import write_workbook
from services.gateway.latest_table import Part, named_industry, write_latest
from services.gateway.pipeline.work import Work
from services.gateway.result_columns import exported, harmless, identifier, types
from services.gateway.spilling import spilling_database

MEMORY_MB = 96
"""For sorting; beyond it DuckDB spills."""


def export(work: Work) -> dict[str, Artifact]:
    """The file, of as many rows as were counted when it was asked for."""
    wanted = _wanted(work)
    filename = f"export.{wanted.format.value}"
    target = work.artifacts.path(filename)
    # One thread: each further one holds more blocks while it sorts, and writing is what takes the time.
    with spilling_database(target.parent, 1, MEMORY_MB) as database:
        work.told(Pass.EXPORT, 0, wanted.rows, "Sorting customers")
        table = _latest(work, database) if wanted.uploads else work.artifacts.local(work.artifact("results"))
        written = _written(work, database, table, target)
    if written != wanted.rows:
        raise Internal(f"an export of {wanted.rows} rows came to {written}")
    return {"export": work.artifacts.keep(filename)}


def sentence(work: Work) -> str:
    """What came of it, for its owner."""
    wanted = _wanted(work)
    return f"{wanted.rows:,} {'customer' if wanted.rows == 1 else 'customers'} in {work.job.filename}"


def _wanted(work: Work) -> Export:
    wanted = work.job.options.export
    assert wanted is not None, "an export says what it is to hold"
    return wanted


def _written(work: Work, database: duckdb.DuckDBPyConnection, table: Path, target: Path) -> int:
    """Writes the file; how many rows."""
    wanted, columns = _wanted(work), types(table)

    def told(rows: int) -> None:
        work.told(Pass.EXPORT, rows, wanted.rows, "Writing customers")

    chosen, sort = filter_of(wanted.filters), Sort(wanted.sort)
    if wanted.format is ExportFormat.CSV:
        names = exported(columns)
        cells = harmless({identifier(name): kind for name, kind in names.items()})
        return write_csv(target, list(names), chosen_rows(database, table, cells, chosen, sort), told)
    shown = columns_of(columns)
    rows = chosen_rows(database, table, ", ".join(column.sql for column in shown), chosen, sort)
    return write_workbook(target, shown, rows, about(wanted, work.job), work.job.created_at, told)


def _latest(work: Work, database: duckdb.DuckDBPyConnection) -> Path:
    """Each customer's latest score in the uploads that the export names."""
    parts = []
    for upload in _wanted(work).uploads:
        path = work.artifacts.local(work.artifact(f"results:{upload.prediction_id}"))
        industry = named_industry(pq.read_schema(path))
        if industry is None:
            industry = str(work.artifacts.document(work.artifact(f"plan:{upload.prediction_id}"))["industry"])
        parts.append(Part(upload.prediction_id, datetime.fromisoformat(upload.uploaded_at), industry, path))
    target = work.artifacts.path("latest.parquet")
    write_latest(database, parts, target)
    return target
