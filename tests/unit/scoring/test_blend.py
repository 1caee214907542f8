"""Weighted sums of models: margins and reasons add up, and only whole files are read."""

import json

import numpy as np
import pytest
import xgboost

from services.scoring import blend
from services.scoring.blend import Blend, Part
from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.linear import Linear
from services.scoring.trees import Trees

NAMES = ("logins", "tickets", "age")


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    """Seeded customers, some cells missing."""
    random = np.random.default_rng(1)
    found = random.normal(size=(200, 3)).astype(np.float32)
    found[random.random(found.shape) < 0.1] = np.nan
    return found


@pytest.fixture(scope="module")
def blended(rows: np.ndarray) -> Blend:
    """Trees over the first and last column, and a line over all three."""
    labels = np.nan_to_num(rows[:, 0]) < 0
    data = xgboost.DMatrix(rows[:, [0, 2]], labels, feature_names=["logins", "age"])
    booster = xgboost.train({"objective": "binary:logistic", "max_depth": 2, "nthread": 1}, data, 5)
    line = Linear(NAMES, np.array([0.3, -0.2, 0.1]), np.zeros(3), np.full(3, -9.0), np.full(3, 9.0), 0.25)
    parts = (Part(0.7, Trees(booster), ("logins", "age"), (0, 2)), Part(0.4, line, NAMES, (0, 1, 2)))
    return Blend(parts, 3)


def test_margins_are_the_weighted_sum(blended: Blend, rows: np.ndarray) -> None:
    """Each part sees its own columns alone."""
    trees, line = (part.predictor for part in blended.parts)
    expected = 0.7 * trees.margins(rows[:, [0, 2]]) + 0.4 * line.margins(rows)
    assert np.allclose(expected, blended.margins(rows), atol=1e-12)


def test_contributions_add_up(blended: Blend, rows: np.ndarray) -> None:
    """To the margin, with one base for every row."""
    contributions = blended.contributions(rows)
    assert (200, 4) == contributions.shape
    assert np.allclose(blended.margins(rows), contributions.sum(axis=1), atol=1e-6)
    assert np.allclose(contributions[0, -1], contributions[:, -1], atol=1e-9)


def test_a_blend_comes_back_from_its_file(blended: Blend, rows: np.ndarray) -> None:
    """The same margins to the last bit."""
    read = blend.read(blended.to_bytes(), NAMES, 1)
    assert blended.margins(rows).tolist() == read.margins(rows).tolist()
    assert blended.to_bytes() == read.to_bytes()


def test_a_part_may_not_read_what_is_not_stated(blended: Blend) -> None:
    """A column outside the matrix, or trees of other columns than the file says."""
    with pytest.raises(NotAModel):
        blend.read(blended.to_bytes(), ("logins", "tickets"), 1)
    fields = json.loads(blended.to_bytes())
    fields["parts"][0]["names"] = ["logins", "tickets"]
    with pytest.raises(UnexpectedFeatures):
        blend.read(json.dumps(fields).encode(), NAMES, 1)


@pytest.mark.parametrize("weight", [0, -1, None, float("inf"), float("nan")])
def test_weights_are_above_zero(blended: Blend, weight: float | None) -> None:
    """Else what lowers a part's margin might raise the probability."""
    fields = json.loads(blended.to_bytes())
    fields["parts"][0]["weight"] = weight
    with pytest.raises(NotAModel):
        blend.read(json.dumps(fields).encode(), NAMES, 1)


@pytest.mark.parametrize("parts", [None, [], {}, [1] * 5, [{"weight": 1, "names": []}]])
def test_what_is_no_blend_is_refused(parts: object) -> None:
    """Nothing, too much, or parts that are no models."""
    with pytest.raises((NotAModel, UnexpectedFeatures)):
        blend.read(json.dumps({"parts": parts}).encode(), NAMES, 1)
