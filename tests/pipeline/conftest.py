"""The whole product as real processes, started once for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.product import Product


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Four stages, a gateway and a worker."""
    with Product(tmp_path_factory.mktemp("product")) as running:
        yield running


@pytest.fixture
def http(product: Product) -> Iterator[httpx.Client]:
    """A client of the first tenant."""
    with httpx.Client(base_url=product.url, headers={"authorization": f"Bearer {product.token}"}, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def shared_datasets() -> Path:
    """The folder of real data files; a test that needs it is skipped where it is absent."""
    folder = Path(__file__).parents[2] / "../shared/data/datasets"
    if not folder.is_dir():
        pytest.skip("the real data files (../shared/data/datasets) are not on this machine")
    return folder
