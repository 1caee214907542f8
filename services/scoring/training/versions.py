"""The files of a tenant's model version: what was learnt, as data, under a name that its causes alone decide."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np

from services.scoring.blend import Blend, Part
from services.scoring.calibrate import Calibration
from services.scoring.features import Feature, Matrix, encoded_names, group_names, groups_of_columns
from services.scoring.linear import Linear
from services.scoring.model import Model, Predictor
from services.scoring.training.learning import Learnt
from services.scoring.training.search import Boosting, fitted_to
from services.scoring.training.setting import Ground
from services.scoring.trees import Trees

LIBRARIES = ("numpy", "scikit-learn", "xgboost-cpu")
IMPORTANCE_ROWS = 5_000
"""Global importance is a mean over the first so many rows: more would only cost time."""

_SCORING = Path(__file__).parents[1]
_CODE = (
    *("features.py", "calibrate.py", "linear.py", "blend.py", "trees.py", "train.py", "intervals.py", "profile.py"),
    "training",
)
"""The sources that decide a model's bytes."""


@dataclass(frozen=True)
class Made:
    """What will score."""

    features: tuple[Feature, ...]
    calibration: Calibration
    predictor: Predictor


def made(standing: Ground, learnt: Learnt, baseline: Model) -> Made:
    """The predictor of what was learnt: the own model, the baseline with another calibration, or both blended."""
    own, stack, theirs = learnt.own, learnt.stack, baseline.metadata.calibration
    if not stack.baseline:
        names = encoded_names(standing.own_features)
        alone = fitted_to(standing.without_baseline(), learnt.recipe, names)
        return Made(standing.own_features, Calibration(stack.own, stack.intercept), alone)
    intercept = stack.intercept + stack.baseline * theirs.intercept
    weight = stack.baseline * theirs.slope
    base_names = encoded_names(baseline.metadata.features)
    assert isinstance(baseline.predictor, Trees | Linear)
    if not stack.own:
        features = standing.features[: len(baseline.metadata.features)]
        return Made(features, Calibration(weight, intercept), baseline.predictor)
    names = standing.names
    parts = (
        Part(stack.own, own, names, tuple(range(len(names)))),
        Part(weight, baseline.predictor, base_names, tuple(range(len(base_names)))),
    )
    return Made(standing.features, Calibration(1.0, intercept), Blend(parts, len(names)))


def importance(made_of: Made, encoded: Matrix) -> tuple[float, dict[str, float]]:
    """The base margin, and the mean absolute attribution of each group, in margin."""
    contributions = np.asarray(made_of.predictor.contributions(encoded[:IMPORTANCE_ROWS]), dtype=np.float64)
    groups = groups_of_columns(made_of.features)
    weights = {
        name: float(np.abs(contributions[:, :-1][:, groups == place].sum(axis=1)).mean())
        for place, name in enumerate(group_names(made_of.features))
    }
    return float(contributions[0, -1]), weights


def recipe_fields(learnt: Learnt) -> dict[str, Any]:
    """What was chosen, as plain data."""
    kind = "trees" if isinstance(learnt.recipe, Boosting) else "linear"
    return {"own": {"kind": kind, **asdict(learnt.recipe)}, "weights": asdict(learnt.stack)}


def version_id(standing: Ground, specification: Mapping[str, Any]) -> str:
    """The first 12 hex digits of the digest of data, specification and code."""
    whole = {
        "data": standing.examples.digest,
        "features": [feature.to_json() for feature in standing.features],
        "libraries": libraries(),
        **specification,
    }
    digest = hashlib.sha256(json.dumps(whole, sort_keys=True).encode())
    for source in sorted(path for name in _CODE for path in _sources(_SCORING / name)):
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()[:12]


def libraries() -> dict[str, str]:
    """Versions of what a fit depends on, by package."""
    return {"python": platform.python_version(), **{name: installed(name) for name in LIBRARIES}}


def _sources(path: Path) -> list[Path]:
    return sorted(path.glob("*.py")) if path.is_dir() else [path]
