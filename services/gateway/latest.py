"""Each customer's latest score in all completed uploads of a tenant, as one more table of results on local disk.

It is made when it is first asked for, and again once another upload is completed or one is deleted: its name says of
which results it is made.
"""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from libs import telemetry
from services.gateway.caching import Derived, Gone
from services.gateway.domain import Scored
from services.gateway.latest_table import Part, named_industry, write_latest
from services.gateway.results import Results

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
    """uploads: the first one first."""
    with ExitStack() as held:
        there = []
        for upload in uploads:
            try:
                path = held.enter_context(results.held(upload.results))
            except Gone:
                _log.warning("an upload has no results any more", extra={"job_id": upload.prediction_id})
                continue
            industry = industry_of(results, upload, pq.read_schema(path))
            there.append(Part(upload.prediction_id, upload.uploaded_at, industry, path))
        with results.cursor(long=True) as cursor:
            write_latest(cursor, there, target)


def industry_of(results: Results, upload: Scored, schema: pa.Schema) -> str:
    """Of the upload's file, as it was read. schema: of its results."""
    said = named_industry(schema)
    if said is None and upload.plan is not None:
        return str(results.document(upload.plan)["industry"])
    return said or ""
