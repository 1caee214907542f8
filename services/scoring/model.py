"""A model version as data: what is known of it, and the booster that gives margins and attributions."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import xgboost

from libs.tables.columns import Industry, by_name
from services.scoring.calibrate import Calibration, NothingToCalibrate
from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.features import Feature, Matrix, encoded_names, group_names

FORMAT = 1
"""Version of the metadata's own layout."""

REASONS = 3
"""Factors named on every row; a model needs at least as many features."""


@dataclass(frozen=True)
class Metadata:
    """What is known of a model version, besides its trees.

    horizon_days: days ahead that the probability speaks of.
    training_digest: SHA-256 of the training matrix and labels, hex.
    features: the specification, in the order of the matrix.
    base_margin: the explainer's base, in margin: the "typical customer".
    base_rate: share of the training customers who left, in (0, 1).
    metrics: held-out figures by name; the card says how each was measured.
    importance: mean absolute attribution of each group, in margin, over some of the training rows.
    specification: every parameter of the fit. libraries: versions by package.
    """

    family: str
    version: str
    industry: Industry
    horizon_days: int
    training_digest: str
    features: tuple[Feature, ...]
    calibration: Calibration
    base_margin: float
    base_rate: float
    metrics: Mapping[str, float]
    importance: Mapping[str, float]
    specification: Mapping[str, Any]
    libraries: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """Canonical JSON: the same metadata always give the same bytes."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        fields["features"] = [feature.to_json() for feature in self.features]
        fields["calibration"] = asdict(self.calibration)
        return (json.dumps({"format": FORMAT, **fields}, indent=1, sort_keys=True, default=dict) + "\n").encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Metadata":
        """What `to_bytes` wrote. Raises NotAModel."""
        try:
            fields = json.loads(data)
            layout = fields.pop("format")
            if layout != FORMAT:
                raise NotAModel(f"metadata.json has layout {layout}; this release reads layout {FORMAT}")
            features = tuple(Feature.from_json(each) for each in fields.pop("features"))
            calibration = Calibration(**fields.pop("calibration"))
            industry = Industry(fields.pop("industry"))
            return cls(**fields, industry=industry, features=features, calibration=calibration)
        except (ValueError, KeyError, TypeError, AttributeError, NothingToCalibrate) as error:
            raise NotAModel("metadata.json is not the metadata of a model version") from error


@dataclass(frozen=True)
class Model:
    """A version ready to score. digest: SHA-256 of its manifest, hex."""

    metadata: Metadata
    digest: str
    booster: xgboost.Booster
    threads: int = 1

    def margins(self, encoded: Matrix) -> np.ndarray:
        """(n,) float64 margins, in the units the calibration takes."""
        margins: np.ndarray = self.booster.inplace_predict(encoded, predict_type="margin")
        return margins.astype(np.float64)

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns + 1) float32 exact Shapley values of the path-dependent game; last column the base."""
        rows = xgboost.DMatrix(encoded, feature_names=self.booster.feature_names, nthread=self.threads)
        contributions: np.ndarray = self.booster.predict(rows, pred_contribs=True, strict_shape=False)
        return contributions


def read(model_bytes: bytes, metadata_bytes: bytes, digest: str, threads: int) -> Model:
    """The model of these files, whose digests and signature were verified before.

    threads: OpenMP threads the model may use. Raises NotAModel, UnexpectedFeatures.
    """
    metadata = Metadata.from_bytes(metadata_bytes)
    _check_features(metadata)
    if not model_bytes.startswith(b"{"):
        # Python's pickles start with 0x80: naming them spares a long look at the parser's complaint.
        kind = "a Python pickle, which may run code when loaded" if model_bytes[:1] == b"\x80" else "not UBJSON"
        raise NotAModel(f"the model file is {kind}; only XGBoost's own format is read")
    booster = xgboost.Booster({"nthread": threads})
    try:
        booster.load_model(bytearray(model_bytes))
    except xgboost.core.XGBoostError as error:
        raise NotAModel("the model file is not a model in XGBoost's own format") from error
    if tuple(booster.feature_names or ()) != encoded_names(metadata.features):
        raise UnexpectedFeatures("the model's feature list is not the one its metadata states")
    booster.set_param({"nthread": threads})
    return Model(metadata, digest, booster, threads)


def _check_features(metadata: Metadata) -> None:
    known = by_name(metadata.industry)
    for feature in metadata.features:
        for column in feature.columns:
            if column not in known or not known[column].feature:
                raise UnexpectedFeatures(f"feature '{feature.name}' reads '{column}', which no model may read")
    groups = group_names(metadata.features)
    if len(groups) < REASONS or set(metadata.importance) != set(groups):
        raise UnexpectedFeatures("the model's metadata do not weigh the features it names")
