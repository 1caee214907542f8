"""Models in memory: warm before the first call, and thousands of families through a small room."""

import gc
import logging
import shutil
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xgboost

from libs.objects.local import LocalStore
from services.scoring import artifact, signing
from services.scoring.features import encoded_names
from services.scoring.model import Model
from services.scoring.registry import KEYS, Registry, StoreRing
from services.scoring.trees import Trees
from services.scoring.warming import warm

TENANTS = 120
ROOM = 4


def trees(model: Model) -> Trees:
    """The model's predictor as what it is here."""
    assert isinstance(model.predictor, Trees)
    return model.predictor


def test_a_warm_model_has_its_tables(models_dir: Path) -> None:
    """The first customer does not wait for them."""
    store = LocalStore(models_dir)
    registry = Registry(store, StoreRing(store))
    warm(registry, ["baseline-saas", "baseline-telecom"])
    for family in ("baseline-saas", "baseline-telecom"):
        assert "tables" in vars(trees(registry.load(family)))


def test_a_family_that_is_not_there_stops_nothing(models_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged by name, and the next one is warm."""
    store = LocalStore(models_dir)
    registry = Registry(store, StoreRing(store))
    with caplog.at_level(logging.WARNING):
        warm(registry, ["baseline-banking", "baseline-saas"])
    assert ["baseline-banking"] == [vars(record)["family"] for record in caplog.records]
    assert "tables" in vars(trees(registry.load("baseline-saas")))


@pytest.fixture(scope="module")
def tenants(models_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """A registry with a small model for each of many tenants; number k says about k where a baseline is."""
    folder = tmp_path_factory.mktemp("tenants")
    shutil.copytree(models_dir / KEYS, folder / KEYS)
    key = signing.private_key(folder / KEYS / "release.key")
    store = LocalStore(folder)
    registry = Registry(store, StoreRing(store), models_max=ROOM)
    baseline = LocalStore(models_dir)
    like = Registry(baseline, StoreRing(baseline)).load("baseline-saas").metadata
    names = list(encoded_names(like.features))
    rng = np.random.default_rng(5)
    values = rng.normal(size=(200, len(names))).astype(np.float32)
    settings = {"objective": "reg:squarederror", "max_depth": 2, "nthread": 1}
    for number in range(TENANTS):
        data = xgboost.DMatrix(values, values[:, 0] + number, feature_names=names, nthread=1)
        booster = xgboost.train({**settings, "base_score": number}, data, 3)
        metadata = replace(like, family=f"tenant-{number:04d}", version="v1")
        files = artifact.bundle(metadata.family, "v1", bytes(booster.save_raw("ubj")), metadata.to_bytes(), b"# card")
        registry.publish(metadata.family, "v1", files, key)
        registry.promote(metadata.family, "v1")
    yield registry


def test_many_families_load_on_demand_and_go(tenants: Registry) -> None:
    """Asked for by many threads in any order, each tenant gets its own model, and few stay in memory."""
    seen: weakref.WeakValueDictionary[int, Model] = weakref.WeakValueDictionary()

    def said(number: int) -> float:
        model = tenants.load(f"tenant-{number:04d}")
        seen[id(model)] = model
        unknown = np.full((40, len(encoded_names(model.metadata.features))), np.nan, dtype=np.float32)
        contributions = model.contributions(unknown)
        assert np.abs(contributions.sum(axis=1) - model.margins(unknown)).max() < 1e-3
        return float(contributions[0, -1])

    order = np.random.default_rng(9).permutation(np.repeat(np.arange(TENANTS), 2))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(said, order.tolist()))
    assert np.abs(np.array(found) - order).max() < 0.5
    gc.collect()
    assert ROOM >= len(seen)


def test_a_model_in_use_is_kept(tenants: Registry) -> None:
    """The least recently used goes, not the oldest."""
    kept = tenants.load("tenant-0000")
    for number in range(1, 20):
        tenants.load(f"tenant-{number:04d}")
        assert kept is tenants.load("tenant-0000")
