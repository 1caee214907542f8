"""A model version as data: what is known of it, and the predictors that give margins and attributions."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import numpy as np

from libs.tables import suspects
from libs.tables.columns import EXTRA_PREFIX, Industry, by_name
from services.scoring import blend, linear, trees
from services.scoring.blend import Blend
from services.scoring.calibrate import Calibration, NothingToCalibrate
from services.scoring.domain import NotAModel, UnexpectedFeatures
from services.scoring.features import Encoding, Feature, Floats, Matrix, encoded_names, group_names
from services.scoring.linear import Linear
from services.scoring.profile import FeatureProfile, Interval
from services.scoring.trees import Trees
from services.scoring.walk import Walk

FORMAT = 3
"""Version of the metadata's own layout, as it is written."""

FORMATS_READ = (2, 3)
"""Layouts that are read. What layout 2 lacks, whom the version learnt from, is then not known."""

REASONS = 3
"""Factors named on every row; a model needs at least as many features."""


class Kind(StrEnum):
    """What a version's model file holds."""

    TREES = "trees"
    LINEAR = "linear"
    BLEND = "blend"


class Predictor(Protocol):
    """A fitted function of the matrix that is a sum of contributions of its columns."""

    def margins(self, encoded: Matrix) -> Floats:
        """(n,) float64, in the units the calibration takes."""
        ...

    def contributions(self, encoded: Matrix) -> np.ndarray:
        """(n, n_columns + 1) exact Shapley values in margin; last column the base, the same on every row."""
        ...

    def walk(self, encoded: Matrix) -> Walk:
        """The same for one block of rows, which are also asked what changes would make of them."""
        ...


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
    kind: of the model file. interval: how the interval around a probability was widened; None: none is given.
    profile: by feature, how the training customers were spread. score_deciles: (9,) of their held-out log-odds;
        empty if not known.
    missing_cost: by feature, the AUC that held-out rows lose without it.
    learnt_from: whom the version learnt from, in words; simulated: whether they are no real customers.
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
    kind: Kind = Kind.TREES
    interval: Interval | None = None
    profile: Mapping[str, FeatureProfile] = field(default_factory=dict)
    score_deciles: tuple[float, ...] = ()
    missing_cost: Mapping[str, float] = field(default_factory=dict)
    learnt_from: str = ""
    simulated: bool = False

    def to_bytes(self) -> bytes:
        """Canonical JSON: the same metadata always give the same bytes."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        fields["features"] = [feature.to_json() for feature in self.features]
        fields["calibration"] = asdict(self.calibration)
        fields["interval"] = asdict(self.interval) if self.interval else None
        fields["profile"] = {name: asdict(profile) for name, profile in self.profile.items()}
        return (json.dumps({"format": FORMAT, **fields}, indent=1, sort_keys=True, default=dict) + "\n").encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Metadata":
        """What `to_bytes` wrote. Raises NotAModel."""
        try:
            fields = json.loads(data)
            layout = fields.pop("format")
            if layout not in FORMATS_READ:
                known = " and ".join(map(str, FORMATS_READ))
                raise NotAModel(f"metadata.json has layout {layout}; this release reads layouts {known}")
            features = tuple(Feature.from_json(each) for each in fields.pop("features"))
            calibration = Calibration(**fields.pop("calibration"))
            interval = fields.pop("interval")
            return cls(
                **{
                    **fields,
                    "industry": Industry(fields["industry"]),
                    "kind": Kind(fields["kind"]),
                    "score_deciles": tuple(fields["score_deciles"]),
                    "profile": {name: FeatureProfile.from_json(each) for name, each in fields["profile"].items()},
                },
                features=features,
                calibration=calibration,
                interval=Interval(**interval) if interval else None,
            )
        except (ValueError, KeyError, TypeError, AttributeError, NothingToCalibrate) as error:
            raise NotAModel("metadata.json is not the metadata of a model version") from error


@dataclass(frozen=True)
class Model:
    """A version ready to score. digest: SHA-256 of its manifest, hex.

    spread: predicts the log of the interval's half-width in log-odds, before widening; None if the version has none.
    """

    metadata: Metadata
    digest: str
    predictor: Predictor
    spread: Predictor | None = None

    def margins(self, encoded: Matrix) -> Floats:
        return self.predictor.margins(encoded)

    def contributions(self, encoded: Matrix) -> np.ndarray:
        return self.predictor.contributions(encoded)

    def walk(self, encoded: Matrix) -> Walk:
        return self.predictor.walk(encoded)


def read(
    model_bytes: bytes, metadata_bytes: bytes, digest: str, threads: int, spread_bytes: bytes | None = None
) -> Model:
    """The model of these files, whose digests and signature were verified before.

    threads: OpenMP threads the model may use. Raises NotAModel, UnexpectedFeatures.
    """
    metadata = Metadata.from_bytes(metadata_bytes)
    _check_features(metadata)
    names = encoded_names(metadata.features)
    predictor = _predictor(metadata.kind, model_bytes, names, threads)
    spread = trees.read(spread_bytes, names, threads) if spread_bytes is not None else None
    return Model(metadata, digest, predictor, spread)


def written(predictor: Predictor) -> tuple[Kind, bytes]:
    """The kind and the bytes of a predictor's model file. Raises NotAModel for one that has none."""
    if isinstance(predictor, Trees):
        return Kind.TREES, bytes(predictor.booster.save_raw("ubj"))
    if isinstance(predictor, Linear):
        return Kind.LINEAR, predictor.to_bytes()
    if isinstance(predictor, Blend):
        return Kind.BLEND, predictor.to_bytes()
    raise NotAModel("a predictor of this kind cannot be written to a file")


def _predictor(kind: Kind, model_bytes: bytes, names: tuple[str, ...], threads: int) -> Predictor:
    if kind is Kind.LINEAR:
        return linear.read(model_bytes, names)
    if kind is Kind.BLEND:
        return blend.read(model_bytes, names, threads)
    return trees.read(model_bytes, names, threads)


def _check_features(metadata: Metadata) -> None:
    for feature in metadata.features:
        for column in feature.columns:
            if not _readable(column, feature, metadata.industry):
                raise UnexpectedFeatures(f"feature '{feature.name}' reads '{column}', which no model may read")
    groups = group_names(metadata.features)
    if len(groups) < REASONS or set(metadata.importance) != set(groups):
        raise UnexpectedFeatures("the model's metadata do not weigh the features it names")


def _readable(column: str, feature: Feature, industry: Industry) -> bool:
    """Whether a model may read the column so.

    Extra columns are a tenant's own: never what names a customer, what is known once a customer has left, or what
    another model said. Nobody knows what
    changing them would mean, so none is called changeable.
    """
    if not column.startswith(EXTRA_PREFIX):
        known = by_name(industry)
        return column in known and known[column].feature
    plain = feature.encoding in (Encoding.NUMBER, Encoding.ORDINAL, Encoding.ONE_HOT) and not feature.changeable
    given_away = (suspects.is_personal, suspects.is_after_the_fact, suspects.is_another_score)
    return plain and not any(gives_away(column) for gives_away in given_away)
