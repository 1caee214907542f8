"""Gradient-boosted trees in XGBoost's own format: read as data, their margins and their exact attributions."""

from dataclasses import dataclass

import numpy as np
import xgboost

from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.features import Floats, Matrix


@dataclass(frozen=True)
class Trees:
    """threads: OpenMP threads it may use."""

    booster: xgboost.Booster
    threads: int = 1

    def margins(self, encoded: Matrix) -> Floats:
        """(n,) float64."""
        margins: Floats = self.booster.inplace_predict(encoded, predict_type="margin").astype(np.float64)
        return margins

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns + 1) float32 exact Shapley values of the path-dependent game; last column the base."""
        rows = xgboost.DMatrix(encoded, feature_names=self.booster.feature_names, nthread=self.threads)
        contributions: np.ndarray = self.booster.predict(rows, pred_contribs=True, strict_shape=False)
        return contributions


def read(model_bytes: bytes, names: tuple[str, ...], threads: int) -> Trees:
    """The trees of these bytes. names: of the matrix's columns. Raises NotAModel, UnexpectedFeatures."""
    if not model_bytes.startswith(b"{"):
        # Python's pickles start with 0x80: naming them spares a long look at the parser's complaint.
        kind = "a Python pickle, which may run code when loaded" if model_bytes[:1] == b"\x80" else "not UBJSON"
        raise NotAModel(f"the model file is {kind}; only XGBoost's own format is read")
    booster = xgboost.Booster({"nthread": threads})
    try:
        booster.load_model(bytearray(model_bytes))
    except xgboost.core.XGBoostError as error:
        raise NotAModel("the model file is not a model in XGBoost's own format") from error
    if tuple(booster.feature_names or ()) != names:
        raise UnexpectedFeatures("the model's feature list is not the one its metadata states")
    booster.set_param({"nthread": threads})
    return Trees(booster, threads)
