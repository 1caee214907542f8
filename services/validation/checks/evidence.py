"""What single columns tell of who left: counts of one pass that merge exactly, and the AUC they give."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.validation.checks.row import Flags

Counts = npt.NDArray[np.int64]

MANTISSA_BITS = 10
OCTAVE_LEAST, OCTAVE_GREATEST = -10, 31
"""Numbers are told apart to a 1,024th of themselves, and whole ones below 2,048 exactly; between 2^-10 and 2^31."""

_SHIFT = 52 - MANTISSA_BITS
_ZERO = (1023 + OCTAVE_LEAST << MANTISSA_BITS) - 1
_HALF = (OCTAVE_GREATEST - OCTAVE_LEAST << MANTISSA_BITS) + 1
_MAGNITUDE = np.int64(0x7FFF_FFFF_FFFF_FFFF)

WATCHED_ROWS = 100_000
"""Source rows beyond which a share is enough: an AUC of so many is known to about 0.005."""

VALUES_MAX = 256
"""Distinct values beyond which a column of words is no category: names, ids and remarks."""


class Ranks:
    """How many of those who left and of those who stayed hold a number of each size.

    The bins are cut by the bits of the number itself, the same for every batch and file, so counts
    add up in any order. Only bins in use take memory, and there are 84,000 of them at most.
    """

    def __init__(self) -> None:
        # Twice the bin, and one more for those who left: sorted, each once.
        self._keys: Counts = np.empty(0, np.int64)
        self._counts: Counts = np.empty(0, np.int64)

    def add(self, numbers: npt.NDArray[np.float64], left: Flags) -> None:
        """numbers: (n,) without NaN; left: (n,) whether the customer left."""
        if len(numbers) == 0:
            return
        keys = _bins(numbers)
        keys *= 2
        keys += left
        keys.sort()
        self._join(keys, None)

    def merge(self, other: "Ranks") -> None:
        """Adds what another pass counted."""
        if len(other._keys):
            self._join(other._keys, other._counts)

    def auc(self) -> float:
        """Chance that one who left has the greater number than one who stayed, ties halved; NaN without both."""
        where = np.cumsum(_first(self._keys >> 1)) - 1
        counts = np.zeros((len(where), 2), np.int64)
        counts[where, self._keys & 1] = self._counts
        return auc(counts)

    def _join(self, keys: Counts, counts: Counts | None) -> None:
        """Adds sorted keys, each with its count, or once for each time it is there."""
        if counts is None:
            first = np.flatnonzero(_first(keys))
            counts = np.append(first[1:], len(keys)) - first
            keys = keys[first]
        if len(self._keys):
            keys = np.concatenate([self._keys, keys])
            counts = np.concatenate([self._counts, counts])
            order = np.argsort(keys, kind="stable")
            keys, counts = keys[order], counts[order]
            first = np.flatnonzero(_first(keys))
            keys, counts = keys[first], np.add.reduceat(counts, first)
        self._keys, self._counts = keys, counts


class Tally:
    """How many of those who left and stayed hold each value, in two halves of the rows; values stay in here.

    Gives up beyond VALUES_MAX values. The halves are cut by a hash of the source row: the rate of
    each value is taken from one half and judged on the other, so that values held by one customer
    each, which know the past by heart, tell nothing.
    """

    def __init__(self) -> None:
        self._counts: dict[object, Counts] = {}
        self.overflowed = False

    def add(self, values: list[object], codes: Counts, halves: Flags, left: Flags) -> None:
        """values: (k,) distinct; codes: (n,) index of each row's value. halves, left: (n,)."""
        if self.overflowed or len(codes) == 0:
            return
        found = np.bincount(codes * 4 + halves * 2 + left, minlength=4 * len(values)).reshape(-1, 2, 2)
        for value, counts in zip(values, found, strict=True):
            self._count(value, counts)

    def give_up(self) -> None:
        """Counts no more: there are more values than any category has."""
        self.overflowed = True
        self._counts.clear()

    def merge(self, other: "Tally") -> None:
        """Adds what another pass counted."""
        for value, counts in other._counts.items():
            self._count(value, counts)
        if other.overflowed:
            self.give_up()

    def auc(self) -> float:
        """AUC of each half ranked by the other half's rates, averaged; below 0.5 is chance. NaN without both."""
        if not self._counts:
            return math.nan
        # (k, half, left), in an order that does not depend on which value came first.
        counts = np.stack([self._counts[value] for value in sorted(self._counts, key=repr)])
        return float(np.mean([_judged(counts[:, 1 - half], counts[:, half]) for half in (0, 1)]))

    def _count(self, value: object, counts: Counts) -> None:
        if self.overflowed or not counts.any():
            return
        self._counts[value] = self._counts[value] + counts if value in self._counts else counts
        if len(self._counts) > VALUES_MAX:
            self.give_up()


@dataclass(frozen=True)
class Sides:
    """Rows of those who left and of those who stayed."""

    left: int = 0
    stayed: int = 0

    @staticmethod
    def of(left: Flags) -> "Sides":
        gone = int(np.count_nonzero(left))
        return Sides(gone, len(left) - gone)

    def __add__(self, other: "Sides") -> "Sides":
        return Sides(self.left + other.left, self.stayed + other.stayed)

    @property
    def least(self) -> int:
        """Rows of the smaller side."""
        return min(self.left, self.stayed)


def auc(counts: Counts) -> float:
    """AUC of (k, 2) counts of those who stayed and left, by rising rank; NaN without both. Ties count half."""
    stayed, left = counts[:, 0].astype(np.float64), counts[:, 1].astype(np.float64)
    if not stayed.sum() or not left.sum():
        return math.nan
    below = np.cumsum(stayed) - stayed
    return float((left * (below + stayed / 2)).sum() / (left.sum() * stayed.sum()))


def chance_error(sides: Sides) -> float:
    """Standard error of the AUC of a column that tells nothing (Mann-Whitney)."""
    return math.sqrt((sides.left + sides.stayed + 1) / (12 * sides.left * sides.stayed))


def auc_error(value: float, sides: Sides) -> float:
    """Standard error of an AUC. Source: Hanley and McNeil (1982)."""
    q1, q2 = value / (2 - value), 2 * value**2 / (1 + value)
    variance = value * (1 - value) + (sides.left - 1) * (q1 - value**2) + (sides.stayed - 1) * (q2 - value**2)
    return math.sqrt(max(0.0, variance) / (sides.left * sides.stayed))


def halves(source_rows: npt.NDArray[np.int64]) -> Flags:
    """(n,) which half each row falls into: Knuth's multiplicative hash, so that no order of a file lines up with it."""
    return (_hashed(source_rows) >> 15 & 1).astype(np.bool_)


def watched(source_rows: npt.NDArray[np.int64]) -> Flags:
    """(n,) which rows are looked at: the first WATCHED_ROWS of a file, and one in eight of the rest, by another hash.

    Each row decides for itself, so neither batches nor the order of merging matter.
    """
    found: Flags = (source_rows <= WATCHED_ROWS) | (_hashed(source_rows) >> 16 & 7 == 0)
    return found


def _hashed(source_rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return source_rows * np.int64(2_654_435_761)


def _first(keys: Counts) -> Flags:
    """(n,) whether each of the sorted keys is the first of its value."""
    first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return first


def _bins(numbers: npt.NDArray[np.float64]) -> Counts:
    """(n,) the bin of each number; greater numbers have greater bins. The ends hold what is beyond them."""
    bits = np.ascontiguousarray(numbers, np.float64).view(np.int64)
    size = np.clip(((bits & _MAGNITUDE) >> _SHIFT) - _ZERO, 0, _HALF)
    bins: Counts = np.where(bits < 0, _HALF - size, _HALF + size)
    return bins


def _judged(known: Counts, judged: Counts) -> float:
    """AUC of (k, 2) counts ranked by the rates of others; a value that those do not hold takes their mean."""
    rows = known.sum(axis=1)
    if not rows.sum():
        return math.nan
    rate = np.where(rows > 0, known[:, 1] / np.maximum(rows, 1), known[:, 1].sum() / rows.sum())
    ranks, where = np.unique(rate, return_inverse=True)
    merged = np.zeros((len(ranks), 2), np.int64)
    np.add.at(merged, where, judged)
    return auc(merged)
