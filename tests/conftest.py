"""Fixtures that any test may ask for: each emulator starts once a session, on its first use."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import emulators

ROOT = Path(__file__).parents[1]

# The same examples every time: what is green stays green until somebody changes the code. HYPOTHESIS_PROFILE=thorough
# draws other ones, and many more.
settings.register_profile("suite", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(scope="session")
def aws_endpoint() -> Iterator[str]:
    """The address of the S3 and SQS emulator; the environment holds its credentials meanwhile."""
    with pytest.MonkeyPatch.context() as patch, emulators.running_aws() as endpoint:
        for name, value in emulators.AWS_ENVIRONMENT.items():
            patch.setenv(name, value)
        yield endpoint


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The url of a real Postgres server."""
    with emulators.running_postgres() as url:
        yield url


@pytest.fixture
def s3_url(aws_endpoint: str) -> str:
    """The store address of a new bucket."""
    return emulators.new_bucket_url(aws_endpoint)


@pytest.fixture
def sqs_url(aws_endpoint: str) -> str:
    """The queue address of a new SQS queue with a dead-letter queue."""
    return emulators.new_queue_url(aws_endpoint)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The address of a new, empty Postgres database."""
    return emulators.new_database_url(postgres_server)


@pytest.fixture(scope="session")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry with both baselines, built and signed by the real command: `make models`, or here (about 15 s)."""
    folder = tmp_path_factory.mktemp("registry") / "models"
    if _up_to_date(ROOT / "models"):
        return Path(shutil.copytree(ROOT / "models", folder, ignore=shutil.ignore_patterns(".*")))
    # A process of its own: OpenMP, once started here, would not survive the forks of other tests.
    command = [sys.executable, "-m", "services.scoring.baselines", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return folder


def _up_to_date(models: Path) -> bool:
    """Whether `make models` would leave the folder as it is."""
    done, scoring = models / ".built", ROOT / "services/scoring"
    sources = [ROOT / "requirements-dev.lock", *scoring.glob("*.py"), *scoring.glob("baselines/*.py")]
    return done.exists() and done.stat().st_mtime > max(source.stat().st_mtime for source in sources)
