"""What one pass remembers of the clean rows: sums that merge in any grouping of the batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from services.validation.checks.row import Cells, holds

Matrix = npt.NDArray[np.float64]

BLOCK_ROWS = 1_024
"""Rows multiplied at once: small enough for the cache, and for BLAS not to start threads, which cost more here."""

NOISE = 1e-12
"""Standard deviation, relative to the mean, that a float64 column may owe to rounding alone."""


@dataclass(frozen=True)
class Span:
    """One column: cells that hold something, and the least and greatest of them (None: no such cell)."""

    filled: int = 0
    least: Any = None
    greatest: Any = None

    @staticmethod
    def of(array: Cells) -> "Span":
        ends = pc.min_max(array)
        return Span(len(array) - array.null_count, ends["min"].as_py(), ends["max"].as_py())

    def __add__(self, other: "Span") -> "Span":
        if self.filled == 0 or other.filled == 0:
            return self if other.filled == 0 else other
        return Span(self.filled + other.filled, min(self.least, other.least), max(self.greatest, other.greatest))

    @property
    def constant(self) -> bool:
        """Whether at least two cells hold something, and all the same."""
        return self.filled > 1 and bool(self.least == self.greatest)


@dataclass(frozen=True)
class Moments:
    """Sums for the correlations of k columns, each pair over the rows that have both.

    All (k, k). count: rows with both. mean[i, j], spread[i, j]: of column i over the rows that have
    j too, as mean and as sum of squared deviations. comoment: sum of products of deviations.
    Source: Chan, Golub, LeVeque (1979), updating formulae; they stay exact where plain sums of
    squares lose every digit, on totals in the millions that differ by cents.
    """

    count: Matrix
    mean: Matrix
    spread: Matrix
    comoment: Matrix

    @staticmethod
    def none(k: int) -> "Moments":
        return Moments(*(np.zeros((k, k)) for _ in range(4)))

    @staticmethod
    def of(rows: pa.RecordBatch, names: Sequence[str]) -> "Moments":
        k = len(names)
        cells = np.empty((k, rows.num_rows))
        for row, name in zip(cells, names, strict=True):
            row[:] = rows.column(name).to_numpy(zero_copy_only=False)
        there = np.isfinite(cells)
        has = there.astype(np.float64)
        # The square of an absurd number overflows; its correlations are then NaN, and none is found.
        with np.errstate(over="ignore", invalid="ignore"):
            near = np.where(there, cells, 0).sum(axis=1) / np.maximum(has.sum(axis=1), 1)
            shifted = np.where(there, cells - near[:, None], 0)
            count, sums, squares, products = _sums(has, shifted)
            some = np.maximum(count, 1)
            spread = squares - sums * sums / some
            comoment = products - sums * sums.T / some
            return Moments(count, sums / some + near[:, None], spread, comoment)

    def __add__(self, other: "Moments") -> "Moments":
        count = self.count + other.count
        some = np.maximum(count, 1)
        with np.errstate(over="ignore", invalid="ignore"):
            apart = other.mean - self.mean
            weight = self.count * other.count / some
            return Moments(
                count,
                (self.count * self.mean + other.count * other.mean) / some,
                self.spread + other.spread + apart * apart * weight,
                self.comoment + other.comoment + apart * apart.T * weight,
            )

    def correlations(self) -> Matrix:
        """(k, k) Pearson's r of each pair; NaN where a column does not vary."""
        with np.errstate(all="ignore"):
            # The mean of a constant is a rounding away from it, and two such roundings correlate.
            noise = self.count * (NOISE * self.mean) ** 2
            spread = np.where(self.spread > noise, self.spread, np.nan)
            r: Matrix = self.comoment / np.sqrt(spread * spread.T)
            return r


def _sums(has: Matrix, shifted: Matrix) -> list[Matrix]:
    """(k, k) sums over the rows of products of two (k, n) matrices: rows, deviations, their squares, their products."""
    k, n = has.shape
    found = [np.zeros((k, k)) for _ in range(4)]
    for at in range(0, n, BLOCK_ROWS):
        h, s = has[:, at : at + BLOCK_ROWS], shifted[:, at : at + BLOCK_ROWS]
        for total, (one, other) in zip(found, ((h, h), (s, h), (s * s, h), (s, s)), strict=True):
            total += one @ other.T
    return found


@dataclass(frozen=True)
class Statistics:
    """One pass over the clean rows. churned: rows whose label says that the customer left."""

    rows: int
    spans: dict[str, Span]
    moments: Moments
    churned: int

    @staticmethod
    def none(names: Sequence[str], numeric: Sequence[str]) -> "Statistics":
        """Of no rows; arguments as of `of`."""
        return Statistics(0, dict.fromkeys(names, Span()), Moments.none(len(numeric)), 0)

    @staticmethod
    def of(rows: pa.RecordBatch, names: Sequence[str], numeric: Sequence[str]) -> "Statistics":
        """names: columns to span, "churned" among them where there is a label; numeric: columns to correlate."""
        churned = int(np.count_nonzero(holds(rows.column("churned"), True))) if "churned" in names else 0
        spans = {name: Span.of(rows.column(name)) for name in names}
        return Statistics(rows.num_rows, spans, Moments.of(rows, numeric), churned)

    def __add__(self, other: "Statistics") -> "Statistics":
        return Statistics(
            self.rows + other.rows,
            {name: span + other.spans[name] for name, span in self.spans.items()},
            self.moments + other.moments,
            self.churned + other.churned,
        )
