"""A data file as the clean canonical table that scoring would get: ingest, mapping and validation in this process."""

from datetime import date
from pathlib import Path

import pyarrow as pa

from libs.tables.columns import UNCONVERTED, Industry
from libs.tables.wire import unpack_batch
from services.ingest.domain import Limits, Options
from services.ingest.messages import responses
from services.ingest.stage import parse
from services.mapping.domain import Decision, SuggestOptions
from services.mapping.messages import read_profile
from services.mapping.stage import apply, suggest
from services.validation import domain as validation
from services.validation.stage import Verdict, validate

SHARED = Path(__file__).parents[1] / "../shared/data/datasets"
TODAY = date(2026, 5, 31)
SAMPLE_ROWS = 1_000


def canonical(
    path: Path, absent: tuple[str, ...] = (), told: dict[str, str] | None = None
) -> tuple[Industry, pa.Table]:
    """The file's industry and its clean rows.

    absent: canonical columns that a person says are not in the file. told: file columns by canonical column.
    Rows of one customer are brought together first, as the gateway's clustering does.
    """
    answers = list(responses(parse([path.read_bytes()], Options(), Limits())))
    batches = [unpack_batch(each.batch) for each in answers if each.WhichOneof("part") == "batch"]
    decisions = [Decision(name) for name in absent]
    decisions += [Decision(name, column) for name, column in (told or {}).items()]
    options = SuggestOptions(TODAY, decisions=tuple(decisions))
    plan = suggest(read_profile(answers[-1].profile), batches[0].slice(0, SAMPLE_ROWS), options).plan
    table = pa.Table.from_batches(batches)
    if plan.grain:
        key = next(each.column for each in plan.columns if each.canonical == "customer_id")
        table = table.sort_by([(key, "ascending"), ("source_row", "ascending")])
    application = apply(plan, table.schema)
    mapped = list(application.converted(table.combine_chunks().to_batches()))
    checked = validate(mapped, validation.Options(plan.industry, application.schema, absent, TODAY))
    clean = [rows for verdict, rows in checked if verdict is Verdict.CLEAN]
    result = pa.Table.from_batches(clean, checked.clean_schema)
    return plan.industry, result.drop_columns([name for name in (UNCONVERTED,) if name in result.column_names])
