"""Exports, run by the one job runner: which rows, in which order, under which columns."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from services.gateway.choosing import Filter, Sort
from services.gateway.database.engine import Database
from services.gateway.domain import Artifact, ExportFormat, Job, JobStatus, Pass, Scored
from services.gateway.exporting.sheet import COLUMNS
from services.gateway.exports import export_of, export_of_all
from tests.http_gateway import parquet, results_table, with_impacts
from tests.unit.gateway.desk import Desk

TABLE = with_impacts(results_table(200), features=2)
PEOPLE = TABLE.to_pylist()
HIGH = Filter(("high",), plans=("pro", "basic"))


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """A runner; no stage is asked anything."""
    return Desk(database, tmp_path)


def put(desk: Desk, job: Job, data: bytes, name: str) -> Artifact:
    """The bytes as an artifact of another job of the tenant."""
    key = f"tenants/{job.tenant_id}/jobs/{'0' * 32}/{name}"
    desk.store.put(key, data)
    return Artifact(key, len(data), hashlib.sha256(data).hexdigest())


def run(desk: Desk, export: Job) -> bytes:
    """The file that the export made."""
    desk.jobs.create(export, idempotency_key=None, request_digest="")
    desk.run()
    done = desk.jobs.get(export.id)
    assert JobStatus.COMPLETED == done.status, done.error
    assert ([], Pass.EXPORT) == (desk.stages.calls, done.current_pass)
    return desk.store.get(done.artifacts["export"].key)


def chosen_people(sort_by: str = "revenue_at_risk") -> list[dict[str, Any]]:
    """Those of HIGH, the greatest first, unknown values last."""
    people = [p for p in PEOPLE if p["risk_level"] == "high" and p["plan"] in HIGH.plans]
    return sorted(people, key=lambda p: (p[sort_by] is None, -(p[sort_by] or 0), p["customer_id"]))


def test_a_workbook_of_one_predictions_customers(desk: Desk, job: Job) -> None:
    """The chosen ones in their order, in the columns of the sheet; the last sheet says which they are."""
    results, wanted = put(desk, job, parquet(TABLE), "results.parquet"), chosen_people()
    export = export_of(job, results, HIGH, Sort.REVENUE_AT_RISK_DOWN, ExportFormat.XLSX, len(wanted))
    book = CalamineWorkbook.from_filelike(io.BytesIO(run(desk, export)))
    header, *rows = book.get_sheet_by_name("Customers").to_python()
    assert [column.title for column in COLUMNS] == header
    told = [dict(zip([column.name for column in COLUMNS], row, strict=True)) for row in rows]
    for person, row in zip(wanted, told, strict=True):
        scored_at = datetime.fromisoformat(person["scored_at"]).date()  # what calamine makes of a midnight
        cells = {column.name: person[column.name] for column in COLUMNS} | {"scored_at": scored_at}
        for name, cell in cells.items():  # a workbook keeps 16 digits
            assert ("" if cell is None else pytest.approx(cell) if isinstance(cell, float) else cell) == row[name]
    about = dict(book.get_sheet_by_name("About").to_python())
    assert ("high", "pro, basic", f"{len(wanted)}") == (about["Risk"], about["Plan"], about["Customers"])
    name = f"retainwise-customers-{datetime.now(UTC).date()}.xlsx"
    assert f"{len(wanted)} customers in {name}" == desk.jobs.get(export.id).message


def test_a_csv_is_what_the_direct_download_is(desk: Desk, job: Job) -> None:
    """Every column of results but the waterfall's, under their own names, formulas neutralised."""
    people = [PEOPLE[0] | {"customer_id": "=1+1", "recommendation": "-x"}, PEOPLE[1]]
    results = put(desk, job, parquet(pa.Table.from_pylist(people, TABLE.schema)), "results.parquet")
    export = export_of(job, results, Filter(), Sort.CUSTOMER_ID, ExportFormat.CSV, 2)
    rows = list(csv.DictReader(io.StringIO(run(desk, export).decode())))
    assert [name for name in TABLE.column_names if not name.startswith("impact.")] == sorted(
        rows[0], key=TABLE.column_names.index
    )
    assert [("'=1+1", "'-x"), (PEOPLE[1]["customer_id"], PEOPLE[1]["recommendation"])] == [
        (row["customer_id"], row["recommendation"]) for row in rows
    ]
    assert PEOPLE[1]["churn_probability"] == float(rows[1]["churn_probability"])


def uploads_of(desk: Desk, job: Job, tables: Sequence[pa.Table]) -> list[Scored]:
    """The tables as uploads of one month after the other, the last first; the first is of before results named it."""
    made = []
    for number, table in enumerate(tables):
        if number:
            table = table.replace_schema_metadata({"industry": "saas"})
        results = put(desk, job, parquet(table), f"{number}.parquet")
        plan = put(desk, job, json.dumps({"industry": "saas"}).encode(), f"{number}.json")
        at = datetime(2026, 1, 31, tzinfo=UTC) + timedelta(days=30 * number)
        made.append(Scored(f"{number:032x}", f"{number}.csv", at.date(), at, results, plan))
    return made[::-1]


@pytest.mark.parametrize("file", ExportFormat)
def test_everyones_latest_score(desk: Desk, job: Job, file: ExportFormat) -> None:
    """Each customer once, with the upload that the row is of; the days of uploads are a filter too."""
    uploads = uploads_of(desk, job, [results_table(30), results_table(20, seed=8)])
    chosen = Filter(uploaded_to=date(2026, 12, 31))
    made = run(desk, export_of_all(job.tenant_id, uploads, chosen, Sort.CUSTOMER_ID, file, 30))
    if file is ExportFormat.CSV:
        told = [(row["customer_id"], row["prediction_id"]) for row in csv.DictReader(io.StringIO(made.decode()))]
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Customers").to_python()
        assert ["Uploaded at (UTC)", "Prediction"] == rows[0][-2:]
        told = [(row[0], row[-1]) for row in rows[1:]]
    assert [(f"C-{row:06d}", uploads[0 if row < 20 else 1].prediction_id) for row in range(30)] == told


def test_rows_that_are_not_those_that_were_counted_fail_it(desk: Desk, job: Job) -> None:
    """Nobody is handed fewer customers than they were told of."""
    results = put(desk, job, parquet(TABLE), "results.parquet")
    export = export_of(job, results, Filter(), Sort.CUSTOMER_ID, ExportFormat.CSV, 199)
    desk.jobs.create(export, idempotency_key=None, request_digest="")
    desk.run()
    done = desk.jobs.get(export.id)
    assert (JobStatus.FAILED, "Internal") == (done.status, done.error and done.error.kind)
