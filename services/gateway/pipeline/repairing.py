"""Repairs that validation names become changes that scoring can try; neither knows of the other."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from services.gateway.pipeline.ports import Document

REPAIRS_MAX = 32
"""As many as scoring tries."""


def perturbations(findings: Document, spans: Document, canonical: Path) -> list[Document]:
    """One for each failed check whose repair changes cells, under the check's id; as JSON of scoring's Perturbation.

    spans: where the file's customers lie, by column. canonical: the clean rows.
    """
    return list(_perturbations(findings, spans, canonical))[:REPAIRS_MAX]


def _perturbations(findings: Document, spans: Document, canonical: Path) -> Iterator[Document]:
    for check in findings["checks"]:
        repair = check.get("repair")
        if check["passed"] or not repair:
            continue
        change = _change(repair, spans, canonical)
        if change:
            yield {"id": check["id"], "column": repair["column"], **change}


def _change(repair: Document, spans: Document, canonical: Path) -> Document | None:
    """None for what changes no cell (duplicates are gone already), or what nothing is known to fill with."""
    said = repair.get("parameters", {})
    match repair["operation"]:
        case "drop_column":
            return {"blank": True}
        case "divide":
            return {"divide_by": float(said["divisor"])}
        case "cap":
            clip = {"low": said.get("minimum"), "high": said.get("maximum")}
            bounds = {name: float(bound) for name, bound in clip.items() if bound is not None}
            return {"clip": {**bounds, "high_column": said.get("maximum_column", "")}}
        case "fill_missing":
            return _filling(repair["column"], said["statistic"], spans, canonical)
    return None


def _filling(column: str, statistic: str, spans: Document, canonical: Path) -> Document | None:
    span = spans.get(column, {})
    if statistic == "median":
        return {"fill_number": span["typical"]} if "typical" in span else None
    if span.get("levels"):
        return {"fill_text": span["levels"][0]}
    schema = pq.read_schema(canonical)
    if column not in schema.names or not pa.types.is_boolean(schema.field(column).type):
        return None
    share = pc.mean(pq.read_table(canonical, columns=[column], pre_buffer=False)[column].cast(pa.float64())).as_py()
    return None if share is None else {"fill_text": "yes" if share > 0.5 else "no"}
