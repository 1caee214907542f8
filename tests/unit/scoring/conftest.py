"""Fixtures of scoring's tests: the registry, its models, and the real telecom customers scored once."""

import shutil
from pathlib import Path

import pyarrow as pa
import pytest

from libs.objects.local import LocalStore
from services.scoring import stage
from services.scoring.baselines import telecom
from services.scoring.baselines.building import Built, build
from services.scoring.domain import ScoreOptions, ScoreSummary
from services.scoring.model import Model
from services.scoring.registry import Registry, StoreRing

SCORED_AT = "2026-05-31T12:00:00Z"


@pytest.fixture(scope="session")
def registry(models_dir: Path) -> Registry:
    """The registry as it was built."""
    store = LocalStore(models_dir)
    return Registry(store, StoreRing(store), threads=2)


@pytest.fixture
def copied(models_dir: Path, tmp_path: Path) -> Path:
    """A copy of the registry's folder that a test may damage."""
    return Path(shutil.copytree(models_dir, tmp_path / "models"))


@pytest.fixture(scope="session")
def telecom_model(registry: Registry) -> Model:
    """The telecom baseline, loaded."""
    return registry.load("baseline-telecom")


@pytest.fixture(scope="session")
def saas_model(registry: Registry) -> Model:
    """The SaaS baseline, loaded."""
    return registry.load("baseline-saas")


@pytest.fixture(scope="session")
def rebuilt() -> Built:
    """The telecom baseline built once more from the package, in this process."""
    return build(telecom.baseline())


@pytest.fixture(scope="session")
def telco() -> pa.Table:
    """The 7,043 IBM Telco customers without their label."""
    return telecom.customers().drop_columns(["churned"])


@pytest.fixture(scope="session")
def telco_scored(telecom_model: Model, telco: pa.Table) -> tuple[pa.Table, ScoreSummary]:
    """Their results and summary."""
    options = ScoreOptions("baseline-telecom", scored_at=SCORED_AT)
    *results, summary = stage.run(telecom_model, telco.schema, telco.to_batches(max_chunksize=8192), options)
    assert isinstance(summary, ScoreSummary)
    return pa.Table.from_batches(results), summary
