"""The sample files have the shape they claim, again and again."""

import csv
from pathlib import Path

import pytest

from deploy.local import samples


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by column."""
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_saas_sample_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    """Rows and seed decide every byte; another seed gives another file."""
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        samples.write_saas(tmp_path / name, rows=50, seed=seed)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_the_saas_sample_is_plausible(tmp_path: Path) -> None:
    """Ids are unique, no more seats are used than bought, and total revenue is MRR times tenure."""
    samples.write_saas(tmp_path / "saas.csv", rows=500)
    rows = read(tmp_path / "saas.csv")
    assert list(samples.SAAS_COLUMNS) == list(rows[0])
    assert 500 == len({row["Customer Id"] for row in rows})
    assert [] == [row for row in rows if int(row["Seats Used"]) > int(row["Seats Purchased"])]
    products = [float(row["MRR"]) * int(row["Tenure (months)"]) for row in rows]
    assert products == pytest.approx([float(row["Total Revenue"]) for row in rows], abs=0.01)


def test_the_telecom_sample_is_the_public_file(tmp_path: Path) -> None:
    """7,043 customers with an id and a gender, and the label only where it was asked for."""
    samples.write_telecom(tmp_path / "telecom.csv")
    rows = read(tmp_path / "telecom.csv")
    assert 7043 == len({row["customer_id"] for row in rows})
    assert {"0", "1"} == {row["gender"] for row in rows}
    assert "churn" not in rows[0]
    samples.write_telecom(tmp_path / "labelled.csv", labelled=True)
    assert {"Yes", "No"} == {row["churn"] for row in read(tmp_path / "labelled.csv")}


def test_a_tiling_repeats_rows_under_new_ids(tmp_path: Path) -> None:
    """Rows come again in their order until there are enough, and no id comes twice."""
    (tmp_path / "small.csv").write_text("plan,id\nx,1\ny,2\n")
    samples.tile(tmp_path / "small.csv", tmp_path / "large.csv", rows=5, id_column="id")
    assert [("x", "1"), ("y", "2"), ("x", "1-2"), ("y", "2-2"), ("x", "1-3")] == [
        (row["plan"], row["id"]) for row in read(tmp_path / "large.csv")
    ]


def test_a_tiling_needs_rows_and_the_id(tmp_path: Path) -> None:
    """A file without the column, or without rows, is refused by name instead of looping."""
    (tmp_path / "empty.csv").write_text("id\n")
    for column, message in (("customer", "no column 'customer'"), ("id", "no rows")):
        with pytest.raises(ValueError, match=message):
            samples.tile(tmp_path / "empty.csv", tmp_path / "large.csv", rows=5, id_column=column)
