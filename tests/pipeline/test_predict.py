"""The main job, from an upload over HTTP to explained predictions, through the real processes."""

import csv
import io
import time
from pathlib import Path

import httpx
import numpy as np
import pyarrow.csv
import pytest
from python_calamine import CalamineWorkbook

from tests.journey import ended, results, telecom_csv, uploaded

RESULT_COLUMNS = [
    "customer_id",
    "customer_name",
    "plan",
    "churn_probability",
    "probability_low",
    "probability_high",
    "retention_probability",
    "risk_level",
    "top_risk_factor",
    *(
        f"factor_{k}_{part}"
        for k in (1, 2, 3)
        for part in ("feature", "label", "value", "direction", "impact", "actionable")
    ),
    "other_impact",
    "base_probability",
    "recommendation",
    "action",
    "action_probability",
    "model_version",
    "scored_at",
    "horizon_days",
]


def test_ibm_telco_is_scored_whole(http: httpx.Client, shared_datasets: Path) -> None:
    """The original IBM file, its label removed, gives 7,043 rows whose parts sum to the probability."""
    original = pyarrow.csv.read_csv(shared_datasets / "ibm_telco_customer_churn.csv").drop_columns(["Churn"])
    sink = io.BytesIO()
    pyarrow.csv.write_csv(original, sink)

    over = ended(http, prediction := uploaded(http, sink.getvalue(), industry="telecom"))

    assert ("COMPLETED", None) == (over["status"], over["error"])
    table = results(http, prediction)
    assert 7_043 == table.num_rows
    assert RESULT_COLUMNS == table.column_names[: len(RESULT_COLUMNS)]
    parts = ("base_probability", "factor_1_impact", "factor_2_impact", "factor_3_impact", "other_impact")
    total = sum(table[part].to_numpy() for part in parts)
    assert 1e-6 > np.abs(total - table["churn_probability"].to_numpy()).max()
    waterfall = sum(table[name].to_numpy() for name in table.column_names if name.startswith("impact."))
    assert 1e-6 > np.abs(table["base_probability"].to_numpy() + waterfall - table["churn_probability"].to_numpy()).max()
    assert original["customerID"].to_pylist() == table["customer_id"].to_pylist()


def test_industry_is_found_from_the_columns(http: httpx.Client) -> None:
    """An upload that does not state its industry is read as what its columns say."""
    over = ended(http, prediction := uploaded(http, telecom_csv(300)))
    assert "COMPLETED" == over["status"]
    assert "telecom" == http.get(f"/api/predictions/{prediction}/report").json()["industry"]


def test_customers_and_export_agree_with_the_result_file(http: httpx.Client) -> None:
    """Page, filter and export give the rows of the result file."""
    over = ended(http, prediction := uploaded(http, telecom_csv(500)))
    assert "COMPLETED" == over["status"]
    table = results(http, prediction)
    low = table.filter(pyarrow.compute.equal(table["risk_level"], "low"))

    page = http.get(f"/api/predictions/{prediction}/customers", params={"risk_level": "low", "page_size": 5}).json()
    export = http.get(f"/api/predictions/{prediction}/export", params={"format": "csv"})

    assert low.num_rows == page["total"]
    rows = list(csv.DictReader(io.StringIO(export.text)))
    assert table["customer_id"].to_pylist() == sorted(row["customer_id"] for row in rows)
    assert table["plan"].to_pylist() == [row["plan"] for row in sorted(rows, key=lambda row: row["customer_id"])]


def test_a_worker_exports_what_the_page_shows(http: httpx.Client) -> None:
    """A workbook and a CSV of the filtered customers, in the page's order, and of everyone's latest score."""
    over = ended(http, prediction := uploaded(http, telecom_csv(400)))
    assert "COMPLETED" == over["status"]
    chosen = {"risk_level": "low", "plan": "two year", "sort": "revenue_at_risk"}
    page = http.get(f"/api/predictions/{prediction}/customers", params={**chosen, "page_size": 200}).json()
    shown = [customer["customer_id"] for customer in page["customers"]]
    assert 0 < len(shown) == page["total"]
    files = {}
    for base, file in (
        (f"/api/predictions/{prediction}", "xlsx"),
        (f"/api/predictions/{prediction}", "csv"),
        ("/api", "csv"),
    ):
        export = http.post(f"{base}/exports", params={**chosen, "format": file}).json()
        while (told := http.get(f"/api/exports/{export['id']}").json())["status"] in ("QUEUED", "PROCESSING"):
            time.sleep(0.05)
        assert ("COMPLETED", export["rows"]) == (told["status"], told["rows_done"])
        files[base, file] = http.get(f"/api/exports/{export['id']}/file").content
    mine, everyone = files[f"/api/predictions/{prediction}", "csv"], files["/api", "csv"]
    assert shown == [row["customer_id"] for row in csv.DictReader(io.StringIO(mine.decode()))]
    book = CalamineWorkbook.from_filelike(io.BytesIO(files[f"/api/predictions/{prediction}", "xlsx"]))
    assert shown == [row[0] for row in book.get_sheet_by_name("Customers").to_python()[1:]]
    latest = {row["customer_id"]: row["prediction_id"] for row in csv.DictReader(io.StringIO(everyone.decode()))}
    assert {prediction} == {latest[customer] for customer in shown}


def test_a_stated_encoding_is_used(http: httpx.Client) -> None:
    """Bytes that fit several encodings are read in the one that was said; one that does not fit is refused in words."""
    data = telecom_csv(120, prefix="É").decode().encode("cp850")
    ids = []
    for fields in ({}, {"encoding": "cp850"}):
        over = ended(http, prediction := uploaded(http, data, **fields))
        assert "COMPLETED" == over["status"]
        ids.append(results(http, prediction)["customer_id"][0].as_py())
    assert "É0000000" == ids[1] != ids[0]
    over = ended(http, uploaded(http, data, encoding="utf-8"))
    assert ("FAILED", True) == (over["status"], "utf-8" in over["message"])


def test_a_missing_required_column_is_asked_for(http: httpx.Client) -> None:
    """A file without a price waits with a question; told that there is none, it is scored and the report says so."""
    text = telecom_csv(200).decode().replace("MonthlyCharges", "Zephyr").replace("TotalCharges", "Quux")
    over = ended(http, prediction := uploaded(http, text.encode(), industry="telecom"))
    assert "NEEDS_MAPPING" == over["status"]
    assert ["monthly_charges"] == [question["canonical"] for question in over["questions"]]

    answer = http.put(f"/api/predictions/{prediction}/mapping", json={"decisions": {"monthly_charges": None}})

    assert 202 == answer.status_code, answer.text
    assert "COMPLETED" == ended(http, prediction)["status"]
    report = http.get(f"/api/predictions/{prediction}/report").json()
    assert "monthly_charges" in report["missing_required"]


def test_repeated_customers_are_set_aside(http: httpx.Client) -> None:
    """Of several rows of one customer, wherever they stand in the file, the first is scored, the others set aside."""
    once = telecom_csv(100).decode()
    again = "\n".join(once.splitlines()[1:11]) + "\n"
    over = ended(http, prediction := uploaded(http, (once + again).encode()))
    assert "COMPLETED" == over["status"]
    assert 100 == results(http, prediction).num_rows
    quarantine = http.get(f"/api/predictions/{prediction}/quarantine")
    assert list(range(101, 111)) == sorted(int(r["source_row"]) for r in csv.DictReader(io.StringIO(quarantine.text)))


@pytest.mark.parametrize("rate", ["0.05", "0.6"])
def test_churn_rate_shifts_every_probability(http: httpx.Client, rate: str) -> None:
    """A tenant's own churn rate moves all probabilities the same way and keeps their order."""
    plain = results(http, p) if ended(http, p := uploaded(http, telecom_csv(300))) else None
    shifted = results(http, p) if ended(http, p := uploaded(http, telecom_csv(300), churn_rate=rate)) else None
    assert plain is not None and shifted is not None
    before, after = (t["churn_probability"].to_numpy() for t in (plain, shifted))
    assert np.array_equal(np.argsort(before, kind="stable"), np.argsort(after, kind="stable"))
    assert (float(rate) > 0.265) == bool((after > before).all())
