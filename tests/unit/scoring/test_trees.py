"""The trees' predictor: every row's contributions add up, whoever computed them."""

import logging
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
import xgboost

from services.scoring.features import Matrix, matrix
from services.scoring.model import Model
from services.scoring.sums import probes
from services.scoring.trees import FEW_ROWS, Trees


@pytest.fixture(scope="module")
def encoded(telecom_model: Model, telco: pa.Table) -> Matrix:
    """The real customers as the model reads them."""
    return matrix(telco, telecom_model.metadata.features)


def test_few_rows_and_many_agree(telecom_model: Model, encoded: Matrix) -> None:
    """XGBoost's explainer and the tables give the same, base included."""
    few = telecom_model.contributions(encoded[: FEW_ROWS - 1])
    many = telecom_model.contributions(encoded)
    assert (len(encoded), encoded.shape[1] + 1) == many.shape
    assert np.abs(few - many[: FEW_ROWS - 1]).max() < 5e-6


def test_few_rows_and_many_have_the_same_margin(telecom_model: Model, encoded: Matrix) -> None:
    """Bit for bit: few are predicted in one thread, many in several."""
    trees = Trees(telecom_model.predictor.booster, threads=2)
    assert np.array_equal(trees.margins(encoded[: FEW_ROWS - 1]), trees.margins(encoded)[: FEW_ROWS - 1])


def test_a_row_that_does_not_add_up_is_computed_anew(
    telecom_model: Model, encoded: Matrix, caplog: pytest.LogCaptureFixture
) -> None:
    """With one table spoilt, the rows that meet it get XGBoost's own values, and the others keep theirs."""
    trees = Trees(telecom_model.predictor.booster)
    right = trees.contributions(encoded)
    tables = trees.tables
    assert tables is not None
    spoilt = tables.tables[0].values.copy()
    spoilt[1::2] += 0.01  # the lowest bit is the root's split
    trees.__dict__["tables"] = replace(tables, tables=(replace(tables.tables[0], values=spoilt), *tables.tables[1:]))
    with caplog.at_level(logging.WARNING):
        found = trees.contributions(encoded)
    assert np.abs(right - found).max() < 5e-6
    (record,) = caplog.records
    assert 0 < record.rows < len(encoded)  # type: ignore[attr-defined]


def test_trees_without_tables_are_explained_by_xgboost(caplog: pytest.LogCaptureFixture) -> None:
    """Slower, and as exact; it is said once."""
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(200, 3)).astype(np.float32)
    data = xgboost.DMatrix(rows, (rows[:, 0] > 0).astype(float), nthread=1)
    settings = {"objective": "binary:logistic", "booster": "dart", "rate_drop": 0.2, "nthread": 1}
    trees = Trees(xgboost.train(settings, data, 5))
    with caplog.at_level(logging.WARNING):
        found = [trees.contributions(rows) for _ in range(2)]
    assert np.array_equal(found[0], trees.booster.predict(data, pred_contribs=True))
    assert 1 == len(caplog.records)


@pytest.mark.parametrize("objective", ["binary:logistic", "reg:gamma", "reg:squarederror"])
@pytest.mark.parametrize("depth", [2, 6])
def test_a_walks_margins_are_xgboosts_to_the_last_bit(objective: str, depth: int) -> None:
    """On both sides of every split, with gaps, whatever the trees start from."""
    rng = np.random.default_rng(depth)
    rows = rng.normal(size=(600, 5)).astype(np.float32)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    labels = (np.nan_to_num(rows).sum(axis=1) > 0) * 1.0 + (0.37 if objective != "binary:logistic" else 0)
    settings = {"objective": objective, "max_depth": depth, "nthread": 1}
    trees = Trees(xgboost.train(settings, xgboost.DMatrix(rows, labels), 60))
    assert trees.tables is not None and trees.start is not None
    for each in (rows, probes(trees.tables.splits, 5)):
        assert np.array_equal(trees.margins(each), trees.walk(each).margins)


def test_trees_of_one_leaf_count() -> None:
    """A late tree often finds nothing to split; what its leaf says is still part of every margin."""
    rows = np.random.default_rng(6).normal(size=(300, 3)).astype(np.float32)
    labels = (rows[:, 0] > 0) * 1.0 + 0.1
    settings = {"objective": "reg:gamma", "max_depth": 2, "gamma": 0.05, "nthread": 1}
    trees = Trees(xgboost.train(settings, xgboost.DMatrix(rows, labels), 40))
    assert trees.tables is not None and trees.start is not None
    assert any(not table.splits for table in trees.tables.tables)
    walk = trees.walk(rows)
    assert np.array_equal(trees.margins(rows), walk.margins)
    assert np.abs(walk.contributions().sum(axis=1) - walk.margins).max() < 1e-5


def test_sums_that_are_not_xgboosts_are_not_used(caplog: pytest.LogCaptureFixture) -> None:
    """Known before the first row: it predicts every one itself. Seen later: it predicts that block, and it is said."""
    rows = np.random.default_rng(4).normal(size=(200, 3)).astype(np.float32)
    data = xgboost.DMatrix(rows, (rows[:, 0] > 0) * 1.0, nthread=1)
    trees = Trees(xgboost.train({"objective": "binary:logistic", "nthread": 1}, data, 5))
    right = trees.walk(rows).margins
    assert trees.start is not None
    trees.__dict__["start"] = np.nextafter(trees.start, np.float32(9))
    assert np.array_equal(right, trees.walk(rows).margins)
    assert ["ERROR"] == [record.levelname for record in caplog.records]
    tables = trees.tables
    assert tables is not None
    splits = (replace(tables.splits[0], threshold=tables.splits[0].threshold + 1.0), *tables.splits[1:])
    other = Trees(trees.booster)
    other.__dict__["tables"] = replace(tables, splits=splits)
    assert other.start is None
    assert np.array_equal(right, other.walk(rows).margins)
    assert ["ERROR", "WARNING"] == [record.levelname for record in caplog.records]
