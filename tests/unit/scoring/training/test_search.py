"""The search: the simpler model wins ties, the other where it is needed."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from services.scoring.training.examples import Examples
from services.scoring.training.search import Boosting, Recipe, Ridge, linear_found, ridge, simpler, trees_found
from services.scoring.training.split import inner


def examples(crossed: bool, n: int = 800) -> Examples:
    """Labels by a sum of two columns, or by whether their signs differ."""
    random = np.random.default_rng(3)
    rows = random.normal(size=(n, 3)).astype(np.float32)
    log_odds = 3 * np.sign(rows[:, 0] * rows[:, 1]) if crossed else 1.5 * rows[:, 0] - rows[:, 1]
    labels = (random.random(n) < 1 / (1 + np.exp(-log_odds))).astype(float)
    return Examples(rows, labels, np.arange(n))


@pytest.mark.parametrize(("crossed", "kind"), [(False, Ridge), (True, Boosting)])
def test_the_right_kind_is_found(crossed: bool, kind: type[Recipe]) -> None:
    """A line where the truth is one; trees where no line can see it."""
    given = examples(crossed)
    folds = inner(given)
    found = simpler(linear_found(given, folds), trees_found(given, folds), given.labels)
    assert isinstance(found.recipe, kind)


def test_ridge_is_logistic_regression() -> None:
    """The same coefficients as scikit-learn's on the same scaled columns."""
    given = examples(False)
    line = ridge(given, Ridge(10.0), ("a", "b", "c"))
    values = np.clip(given.encoded.astype(float), line.lows, line.highs)
    scale = values.std(axis=0)
    reference = LogisticRegression(C=0.1, tol=1e-10, max_iter=1000).fit((values - line.means) / scale, given.labels)
    assert np.allclose(reference.coef_[0] / scale, line.weights, atol=1e-5)
    assert np.isclose(reference.intercept_[0], line.intercept, atol=1e-5)


def test_columns_that_hold_nothing_weigh_nothing() -> None:
    """All missing, or all the same: and every number stays finite."""
    given = examples(False)
    rows = np.column_stack([given.encoded, np.full(len(given), np.nan), np.ones(len(given))]).astype(np.float32)
    line = ridge(Examples(rows, given.labels, given.customers), Ridge(10.0), tuple("abcde"))
    assert [0.0, 0.0] == line.weights[-2:].tolist()
    assert np.isfinite(line.margins(rows)).all()
