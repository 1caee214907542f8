"""Distinct and frequent values, in bounded memory."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.sketches import DistinctCounter, FrequentValues, hashes


def counted(numbers: range, batch: int = 4_000) -> DistinctCounter:
    """A counter that saw the numbers as text, batch by batch."""
    counter = DistinctCounter()
    for start in range(0, len(numbers), batch):
        counter.add(hashes(pa.array([f"id-{number}" for number in numbers[start : start + batch]])))
    return counter


@pytest.mark.parametrize("number", [0, 1, 999, 1_000])
def test_few_values_are_counted_exactly(number):
    """Up to a thousand."""
    counter = counted(range(number), 100)
    assert (True, number) == (counter.exact, counter.count())


@pytest.mark.parametrize("number", [1_001, 2_000, 10_000, 40_000, 200_000])
def test_many_values_are_estimated(number):
    """Within 4 % (three standard errors), never below a thousand and one."""
    counter = counted(range(number))
    assert not counter.exact
    assert number == pytest.approx(counter.count(), rel=0.04)
    assert 1_001 <= counter.count()


def test_seeing_values_again_changes_nothing():
    """Nor does the order or the size of batches."""
    once = counted(range(5_000))
    again = counted(range(4_999, -1, -1), 77)
    again.add(hashes(pa.array(["id-7", "id-8"])))
    assert once.count() == again.count()


@given(st.lists(st.text(max_size=90), unique=True, max_size=30), st.integers(0, 5))
def test_hashes_depend_on_the_text_alone(values, skipped):
    """Not on its neighbours, nor on where an array begins; and differ where texts do."""
    together = hashes(pa.array(values, pa.string()))
    alone = [int(hashes(pa.array([value]))[0]) for value in values]
    assert alone == together.tolist()
    assert len(values) == len(set(alone))
    assert alone[skipped:] == hashes(pa.array(values, pa.string()).slice(skipped)).tolist()


def test_hashes_are_pinned():
    """The same on every machine, so that a job done twice gives the same bytes."""
    assert [hashes(pa.array(["a"]))[0]] == [np.uint64(5901722226206854298)]


def test_frequent_values_are_exact_while_they_fit():
    """Most frequent first; as frequent, in order of text."""
    frequent = FrequentValues(3)
    frequent.add(pa.array(["a", "b"]), np.array([2, 5]))
    frequent.add(pa.array(["c", "a"]), np.array([2, 1]))
    assert (("b", 5), ("a", 3)) == frequent.top(2)
    assert 3 == len(frequent.top(9))


@given(st.lists(st.lists(st.integers(0, 40), min_size=1, max_size=60), max_size=8))
def test_frequent_values_beyond_the_capacity_are_lower_bounds(batches):
    """Each count is at most the truth, and short of it by at most n / (capacity + 1)."""
    capacity = 5
    frequent, truth = FrequentValues(capacity), Counter()
    for batch in batches:
        counts = Counter(map(str, batch))
        frequent.add(pa.array(counts.keys(), pa.string()), np.array(list(counts.values())))
        truth += counts
    kept = dict(frequent.top(capacity + 1))
    allowed = truth.total() / (capacity + 1)
    assert capacity >= len(kept)
    assert all(truth[value] - allowed <= kept.get(value, 0) <= truth[value] for value in truth)
