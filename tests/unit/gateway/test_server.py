"""What the application does with every answer on its way out."""

import pytest

from services.gateway.server import PACKED_BYTES_MIN
from tests.http_gateway import Gateway, results_table


@pytest.fixture(scope="module")
def prediction(gateway: Gateway) -> str:
    """One that is completed, of more customers than a page has."""
    return str(gateway.complete(results_table(60))["id"])


def test_answers_of_some_size_are_packed(gateway: Gateway, prediction: str) -> None:
    """For whoever takes it so; a phone waits for each byte."""
    url = f"/api/predictions/{prediction}/customers"
    plain = gateway.client.get(url, headers={**gateway.headers, "Accept-Encoding": "identity"})
    packed = gateway.client.get(url, headers={**gateway.headers, "Accept-Encoding": "gzip"})
    assert (None, "gzip") == (plain.headers.get("content-encoding"), packed.headers.get("content-encoding"))
    assert plain.json() == packed.json()
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 4
    assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize("path", ["/api/predictions/{}/export", "/api/predictions/{}/results.parquet"])
def test_files_come_as_they_are(gateway: Gateway, prediction: str, path: str) -> None:
    """They say how long they are, so that a browser can say how much is still to come."""
    answer = gateway.client.get(path.format(prediction), headers={**gateway.headers, "Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert PACKED_BYTES_MIN < int(answer.headers["content-length"]) == len(answer.content)
