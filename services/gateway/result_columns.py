"""The columns of result files, and how SQL reads them, whatever the file's age and whatever its cells hold."""

from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from services.gateway.choosing import TOP_FACTORS

FORMULA = r"^[=+\-@\t\r\n]"
"""A text cell that starts so would be run as a formula by a spreadsheet (OWASP, CSV injection)."""

COLUMNS: dict[str, str] = {
    "customer_id": "VARCHAR",
    "customer_name": "VARCHAR",
    "plan": "VARCHAR",
    "churn_probability": "DOUBLE",
    "probability_low": "DOUBLE",
    "probability_high": "DOUBLE",
    "retention_probability": "DOUBLE",
    "risk_level": "VARCHAR",
    "top_risk_factor": "VARCHAR",
    **{
        f"factor_{rank}_{field}": {"impact": "DOUBLE", "actionable": "BOOLEAN"}.get(field, "VARCHAR")
        for rank in range(1, TOP_FACTORS + 1)
        for field in ("feature", "label", "value", "direction", "impact", "actionable")
    },
    "other_impact": "DOUBLE",
    "base_probability": "DOUBLE",
    "recommendation": "VARCHAR",
    "action": "VARCHAR",
    "action_probability": "DOUBLE",
    "model_version": "VARCHAR",
    "scored_at": "VARCHAR",
    "horizon_days": "INTEGER",
    "monthly_revenue": "DOUBLE",
    "revenue_at_risk": "DOUBLE",
    "saved_revenue": "DOUBLE",
    "source_row": "BIGINT",
}
"""Columns of results and their DuckDB types; one that an older file lacks is read as null."""

UPLOAD_COLUMNS = {"prediction_id": "VARCHAR", "uploaded_at": "TIMESTAMP"}
"""Columns of a table of several uploads' results, besides those: where each row is from. uploaded_at: UTC."""

IMPACT = "impact."
"""Begins the names of the waterfall's columns, one for each feature of the model."""


def chosen_columns(columns: Container[str]) -> str:
    """The columns of a customer, and of which upload it is where the file says that."""
    return ", ".join([*COLUMNS, *(name for name in UPLOAD_COLUMNS if name in columns)])


def exported(columns: Mapping[str, str]) -> dict[str, str]:
    """The columns of a CSV, with their types. columns: the file's.

    Not the waterfall's: they would bury the rest in a spreadsheet; programs take the Parquet file.
    """
    more = {name: kind for name, kind in columns.items() if not name.startswith(IMPACT) and name not in COLUMNS}
    return {**COLUMNS, **more}


def source(columns: dict[str, str]) -> str:
    """The file as a table with every column of results; takes the path as its first parameter."""
    missing = [f", NULL::{kind} AS {name}" for name, kind in COLUMNS.items() if name not in columns]
    return f"SELECT *{''.join(missing)} FROM read_parquet(?, file_row_number = true)"


def feature_of(field: "pa.Field[Any]") -> tuple[str, str, bool]:
    """Of a column of the waterfall: the feature, its name in a person's words, and whether one can act on it."""
    name, said = field.name.removeprefix(IMPACT), field.metadata or {}
    title = said.get(b"title", b"").decode() or name.replace("_", " ")
    return name, title, said.get(b"actionable") == b"true"


def harmless(columns: Mapping[str, str]) -> str:
    """The columns (identifiers and types), with an apostrophe before text that a spreadsheet would run as a formula."""
    return ", ".join(
        f"CASE WHEN regexp_matches({name}, '{FORMULA}') THEN '''' || {name} ELSE {name} END"
        if kind == "VARCHAR"
        else name
        for name, kind in columns.items()
    )


def types(path: Path) -> dict[str, str]:
    """Names of the file's columns; of their types only whether they are text."""
    schema, text = pq.read_schema(path), (pa.types.is_string, pa.types.is_large_string, pa.types.is_dictionary)
    return {field.name: "VARCHAR" if any(is_text(field.type) for is_text in text) else "" for field in schema}


def identifier(name: str) -> str:
    """The name as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'
