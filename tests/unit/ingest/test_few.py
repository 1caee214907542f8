"""Distinct values while they are few."""

import numpy as np
import pyarrow as pa
import pytest

from services.ingest.few import FewValues


def test_values_are_counted_in_the_order_in_which_they_came():
    """Those known and those new, each at its place."""
    few = FewValues(4, 100)
    assert [0, 1] == few.add(pa.array(["b", "a"]), np.array([2, 1])).tolist()
    assert [2, 0, 3] == few.add(pa.array(["c", "b", ""]), np.array([5, 1, 1])).tolist()
    assert [1] == few.add(pa.array(["a"]), np.array([9])).tolist()
    assert {"b": 3, "a": 10, "c": 5, "": 1} == dict(zip(few.values.to_pylist(), few.counts.tolist(), strict=True))


@pytest.mark.parametrize("added", [["a", "c", "d"], ["a", "b", "c", "d"], ["xxxxxxxxx"]])
def test_too_many_are_refused_as_a_whole(added):
    """More values than the capacity, or more bytes; what was counted before stays."""
    few = FewValues(3, 10)
    few.add(pa.array(["a", "b"]), np.array([1, 1]))
    assert None is few.add(pa.array(added), np.ones(len(added), np.int64))
    assert (["a", "b"], [1, 1]) == (few.values.to_pylist(), few.counts.tolist())
