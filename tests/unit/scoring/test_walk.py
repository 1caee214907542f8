"""A block walked once answers as the predictor does, whatever kind of predictor it is."""

from collections.abc import Callable

import numpy as np
import pytest
import xgboost

from services.scoring.blend import Blend, Part
from services.scoring.features import Matrix
from services.scoring.linear import Linear
from services.scoring.model import Predictor
from services.scoring.trees import FEW_ROWS, Trees

NAMES = ("a", "b", "c", "d")


def trees(depth: int = 4) -> Trees:
    """Trees fitted to values on a coarse grid, so that many rows lie on a split's threshold."""
    rows = grid(4_000, 1)
    rng = np.random.default_rng(2)
    labels = (rng.random(len(rows)) < 1 / (1 + np.exp(-np.nan_to_num(rows).sum(axis=1)))).astype(float)
    settings = {"objective": "binary:logistic", "max_depth": depth, "nthread": 1, "seed": 1}
    return Trees(xgboost.train(settings, xgboost.DMatrix(rows, labels, feature_names=list(NAMES)), 40))


def grid(rows: int, seed: int) -> Matrix:
    """(rows, 4) of tenths, one in ten not known."""
    rng = np.random.default_rng(seed)
    found = np.round(rng.normal(size=(rows, len(NAMES))), 1).astype(np.float32)
    found[rng.random(found.shape) < 0.1] = np.nan
    return found


def linear() -> Linear:
    """A model that clips its columns."""
    return Linear(NAMES, np.array([1.0, -2, 0.5, 0]), np.zeros(4), np.full(4, -1.5), np.full(4, 1.5), intercept=-1.0)


def blend() -> Blend:
    """Trees and a linear model over the same columns."""
    parts = (Part(0.7, trees(3), NAMES, (0, 1, 2, 3)), Part(0.3, linear(), NAMES, (0, 1, 2, 3)))
    return Blend(parts, len(NAMES))


KINDS: dict[str, Callable[[], Predictor]] = {"trees": trees, "linear": linear, "blend": blend}


@pytest.mark.parametrize("kind", KINDS)
def test_a_walk_gives_the_predictors_own_margins_and_contributions(kind: str) -> None:
    """To the bit: what is sold does not depend on how it was asked for."""
    predictor, rows = KINDS[kind](), grid(500, 3)
    walk = predictor.walk(rows)
    assert np.array_equal(predictor.margins(rows), walk.margins)
    assert np.array_equal(predictor.contributions(rows), walk.contributions())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [FEW_ROWS - 1, 500])
@pytest.mark.parametrize("columns", [(), (1,), (0, 3), (0, 1, 2, 3)])
def test_margins_after_a_change_are_those_of_the_changed_rows(kind: str, rows: int, columns: tuple[int, ...]) -> None:
    """Some rows of a block, some columns of them changed, also to and from not known."""
    predictor, before = KINDS[kind](), grid(rows, 4)
    chosen = np.flatnonzero(np.random.default_rng(5).random(rows) < 0.6)
    changed = before[chosen].copy()
    changed[:, list(columns)] = grid(len(chosen), 6)[:, list(columns)]
    found = predictor.walk(before).after(chosen, changed)
    assert np.abs(predictor.margins(changed) - found).max() < 5e-6


@pytest.mark.parametrize("value", [0.3, np.nan])
def test_margins_after_a_change_to_one_value_for_all(value: float) -> None:
    """As an offer of the same thing to everybody is; also where the value becomes unknown."""
    predictor, before = trees(), grid(500, 9)
    chosen = np.arange(0, 500, 3)
    changed = before[chosen].copy()
    changed[:, [1, 2]] = value
    found = predictor.walk(before).after(chosen, changed)
    assert np.abs(predictor.margins(changed) - found).max() < 5e-6


def test_nothing_changed_moves_nothing() -> None:
    """The margins are then the rows' own to the bit, so no action is credited with float32's error."""
    predictor, rows = trees(), grid(500, 7)
    walk = predictor.walk(rows)
    assert np.array_equal(walk.margins, walk.after(np.arange(500), rows.copy()))


def test_a_change_of_no_row_answers_with_none() -> None:
    """An action that applies to nobody is no error."""
    walk = trees().walk(grid(100, 8))
    assert (0,) == walk.after(np.arange(0), grid(0, 8)).shape
