"""Small mergeable summaries of many values: how many are distinct, and which are most frequent."""

import hashlib
import math
from heapq import nsmallest
from typing import cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from services.ingest.characters import bytes_of

Hashes = NDArray[np.uint64]

EXACT_MAX = 1_000
"""Distinct values up to which the count is exact."""

_PRECISION = 13
_REGISTERS = 1 << _PRECISION
"""8 KiB a column; standard error 1.04 / sqrt(8192) = 1.2 %."""

_HASHED_BYTES = 64
"""Values up to this length are hashed all at once; the few longer ones by BLAKE2."""

_KEPT_BYTES = np.array([(1 << 8 * kept) - 1 for kept in range(9)], np.uint64)

_WORD_BITS = np.uint64(64)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def hashes(values: pa.StringArray) -> Hashes:
    """A 64-bit hash of each value, the same on every machine and in every run."""
    offsets, data = bytes_of(values)
    lengths = np.diff(offsets)
    state = _mixed(lengths.astype(np.uint64) * _GOLDEN)
    short = lengths <= _HASHED_BYTES
    _absorb(state, data, offsets[:-1], lengths if short.all() else np.where(short, lengths, 0))
    for place in np.flatnonzero(~short).tolist():
        long = data[offsets[place] : offsets[place + 1]].tobytes()
        state[place] = int.from_bytes(hashlib.blake2b(long, digest_size=8).digest(), "little")
    return state


def _absorb(state: Hashes, data: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> None:
    """Takes the bytes of each value into its state, eight at a time. A value's own words alone count, but the first."""
    # Any eight bytes are two aligned words, shifted: gathering those is four times as fast as gathering bytes.
    words = np.frombuffer(data.tobytes().ljust((len(data) // 8 + 3) * 8, b"\0"), "<u8")
    word, shift = starts >> 3, ((starts & 7) << 3).astype(np.uint64)
    low = words[word]
    rows: slice | NDArray[np.int64] = slice(None)
    for place in range(0, max(1, int(lengths.max(initial=0))), 8):
        going_on = lengths > place
        if place and not going_on.all():
            rows = np.flatnonzero(going_on) if isinstance(rows, slice) else rows[going_on]
            word, shift, low, lengths = word[going_on], shift[going_on], low[going_on], lengths[going_on]
        word = word + 1
        high = words[word]
        eights = (low >> shift) | (high << (_WORD_BITS - shift))
        low = high
        if lengths.min(initial=8) < place + 8:
            eights &= _KEPT_BYTES[np.minimum(lengths - place, 8)]
        eights ^= state[rows]
        eights *= _GOLDEN
        state[rows] = _mixed(eights)


def _mixed(state: Hashes) -> Hashes:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014), in place."""
    shifted = state >> np.uint64(30)
    for shift, factor in ((27, 0xBF58476D1CE4E5B9), (31, 0x94D049BB133111EB)):
        state ^= shifted
        state *= np.uint64(factor)
        np.right_shift(state, np.uint64(shift), out=shifted)
    state ^= shifted
    return state


class DistinctCounter:
    """Counts distinct hashes: exactly up to EXACT_MAX, beyond it with HyperLogLog.

    Source: Flajolet et al. (2007); the estimator is Ertl's (2017, "New cardinality estimation
    algorithms for HyperLogLog sketches", algorithm 6), which needs no correction for small counts.
    """

    def __init__(self) -> None:
        self._known: Hashes | None = np.empty(0, np.uint64)
        self._registers: NDArray[np.uint8] = np.empty(0, np.uint8)

    @property
    def exact(self) -> bool:
        return self._known is not None

    def add(self, seen: Hashes) -> None:
        """Adds hashes, each once."""
        if self._known is not None:
            if len(seen) <= EXACT_MAX:
                self._known = np.union1d(self._known, seen)
                if len(self._known) <= EXACT_MAX:
                    return
                seen = self._known
            else:
                seen = np.concatenate([self._known, seen])
            self._known = None
            self._registers = np.zeros(_REGISTERS, np.uint8)
        register = (seen >> np.uint64(64 - _PRECISION)).astype(np.int64)
        rest = seen & np.uint64((1 << (64 - _PRECISION)) - 1)
        # frexp's exponent is the bit length; 51 bits are exact in a float64.
        rank = (64 - _PRECISION) - np.frexp(rest.astype(np.float64))[1] + 1
        np.maximum.at(self._registers, register, rank.astype(np.uint8))

    def count(self) -> int:
        """The count, or its estimate; an estimate is above EXACT_MAX."""
        if self._known is not None:
            return len(self._known)
        return max(EXACT_MAX + 1, round(_estimate(np.bincount(self._registers, minlength=66 - _PRECISION))))


def _estimate(registers_by_rank: NDArray[np.int64]) -> float:
    """Ertl's improved raw estimate from the number of registers of each rank.

    His correction for registers of the highest rank is left out: it wants some 2**51 distinct values.
    """
    counts = registers_by_rank.tolist()
    total = 0.0
    for rank in range(64 - _PRECISION, 0, -1):
        total = 0.5 * (total + counts[rank])
    total += _REGISTERS * _sigma(counts[0] / _REGISTERS)
    return _REGISTERS * _REGISTERS / (2 * math.log(2) * total)


def _sigma(share: float) -> float:
    """Ertl's correction for registers that are still zero. share: of these, below 1."""
    factor, total = 1.0, share
    while True:
        share *= share
        before, total = total, total + share * factor
        factor += factor
        if total == before:
            return total


class FrequentValues:
    """Counts the most frequent values in bounded memory.

    Counts are exact while there are at most `capacity` distinct values, else lower bounds, each short
    of the truth by at most n / (capacity + 1). Source: Agarwal et al. (2012), "Mergeable summaries"
    (the Misra-Gries summary).
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._counts: dict[str, int] = {}

    def add(self, values: pa.StringArray, counts: NDArray[np.int64]) -> None:
        """Adds distinct values with their counts."""
        if len(values) > self._capacity:
            counts = counts - _one_beyond(counts, self._capacity)
            kept = counts > 0
            values, counts = values.filter(pa.array(kept)), counts[kept]
        added = zip(cast(list[str], values.to_pylist()), counts.tolist(), strict=True)
        if self._counts:
            for value, count in added:
                self._counts[value] = self._counts.get(value, 0) + count
        else:
            self._counts = dict(added)
        if len(self._counts) > self._capacity:
            floor = sorted(self._counts.values(), reverse=True)[self._capacity]
            self._counts = {value: count - floor for value, count in self._counts.items() if count > floor}

    def top(self, number: int) -> tuple[tuple[str, int], ...]:
        """The most frequent values, the first in order of text where two are as frequent."""
        first = nsmallest(number, ((-count, value) for value, count in self._counts.items()))
        return tuple((value, -count) for count, value in first)


def _one_beyond(counts: NDArray[np.int64], number: int) -> int:
    """The greatest of the counts (1 or more, each) but for that `number` of them."""
    if np.count_nonzero(counts > 1) <= number:
        return 1
    return int(np.partition(counts, -number - 1)[-number - 1])
