"""A predictor over one block of rows: what is found out once for a block serves its margins, reasons and actions."""

from functools import cached_property
from typing import Protocol

import numpy as np

from services.scoring.features import Floats, Matrix


class Walk(Protocol):
    """margins: (n,) float64 of the block's rows, in the units the calibration takes."""

    @property
    def margins(self) -> Floats: ...

    def contributions(self) -> np.ndarray:
        """(n, n_columns + 1) exact Shapley values in margin; last column the base, the same on every row."""
        ...

    def after(self, rows: np.ndarray, changed: Matrix) -> Floats:
        """(m,) float64 margins of these rows of the block when they are encoded as `changed`, (m, n_columns)."""
        ...


class Explainer(Protocol):
    """What a Plain walk goes by."""

    def margins(self, encoded: Matrix) -> Floats: ...

    def contributions(self, encoded: Matrix) -> np.ndarray: ...


class Plain:
    """The walk of a predictor that gains nothing from seeing rows twice."""

    def __init__(self, predictor: Explainer, encoded: Matrix) -> None:
        self._predictor, self._encoded = predictor, encoded

    @cached_property
    def margins(self) -> Floats:
        return self._predictor.margins(self._encoded)

    def contributions(self) -> np.ndarray:
        return self._predictor.contributions(self._encoded)

    def after(self, rows: np.ndarray, changed: Matrix) -> Floats:
        return self._predictor.margins(changed)
