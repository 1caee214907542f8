"""What the distinct values of a column read as, each worked out once."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from services.ingest.amounts import Amounts, amounts_of
from services.ingest.dates import Dates, dates_of
from services.ingest.domain import Format
from services.ingest.kinds import formats_of, kinds_of
from services.ingest.shapes import Mask, Texts, texts_of


@dataclass(frozen=True)
class Readings:
    """blank: (all,) which values are. length_max: of all, in characters. The others are of the n filled values.

    values: as written. texts: trimmed. formats, amounts, dates: what they fit and say.
    """

    blank: Mask
    length_max: int
    values: pa.StringArray
    texts: Texts
    formats: dict[Format, Mask]
    amounts: Amounts | None
    dates: Dates | None

    def filled(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places among the filled values of those `rows` (places among all) that are filled."""
        if not self.blank.any():
            return rows
        places = np.cumsum(~self.blank) - 1
        found: NDArray[np.int64] = places[rows[~self.blank[rows]]]
        return found


def readings_of(values: pa.StringArray) -> Readings:
    """The readings of distinct values."""
    texts = texts_of(values)
    kinds = kinds_of(texts.shapes)
    blank = texts.spread(kinds.blank)
    if blank.any():
        values, texts = values.filter(pa.array(~blank)), texts.without(blank)
    formats = formats_of(texts, kinds)
    amounts, dates = amounts_of(texts, formats), dates_of(texts, formats)
    for reading in (amounts, dates):
        formats |= reading.formats if reading is not None else {}
    return Readings(blank, texts.length_max, values, texts, formats, amounts, dates)
