"""Each customer's latest score over many uploads, against the same found row by row in Python."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from services.gateway.choosing import Filter, Sort
from services.gateway.domain import Artifact, Scored
from services.gateway.latest import latest, latest_prefix
from services.gateway.summaries import summarised
from tests.http_gateway import results_table, with_impacts
from tests.unit.gateway.shelf import Shelf

FIRST = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A shelf for one test."""
    shelf = Shelf(tmp_path)
    yield shelf
    shelf.results.close()


def upload(shelf: Shelf, number: int, table: pa.Table, industry: str = "saas", *, named: bool = True) -> Scored:
    """The table as the results of an upload of that month. named: in the results; else in the plan alone."""
    plan = json.dumps({"industry": industry}).encode()
    if named:
        table = table.replace_schema_metadata({"industry": industry})
    kept = shelf.put(table, f"results-{number}"), shelf.put_bytes(plan, f"plan-{number}")
    at = FIRST + timedelta(days=30 * number)
    return Scored(f"{number:032x}", f"{number}.csv", at.date(), at, *kept)


def people(rows: int, seed: int, first: int = 0) -> pa.Table:
    """Results of customers C-first, C-first+1, …"""
    ids = pa.array([f"C-{first + row:06d}" for row in range(rows)])
    return results_table(rows, seed).set_column(0, "customer_id", ids)


def everyone(shelf: Shelf, uploads: Sequence[Scored], chosen: Filter | None = None) -> list[dict[str, Any]]:
    """All rows of the latest scores, by customer id. uploads: in any order."""
    newest = sorted(uploads, key=lambda each: each.uploaded_at, reverse=True)
    table = latest(shelf.results, "acme", newest)
    return shelf.results.page(table, chosen or Filter(), Sort.CUSTOMER_ID, 1, 200)[1]


def test_the_last_upload_with_a_customer_counts(shelf: Shelf) -> None:
    """Whoever is in three uploads is taken from the third; whoever left stands as last seen; every cell as it was."""
    tables = [people(60, 1), people(50, 2, first=20), people(20, 3, first=60)]
    uploads = [upload(shelf, number, table) for number, table in enumerate(tables)]
    wanted: dict[str, dict[str, Any]] = {}
    for made, table in zip(uploads, tables, strict=True):
        whence = {"prediction_id": made.prediction_id, "uploaded_at": made.uploaded_at.replace(tzinfo=None)}
        wanted |= {row["customer_id"]: row | whence for row in table.to_pylist()}
    assert [wanted[customer] for customer in sorted(wanted)] == everyone(shelf, uploads)


def test_two_industries_have_no_customers_in_common(shelf: Shelf) -> None:
    """C-000001 of a telecom file is not that of a SaaS file; an old file has its industry in its plan alone."""
    uploads = [
        upload(shelf, 0, people(3, 1), "telecom", named=False),
        upload(shelf, 1, people(2, 2), "saas"),
        upload(shelf, 2, people(1, 3), "telecom"),
    ]
    told = [(row["customer_id"], int(row["prediction_id"], 16)) for row in everyone(shelf, uploads)]
    assert [("C-000000", 1), ("C-000000", 2), ("C-000001", 0), ("C-000001", 1), ("C-000002", 0)] == sorted(told)


def test_columns_of_any_upload_are_there(shelf: Shelf) -> None:
    """What an older file lacks is null, also a feature of the waterfall; titles are kept."""
    old = people(4, 1).drop_columns(["plan", "revenue_at_risk"])
    uploads = [upload(shelf, 0, old), upload(shelf, 1, with_impacts(people(2, 2), features=4))]
    assert [False, False, True, True] == [
        row["plan"] is None and row["source_row"] > 2 for row in everyone(shelf, uploads)
    ]
    said = summarised(shelf.results, latest(shelf.results, "acme", uploads[::-1]), Filter())
    assert (4, {("f3", "feature 3", True)}) == (
        said.customers,
        {(each.feature, each.title, each.actionable) for each in said.drivers if each.feature == "f3"},
    )


def test_days_are_those_of_the_upload(shelf: Shelf) -> None:
    """Both ends are within; a customer who came again later is not of the earlier day."""
    uploads = [upload(shelf, number, people(3 - number, number)) for number in range(3)]
    days = [each.uploaded_at.date() for each in uploads]

    def told(**days_: date) -> list[str]:
        return [row["customer_id"] for row in everyone(shelf, uploads, Filter(**days_))]

    assert ["C-000001", "C-000002"] == told(uploaded_from=days[0], uploaded_to=days[1])
    assert ["C-000001"] == told(uploaded_from=days[1], uploaded_to=days[1])
    assert ["C-000000"] == told(uploaded_from=days[1] + timedelta(days=1))
    assert [] == told(uploaded_to=days[0] - timedelta(days=1))


def test_of_no_uploads_there_are_no_customers(shelf: Shelf) -> None:
    """An empty table, and figures of nobody."""
    assert [] == everyone(shelf, [])
    assert 0 == summarised(shelf.results, latest(shelf.results, "acme", []), Filter()).customers


def test_an_upload_whose_results_are_gone_is_left_out(shelf: Shelf) -> None:
    """The others are still shown."""
    kept, gone = upload(shelf, 0, people(2, 1)), upload(shelf, 1, people(2, 2, first=1))
    shelf.store.delete(gone.results.key)
    assert ["C-000000", "C-000001"] == [row["customer_id"] for row in everyone(shelf, [kept, gone])]


def test_it_is_made_once_and_forgotten_by_tenant(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same uploads give the same table without another look at them; another tenant's stays."""
    uploads = [upload(shelf, 0, people(2, 1))]
    everyone(shelf, uploads)
    shelf.results.page(latest(shelf.results, "globex", uploads), Filter(), Sort.CUSTOMER_ID, 1, 1)
    shelf.results.forget(uploads[0].results)
    shelf.store.delete(uploads[0].results.key)
    assert 2 == len(everyone(shelf, uploads))
    shelf.results.forget_derived(latest_prefix("acme"))
    assert [] == everyone(shelf, uploads)
    assert 2 == shelf.results.page(latest(shelf.results, "globex", uploads), Filter(), Sort.CUSTOMER_ID, 1, 1)[0]


def test_its_name_says_what_it_is_made_from() -> None:
    """Other uploads, other bytes of one, another tenant: another file."""
    here = Artifact("key", 1, "ab" * 32)
    one, two = (Scored(name, "a.csv", FIRST.date(), FIRST, here, None) for name in "12")
    changed = Scored("1", "a.csv", FIRST.date(), FIRST, Artifact("key", 1, "cd" * 32), None)
    results: Any = None
    made = [("a", [one]), ("a", [two]), ("a", [one, two]), ("a", [changed]), ("b", [one])]
    assert 5 == len({latest(results, tenant, uploads).name for tenant, uploads in made})
