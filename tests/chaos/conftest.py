"""A product for tests that kill its processes: short leases, so that the dead are found soon."""

from collections.abc import Iterator

import pytest

from deploy.local.product import Product
from services.gateway.database.engine import open_database
from services.gateway.database.tenants import TenantTable
from services.gateway.database.upgrading import upgrade
from tests.chaos.truth import Place

LEASE_S = 4.0
SHORT = {"RETAINWISE_GATEWAY_LEASE_S": str(LEASE_S), "RETAINWISE_GATEWAY_SWEEP_S": "0.5"}


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Four stages, a gateway and a worker whose leases last 4 s."""
    with Product(tmp_path_factory.mktemp("mortal"), environment={"worker": SHORT, "gateway": SHORT}) as running:
        yield running


@pytest.fixture(scope="module")
def workerless(mortal: Product, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A database and a store that no worker looks after, beside the same stages: the test brings its own worker."""
    data = tmp_path_factory.mktemp("workerless")
    place = Place(data, mortal.gateway_settings("worker-1") | SHORT)
    upgrade(place.database_url)
    database = open_database(place.database_url)
    TenantTable(database).create("workerless")
    database.close()
    return place
