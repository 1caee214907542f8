"""The same journey on both sets of adapters, with three workers at once."""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.product import Product
from services.gateway.database.engine import open_database
from services.gateway.database.jobs import JobTable
from tests.emulators import AWS_ENVIRONMENT
from tests.journey import ended, results, telecom_csv, uploaded

FILES = 9


@pytest.fixture(params=["directory, SQLite, table queue", "S3, Postgres, SQS"])
def places(request: pytest.FixtureRequest) -> dict[str, str]:
    """Where the product keeps things; the second set is the one of AWS, emulated but for Postgres."""
    if request.param.startswith("directory"):
        return {}
    return {
        "store_url": request.getfixturevalue("s3_url"),
        "database_url": request.getfixturevalue("postgres_url"),
        "queue_url": request.getfixturevalue("sqs_url"),
    }


def test_three_workers_share_nine_files(places: dict[str, Any], tmp_path: Path) -> None:
    """Nine uploads run on three workers; each is claimed once and ends with its own customers, a report, an export."""
    environment = dict.fromkeys(("gateway", "worker"), AWS_ENVIRONMENT) if places else {}
    assert not places or os.environ["AWS_ACCESS_KEY_ID"] == "test"
    with Product(tmp_path, workers=3, environment=environment, **places) as product:

        def send(n: int) -> tuple[str, list[str]]:
            headers = {"authorization": f"Bearer {product.token}"}
            with httpx.Client(base_url=product.url, headers=headers, timeout=60) as http:
                prediction = uploaded(http, telecom_csv(200 + n, prefix=f"F{n}-"))
                over = ended(http, prediction, 120)
                assert "COMPLETED" == over["status"], over
                assert 200 == http.get(f"/api/predictions/{prediction}/report").status_code
                exported = http.get(f"/api/predictions/{prediction}/export", params={"format": "csv"})
                assert 200 + n + 1 == len(exported.text.splitlines())
                return prediction, list(results(http, prediction)["customer_id"].to_pylist())

        with ThreadPoolExecutor(FILES) as pool:
            answers = list(pool.map(send, range(FILES)))
        url = places.get("database_url", f"sqlite:///{tmp_path / 'retainwise.db'}")
        with closing(open_database(url)) as database:
            jobs = JobTable(database)
            assert [1] * FILES == [jobs.get(prediction).attempts for prediction, _ in answers]
    assert [[f"F{n}-{row:07d}" for row in range(200 + n)] for n in range(FILES)] == [ids for _, ids in answers]
