"""The trees' predictor: every row's contributions add up, whoever computed them."""

import logging
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
import xgboost

from services.scoring.features import Matrix, matrix
from services.scoring.model import Model
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
