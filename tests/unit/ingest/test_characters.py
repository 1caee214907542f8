"""Which kinds of characters cells hold."""

import numpy as np
import pyarrow as pa

from services.ingest.characters import (
    AT,
    DIGIT,
    LETTER,
    MARK,
    OTHER,
    POINT,
    SIGN,
    E,
    Needs,
    classes,
    digits,
    kept,
)


def test_classes_of_a_slice():
    """Each value has the classes of its own bytes, wherever the array begins."""
    values = pa.array(["x", "12", "-1.5e3", "", "a@b.co", "1/2", "€ 5", "é"]).slice(1)
    expected = [
        DIGIT,
        SIGN | DIGIT | POINT | E,
        0,
        LETTER | AT | POINT,
        DIGIT | MARK,
        OTHER | DIGIT,
        OTHER,
    ]
    assert expected == classes(values).tolist()
    assert [] == classes(values.slice(0, 0)).tolist()


def test_digits_are_read_where_they_stand():
    """In the same place of every value, or in one of its own; also at the very end of the text."""
    values = pa.array(["?", "x12y", "é2024", "7"]).slice(1)
    assert [12, 20] == digits(values.slice(0, 2), np.array([1, 2]), 2).tolist()
    assert [12, 2024, 7] == digits(values, np.array([1, 2, 0]), np.array([2, 4, 1])).tolist()
    assert [] == digits(values.slice(0, 0), 0, 2).tolist()


def test_only_some_characters_are_kept():
    """Of each value its own, wherever the array begins."""
    assert ["1,5", "", "2"] == kept(pa.array(["9", "€ 1,5", "é", "-2"]).slice(1), "0123456789,").to_pylist()


def test_needs():
    """All of some, one of others, none of the rest."""
    needs = Needs(all_of=DIGIT, any_of=SIGN | POINT, none_of=AT)
    assert [True, False, False] == needs.met_by(classes(pa.array(["1.2", "12", "1.2@"]))).tolist()
