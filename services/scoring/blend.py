"""A weighted sum of predictors over one matrix: a tenant's own model beside the baseline it leans on, as data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from services.scoring import linear, trees
from services.scoring.domain import NotAModel
from services.scoring.features import Floats, Matrix
from services.scoring.linear import Linear
from services.scoring.trees import Trees
from services.scoring.walk import Walk

Whole: TypeAlias = Trees | Linear

PARTS_MAX = 4


@dataclass(frozen=True)
class Part:
    """One predictor of the sum.

    weight: what its margin is multiplied with, above 0. names: of its columns; places: where each stands in the
    whole matrix.
    """

    weight: float
    predictor: Whole
    names: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True)
class Blend:
    """margin = the weighted sum of the parts' margins. n_columns: of the whole matrix."""

    parts: tuple[Part, ...]
    n_columns: int

    def margins(self, encoded: Matrix) -> Floats:
        """(n,) float64."""
        return self.walk(encoded).margins

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns + 1) float64 exact Shapley values; last column the base.

        The game is the weighted sum of the parts' games, and Shapley values are linear in the game.
        """
        return self.walk(encoded).contributions()

    def walk(self, encoded: Matrix) -> "BlendWalk":
        return BlendWalk(self, encoded)

    def to_bytes(self) -> bytes:
        """The model file: JSON with each part whole, trees in XGBoost's own JSON."""
        parts = [{"weight": part.weight, "names": list(part.names), **_written(part.predictor)} for part in self.parts]
        return (json.dumps({"parts": parts}, sort_keys=True) + "\n").encode()


class BlendWalk:
    """Each part walks its own columns of the block."""

    def __init__(self, blend: Blend, encoded: Matrix) -> None:
        self._rows, self._n_columns = len(encoded), blend.n_columns
        self._parts: list[tuple[Part, Walk]] = [
            (part, part.predictor.walk(_own(part, encoded))) for part in blend.parts
        ]

    @property
    def margins(self) -> Floats:
        total: Floats = np.zeros(self._rows)
        for part, walk in self._parts:
            total += part.weight * walk.margins
        return total

    def contributions(self) -> np.ndarray:
        total = np.zeros((self._rows, self._n_columns + 1))
        for part, walk in self._parts:
            total[:, [*part.places, self._n_columns]] += part.weight * walk.contributions()
        return total

    def after(self, rows: np.ndarray, changed: Matrix) -> Floats:
        total: Floats = np.zeros(len(rows))
        for part, walk in self._parts:
            total += part.weight * walk.after(rows, _own(part, changed))
        return total


def read(model_bytes: bytes, names: tuple[str, ...], threads: int) -> Blend:
    """The blend of these bytes. names: of the whole matrix's columns. Raises NotAModel, UnexpectedFeatures."""
    parts = linear.loaded(model_bytes).get("parts")
    if not isinstance(parts, list) or not 0 < len(parts) <= PARTS_MAX:
        raise NotAModel(f"the model file is not a blend of one to {PARTS_MAX} models")
    return Blend(tuple(_part(fields, names, threads) for fields in parts), len(names))


def _part(fields: Mapping[str, Any], names: tuple[str, ...], threads: int) -> Part:
    try:
        weight, own = float(fields["weight"]), tuple(fields["names"])
        places = tuple(names.index(name) for name in own)
        predictor: Whole = (
            trees.read(json.dumps(fields["trees"]).encode(), own, threads)
            if "trees" in fields
            else linear.from_json(fields["linear"], own)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotAModel("a part of the blend is not a model, or reads a column that is not stated") from error
    if not 0 < weight < np.inf:
        raise NotAModel("the weight of a part of the blend is not above 0")
    return Part(weight, predictor, own, places)


def _written(predictor: Whole) -> dict[str, Any]:
    if isinstance(predictor, Trees):
        return {"trees": json.loads(bytes(predictor.booster.save_raw("json")))}
    return {"linear": predictor.to_json()}


def _own(part: Part, encoded: Matrix) -> Matrix:
    """(n, len(part.names)) the part's columns of the whole matrix."""
    taken: Matrix = np.ascontiguousarray(encoded[:, list(part.places)])
    return taken
