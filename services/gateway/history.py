"""What became of one customer from upload to upload."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from services.gateway.caching import Gone
from services.gateway.domain import Scored
from services.gateway.latest import industry_of
from services.gateway.result_columns import COLUMNS
from services.gateway.results import Results

UPLOADS_MAX = 120
"""Ten years of months: what is older is not looked at."""

FIELDS = (
    "churn_probability",
    "probability_low",
    "probability_high",
    "risk_level",
    "top_risk_factor",
    "monthly_revenue",
    "revenue_at_risk",
    "model_version",
)
"""Columns of results that are told of each upload."""


@dataclass(frozen=True)
class Point:
    """The customer in one upload. values: by FIELDS; one that an older file lacks is None."""

    upload: Scored
    values: dict[str, Any]


def history(results: Results, uploads: Sequence[Scored], prediction_id: str, customer_id: str) -> list[Point]:
    """The customer's scores in the uploads of the prediction's industry, the first one first; empty for a stranger.

    uploads: the tenant's completed ones, the last first. Raises what every query of results raises.
    """
    with results.place(), ExitStack() as held:
        there = list(_alike(results, uploads[:UPLOADS_MAX], prediction_id, held))
        if not there:
            return []
        parts = [
            f"SELECT {number} AS upload, source_row, {', '.join(_field(name, columns) for name in FIELDS)}"
            " FROM read_parquet(?) WHERE customer_id = ?"
            for number, (_, _, columns) in enumerate(there)
        ]
        parameters = [each for _, path, _ in there for each in (str(path), customer_id)]
        with results.cursor() as cursor:
            # The first row of a file is the one that is shown, where an id was given twice.
            rows = cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY upload DESC, source_row DESC", parameters)
            found = {upload: values for upload, _, *values in rows.fetchall()}
    return [Point(there[upload][0], dict(zip(FIELDS, values, strict=True))) for upload, values in found.items()]


def _alike(
    results: Results, uploads: Sequence[Scored], prediction_id: str, held: ExitStack
) -> Iterator[tuple[Scored, Path, set[str]]]:
    """Uploads of the prediction's industry, with their files and the names of those files' columns."""
    found, wanted = [], ""
    for upload in uploads:
        try:
            path = held.enter_context(results.held(upload.results))
        except Gone:
            continue
        schema = pq.read_schema(path)
        industry = industry_of(results, upload, schema)
        found.append((industry, (upload, path, set(schema.names))))
        if upload.prediction_id == prediction_id:
            wanted = industry
    return (each for industry, each in found if industry == wanted)


def _field(name: str, there: set[str]) -> str:
    return name if name in there else f"NULL::{COLUMNS[name]} AS {name}"
