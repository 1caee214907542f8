"""One column as a witness of who left: whether its cells, or their absence, tell the label."""

import math

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from services.validation.checks.evidence import VALUES_MAX, Ranks, Sides, Tally
from services.validation.checks.row import Cells, Flags, flags

_BLANKS = pa.array(["", "na", "n/a", "#n/a", "nan", "null", "none", "-"])
"""Words for a missing cell in columns that mapping keeps as text."""

_DRESS = " \t%$€£"
"""What a number in text may wear at its ends."""

_EPOCH_DAYS = 18_262
"""2020-01-01 in days since 1970: days near it have bins of their own, see evidence.MANTISSA_BITS."""

Numbers = npt.NDArray[np.float64]


class Witness:
    """What one column says, over one pass.

    A column of text is read as numbers while every filled cell of it is one, and as a category while
    its values are few; a column that is neither still tells by where it is filled.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = Sides()
        self._ranks: Ranks | None = Ranks()
        self._tally = Tally()

    def observe(self, cells: Cells, left: Flags, halves: Flags) -> None:
        """cells, left, halves: (n,) of rows whose label is known."""
        if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
            self._observe_text(cells, left, halves)
            return
        if cells.null_count:
            there = flags(cells.is_valid())
            cells, left = cells.drop_null(), left[there]
        self.filled += Sides.of(left)
        if self._ranks is not None:
            numbers = _numbers(cells)
            if numbers is None:
                self._ranks = None
            else:
                self._ranks.add(numbers, left)

    def merge(self, other: "Witness") -> None:
        """Adds what another pass saw of the same column."""
        self.filled += other.filled
        if self._ranks is None or other._ranks is None:
            self._ranks = None
        else:
            self._ranks.merge(other._ranks)
        self._tally.merge(other._tally)

    def auc(self) -> float:
        """What the column's cells tell alone, ranked either way round, 0-1; NaN where they cannot be ranked."""
        ranked = math.nan if self._ranks is None else self._ranks.auc()
        told = (max(ranked, 1 - ranked), self._tally.auc())
        return max((value for value in told if not math.isnan(value)), default=math.nan)

    def filled_auc(self, sides: Sides) -> float:
        """What it tells alone whether a cell is filled, either way round. sides: all rows whose label is known."""
        if not sides.least:
            return math.nan
        # The area under two straight lines: of those who left, and of those who stayed, the share that is filled.
        value = 0.5 + (self.filled.left / sides.left - self.filled.stayed / sides.stayed) / 2
        return max(value, 1 - value)

    def _observe_text(self, cells: Cells, left: Flags, halves: Flags) -> None:
        encoded = cells.dictionary_encode()
        words, indices = encoded.dictionary, encoded.indices
        codes = (indices.fill_null(-1) if cells.null_count else indices).to_numpy()
        held = ~flags(pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(words)), value_set=_BLANKS))
        # A null is the code -1, and so the flag appended here.
        if cells.null_count or not held.all():
            there = np.append(held, False)[codes]
            codes, left, halves = codes[there], left[there], halves[there]
        self.filled += Sides.of(left)
        if self._ranks is not None:
            numbers = _read(words, held)
            if numbers is None:
                self._ranks = None
            else:
                self._ranks.add(numbers[codes], left)
        if self._tally.overflowed:
            return
        if np.count_nonzero(held) > VALUES_MAX:
            self._tally.give_up()
        else:
            self._tally.add(words.to_pylist(), codes, halves, left)


def _numbers(cells: Cells) -> Numbers | None:
    """(n,) the cells of a typed column as numbers that keep their order; None where they have none."""
    kind = cells.type
    if pa.types.is_timestamp(kind):
        cells, kind = pc.cast(cells, pa.date32(), safe=False), pa.date32()
    if pa.types.is_date32(kind):
        return cells.cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False) - _EPOCH_DAYS
    if not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind)):
        return None
    return pc.cast(cells, pa.float64(), safe=False).to_numpy(zero_copy_only=False)


def _read(words: Cells, held: Flags) -> Numbers | None:
    """(k,) distinct words as numbers, NaN where `held` is not; None when a held word is no number."""
    read = np.full(len(words), np.nan)
    try:
        bare = pc.utf8_trim(words.filter(pa.array(held)), characters=_DRESS)
        read[held] = pc.cast(bare, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    return read
