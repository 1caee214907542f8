"""Summaries against all the numbers at once."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.domain import QUANTILES
from services.ingest.summaries import NumberSummary

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200)


def summed(numbers: list[float], capacity: int = 2_000, size: int = 10**9) -> NumberSummary:
    """A summary that saw the numbers in pieces."""
    summary = NumberSummary(capacity)
    for start in range(0, len(numbers), size):
        piece = np.array(numbers[start : start + size])
        summary.add(piece, np.ones(len(piece), np.int64))
    return summary


@given(NUMBERS)
def test_few_numbers_have_exact_quantiles(numbers):
    """The smallest number with at least that share at or below it."""
    exact = tuple(np.quantile(numbers, QUANTILES, method="inverted_cdf") + 0.0)
    assert exact == summed(numbers).summary().quantiles


@given(NUMBERS, st.integers(1, 50), st.integers(0, 200))
def test_neither_pieces_nor_joins_show(numbers, size, cut):
    """However the numbers came, the quantiles are the same, also beyond the capacity."""
    whole, pieces = summed(numbers, 20), summed(numbers, 20, size)
    joined = summed(numbers[:cut], 20)
    joined.join(summed(numbers[cut:], 20))
    assert whole.summary().quantiles == pieces.summary().quantiles == joined.summary().quantiles


def test_many_numbers_have_quantiles_within_half_a_percent():
    """A million amounts as a price list has them."""
    numbers = np.random.default_rng(1).lognormal(4, 1.2, 200_000)
    found = np.array(summed(numbers.tolist(), size=8_192).summary().quantiles)
    assert np.all(np.abs(found / np.quantile(numbers, QUANTILES) - 1) < 0.005)


def test_whole_share_and_nothing():
    """A share of the numbers; of none there is no summary."""
    assert 0.5 == summed([1.0, 2.5]).summary().whole_share
    assert None is summed([float("inf")]).summary()
