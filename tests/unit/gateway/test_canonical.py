"""One customer's canonical row."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from libs.errors import NotFound
from libs.tables.columns import UNCONVERTED
from services.gateway.canonical import canonical_row, values_in_words
from services.gateway.domain import Artifact
from services.gateway.results import Results
from services.gateway.server import open_results
from tests.http_gateway import Gateway

TABLE = pa.table(
    {
        "customer_id": ["a'b", "b", "b", "ü"],
        "customer_email": ["a@example.com"] * 4,
        "mrr": [49.0, 1234.5, 7.0, None],
        "partner": [True, False, None, None],
        "seats_used": [1.0, 3.0, 3.0, None],
        "seats_purchased": [4.0, 0.0, 3.0, 1.0],
        "contract": [" Two year", "x", None, "y"],
        "extra.Shoe Size": ["44", "45", "46", ""],
        UNCONVERTED: pa.array([["mrr"], [], [], []]),
        "source_row": [1, 3, 2, 4],
    }
)


@pytest.fixture(scope="module")
def artifact(gateway: Gateway) -> Artifact:
    """TABLE, stored."""
    made = gateway.complete(TABLE, canonical=TABLE)
    return gateway.parts.jobs.get(made["id"]).artifacts["canonical"]


@pytest.fixture(scope="module")
def results(gateway: Gateway, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """Queries over the gateway's store."""
    results = open_results(gateway.parts)
    yield results
    results.close()


def test_a_row_is_found_by_its_id(results: Results, artifact: Artifact) -> None:
    """What a model may read, as it was stored; neither names and addresses nor what mapping noted."""
    row = canonical_row(results, artifact, "a'b")
    assert {
        "customer_id": "a'b",
        "mrr": 49.0,
        "partner": True,
        "seats_used": 1.0,
        "seats_purchased": 4.0,
        "contract": " Two year",
        "extra.Shoe Size": "44",
    } == row.to_pylist()[0]
    assert [TABLE.schema.field(name).type for name in row.schema.names] == row.schema.types
    assert Path(artifact.key).name == "canonical.parquet"


def test_of_several_rows_the_first_of_the_file_counts(results: Results, artifact: Artifact) -> None:
    """As results have it."""
    assert [7.0] == canonical_row(results, artifact, "b").column("mrr").to_pylist()


def test_a_row_is_read_once(results: Results, gateway: Gateway) -> None:
    """Asked for again it comes from memory, until the prediction is deleted."""
    table = TABLE.slice(0, 1).set_column(0, "customer_id", pa.array(["once"]))
    made = gateway.complete(table, canonical=table)
    artifact = gateway.parts.jobs.get(made["id"]).artifacts["canonical"]
    assert canonical_row(results, artifact, "once") is canonical_row(results, artifact, "once")
    gateway.parts.store.delete(artifact.key)
    results.forget(artifact)
    with pytest.raises(NotFound):
        canonical_row(results, artifact, "once")


@pytest.mark.parametrize("customer_id", ["A'b", "", "nobody", "a' OR '1'='1"])
def test_nobody_else_is_found(results: Results, artifact: Artifact, customer_id: str) -> None:
    """NotFound, without the id."""
    with pytest.raises(NotFound) as caught:
        canonical_row(results, artifact, customer_id)
    assert not customer_id or customer_id not in caught.value.message


def test_values_in_words(results: Results, artifact: Artifact) -> None:
    """Numbers without needless digits, ratios in percent, yes and no, the words of categories and extra columns."""
    names = ["mrr", "partner", "seat_use", "contract", "Shoe Size", "extra.Shoe Size", "nps_score"]
    said = [list(values_in_words(canonical_row(results, artifact, each), names).values()) for each in ("a'b", "ü")]
    assert ["49", "yes", "25 %", "Two year", "44", "44", "not known"] == said[0]
    assert ["not known", "not known", "not known", "y", "", "", "not known"] == said[1]
    row = canonical_row(results, artifact, "b").set_column(1, "mrr", pa.array([1234567.5]))
    assert {"mrr": "1,234,567.5"} == values_in_words(row, ["mrr"])
