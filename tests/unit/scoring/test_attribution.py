"""Tabled Shapley values: the game's definition, XGBoost's own explainer, and rows at the very edge of a split."""

from functools import cache
from itertools import combinations
from math import factorial

import numpy as np
import pyarrow as pa
import pytest
import xgboost
from hypothesis import given
from hypothesis import strategies as st

from services.scoring.attribution import SPLIT_BYTES_MAX, leaf_contributions, tabled
from services.scoring.features import Matrix, matrix
from services.scoring.forest import forest
from services.scoring.model import Model
from services.scoring.trees import Trees


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5), st.integers(0, 31))
def test_a_leafs_values_are_shapleys(shares: list[float], number: int) -> None:
    """The mean of what a column adds, over all orders in which columns become known."""
    count = len(shares)
    met = [bool(number >> column & 1) for column in range(count)]

    def worth(known: tuple[int, ...]) -> float:
        return float(np.prod([met[i] if i in known else shares[i] for i in range(count)]))

    def value(column: int) -> float:
        others = [i for i in range(count) if i != column]
        return sum(
            factorial(size) * factorial(count - size - 1) / factorial(count) * (worth((*known, column)) - worth(known))
            for size in range(count)
            for known in combinations(others, size)
        )

    wanted = [value(column) for column in range(count)]
    assert pytest.approx(wanted, abs=1e-12) == leaf_contributions(shares)[number % 2**count].tolist()


@cache
def boosted(depth: int) -> tuple[xgboost.Booster, Matrix]:
    """A model fitted to rows with ties, gaps and noughts and ones; and those rows."""
    rng = np.random.default_rng(depth)
    values = rng.normal(size=(1500, 8)).astype(np.float32)
    values[:, 3] = np.round(values[:, 3])
    values[:, 4:6] = values[:, 4:6] > 0
    values[rng.random(values.shape) < 0.1] = np.nan
    score = np.nan_to_num(values[:, 0] * values[:, 1] + values[:, 3] - values[:, 4])
    labels = (score + rng.normal(size=len(values)) > 0).astype(float)
    settings = {"objective": "binary:logistic", "max_depth": depth, "eta": 0.1, "nthread": 1, "base_score": 0.3}
    return xgboost.train(settings, xgboost.DMatrix(values, labels, nthread=1), 30), values


def by_xgboost(booster: xgboost.Booster, rows: Matrix) -> np.ndarray:
    """Its own contributions, without the base."""
    found: np.ndarray = booster.predict(xgboost.DMatrix(rows, nthread=1), pred_contribs=True)[:, :-1]
    return found


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5, 6])
def test_the_values_are_xgboosts(depth: int) -> None:
    """Within float32's error on every row, gaps included, at any depth that is trained."""
    booster, rows = boosted(depth)
    assert np.abs(by_xgboost(booster, rows) - tabled(forest(booster)).contributions(rows)).max() < 5e-6


def at_thresholds(booster: xgboost.Booster, rows: Matrix) -> Matrix:
    """For each split a row whose value is the threshold, and rows one float32 step, and two, to each side of it."""
    edge = []
    for place, split in enumerate(forest(booster).splits):
        threshold = np.float32(split.threshold)
        below, above = np.nextafter(threshold, np.float32(-np.inf)), np.nextafter(threshold, np.float32(np.inf))
        for value in (np.nextafter(below, np.float32(-np.inf)), below, threshold, above, np.nan):
            row = rows[place % len(rows)].copy()
            row[split.column] = value
            edge.append(row)
    return np.array(edge, dtype=np.float32)


@pytest.mark.parametrize("depth", [3, 4, 6])
def test_rows_at_the_edge_of_a_split(depth: int) -> None:
    """A value within a float's breath of a threshold goes the way that XGBoost sends it."""
    booster, rows = boosted(depth)
    edge = at_thresholds(booster, rows)
    assert len(edge) > 300
    assert np.abs(by_xgboost(booster, edge) - tabled(forest(booster)).contributions(edge)).max() < 5e-6


def test_noughts_with_a_sign_and_infinities() -> None:
    """They compare as XGBoost compares them."""
    booster, rows = boosted(4)
    odd = rows[:400].copy()
    odd[::4, 0], odd[1::4, 0], odd[2::4, 3], odd[3::4, 4] = -0.0, np.inf, -np.inf, -0.0
    margins = booster.inplace_predict(odd, predict_type="margin")
    trees = Trees(booster)
    assert np.abs(trees.contributions(odd).sum(axis=1) - margins).max() < 1e-5


def test_a_rows_values_are_its_own(telecom_model: Model, telco: pa.Table) -> None:
    """The same bits whatever rows stand beside it, and however many pieces the rows are worked in."""
    encoded = matrix(telco, telecom_model.metadata.features)
    tables = tabled(forest(telecom_model.predictor.booster))
    many = tables.contributions(np.tile(encoded, (12, 1)))
    assert len(many) * len(tables.splits) > SPLIT_BYTES_MAX
    alone = np.vstack([tables.contributions(encoded[place : place + 1]) for place in (0, 500, 7042)])
    assert np.array_equal(alone, many[[0, 500, 7042]])
    assert np.array_equal(many[:7043], many[7043:14086])


def test_tables_are_small(telecom_model: Model, saas_model: Model) -> None:
    """A baseline's take about a megabyte: many models' fit in memory."""
    for model in (telecom_model, saas_model):
        assert 3e6 > tabled(forest(model.predictor.booster)).nbytes
