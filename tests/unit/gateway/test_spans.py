"""Spans: what a file's own customers are like, found in one column at a time."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from libs.tables.columns import Industry
from services.gateway import spans


@pytest.fixture
def canonical(tmp_path: Path) -> Path:
    """A hundred customers and one of whom little is known."""
    table = pa.table(
        {
            "source_row": pa.array(range(1, 102)),
            "customer_id": [f"c{place}" for place in range(101)],
            "mrr": pa.array([*map(float, range(1, 101)), None]),
            "seats_used": pa.array([1.0] * 50 + [2.0] * 50 + [None]),
            "seats_purchased": pa.array([4.0] * 100 + [0.0]),
            "nps_score": pa.array([None] * 101, pa.float64()),
            "billing_interval": ["monthly"] * 60 + ["yearly"] * 40 + [None],
            "plan_type": ["basic"] * 100 + ["oops"],
            "churned": pa.array([True] * 101),
            "extra.note": ["a"] * 101,
        }
    )
    path = tmp_path / "canonical.parquet"
    pq.write_table(table, path, row_group_size=30)
    return path


def test_numbers_categories_and_ratios(canonical: Path) -> None:
    """Values that customers have; what is no feature, extra or not known at all is left out."""
    assert {
        "mrr": {"low": 5.0, "typical": 50.0, "high": 95.0},
        "seats_used": {"low": 1.0, "typical": 1.0, "high": 2.0},
        "seats_purchased": {"low": 4.0, "typical": 4.0, "high": 4.0},
        "billing_interval": {"levels": ["monthly", "yearly"]},
        "plan_type": {"levels": ["basic", "oops"]},
        "seat_use": {"low": 0.25, "typical": 0.25, "high": 0.5},
    } == spans.spans(canonical, Industry.SAAS)


def test_a_long_file_is_looked_at_in_steps(canonical: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every third customer says much the same, and pairs of columns stay in step."""
    monkeypatch.setattr(spans, "VALUES_MAX", 34)
    found = spans.spans(canonical, Industry.SAAS)
    assert found["mrr"] == pytest.approx({"low": 5.0, "typical": 50.0, "high": 95.0}, abs=6)
    assert {"low": 0.25, "typical": 0.25, "high": 0.5} == found["seat_use"]


def test_a_rare_level_is_none(tmp_path: Path) -> None:
    """One customer in a thousand may be a slip of the pen."""
    path = tmp_path / "canonical.parquet"
    pq.write_table(pa.table({"plan_type": ["basic"] * 999 + ["bsic"]}), path)
    assert {"plan_type": {"levels": ["basic"]}} == spans.spans(path, Industry.SAAS)


def test_an_empty_column_has_no_span(tmp_path: Path) -> None:
    """Nor has one of numbers that are none."""
    path = tmp_path / "canonical.parquet"
    pq.write_table(pa.table({"mrr": np.array([np.nan, np.inf]), "plan_type": pa.nulls(2, pa.string())}), path)
    assert {} == spans.spans(path, Industry.SAAS)
