"""The bytes of columns of text: which kinds of characters they hold, digits as numbers, and some characters alone."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Classes = NDArray[np.uint8]
Places = NDArray[np.int64]

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


def bytes_of(values: pa.StringArray) -> tuple[Places, NDArray[np.uint8]]:
    """(n + 1,) where the values begin and end, and the bytes of all of them."""
    _, starts, text = values.buffers()
    if not len(values):
        return np.zeros(1, np.int64), np.empty(0, np.uint8)
    offsets = np.frombuffer(memoryview(starts or b""), np.int32)[values.offset :][: len(values) + 1].astype(np.int64)
    return offsets, np.frombuffer(memoryview(text or b""), np.uint8)[: offsets[-1]]


def classes(values: pa.StringArray) -> Classes:
    """(n,) the classes of all bytes of each value; an empty one has none."""
    held = np.zeros(len(values), np.uint8)
    offsets, data = bytes_of(values)
    starts = offsets[:-1]
    filled = offsets[1:] > starts
    if filled.any():
        held[filled] = np.bitwise_or.reduceat(_CLASS_OF[data], starts[filled])
    return held


def digits(values: pa.StringArray, begin: int | Places, length: int | Places) -> Places:
    """(n,) the numbers that each value's `length` digits from its byte `begin` on say; both of all or (n,) of each."""
    offsets, data = bytes_of(values)
    places = offsets[:-1] + begin
    numbers = np.zeros(len(values), np.int64)
    for place in range(int(np.max(length, initial=0))):
        has_more = place < np.asarray(length)
        if has_more.all():
            numbers *= 10
            numbers += data[places + place]
            numbers -= ord("0")
        else:
            digit = data[places[has_more] + place].astype(np.int64) - ord("0")
            numbers[has_more] = 10 * numbers[has_more] + digit
    return numbers


def kept(values: pa.StringArray, characters: str) -> pa.StringArray:
    """The values without all but those ASCII characters."""
    offsets, data = bytes_of(values)
    stays = np.zeros(256, np.bool_)
    stays[list(characters.encode())] = True
    keep = stays[data]
    before = np.concatenate([[0], np.cumsum(keep, dtype=np.int32)])
    return text_array(before[offsets].astype(np.int32), data[keep])


def text_array(offsets: NDArray[np.int32], data: NDArray[np.uint8]) -> pa.StringArray:
    """Text whose values begin and end at the offsets."""
    buffers = [None, pa.py_buffer(offsets.data), pa.py_buffer(data.data)]
    return cast(pa.StringArray, pa.Array.from_buffers(pa.string(), len(offsets) - 1, buffers))
