"""Repairs as changes that scoring can try."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.gateway.pipeline.repairing import REPAIRS_MAX, perturbations

SPANS = {"mrr": {"low": 1.0, "typical": 49.0, "high": 99.0}, "plan_type": {"levels": ["basic", "pro"]}}


def finding(operation: str, column: str, passed: bool = False, id: str = "a", **parameters: str) -> dict[str, Any]:
    """A check with its repair."""
    return {
        "id": id,
        "passed": passed,
        "repair": {"operation": operation, "column": column, "parameters": parameters},
    }


@pytest.fixture
def canonical(tmp_path: Path) -> Path:
    """Clean rows of which most live with a partner."""
    pq.write_table(pa.table({"partner": [True, True, None, False], "mrr": [1.0, 2.0, 3.0, None]}), tmp_path / "c")
    return tmp_path / "c"


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (finding("fill_missing", "mrr", statistic="median"), {"fill_number": 49.0}),
        (finding("fill_missing", "plan_type", statistic="most_frequent"), {"fill_text": "basic"}),
        (finding("fill_missing", "partner", statistic="most_frequent"), {"fill_text": "yes"}),
        (finding("divide", "mrr", divisor="100"), {"divide_by": 100.0}),
        (finding("cap", "mrr", minimum="0"), {"clip": {"low": 0.0, "high_column": ""}}),
        (finding("cap", "a", maximum_column="b"), {"clip": {"high_column": "b"}}),
        (finding("drop_column", "mrr"), {"blank": True}),
    ],
)
def test_a_repair_becomes_a_change(canonical: Path, check: dict[str, Any], change: dict[str, Any]) -> None:
    """With what the file's own customers have where it fills."""
    expected = [{"id": "a", "column": check["repair"]["column"], **change}]
    assert expected == perturbations({"checks": [check]}, SPANS, canonical)


def test_what_changes_no_cell_is_not_tried(canonical: Path) -> None:
    """Duplicates are gone already; nothing is known to fill with; a check that passed; a defect only a person mends."""
    checks = [
        finding("remove_duplicates", "customer_id", keep="first"),
        finding("fill_missing", "nowhere", statistic="most_frequent"),
        finding("fill_missing", "nowhere", statistic="median"),
        finding("drop_column", "mrr", passed=True),
        {"id": "b", "passed": False},
        finding("later", "mrr"),
    ]
    assert [] == perturbations({"checks": checks}, SPANS, canonical)


def test_no_more_than_scoring_tries(canonical: Path) -> None:
    """The first ones."""
    checks = [finding("drop_column", "mrr", id=str(k)) for k in range(40)]
    assert REPAIRS_MAX == len(perturbations({"checks": checks}, SPANS, canonical))
