"""What came true: who is judged, reliability by bins, ranking and lift."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import roc_auc_score

from services.gateway.comparison.document import Outcomes
from services.gateway.comparison.outcomes import Revealed, Window, auc, reliability, wilson

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
A_MONTH = Window(MAY, 30, JUNE)


def told(*rows: tuple[Any, ...], window: Window = A_MONTH) -> Outcomes:
    """rows: p0, had left, has left, day of leaving."""
    columns = list(zip(*rows, strict=True))
    revealed = Revealed(window)
    kinds = (pa.float64(), pa.bool_(), pa.bool_(), pa.date32())
    names = ("before", "was_churned", "is_churned", "canceled_at")
    revealed.add(
        pa.record_batch({n: pa.array(c, k) for n, c, k in zip(names, columns, kinds, strict=True)}),
    )
    return revealed.document("earlier", "later")


def test_only_whose_end_is_known_is_judged() -> None:
    """Not who was new, who had left already, by flag or by day, and of whom nothing is said."""
    found = told(
        (0.8, None, True, None),
        (0.1, False, False, None),
        (None, None, True, None),
        (0.9, True, True, None),
        (0.9, None, True, date(2026, 4, 30)),
        (0.5, False, None, None),
    )
    assert (2, 1, 2, 1) == (found.n, found.left, found.already_gone, found.unknown)
    assert pytest.approx(0.9) == found.expected
    assert (1.0, 2.0, 1.0) == (found.auc, found.lift_at_10_percent, found.captured_at_10_percent)
    assert pytest.approx((0.04 + 0.01) / 2) == found.brier


def test_who_left_after_the_horizon_stayed_within_it() -> None:
    """The prediction speaks of thirty days; the day of leaving decides where it is known."""
    later = Window(MAY, 30, date(2026, 9, 1))
    found = told((0.8, None, True, date(2026, 8, 1)), (0.7, None, True, date(2026, 5, 20)), window=later)
    assert (2, 1) == (found.n, found.left)
    assert "later leavers are counted too" in found.sentence


def test_a_horizon_not_over_is_said() -> None:
    """More of them may yet leave."""
    found = told((0.8, None, True, None), window=Window(MAY, 30, date(2026, 5, 11)))
    assert (False, 10) == (found.complete, found.days)
    assert "Only 10 of 30 days had gone by" in found.sentence


def test_a_file_without_labels_judges_nobody() -> None:
    """No figure, and a word on it."""
    found = told((0.8, None, None, None))
    assert (0, None, None, []) == (found.n, found.auc, found.brier, found.bins)
    assert "does not say of any" in found.sentence


def test_where_all_stayed_there_is_no_ranking() -> None:
    """AUC, lift and capture want both kinds; the Brier score and the bins do not."""
    found = told((0.8, None, False, None), (0.2, None, False, None))
    assert (None, None, None) == (found.auc, found.lift_at_10_percent, found.captured_at_10_percent)
    assert found.brier is not None and 2 == len(found.bins)


def test_the_auc_is_sklearns() -> None:
    """Ties included."""
    rng = np.random.default_rng(2)
    chances, left = np.round(rng.random(500), 1), rng.random(500) < 0.3
    assert pytest.approx(roc_auc_score(left, chances), abs=1e-12) == auc(chances, left)


def test_probabilities_that_hold_lie_in_their_bins() -> None:
    """Ten bins of equal size, stated and seen; nine in ten intervals or more hold what was stated."""
    rng = np.random.default_rng(4)
    chances = rng.beta(1, 4, 5000)
    bins = reliability(chances, rng.random(5000) < chances)
    assert [500] * 10 == [each.customers for each in bins]
    assert sorted(each.stated for each in bins) == [each.stated for each in bins]
    assert 9 <= sum(each.seen_low <= each.stated <= each.seen_high for each in bins)


def test_the_interval_is_wilsons() -> None:
    """1 of 10: 0.0179 to 0.4042, the textbook's."""
    assert pytest.approx((0.0179, 0.4042), abs=5e-4) == wilson(1, 10)
    assert 0.0 == wilson(0, 10)[0] and 1.0 == wilson(10, 10)[1]
