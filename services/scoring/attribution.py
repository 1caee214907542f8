"""Exact Shapley values of gradient-boosted trees from tables that depend on the model alone.

The game is that of path-dependent TreeSHAP (Lundberg et al. 2020, Nature Machine Intelligence 2, 56-67): a
coalition's worth is the trees' expected margin when only its columns are known, branches of unknown columns
weighted by the training rows that took them. In one leaf the worth is a product over the columns of its path,
so a row's contributions there depend only on which columns' conditions it meets: at most 2**k cases, tabled once
(after Nadel & Wettenstein 2026, From Decision Trees to Boolean Logic, AAAI 40(29), 24476-24485). A row's way
through a part of a tree is then a byte, and its contributions are one row of the part's table. See docs/adr/0010.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial

import numpy as np

from services.scoring.features import Floats, Matrix
from services.scoring.forest import BITS_MAX, Forest, Leaf, Part, Split
from services.scoring.sums import Sums

SPLIT_BYTES_MAX = 1 << 24
"""Memory for the outcomes of all splits on the rows that are worked on at once."""

TABLE_COLUMNS = BITS_MAX
"""Width of every table: a row of eight float32 is copied at once, which is faster than eight numbers one by one."""


@dataclass(frozen=True)
class Table:
    """Contributions of one part of a tree.

    splits: the split behind each bit of a row's byte, lowest first. columns: of the matrix, one for each used column
    of `values`. values: (2 ** len(splits), TABLE_COLUMNS) float32.
    """

    splits: tuple[int, ...]
    columns: tuple[int, ...]
    values: np.ndarray


@dataclass(frozen=True)
class Tables:
    """What a model version fixes of its explanations; read-only, so threads may share it.

    sums: of the same parts.
    """

    splits: tuple[Split, ...]
    tables: tuple[Table, ...]
    sums: Sums

    @property
    def nbytes(self) -> int:
        return sum(table.values.nbytes for table in self.tables)

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns) float32, in margin; each row's own, whatever rows stand beside it."""
        found = np.empty(encoded.shape, dtype=np.float32)
        rows = max(1, SPLIT_BYTES_MAX // max(1, len(self.splits)))
        for start in range(0, len(encoded), rows):
            block = encoded[start : start + rows]
            found[start : start + rows] = self.contributions_by_way(self.ways(block), encoded.shape[1])
        return found

    def ways(self, encoded: Matrix) -> np.ndarray:
        """(n_tables, n) uint8: each row's way through each part, for at most SPLIT_BYTES_MAX / len(splits) rows."""
        by_column = np.ascontiguousarray(encoded.T)
        goes_left = [split.goes_left(by_column[split.column]) for split in self.splits]
        found = np.zeros((len(self.tables), len(encoded)), dtype=np.uint8)
        bit = np.empty(len(encoded), dtype=np.uint8)
        for table, way in zip(self.tables, found, strict=True):
            for position, split in enumerate(table.splits):
                np.bitwise_and(goes_left[split], 1 << position, out=bit)
                np.bitwise_or(way, bit, out=way)
        return found

    def contributions_by_way(self, ways: np.ndarray, n_columns: int) -> np.ndarray:
        """(n, n_columns) float32 of the rows that go these ways."""
        rows = ways.shape[1]
        found = np.zeros((n_columns, rows), dtype=np.float32)
        place, taken = np.empty(rows, dtype=np.intp), np.empty((rows, TABLE_COLUMNS), dtype=np.float32)
        for table, way in zip(self.tables, ways, strict=True):
            if not table.columns:  # a tree that is one leaf
                continue
            place[:] = way
            # Every byte is a row of the table: "clip" only spares a second look at each.
            table.values.take(place, axis=0, out=taken, mode="clip")
            for position, column in enumerate(table.columns):
                found[column] += taken[:, position]
        return found.T


def tabled(trees: Forest) -> Tables:
    """The tables of a forest."""
    splits, made = tuple(trees.splits), [_table(part) for part in trees.parts]
    worths = np.zeros((len(made), max((len(worth) for _, worth in made), default=0)))
    for row, (_, worth) in zip(worths, made, strict=True):
        row[: len(worth)] = worth
    return Tables(
        splits, tuple(table for table, _ in made), Sums(splits, [part.splits for part in trees.parts], worths)
    )


def _table(part: Part) -> tuple[Table, Floats]:
    """The part's table, and (n_ways,) the leaf that each way ends in; 0 for a way that leads to another part."""
    columns = tuple(sorted({step.column for leaf in part.leaves for step in leaf.path}))
    bit = {split: position for position, split in enumerate(part.splits)}
    ways = np.arange(2 ** len(part.splits))
    values, worths = np.zeros((len(ways), TABLE_COLUMNS)), np.zeros(len(ways))
    for leaf in part.leaves:
        if not leaf.path:  # a tree of one leaf: the same for everybody, and no column's doing
            worths += leaf.value
            continue
        used, shares, meets = _conditions(leaf, bit, ways)
        cases = leaf.value * leaf_contributions(shares)
        met = (meets << np.arange(len(used))[:, None]).sum(axis=0)
        values[:, [columns.index(column) for column in used]] += cases[met]
        worths += leaf.value * meets.all(axis=0)
    return Table(part.splits, columns, values.astype(np.float32)), worths


def _conditions(leaf: Leaf, bit: dict[int, int], ways: np.ndarray) -> tuple[list[int], Floats, np.ndarray]:
    """Columns of the leaf's path, the share of training rows that meet each one's condition, and whether each way does.

    The last is (k, n_ways) of 0 and 1.
    """
    used = list(dict.fromkeys(step.column for step in leaf.path))
    shares = np.ones(len(used))
    meets = np.ones((len(used), len(ways)), dtype=np.intp)
    for step in leaf.path:
        position = used.index(step.column)
        shares[position] *= step.share
        meets[position] &= ((ways >> bit[step.split]) & 1) == step.left
    return used, shares, meets


def leaf_contributions(shares: Sequence[float] | Floats) -> Floats:
    """(2**k, k) Shapley values of the k columns of a path to a leaf worth 1, for each set of conditions met.

    shares: (k,) of training rows that meet each column's condition. A set's number has bit i for column i.
    A coalition S is worth the product of 1 or 0 (met or not) over S, and of the shares over the rest.
    """
    share = np.asarray(shares, dtype=np.float64)
    count = len(share)
    weights, held = _weights(count)
    # Worth of the columns outside S and other than j, for each (j, S).
    outside = np.where(held[None, :, :] | np.eye(count, dtype=bool)[:, None, :], 1.0, share).prod(axis=2)
    contributions: Floats = np.einsum("jbs,js->bj", weights, outside) * (held - share)
    return contributions


@cache
def _weights(count: int) -> tuple[Floats, np.ndarray]:
    """Shapley's weight of S for j where all of S is met and j is not in S, (j, met set, S); and (set, column) held."""
    sets = np.arange(2**count)
    held = ((sets[:, None] >> np.arange(count)) & 1).astype(bool)
    sizes = held.sum(axis=1)
    weight = np.array([factorial(size) * factorial(max(count - size - 1, 0)) / factorial(count) for size in sizes])
    within = (sets[None, :] & ~sets[:, None]) == 0
    return np.where(within[None] & ~held.T[:, None, :], weight, 0.0), held
