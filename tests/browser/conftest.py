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
from services.gateway.database.engine import open_database
from services.gateway.database.tenants import TenantTable
from services.gateway.plans.catalogue import PlanId
from services.gateway.settings import Settings
from services.gateway.tenants import owner_link

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FIREFOX = ("firefox-esr", "firefox")
"""Names of programs, the first one found is taken."""

NEEDED = "RETAINWISE_BROWSER_NEEDED"
"""Set in CI: there, a browser that is not found fails the tests instead of skipping them."""


@dataclass(frozen=True)
class Person:
    """Who signs in. The password is made up for this run's own database."""

    email: str
    password: str


OWNER = Person("ada@example.com", "a long walk through the orchard")
"""The first account."""


@dataclass(frozen=True)
class Company:
    """A tenant to whom nobody belongs yet. welcome: the one-time link that makes its owner."""

    url: str
    token: str
    welcome: str

    def http(self) -> httpx.Client:
        """A client with its API key."""
        return httpx.Client(base_url=self.url, headers={"authorization": f"Bearer {self.token}"}, timeout=60)

    def let_in(self, person: Person) -> None:
        """Makes the person its owner."""
        link = self.welcome.partition("#")[2]
        form = {"link": link, "name": "Grace Hopper", "email": person.email, "password": person.password}
        httpx.post(f"{self.url}/api/auth/accept", json=form).raise_for_status()


Found = Callable[[str, PlanId], Company]
Run = Callable[..., str]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that most tests drive; without the built page it would show nothing."""
    built = "run `make page`"
    _there((ROOT / "frontend/node_modules").is_dir(), "the page's packages are missing", built)
    _there((ROOT / "frontend/dist/index.html").is_file(), "the page is not built", built)
    return _program(CHROMIUM, "no Chromium was found", "install Debian's chromium")


@pytest.fixture(scope="session")
def firefox() -> str:
    """Path of the browser for the main journey alone."""
    return _program(FIREFOX, "no Firefox was found", "install Debian's firefox-esr")


def _program(names: tuple[str, ...], missing: str, how: str) -> str:
    path = next((found for name in names if (found := shutil.which(name))), None)
    _there(path is not None, missing, how)
    return str(path)


def _there(present: bool, missing: str, how: str) -> None:
    """Skips the test, or fails it where browsers are needed."""
    if present:
        return
    if os.environ.get(NEEDED):
        pytest.fail(f"{missing}; {how}")
    pytest.skip(f"{missing}; {how}")


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


@pytest.fixture
def company(product: Product) -> Found:
    """Makes one more tenant, as an operator does on the command line."""

    def made(name: str, plan: PlanId) -> Company:
        settings = product.gateway_settings("operator")
        database = open_database(settings["RETAINWISE_GATEWAY_DATABASE_URL"])
        try:
            tenant, token = TenantTable(database).create(name, plan)
            welcome = owner_link(database, Settings(public_url=product.url), tenant.id)
            return Company(product.url, token, welcome)
        finally:
            database.close()

    return made


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
