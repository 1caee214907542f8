"""The real page in a real browser, over the whole product with all its services."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.product import Product

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")

NEEDED = "RETAINWISE_BROWSER_NEEDED"
"""Set in CI: there, a browser that is not found fails the tests instead of skipping them."""


@dataclass(frozen=True)
class Person:
    """Who signs in. The password is made up for this run's own database."""

    email: str
    password: str


OWNER = Person("ada@example.com", "a long walk through the orchard")
"""The first account."""


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    for missing, how in (
        (path is None and "no Chromium was found", "install Debian's chromium"),
        (not (ROOT / "frontend/node_modules").is_dir() and "the page's packages are missing", "run `make page`"),
        (not (ROOT / "frontend/dist/index.html").is_file() and "the page is not built", "run `make page`"),
    ):
        if missing and os.environ.get(NEEDED):
            pytest.fail(f"{missing}; {how}")
        if missing:
            pytest.skip(f"{missing}; {how}")
    return str(path)


@pytest.fixture(scope="session")
def product(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Four stages, a gateway that serves the page, and a worker, with nobody signed up yet."""
    with Product(tmp_path_factory.mktemp("product")) as running:
        yield running


@pytest.fixture
def http(product: Product) -> Iterator[httpx.Client]:
    """A client of the first tenant, by its API key."""
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {product.token}"}, timeout=60) as client:
        yield client


Run = Callable[..., str]


@pytest.fixture
def run(chromium: str, product: Product, tmp_path: Path) -> Run:
    """Runs a script of this folder in Node and gives what it printed; the test fails with it when the script does.

    What is given by name is JSON for the script. Screenshots of failures go to RETAINWISE_SHOTS, if it is set.
    """

    def ran(script: str, *, timeout_s: float = 240, **given: Any) -> str:
        shots = os.environ.get("RETAINWISE_SHOTS", str(tmp_path))
        told = {"url": product.url, "chromium": chromium, "shots": shots, "downloads": str(tmp_path), **given}
        node = subprocess.run(
            ["node", str(Path(__file__).parent / script)],
            env={**os.environ, "RETAINWISE_BROWSER_TEST": json.dumps(told)},
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        assert node.returncode == 0, f"{script} failed:\n{node.stdout}\n{node.stderr}"
        return node.stdout

    return ran
