"""Trees as parts: every leaf once, no part too wide, and refusals of what has no tables."""

import numpy as np
import pytest
import xgboost

from services.scoring.forest import BITS_MAX, Untabled, forest


def boosted(rows: int = 400, rounds: int = 5, **parameters: object) -> xgboost.Booster:
    """A small model of six columns."""
    rng = np.random.default_rng(7)
    values = rng.normal(size=(rows, 6)).astype(np.float32)
    labels = (values[:, 0] * values[:, 1] + values[:, 2] > 0).astype(float)
    settings = {"objective": "binary:logistic", "nthread": 1, "min_child_weight": 0, **parameters}
    return xgboost.train(settings, xgboost.DMatrix(values, labels, nthread=1), rounds)


@pytest.mark.parametrize("depth", [1, 3, 4, 6])
def test_every_leaf_is_in_one_part(depth: int) -> None:
    """The parts hold the leaves that XGBoost's own dump counts, and none has more splits than fit a byte."""
    booster = boosted(max_depth=depth)
    found = forest(booster)
    leaves = sum(line.count("leaf=") for line in booster.get_dump())
    assert leaves == sum(len(part.leaves) for part in found.parts)
    assert BITS_MAX >= max(len(part.splits) for part in found.parts)


def test_equal_splits_are_one() -> None:
    """A split that several trees share is decided once."""
    found = forest(boosted(max_depth=2, rounds=20))
    used = [step for part in found.parts for leaf in part.leaves for step in leaf.path]
    assert len({step.split for step in used}) == len(found.splits) < len(used)
    assert all(list(found.splits)[step.split].column == step.column for step in used)


def test_what_is_no_sum_of_binary_trees_is_refused() -> None:
    """Trees that were dropped and weighted, several outputs, and leaves too deep for a byte."""
    with pytest.raises(Untabled, match="gbtree"):
        forest(boosted(booster="dart", max_depth=2))
    with pytest.raises(Untabled, match="one output"):
        forest(boosted(objective="multi:softprob", num_class=2, max_depth=2))
    with pytest.raises(Untabled, match="more than 8 splits"):
        forest(boosted(rows=4000, max_depth=12, gamma=0))


def test_a_split_by_category_is_refused() -> None:
    """It compares with a set, not with a number."""
    values = np.random.default_rng(1).integers(0, 4, (200, 1))
    data = xgboost.DMatrix(values, (values[:, 0] % 2).astype(float), feature_types=["c"], enable_categorical=True)
    booster = xgboost.train({"max_depth": 2, "max_cat_to_onehot": 1, "nthread": 1}, data, 2)
    with pytest.raises(Untabled, match="category"):
        forest(booster)
