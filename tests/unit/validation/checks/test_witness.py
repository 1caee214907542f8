"""One column as a witness: how its cells are read."""

import math
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pytest

from services.validation.checks.evidence import Sides
from services.validation.checks.witness import Witness

LEFT = np.array([True, True, False, False])
HALVES = np.array([False, True, False, True])


def seen(*batches: pa.Array) -> Witness:
    """A witness that saw the batches of four cells."""
    witness = Witness("column")
    for cells in batches:
        witness.observe(cells, LEFT, HALVES)
    return witness


@pytest.mark.parametrize(
    "cells",
    [
        pa.array([4.0, 3.0, 2.0, None]),
        pa.array([4, 3, 2, None]),
        pa.array([True, True, False, None]),
        pa.array([date(2024, 1, 4), date(2024, 1, 3), date(2024, 1, 2), None]),
        pa.array([datetime(2024, 1, 4), datetime(2024, 1, 3), datetime(2023, 1, 2), None]),
        pa.array(["4%", "€ 3.5", " 2 ", None]),
        pa.array(["4%", "3", "2", "N/A"], pa.large_string()),
    ],
    ids=str,
)
def test_cells_that_keep_an_order_are_ranked(cells):
    """Numbers, flags, dates, and text that reads as numbers; missing cells are left out."""
    witness = seen(cells)
    assert 1.0 == witness.auc()
    assert Sides(2, 1) == witness.filled


def test_one_word_ends_the_reading_as_numbers():
    """From whichever batch it comes, a word among numbers makes the column one of words."""
    numbers, words = pa.array(["4", "3", "2", "1"]), pa.array(["4", "three", "2", "1"])
    assert 1.0 == seen(numbers).auc()
    assert seen(numbers, words).auc() == seen(words, numbers).auc() == pytest.approx(0.5, abs=0.5)
    assert seen(numbers, words)._ranks is None


def test_column_of_another_kind_tells_by_its_gaps():
    """Cells that cannot be ranked tell only where they are filled."""
    witness = seen(pa.array([[1], [2], None, None]))
    assert math.isnan(witness.auc())
    assert 1.0 == witness.filled_auc(Sides(2, 2))
    assert 0.5 == seen(pa.array([[1], [2], [3], [4]])).filled_auc(Sides(2, 2))
