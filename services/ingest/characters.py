"""Which kinds of characters cells hold: a look that tells most patterns apart before any is tried."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Classes = NDArray[np.uint8]

DIGIT, SIGN, POINT, E, LETTER, AT, MARK, OTHER = (1 << place for place in range(8))
"""E: of an exponent, or any other. LETTER: the other ASCII letters. MARK: what no number, date or duration has but a
slash. OTHER: all else, every byte beyond ASCII too."""


def _class_of(code: int) -> int:
    character = chr(code)
    if code >= 128:
        return OTHER
    if character.isalpha():
        return E if character in "eE" else LETTER
    if character.isdigit():
        return DIGIT
    known = {"+": SIGN, "-": SIGN, ".": POINT, "@": AT}
    return known.get(character, MARK if character in '/_#&=;?!*"<>|\\~^`{}[]' else OTHER)


_CLASS_OF = np.array([_class_of(code) for code in range(256)], np.uint8)


@dataclass(frozen=True)
class Needs:
    """What a cell must hold, and must not, before it can fit a pattern."""

    all_of: int = 0
    any_of: int = 0
    none_of: int = 0

    def met_by(self, held: Classes) -> NDArray[np.bool_]:
        met: NDArray[np.bool_] = held & (self.all_of | self.none_of) == self.all_of
        if self.any_of:
            met &= held & self.any_of != 0
        return met


def classes(values: pa.StringArray) -> Classes:
    """(n,) the classes of all bytes of each value; no value is empty."""
    if not len(values):
        return np.empty(0, np.uint8)
    _, starts, text = values.buffers()
    offsets = np.frombuffer(memoryview(starts or b""), np.int32)[values.offset :][: len(values) + 1]
    data = np.frombuffer(memoryview(text or b""), np.uint8)[: offsets[-1]]
    held: Classes = np.bitwise_or.reduceat(_CLASS_OF[data], offsets[:-1])
    return held
