"""Pass 1: clean canonical rows."""

from itertools import chain

from libs.tables.columns import SOURCE_ROW
from services.gateway import clustering
from services.gateway.artifacts import read_batches, read_schema
from services.gateway.domain import Artifact, Pass
from services.gateway.pipeline.ports import Document
from services.gateway.pipeline.work import Work


def prepare(work: Work) -> dict[str, Artifact]:
    """Pass 1: clean canonical rows, rows set aside, and what was found."""
    plan_made = work.artifacts.document(work.artifact("plan"))
    table = work.artifacts.local(work.artifact("table"))
    row_count = int(work.artifacts.document(work.artifact("profile"))["row_count"])
    schema, batches = read_schema(table), read_batches(table)
    key = _key(plan_made)
    if not clustering.has_unique_keys(table, key, row_count, work.threads):
        work.told(Pass.PREPARE, 0, row_count, "Bringing each customer's rows together")
        clustered = work.artifacts.scratch_path("clustered.parquet")
        clustering.cluster(table, key, SOURCE_ROW, clustered, work.threads)
        batches = clustering.clustered_batches(clustered, schema)
    canonical = work.stages.apply(batches, schema, plan_made, row_count)
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
