"""Splits that do not flatter."""

import numpy as np

from services.scoring.training.examples import Examples
from services.scoring.training.split import Kind, at_random, honest, inner


def examples(n: int, per_customer: int = 1) -> Examples:
    """n rows, a quarter of them of customers who left."""
    labels = np.array([1.0, 0, 0, 0] * (n // 4))
    return Examples(np.zeros((n, 1), dtype=np.float32), labels, np.arange(n) // per_customer)


def test_every_row_is_held_out_once_in_each_repeat() -> None:
    """And never learnt from in the same fold; the fewer rows, the more repeats."""
    split = honest(examples(400), None)
    assert (Kind.BY_ROW, 5) == (split.kind, len(split.repeats))
    for folds in split:
        assert list(range(400)) == sorted(np.concatenate([unseen for _, unseen in folds]).tolist())
        assert all(not set(seen) & set(unseen) for seen, unseen in folds)
    assert 1 == len(honest(examples(4000), None).repeats)


def test_customers_who_repeat_stay_together() -> None:
    """On one side of every fold, within training parts too."""
    given = examples(400, per_customer=4)
    split = honest(given, None)
    assert Kind.BY_CUSTOMER is split.kind
    for seen, unseen in (*split.repeats[0], *inner(given)):
        assert not set(given.customers[seen]) & set(given.customers[unseen])


def test_days_split_by_time() -> None:
    """The latest quarter is judged, and no row of it is from a day that was learnt from."""
    given = examples(400)
    days = np.arange(400.0) // 50
    split = honest(given, days)
    ((seen, unseen),) = split.repeats[0]
    assert Kind.BY_TIME is split.kind
    assert days[seen].max() < days[unseen].min()
    assert 400 == len(seen) + len(unseen)


def test_days_that_tell_nothing_do_not() -> None:
    """One day for all, gaps, or nobody who left in the later part."""
    given = examples(400)
    gaps = np.where(np.arange(400) == 7, np.nan, np.arange(400.0))
    early = Examples(given.encoded, np.sort(given.labels)[::-1].copy(), given.customers)
    assert Kind.BY_ROW is honest(given, np.zeros(400)).kind
    assert Kind.BY_ROW is honest(given, gaps).kind
    assert Kind.BY_ROW is honest(early, np.arange(400.0)).kind


def test_the_same_rows_are_split_the_same_way() -> None:
    """Nothing of a split is left to the moment."""
    first, second = at_random(examples(400), 1), at_random(examples(400), 1)
    assert [unseen.tolist() for _, unseen in first.repeats[0]] == [unseen.tolist() for _, unseen in second.repeats[0]]
