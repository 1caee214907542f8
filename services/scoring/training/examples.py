"""Customers whose end is known, as numbers: what every step of a training works on."""

import hashlib
from dataclasses import dataclass

import numpy as np

from services.scoring.features import Floats, Matrix


@dataclass(frozen=True)
class Examples:
    """n customers, or n rows of fewer customers.

    encoded: (n, n_columns) as features.matrix gives it. labels: (n,) 1 left, 0 stayed.
    customers: (n,) a number for each customer, the same on each of its rows.
    baseline: (n,) the log-odds that the baseline gives; None without one.
    """

    encoded: Matrix
    labels: Floats
    customers: np.ndarray
    baseline: Floats | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def at(self, rows: np.ndarray) -> "Examples":
        """The examples of these rows, in their order."""
        baseline = None if self.baseline is None else self.baseline[rows]
        return Examples(self.encoded[rows], self.labels[rows], self.customers[rows], baseline)

    @property
    def left(self) -> int:
        """Rows of customers who left."""
        return int(self.labels.sum())

    @property
    def smaller_side(self) -> int:
        return min(self.left, len(self) - self.left)

    @property
    def digest(self) -> str:
        """SHA-256 of matrix, labels and whose rows they are, hex."""
        parts = (self.encoded.astype("<f4"), self.labels.astype("<f8"), self.customers.astype("<i8"))
        digest = hashlib.sha256(repr(self.encoded.shape).encode())
        for part in parts:
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()
