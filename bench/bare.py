"""The same results as the product's in one process and without services: what the computing alone costs.

It is told what the product finds out: which column is which, and that every cell can be read. So it reads the CSV with
its types, scores with the scoring stage's own code (probabilities, intervals, waterfalls, reasons, actions), and writes
the Parquet file; there is no upload, no lossless copy, no profile, no mapping, no validation, no report.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from services.gateway.artifacts import TableSink
from services.scoring import stage
from services.scoring.domain import ScoreOptions, ScoreSummary
from services.scoring.model import Model
from services.scoring.results import schema

NAMES = {
    "Customer Id": "customer_id",
    "MRR": "mrr",
    "Tenure (months)": "tenure_months",
    "Billing Period": "billing_interval",
    "Seats Purchased": "seats_purchased",
    "Seats Used": "seats_used",
    "Logins (30d)": "logins_per_month",
    "Days Since Last Login": "days_since_last_login",
    "Support Tickets": "support_tickets",
    "Failed Payments": "failed_payments",
    "Discount %": "discount_percent",
    "NPS": "nps_score",
    "Company Size": "company_size",
}
"""Columns of the sample that the model reads, and what they are."""

TEXT = ("Customer Id", "Billing Period", "Company Size")


def read(file: Path) -> pa.Table:
    """The sample as a canonical table."""
    types = {name: pa.string() if name in TEXT else pa.float64() for name in NAMES}
    options = pyarrow.csv.ConvertOptions(include_columns=list(NAMES), column_types=types)
    table = pyarrow.csv.read_csv(file, convert_options=options).rename_columns(list(NAMES.values()))
    place = table.schema.get_field_index("billing_interval")
    return table.set_column(place, "billing_interval", pc.utf8_lower(table.column(place)))


def predict(model: Model, file: Path, target: Path) -> ScoreSummary:
    """Writes the results of the file's customers."""
    table = read(file)
    options = ScoreOptions(model.metadata.family, scored_at="2026-06-01T00:00:00Z")
    with TableSink(target, schema(model.metadata)) as sink:
        for answer in stage.run(model, table.schema, table.to_batches(), options):
            if isinstance(answer, ScoreSummary):
                return answer
            sink.write(answer)
    raise AssertionError("scoring ended without its summary")
