"""Margins from rows' ways through the trees: XGBoost's own to the last bit, and how far a change moves them."""

from collections.abc import Mapping, Sequence

import numpy as np

from services.scoring.features import Floats, Matrix
from services.scoring.forest import Split

Asked = Mapping[int, Sequence[tuple[int, int]]]
"""By part of a tree, the bits of a row's way that are looked at, each with the number of its split."""


class Sums:
    """What a model version fixes of its margins; read-only, so threads may share it."""

    def __init__(self, splits: Sequence[Split], parts: Sequence[Sequence[int]], worths: Floats) -> None:
        """parts: the numbers of the splits behind each bit of a way, by part, in the order of the trees.

        worths: (n_parts, n_ways) the leaf that each way ends in; 0 for a way that leads to another part.
        """
        self._splits = splits
        self._worths = worths
        self._leaves = worths.astype(np.float32)
        self._asking: dict[int, list[tuple[int, int, int]]] = {}
        for number, part in enumerate(parts):
            for position, split in enumerate(part):
                self._asking.setdefault(splits[split].column, []).append((number, position, split))

    def margins(self, ways: np.ndarray, start: np.float32) -> np.ndarray:
        """(n,) float32: the leaves of rows that go these ways, added to `start` tree by tree, as XGBoost adds them.

        ways: (n_parts, n) uint8.
        """
        total = np.full(ways.shape[1], start)
        place, leaf = np.empty(len(total), dtype=np.intp), np.empty(len(total), dtype=np.float32)
        for leaves, way in zip(self._leaves, ways, strict=True):
            place[:] = way
            # Every byte is a way of the part: "clip" only spares a second look at each.
            total += leaves.take(place, out=leaf, mode="clip")
        return total

    def moved(self, ways: np.ndarray, rows: np.ndarray, before: Matrix, after: Matrix) -> Floats:
        """(m,) float64: how far the margins of these rows move when `after` takes the place of `before`.

        ways: (n_parts, n) uint8 of a block. rows: (m,) places in it. before, after: (m, n_columns) of these rows.
        Only parts that read a column that differs are looked at, and of a row's way only the bits of such columns
        are found anew.
        """
        changed = {column: np.ascontiguousarray(after[:, column]) for column in _differing(before, after)}
        again: dict[int, list[tuple[int, int]]] = {}
        for column in changed:
            for number, position, split in self._asking.get(column, ()):
                again.setdefault(number, []).append((position, split))
        if not again:
            return np.zeros(len(rows))
        splits = {split for asked in again.values() for _, split in asked}
        left = {split: self._splits[split].goes_left(changed[self._splits[split].column]) for split in splits}
        # Most changes set a column to one value for all: then the new way follows from the old one alone.
        settled = all(map(_is_one_value, changed.values()))
        gains = self._gains(again, left) if settled else np.empty((0, 0))
        total, worth = np.zeros(len(rows)), np.empty(len(rows))
        old, new, bit = (np.empty(len(rows), dtype=np.uint8) for _ in range(3))
        place = np.empty(len(rows), dtype=np.intp)

        def looked_up(worths: Floats, way: np.ndarray) -> Floats:
            place[:] = way
            return worths.take(place, out=worth, mode="clip")

        for row, (number, asked) in enumerate(again.items()):
            ways[number].take(rows, out=old, mode="clip")
            if settled:
                total += looked_up(gains[row], old)
                continue
            np.bitwise_and(old, 0xFF ^ sum(1 << position for position, _ in asked), out=new)
            for position, split in asked:
                np.bitwise_and(left[split], 1 << position, out=bit)
                np.bitwise_or(new, bit, out=new)
            total += looked_up(self._worths[number], new)
            total -= looked_up(self._worths[number], old)
        return total

    def _gains(self, again: Asked, left: Mapping[int, np.ndarray]) -> Floats:
        """(k, n_ways) what each way through these parts gains where every row goes the same way at these splits."""
        kept = np.array([[~sum(1 << position for position, _ in asked)] for asked in again.values()])
        set_to = np.array([[sum(int(left[s][0]) & 1 << position for position, s in asked)] for asked in again.values()])
        worths = self._worths[list(again)]
        gains: Floats = np.take_along_axis(worths, np.arange(worths.shape[1]) & kept | set_to, axis=1) - worths
        return gains


def probes(splits: Sequence[Split], n_columns: int) -> Matrix:
    """(3 * n_splits, n_columns) rows that tell whether sums are XGBoost's: on each split, and one float32 step aside.

    The other columns lie on the threshold of some split of theirs or are unknown, so that many leaves are met.
    """
    by_column: dict[int, list[float]] = {}
    for split in splits:
        by_column.setdefault(split.column, [np.nan]).append(split.threshold)
    rng = np.random.default_rng(0)
    rows = np.full((3 * len(splits), n_columns), np.nan, dtype=np.float32)
    for column, thresholds in by_column.items():
        rows[:, column] = rng.choice(np.array(thresholds, dtype=np.float32), len(rows))
    for number, split in enumerate(splits):
        here = np.float32(split.threshold)
        rows[3 * number : 3 * number + 3, split.column] = np.nextafter(here, -np.inf), here, np.nextafter(here, np.inf)
    return rows


def _is_one_value(values: np.ndarray) -> bool:
    """Whether (m,) values, m > 0, are all the same or all unknown."""
    same = np.isnan(values) if np.isnan(values[0]) else values == values[0]
    return bool(same.all())


def _differing(before: Matrix, after: Matrix) -> list[int]:
    """Columns in which any row differs; unknown is one value."""
    same = (before == after) | (np.isnan(before) & np.isnan(after))
    return np.flatnonzero(~same.all(axis=0)).tolist()
