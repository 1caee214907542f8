"""Readings of distinct values."""

import numpy as np
import pyarrow as pa

from services.ingest.domain import Format
from services.ingest.readings import readings_of


def test_blank_values_have_no_reading():
    """They are told apart, and the others keep their order."""
    found = readings_of(pa.array(["5", "N/A", " 7.5", ""]))
    assert [False, True, False, True] == found.blank.tolist()
    assert (["5", " 7.5"], ["5", "7.5"]) == (found.values.to_pylist(), found.texts.values.to_pylist())
    assert [5.0, 7.5] == found.amounts.sure.tolist()
    assert [True, False] == found.formats[Format.INTEGER].tolist()
    assert None is found.dates
    assert 4 == found.length_max


def test_rows_are_those_of_filled_values():
    """A column's cells as places among its values, without the blank ones."""
    found = readings_of(pa.array(["5", "N/A", "7"]))
    assert [1, 0, 0] == found.filled(np.array([2, 1, 0, 0])).tolist()
    assert [0, 1] == readings_of(pa.array(["a", "b"])).filled(np.array([0, 1])).tolist()
