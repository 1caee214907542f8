"""Mergeable summaries of numbers, dates and the order of cells, which do not depend on how rows were cut."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.domain import QUANTILES, Numbers

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_FIRST_CELLS = 64
"""Cells looked at before all the others are."""

_MAGNITUDE = np.int64(0x7FFF_FFFF_FFFF_FFFF)


class NumberSummary:
    """Least, greatest, mean, whole share and quantiles of finite numbers.

    The quantiles are exact while there are at most `capacity` distinct numbers. Beyond, numbers share a bucket when
    the leading bits of their floats agree, and as few bits are dropped as `capacity` allows. Which these are depends
    on the numbers alone: neither their order nor the cut shows. Over ten powers of two a bucket is 1 % wide or less.
    The bit layout is that of HdrHistogram (Tene); the shrinking that of UDDSketch (Epicoco et al., 2020).
    """

    def __init__(self, capacity: int = 2_000) -> None:
        self._capacity = capacity
        self._minimum = np.inf
        self._maximum = -np.inf
        self._mean = 0.0
        self._count = 0
        self._whole = 0
        self._shift = 0
        self._keys: Counts = np.empty(0, np.int64)
        self._counts: Counts = np.empty(0, np.int64)

    def add(self, numbers: Floats, counts: Counts) -> None:
        finite = np.isfinite(numbers)
        if not finite.all():
            numbers, counts = numbers[finite], counts[finite]
        if not len(numbers):
            return
        self._minimum = min(self._minimum, float(numbers.min()))
        self._maximum = max(self._maximum, float(numbers.max()))
        self._whole += int(counts[np.floor(numbers) == numbers].sum())
        self._weigh(int(counts.sum()), lambda added: float((numbers * (counts / added)).sum()))
        self._merge(_ordered(numbers), counts, 0)

    def join(self, other: "NumberSummary") -> None:
        """Adds what another summary of the same capacity saw."""
        if not other._count:
            return
        self._minimum, self._maximum = min(self._minimum, other._minimum), max(self._maximum, other._maximum)
        self._whole += other._whole
        self._weigh(other._count, lambda added: other._mean)
        self._merge(other._keys, other._counts, other._shift)

    def summary(self) -> Numbers | None:
        if not self._count:
            return None
        return Numbers(self._minimum, self._maximum, self._mean, self._quantiles(), self._whole / self._count)

    def _weigh(self, added: int, mean: Callable[[int], float]) -> None:
        self._count += added
        share = added / self._count
        # Weights before sums: nothing overflows where the numbers themselves are finite.
        self._mean = self._mean * (1 - share) + mean(added) * share

    def _merge(self, keys: Counts, counts: Counts, shift: int) -> None:
        common = max(shift, self._shift)
        self._keys, self._counts = _grouped(
            np.concatenate([self._keys >> (common - self._shift), keys >> (common - shift)]),
            np.concatenate([self._counts, counts]),
        )
        self._shift = common
        if len(self._keys) > self._capacity:
            fewer = _bits_to_drop(self._keys, self._capacity)
            self._shift += fewer
            self._keys, self._counts = _summed(self._keys >> fewer, self._counts)

    def _quantiles(self) -> tuple[float, ...]:
        """The numbers of rank ceil(q * n), or the middle of their bucket."""
        ranks = np.ceil(np.array(QUANTILES) * self._count).clip(1)
        keys = self._keys[np.searchsorted(np.cumsum(self._counts), ranks)]
        if self._shift:
            keys = (keys << self._shift) + (1 << (self._shift - 1))
        return tuple(float(number) for number in _numbers(keys).clip(self._minimum, self._maximum))


class DateSummary:
    """Earliest and latest of dates (YYYYMMDD; 0 is none)."""

    def __init__(self) -> None:
        self.first = 0
        self.last = 0

    def add(self, days: NDArray[np.int64]) -> None:
        days = days[days > 0]
        if len(days):
            self.first = min(self.first or int(days.min()), int(days.min()))
            self.last = max(self.last, int(days.max()))

    def join(self, other: "DateSummary") -> None:
        """Adds what another summary saw."""
        self.add(np.array([other.first, other.last], np.int64))


class Order:
    """Whether cells only ever rise, as numbers, as dates or as text. A kind that fell once is not looked at again."""

    def __init__(self) -> None:
        self._seen = 0
        self._rising = {"number", "date", "text"}
        self._last: dict[str, float] = {}
        self._last_text: str | None = None

    @property
    def ascending(self) -> bool:
        return self._seen >= 2 and bool(self._rising)

    @property
    def settled(self) -> bool:
        """Whether no cell can change the answer any more."""
        return not self._rising

    def add(self, rows: Counts, values: pa.StringArray, numbers: Floats | None, days: NDArray[np.int64] | None) -> None:
        """Adds filled cells in order.

        rows: their places in the distinct values, which stand as they first came, and in what these read as.
        """
        if not len(rows):
            return
        self._seen += len(rows)
        self._add_keys("number", rows, numbers)
        if "date" in self._rising:
            self._add_keys("date", rows, None if days is None else np.where(days > 0, days, np.nan))
        if "text" in self._rising:
            self._add_text(rows, values)

    def _add_keys(self, kind: str, rows: Counts, keys: Floats | None) -> None:
        if kind in self._rising and (keys is None or not self._rise(kind, keys, rows)):
            self._rising.discard(kind)

    def _rise(self, kind: str, keys: Floats, rows: Counts) -> bool:
        # Most columns fall within a few cells. A cell without a reading is nan, and no comparison with it is true.
        if not _rising(keys[rows[:_FIRST_CELLS]]):
            return False
        cells = keys[rows]
        rises = cells[0] >= self._last.get(kind, -np.inf) and _rising(cells)
        self._last[kind] = float(cells[-1])
        return bool(rises)

    def _add_text(self, rows: Counts, values: pa.StringArray) -> None:
        rises = self._last_text is None or values[int(rows[0])].as_py() >= self._last_text
        self._last_text = values[int(rows[-1])].as_py()
        if not (rises and _texts_rise(rows, values)):
            self._rising.discard("text")


def _texts_rise(rows: Counts, values: pa.StringArray) -> bool:
    """Whether each cell is at least the one before. Values stand as they first came, so they must rise themselves."""
    falls = np.flatnonzero(rows[1:] < rows[:-1])
    if not len(falls):
        return _ascending(values.slice(int(rows[0]), int(rows[-1] - rows[0]) + 1))
    # A value that came before may be like the one before it, once both are trimmed.
    before, after = (values[int(row)].as_py() for row in rows[falls[0] : falls[0] + 2])
    return after >= before and _ascending(values.take(rows))


def _ascending(cells: pa.StringArray) -> bool:
    return len(cells) < 2 or bool(pc.all(pc.less_equal(cells.slice(0, len(cells) - 1), cells.slice(1))).as_py())


def _rising(keys: NDArray[Any]) -> bool:
    return bool((keys[1:] >= keys[:-1]).all())


def _ordered(numbers: Floats) -> Counts:
    """Integers in the order of the numbers; -0 is 0."""
    bits = (numbers + 0.0).view(np.int64)
    return np.where(bits < 0, bits ^ _MAGNITUDE, bits)


def _numbers(keys: Counts) -> Floats:
    return np.where(keys < 0, keys ^ _MAGNITUDE, keys).view(np.float64)


def _bits_to_drop(keys: Counts, capacity: int) -> int:
    """The least shift that leaves at most `capacity` of the sorted keys, which are more, apart."""
    apart = (keys[1:] ^ keys[:-1]).view(np.uint64)
    high = apart >> np.uint64(32)
    # frexp's exponent is the bit length; both halves are exact as floats. Two keys fall together once it is dropped.
    length = np.where(high > 0, np.frexp(high)[1] + 32, np.frexp(apart & np.uint64(0xFFFF_FFFF))[1])
    return int(np.partition(length, -capacity)[-capacity])


def _grouped(keys: Counts, counts: Counts) -> tuple[Counts, Counts]:
    low = int(keys.min())
    span = int(keys.max()) - low
    if span < 4 * len(keys):
        # Buckets next to each other, as they are once bits were dropped, need no sorting.
        totals = np.bincount(keys - low, weights=counts)
        found = np.flatnonzero(totals)
        return found + low, totals[found].astype(np.int64)
    order = np.argsort(keys)
    return _summed(keys[order], counts[order])


def _summed(keys: Counts, counts: Counts) -> tuple[Counts, Counts]:
    """Sorted keys, each once, with the sum of their counts."""
    is_first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    return keys[first], np.add.reduceat(counts, first)
