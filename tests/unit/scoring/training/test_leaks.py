"""Features that know the end."""

import numpy as np

from services.scoring.features import Encoding, Feature
from services.scoring.training.leaks import leaks

FEATURES = tuple(Feature(name, (name,), Encoding.NUMBER) for name in ("honest", "leak", "filled after", "noise"))


def test_leaks_are_named_and_honest_columns_are_not() -> None:
    """By what they tell, or by being filled on one side alone."""
    random = np.random.default_rng(1)
    labels = (random.random(600) < 0.3).astype(float)
    columns = [
        labels + random.normal(0, 1.5, 600),
        labels + random.normal(0, 0.2, 600),
        np.where((labels == 1) & (random.random(600) < 0.5), 1.0, np.nan),
        random.normal(0, 1, 600),
    ]
    found = leaks(np.column_stack(columns).astype(np.float32), labels, FEATURES)
    assert ["leak", "filled after"] == [leak.feature.name for leak in found]
    assert found[0].auc > 0.95
    assert "one side" in found[1].reason


def test_a_category_can_leak() -> None:
    """Its levels are ranked by their rate of leaving."""
    labels = np.array([0.0, 1.0] * 100)
    levels = np.where(labels == 1, np.array([0, 2] * 100), 1)
    feature = Feature("state", ("extra.state",), Encoding.ONE_HOT, levels=("a", "b", "c"))
    assert [feature] == [leak.feature for leak in leaks(np.eye(3, dtype=np.float32)[levels], labels, (feature,))]


def test_a_handful_of_rows_is_not_judged() -> None:
    """Ten customers rank perfectly by chance."""
    labels = np.array([0.0, 1.0] * 10)
    assert [] == leaks(labels[:, None].astype(np.float32), labels, FEATURES[:1])
