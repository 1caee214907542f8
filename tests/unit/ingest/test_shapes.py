"""Texts and their shapes."""

import numpy as np
import pyarrow as pa

from services.ingest.shapes import texts_of, zeroed


def test_shapes_are_few_and_belong_to_their_texts():
    """Digits are told apart no more, other characters are, and blanks around a text are no part of it."""
    texts = texts_of(pa.array(["1.5", " 22.7\u00a0", "x9", "7.1", "é"]))
    assert ["1.5", "22.7", "x9", "7.1", "é"] == texts.values.to_pylist()
    assert ["0.0", "00.0", "x0", "0.0", "é"] == texts.shapes.take(texts.of).to_pylist()
    assert 4 == len(texts.shapes)
    assert 6 == texts.length_max


def test_a_part_of_the_texts_has_its_own_shapes():
    """Those that no text has are left out, but where others alone are taken away."""
    texts = texts_of(pa.array(["1", "a", "2", "b"]))
    part = texts.only(np.array([True, False, True, False]))
    assert (["1", "2"], ["0"], [0, 0]) == (part.values.to_pylist(), part.shapes.to_pylist(), part.of.tolist())
    rest = texts.without(np.array([True, False, True, False]))
    assert ["a", "b"] == rest.values.to_pylist() == rest.shapes.take(rest.of).to_pylist()
    assert ["a", "b"] == rest.only(np.full(2, True)).shapes.to_pylist()


def test_zeroed_text_of_a_slice():
    """Bytes beyond ASCII stay, wherever the array begins."""
    assert ["a00", "٣½", ""] == zeroed(pa.array(["x", "a49", "٣½", ""]).slice(1)).to_pylist()
    assert [] == zeroed(pa.array([], pa.string())).to_pylist()
