"""Small signed models for tests that want many versions quickly: a few trees over three features."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import xgboost

from libs.tables.columns import Industry
from services.scoring import artifact, signing
from services.scoring.calibrate import Calibration
from services.scoring.domain import Store
from services.scoring.features import Encoding, Feature
from services.scoring.model import Metadata
from services.scoring.registry import Registry, StoreRing

FEATURES = tuple(
    Feature(name, (name,), Encoding.NUMBER) for name in ("logins_per_month", "support_tickets", "seats_used")
)


@cache
def trees(seed: int) -> bytes:
    """A model file; other trees for another seed."""
    random = np.random.default_rng(seed)
    rows = random.normal(size=(64, len(FEATURES)))
    labels = rows[:, 0] + random.normal(size=64) < 0
    data = xgboost.DMatrix(rows, labels, feature_names=[feature.name for feature in FEATURES])
    booster = xgboost.train({"objective": "binary:logistic", "max_depth": 2, "nthread": 1, "seed": 1}, data, 3)
    return bytes(booster.save_raw("ubj"))


def metadata(family: str, version: str, features: tuple[Feature, ...] = FEATURES) -> Metadata:
    """Metadata that fit `trees`."""
    return Metadata(
        family=family,
        version=version,
        industry=Industry.SAAS,
        horizon_days=30,
        training_digest="00" * 32,
        features=features,
        calibration=Calibration(1.0, 0.0),
        base_margin=0.0,
        base_rate=0.5,
        metrics={"auc": 0.8, "brier": 0.1},
        importance={feature.name: 1.0 for feature in features},
        specification={},
        libraries={},
    )


def files(family: str, version: str, seed: int = 0, **changed: bytes) -> dict[str, bytes]:
    """Every file of a version but its SIGNATURE. changed: "model" or "metadata" in place of the right one."""
    model = changed.get("model", trees(seed))
    about = changed.get("metadata", metadata(family, version).to_bytes())
    return artifact.bundle(family, version, model, about, f"# {version}\n".encode())


def publish(store: Store, registry: Registry, folder: Path, family: str, versions: Mapping[str, int]) -> dict[str, str]:
    """Signs versions (name: seed) with a key that the registry's own ring trusts; their digests. folder: of the key."""
    key = signing.private_key(folder / "test.key")
    StoreRing(store).add(signing.key_id(key.public_key()), signing.public_pem(key.public_key()))
    return {
        version: registry.publish(family, version, files(family, version, seed), key)
        for version, seed in versions.items()
    }


class Counting:
    """A store that counts what is asked of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        self.asked += 1
        return getattr(self._store, name)
