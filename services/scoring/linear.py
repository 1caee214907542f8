"""A linear model as data: JSON that is read with care, margins, and contributions that are exact by construction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.features import Floats, Matrix
from services.scoring.walk import Plain, Walk

_ARRAYS = ("weights", "means", "lows", "highs")


@dataclass(frozen=True)
class Linear:
    """margin = intercept + the sum over columns of weight * (value within [low, high] - mean).

    names: of the matrix's columns. weights, means, lows, highs: (n_columns,) float64, all finite.
    A missing value counts as the mean, so it adds nothing. intercept: the margin of the typical customer.
    """

    names: tuple[str, ...]
    weights: Floats
    means: Floats
    lows: Floats
    highs: Floats
    intercept: float

    def margins(self, encoded: Matrix) -> Floats:
        """(n,) float64."""
        # A sum along each row, not a matrix product: its rounding does not depend on how many rows there are.
        margins: Floats = self._terms(encoded).sum(axis=1) + self.intercept
        return margins

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns + 1) float64 exact Shapley values; last column the base.

        The game: a coalition's worth is the expected margin when only its columns are known, the others spread as in
        the training customers and independent of each other. Of a sum, each column's value is its own term less the
        term's mean. Source: Lundberg & Lee (2017), NeurIPS 30, corollary 1.
        """
        return np.column_stack([self._terms(encoded), np.full(len(encoded), self.intercept)])

    def walk(self, encoded: Matrix) -> Walk:
        return Plain(self, encoded)

    def to_json(self) -> dict[str, Any]:
        arrays = {name: getattr(self, name).tolist() for name in _ARRAYS}
        return {"names": list(self.names), "intercept": self.intercept, **arrays}

    def to_bytes(self) -> bytes:
        """The model file."""
        return (json.dumps(self.to_json(), sort_keys=True) + "\n").encode()

    def _terms(self, encoded: Matrix) -> Floats:
        values = np.asarray(encoded, dtype=np.float64)
        known = np.where(np.isnan(values), self.means, np.clip(values, self.lows, self.highs))
        terms: Floats = self.weights * (known - self.means)
        return terms


def from_json(fields: Mapping[str, Any], names: tuple[str, ...]) -> Linear:
    """What `to_json` gave. names: of the matrix's columns. Raises NotAModel, UnexpectedFeatures."""
    try:
        arrays = {name: np.array(fields[name], dtype=np.float64) for name in _ARRAYS}
        linear = Linear(tuple(fields["names"]), **arrays, intercept=float(fields["intercept"]))
    except (KeyError, TypeError, ValueError) as error:
        raise NotAModel("the model file is not a linear model as this release writes it") from error
    if linear.names != names:
        raise UnexpectedFeatures("the model's feature list is not the one its metadata states")
    finite = all(array.shape == (len(names),) and np.isfinite(array).all() for array in arrays.values())
    if not finite or not np.isfinite(linear.intercept):
        raise NotAModel("the linear model's numbers are not all there, or not finite")
    return linear


def loaded(data: bytes) -> dict[str, Any]:
    """The JSON object in a model file. Raises NotAModel."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAModel("the model file is not JSON, the only format of models that are no trees") from error
    if not isinstance(fields, dict):
        raise NotAModel("the model file is not a JSON object")
    return fields


def read(model_bytes: bytes, names: tuple[str, ...]) -> Linear:
    """The linear model of these bytes. Raises NotAModel, UnexpectedFeatures."""
    return from_json(loaded(model_bytes), names)
