"""Pass 1: clean canonical rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import pyarrow as pa

from services.gateway.artifacts import read_batches, read_schema
from services.gateway.clustering import clustered
from services.gateway.domain import Artifact, Pass
from services.gateway.pipeline.ports import Document
from services.gateway.pipeline.work import Work
from services.gateway.sorting import Room, has_unique_keys


def prepare(work: Work) -> dict[str, Artifact]:
    """Pass 1: clean canonical rows, rows set aside, and what was found."""
    plan_made = work.artifacts.document(work.artifact("plan"))
    table = work.artifacts.local(work.artifact("table"))
    row_count = int(work.artifacts.document(work.artifact("profile"))["row_count"])
    with _neighbourly(work, table, _key(plan_made), row_count) as batches:
        canonical = work.stages.apply(batches, read_schema(table), plan_made, row_count)
        checked = work.stages.validate(canonical, canonical.schema, plan_made, row_count)
        with (
            work.artifacts.sink("canonical.parquet", checked.clean_schema) as clean,
            work.artifacts.sink("quarantine.parquet", checked.quarantined_schema) as aside,
        ):
            for is_clean, batch in checked:
                (clean if is_clean else aside).write(batch)
                work.told(Pass.PREPARE, clean.row_count + aside.row_count, row_count, "Checking the data")
    return {
        "canonical": work.artifacts.keep("canonical.parquet"),
        "quarantine": work.artifacts.keep("quarantine.parquet"),
        "findings": work.artifacts.keep_document("findings.json", checked.trailer),
        "applied": work.artifacts.keep_document("applied.json", canonical.trailer),
    }


@contextmanager
def _neighbourly(work: Work, table: Path, key: str, row_count: int) -> Iterator[Iterable[pa.RecordBatch]]:
    """The table's rows, those of one customer next to one another."""
    told = partial(work.told, Pass.PREPARE, 0, row_count)
    looking = Room(work.clustering_bytes_max, partial(told, "Looking for customers with several rows"))
    if has_unique_keys(table, key, row_count, looking):
        yield read_batches(table)
    else:
        with clustered(
            table, key, replace(looking, told=partial(told, "Bringing each customer's rows together"))
        ) as rows:
            yield rows


def _key(plan_made: Document) -> str:
    """The file's column that tells customers apart: mapped so, or the one that the id is derived from."""
    mapped = (m["column"] for m in plan_made["mappings"] if m["canonical"] == "customer_id")
    derived = (d["columns"][0] for d in plan_made.get("derivations", ()) if d["canonical"] == "customer_id")
    return str(next(chain(mapped, derived)))


def clean_count(findings: Document) -> int:
    """Rows that validation left."""
    return int(findings["clean_count"])


def why_nothing(findings: Document, what: str) -> str:
    """What to say when it left none. what: could have been done with rows."""
    fatal = [
        check["message"]
        for check in findings["checks"]
        if check["severity"] == "SEVERITY_FATAL" and not check["passed"]
    ]
    return " ".join([f"No row of this file can be {what}.", *fatal[:3]])
