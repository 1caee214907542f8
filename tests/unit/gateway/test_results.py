"""Queries over results, against the same reckoned with pyarrow and Python."""

import csv
import hashlib
import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pytest

from libs.errors import NotFound, Unavailable
from services.gateway.choosing import Filter, Sort
from services.gateway.domain import Artifact
from services.gateway.result_columns import COLUMNS
from services.gateway.results import Csv
from tests.http_gateway import results_table
from tests.unit.gateway.shelf import Shelf

ROWS = 997
TABLE = results_table(ROWS)
PEOPLE: list[dict[str, Any]] = TABLE.to_pylist()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """One shelf for all tests that do not need their own."""
    shelf = Shelf(tmp_path_factory.mktemp("results"))
    yield shelf
    shelf.results.close()


@pytest.fixture(scope="module")
def artifact(shelf: Shelf) -> Artifact:
    """TABLE on the shelf."""
    return shelf.put(TABLE)


def retention_bin(person: dict[str, Any]) -> int:
    """Of ten, 1 in the last."""
    return min(int(person["retention_probability"] * 10), 9)


def expected(chosen: Filter, sort: Sort) -> list[dict[str, Any]]:
    """The same filter and order in plain Python."""

    def passes(person: dict[str, Any]) -> bool:
        return (
            (not chosen.risk_levels or person["risk_level"] in chosen.risk_levels)
            and (not chosen.plans or person["plan"] in chosen.plans)
            and (not chosen.retention_bins or retention_bin(person) in chosen.retention_bins)
            and chosen.search.lower() in f"{person['customer_id']}\n{person['customer_name'] or ''}".lower()
        )

    said = {"probability": "churn_probability", "expected_saved_revenue": "saved_revenue"}
    column = said.get(sort.value.removeprefix("-"), sort.value.removeprefix("-"))
    people = sorted(filter(passes, PEOPLE), key=lambda person: (person["customer_id"], person["source_row"]))
    known = [person for person in people if person[column] is not None]
    known.sort(key=lambda person: person[column], reverse=sort.value.startswith("-"))
    return known + [person for person in people if person[column] is None]


def opened(table: Csv) -> BinaryIO:
    """The two pieces as one file."""
    with table.rows:
        return io.BytesIO(table.header + table.rows.read())


FILTERS = [
    Filter(),
    Filter(("high",)),
    Filter(("high", "low")),
    Filter(search="c-00001"),
    Filter(search="GANG 4"),
    Filter(("medium",), "ÜBERgang", ("pro", "basic")),
    Filter(plans=("Pro",)),
    Filter(plans=("no such plan",)),
    Filter(("low",), retention_bins=(8,)),
    Filter(retention_bins=(0, 5, 9)),
    Filter(search="100%"),
    Filter(search="'; DROP TABLE x; --"),
]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("chosen", FILTERS)
def test_pages_hold_the_chosen_customers_in_order(shelf: Shelf, artifact: Artifact, chosen: Filter, sort: Sort) -> None:
    """All pages together are the filtered customers, sorted, ties by customer id, unknown values last."""
    wanted = expected(chosen, sort)
    found: list[dict[str, Any]] = []
    for page in range(1, len(wanted) // 200 + 2):
        total, rows = shelf.results.page(artifact, chosen, sort, page, 200)
        assert len(wanted) == total
        found += rows
    assert wanted == found


def test_a_page_beyond_the_last_is_empty(shelf: Shelf, artifact: Artifact) -> None:
    """It still says how many there are."""
    assert (ROWS, []) == shelf.results.page(artifact, Filter(), Sort.CUSTOMER_ID, 1_000_000, 50)


def test_one_customer(shelf: Shelf, artifact: Artifact) -> None:
    """Found by the exact id; another is NotFound and is not repeated in the sentence."""
    person = PEOPLE[17]
    assert (person, []) == shelf.results.customer(artifact, person["customer_id"])
    with pytest.raises(NotFound) as refused:
        shelf.results.customer(artifact, "jane@example.com")
    assert "jane" not in refused.value.message


def test_export_holds_the_chosen_customers(shelf: Shelf, artifact: Artifact) -> None:
    """The CSV has the columns of results in their order, and the rows of filter and sort."""
    with opened(shelf.results.export(artifact, Filter(("high",)), Sort.REVENUE_AT_RISK_DOWN)) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")))
    wanted = expected(Filter(("high",)), Sort.REVENUE_AT_RISK_DOWN)
    assert list(COLUMNS) == list(rows[0])
    assert [person["customer_id"] for person in wanted] == [row["customer_id"] for row in rows]
    assert [person["churn_probability"] for person in wanted] == [float(row["churn_probability"]) for row in rows]
    assert ["" if p["monthly_revenue"] is None else p["monthly_revenue"] for p in wanted] == [
        row["monthly_revenue"] and float(row["monthly_revenue"]) for row in rows
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x","y")'])
def test_formulas_are_neutralised(shelf: Shelf, cell: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe before it, in every text column; numbers keep their sign."""
    dangerous = pa.Table.from_pylist(
        [{**PEOPLE[0], "customer_id": cell, "factor_1_value": cell, "recommendation": cell, "other_impact": -0.5}]
    )
    with opened(shelf.results.export(shelf.put(dangerous, "dangerous"), Filter(), Sort.CUSTOMER_ID)) as file:
        row = next(csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")))
    assert ["'" + cell] * 3 == [row["customer_id"], row["factor_1_value"], row["recommendation"]]
    assert "-0.5" == row["other_impact"]


def test_harmless_text_is_left_alone(shelf: Shelf) -> None:
    """A sign inside the text, a quote, a comma, a line break: as they were."""
    cell = 'a=b, "c"\nd-e@f'
    table = pa.Table.from_pylist([{**PEOPLE[0], "customer_id": cell}])
    with opened(shelf.results.export(shelf.put(table, "harmless"), Filter(), Sort.CUSTOMER_ID)) as file:
        assert cell == next(csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")))["customer_id"]


def test_any_table_becomes_csv(shelf: Shelf) -> None:
    """Columns of any name and type, formulas neutralised too: as quarantined rows have them."""
    table = pa.table({'extra.a "b"': ["=1", "x"], "mrr": [-1.5, None], "source_row": [3, 9], "reason": ["r", "s"]})
    with opened(shelf.results.rows(shelf.put(table, "quarantine"))) as file:
        rows = list(csv.reader(io.TextIOWrapper(file, "utf-8", newline="")))
    assert [['extra.a "b"', "mrr", "source_row", "reason"], ["'=1", "-1.5", "3", "r"], ["x", "", "9", "s"]] == rows


def test_columns_that_an_older_file_lacks_are_null(shelf: Shelf) -> None:
    """Results written before a column existed can still be read, sorted and exported."""
    old = shelf.put(TABLE.drop_columns(["revenue_at_risk", "factor_3_label"]), "old")
    total, rows = shelf.results.page(old, Filter(search="c-"), Sort.REVENUE_AT_RISK, 1, 5)
    assert total > 0
    assert {None} == {row["revenue_at_risk"] for row in rows} | {row["factor_3_label"] for row in rows}


def test_eight_threads_get_right_answers(shelf: Shelf, artifact: Artifact) -> None:
    """Each query has a cursor of its own: none reads another's rows."""

    def ask(n: int) -> bool:
        chosen, sort = FILTERS[n % len(FILTERS)], list(Sort)[n % len(Sort)]
        wanted = expected(chosen, sort)
        return (len(wanted), wanted[:7]) == shelf.results.page(artifact, chosen, sort, 1, 7)

    with ThreadPoolExecutor(8) as pool:
        assert [True] * 160 == list(pool.map(ask, range(160)))


def test_documents_are_read_from_the_copy(shelf: Shelf) -> None:
    """JSON that a job made, also once the store no longer has it."""
    data = b'{"level_shift": -0.125}'
    shelf.store.put("summary.json", data)
    artifact = Artifact("summary.json", len(data), hashlib.sha256(data).hexdigest())
    assert {"level_shift": -0.125} == shelf.results.document(artifact)
    shelf.store.delete("summary.json")
    assert {"level_shift": -0.125} == shelf.results.document(artifact)


def test_too_many_queries_are_told_to_come_back(tmp_path: Path) -> None:
    """When no turn comes in time: Unavailable, with a time to wait; and the next query works."""
    shelf = Shelf(tmp_path, queries_max=1, wait_s=0.05)
    artifact = shelf.put(TABLE)
    with shelf.results.query(artifact), pytest.raises(Unavailable) as refused:
        shelf.results.page(artifact, Filter(), Sort.CUSTOMER_ID, 1, 1)
    assert refused.value.retry_after_s is not None
    assert ROWS == shelf.results.page(artifact, Filter(), Sort.CUSTOMER_ID, 1, 1)[0]
    shelf.results.close()


def test_waiting_queries_are_bounded(tmp_path: Path) -> None:
    """Beyond a number nobody waits at all, so that waiting never takes every thread."""
    shelf = Shelf(tmp_path, queries_max=1, wait_s=5)
    artifact = shelf.put(TABLE)
    outcomes: list[str] = []

    def ask() -> None:
        try:
            shelf.results.page(artifact, Filter(), Sort.CUSTOMER_ID, 1, 1)
            outcomes.append("answered")
        except Unavailable:
            outcomes.append("refused")

    with shelf.results.query(artifact):
        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        while len(outcomes) < 4:
            threading.Event().wait(0.01)
        assert ["refused"] * 4 == outcomes
    for thread in threads:
        thread.join()
    assert 16 == outcomes.count("answered")
    shelf.results.close()


def test_an_export_leaves_no_file_behind(shelf: Shelf, artifact: Artifact) -> None:
    """The CSV is gone from disk while it is still being read."""
    table = shelf.results.export(artifact, Filter(), Sort.CUSTOMER_ID)
    assert [] == list(shelf.results._work.glob("export-*"))
    with table.rows as file:
        assert b"C-000000" == file.read(8)


def test_columns_that_differ_in_case_alone_are_two(shelf: Shelf) -> None:
    """SQL takes them for one; the file's owner does not."""
    table = pa.table({"extra.Plan": ["a"], "extra.plan": ["b"], "extra.PLAN": ["c"]})
    with opened(shelf.results.rows(shelf.put(table, "cases"))) as file:
        assert b"extra.Plan,extra.plan,extra.PLAN\na,b,c\n" == file.read()
