"""Shapes of texts: each digit written as 0. Many values have few of them, and they tell nearly every format."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.characters import bytes_of, text_array

Mask = NDArray[np.bool_]

_ZERO = np.uint8(ord("0"))


@dataclass(frozen=True)
class Texts:
    """Trimmed values and their shapes.

    shapes: (m,) trimmed, not all of them distinct. of: (n,) place of each value's shape. length_max: of the values
    before they were trimmed, in characters.
    """

    values: pa.StringArray
    shapes: pa.StringArray
    of: NDArray[np.int32]
    length_max: int

    def only(self, chosen: Mask) -> "Texts":
        """The chosen values (n,) and their shapes."""
        values, of = self.values, self.of
        if not chosen.all():
            values, of = values.filter(pa.array(chosen)), of[chosen]
        used = np.zeros(len(self.shapes), np.bool_)
        used[of] = True
        if used.all():
            return Texts(values, self.shapes, of, self.length_max)
        places = np.cumsum(used, dtype=np.int32) - 1
        return Texts(values, self.shapes.filter(pa.array(used)), places[of], self.length_max)

    def without(self, chosen: Mask) -> "Texts":
        """All but the chosen values (n,); their shapes stay."""
        return Texts(self.values.filter(pa.array(~chosen)), self.shapes, self.of[~chosen], self.length_max)

    def spread(self, fitting: Mask) -> Mask:
        """A mask over shapes, as one over values."""
        if len(fitting) == 1:
            return np.full(len(self.of), fitting[0])
        spread: Mask = fitting[self.of]
        return spread


def texts_of(values: pa.StringArray) -> Texts:
    """The values, trimmed, with their shapes."""
    encoded = zeroed(values).dictionary_encode()
    shapes = cast(pa.StringArray, encoded.dictionary)
    trimmed = pc.utf8_trim_whitespace(shapes)
    if not trimmed.equals(shapes):
        values = pc.utf8_trim_whitespace(values)
    length_max = pc.max(pc.utf8_length(shapes)).as_py() or 0
    return Texts(values, trimmed, encoded.indices.to_numpy(), length_max)


def zeroed(values: pa.StringArray) -> pa.StringArray:
    """The values with every ASCII digit as 0."""
    offsets, data = bytes_of(values)
    above = data - _ZERO  # beyond 255 it wraps around, so that digits alone are below ten
    above *= (above < 10).view(np.uint8)
    return text_array(offsets.astype(np.int32), data - above)
