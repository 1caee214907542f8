"""A product for tests that kill its processes: short leases, so that the dead are found soon."""

from collections.abc import Iterator

import pytest

from deploy.local.product import Product

LEASE_S = 4.0
SHORT = {"RETAINWISE_GATEWAY_LEASE_S": str(LEASE_S), "RETAINWISE_GATEWAY_SWEEP_S": "0.5"}


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Four stages, a gateway and a worker whose leases last 4 s."""
    with Product(tmp_path_factory.mktemp("mortal"), environment={"worker": SHORT, "gateway": SHORT}) as running:
        yield running


@pytest.fixture(scope="module")
def workerless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Four stages and a gateway, but no worker: the test brings its own."""
    with Product(tmp_path_factory.mktemp("workerless"), workers=0, environment={"gateway": SHORT}) as running:
        yield running
