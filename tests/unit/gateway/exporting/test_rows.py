"""Rows of an export in their order, slice by slice."""

from pathlib import Path

import pytest

from services.gateway.choosing import Filter, Sort
from services.gateway.exporting import rows
from services.gateway.exporting.rows import chosen_rows
from services.gateway.spilling import spilling_database
from tests.http_gateway import parquet, results_table

TABLE = results_table(101)
PEOPLE = TABLE.to_pylist()


@pytest.mark.parametrize("slice_rows", [1, 10, 101, 1000])
@pytest.mark.parametrize("chosen", [Filter(), Filter(("high", "low"), "c-0000"), Filter(search="nobody")])
def test_slices_join_without_a_seam(
    tmp_path: Path, slice_rows: int, chosen: Filter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every chosen row once, in the order of the whole, ties by customer id; of none, no batch."""
    monkeypatch.setattr(rows, "SLICE_ROWS", slice_rows)
    (tmp_path / "results.parquet").write_bytes(parquet(TABLE))
    with spilling_database(tmp_path, 1) as database:
        found = [
            row
            for batch in chosen_rows(
                database, tmp_path / "results.parquet", "customer_id, source_row", chosen, Sort.PROBABILITY_DOWN
            )
            for row in batch.to_pylist()
        ]
    people = [
        person
        for person in sorted(PEOPLE, key=lambda person: (-person["churn_probability"], person["customer_id"]))
        if person["risk_level"] in (chosen.risk_levels or "high medium low")
        and chosen.search in f"{person['customer_id']}".lower()
    ]
    assert [{name: person[name] for name in ("customer_id", "source_row")} for person in people] == found
