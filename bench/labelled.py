"""Labelled files as canonical SaaS tables, through our own ingest and mapping as an upload would go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bench.headers import SHARED
from libs.tables.columns import Industry
from libs.tables.wire import unpack_batch
from services.ingest.domain import Limits, Options
from services.ingest.messages import responses
from services.ingest.stage import parse
from services.mapping.asking import Decision, SuggestOptions
from services.mapping.messages import read_profile
from services.mapping.stage import apply, suggest

SAMPLE_ROWS = 1_000


@dataclass(frozen=True)
class Labelled:
    """A file whose customers' end is known. snapshot: the day it shows. note: what a reader must know of it.

    answers: what a person would have to say, by canonical column. masked: canonical columns that give the label away.
    """

    name: str
    snapshot: date
    note: str = ""
    answers: Mapping[str, Decision] = field(default_factory=dict)
    masked: tuple[str, ...] = ()


FILES = (
    Labelled("customer_churn_business_synth", date(2024, 12, 31)),
    Labelled(
        "saas_customers_nps_synth",
        date(2024, 12, 31),
        "masked: last login, which comes after the event, and tenure, which ends with it",
        masked=("days_since_last_login", "tenure_months"),
    ),
    Labelled("fightchurn_socialnet7_simulated", date(2020, 6, 1), "tenure alone; label of the last snapshot"),
    Labelled("mavenflix_subscription_cohort", date(2023, 9, 30), "one price; tenure of who left ends with the label"),
    Labelled("ravenstack_accounts", date(2024, 12, 31), "its label is noise"),
    Labelled("ibm_telco_customer_churn", date(2024, 12, 31), "telecom, read as SaaS"),
    Labelled("bigml_churn80_underscore", date(2024, 12, 31), "telecom; account length in an unknown unit"),
    Labelled("mlc_churn_modeldata", date(2024, 12, 31), "telecom; the same"),
    Labelled(
        "bank_churn_modelling_original",
        date(2024, 12, 31),
        "a bank; tenure alone",
        {"tenure_months": Decision("tenure_months", column="Tenure", answer="years")},
    ),
)


def labelled() -> Iterator[tuple[Labelled, pa.Table]]:
    """The files that are here, each with its canonical table."""
    for each in FILES:
        path = SHARED / "datasets" / f"{each.name}.csv"
        if path.exists():
            yield each, canonical(path, each)


def canonical(path: Path, file: Labelled, industry: Industry = Industry.SAAS) -> pa.Table:
    """The file's customers, the label `churned` among the columns and what is masked not."""
    answers = list(responses(parse([path.read_bytes()], Options(), Limits())))
    batches = [unpack_batch(answer.batch) for answer in answers if answer.WhichOneof("part") == "batch"]
    options = SuggestOptions(file.snapshot, industry=industry, decisions=tuple(file.answers.values()))
    plan = suggest(read_profile(answers[-1].profile), batches[0].slice(0, SAMPLE_ROWS), options).plan
    rows = pa.Table.from_batches(batches)
    if plan.grain:
        # Mapping folds rows that stand together; the gateway sorts them first, and so does this.
        rows = rows.sort_by([(plan.sources["customer_id"], "ascending"), ("source_row", "ascending")])
    application = apply(plan, rows.schema)
    table = pa.Table.from_batches(application.converted(rows.combine_chunks().to_batches()), application.schema)
    table = table.drop_columns([name for name in file.masked if name in table.schema.names])
    return table.filter(pc.is_valid(table.column("churned")))
