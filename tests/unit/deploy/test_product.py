"""What the product promises before any process runs; tests/pipeline sees it whole."""

import fcntl
import stat
from pathlib import Path

import pytest

from deploy.local.product import DataInUse, Product


def test_a_folder_serves_one_product(tmp_path: Path) -> None:
    """A second product on the same folder is refused before it touches models or database."""
    with (tmp_path / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(DataInUse, match="another RetainWise runs on the folder"):
            Product(tmp_path).start()
    assert {"lock", "logs"} == {path.name for path in tmp_path.iterdir()}


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    """Customers lie in it, so a new folder is closed to others on the machine."""
    Product(tmp_path / "data")
    assert 0o700 == stat.S_IMODE((tmp_path / "data").stat().st_mode)


def test_addresses_are_known_before_the_start(tmp_path: Path) -> None:
    """A relay or a load balancer can be set up in front of the stages first."""
    product = Product(tmp_path)
    assert {"ingest", "mapping", "validation", "scoring"} == set(product.addresses)
    assert product.url.startswith("http://127.0.0.1:")
    assert {} == product.processes


def test_stopping_what_never_started_is_nothing(tmp_path: Path) -> None:
    """`stop` is safe wherever a test or a signal calls it."""
    product = Product(tmp_path)
    product.stop()
    product.stop()
    assert {} == product.processes
