"""What the tests of the HTTP side share."""

from pathlib import Path

import pytest

from tests.http_gateway import Gateway, open_gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway of this module's tests, over a new SQLite database and a new directory."""
    return open_gateway(tmp_path_factory.mktemp("gateway"))


@pytest.fixture
def new_gateway(tmp_path: Path) -> Gateway:
    """A gateway of one test alone."""
    return open_gateway(tmp_path)
