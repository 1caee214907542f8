"""What is expected from probabilities alone."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from services.gateway.report.accuracy import Outlook, estimated


def outlook(folder: Path, probabilities: list[float]) -> Outlook:
    """Of results with these probabilities."""
    pq.write_table(
        pa.table({"churn_probability": probabilities, "customer_id": ["c"] * len(probabilities)}), folder / "r"
    )
    return estimated(folder / "r")


def test_sure_calls_are_expected_right(tmp_path: Path) -> None:
    """A call is right as often as the greater of p and 1-p says; the sum of p leave."""
    told = outlook(tmp_path, [0.9, 0.1, 0.2, 0.6])
    assert pytest.approx((0.9 + 0.9 + 0.8 + 0.6) / 4) == told.right_share
    assert pytest.approx(1.8) == told.leavers


def test_the_riskiest_tenth_holds_its_share_of_leavers(tmp_path: Path) -> None:
    """One customer of ten, wherever the row stands."""
    assert pytest.approx(0.9 / 1.8) == outlook(tmp_path, [0.1] * 4 + [0.9] + [0.1] * 5).top_tenth_share


def test_where_nobody_leaves_there_is_no_share(tmp_path: Path) -> None:
    """Nothing is divided by zero."""
    assert Outlook(1.0, 0.0, None) == outlook(tmp_path, [0.0, 0.0])
