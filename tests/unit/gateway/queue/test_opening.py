"""Queue addresses."""

from pathlib import Path

import pytest

from libs.errors import InvalidInput
from services.gateway.database.engine import Database, open_database
from services.gateway.queue.opening import open_queue
from services.gateway.queue.sqs import SqsQueue
from services.gateway.queue.table import TableQueue


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database that nothing connects to."""
    return open_database(f"sqlite:///{tmp_path}/x.db")


def test_the_job_table(database: Database) -> None:
    """The word "table" means the job table."""
    assert isinstance(open_queue("table", database), TableQueue)


@pytest.mark.parametrize(
    "url", ["sqs+http://127.0.0.1:1/1/q?region=eu-west-1", "https://sqs.eu-west-1.amazonaws.com/1/q"]
)
def test_sqs(database: Database, url: str, aws_endpoint: str) -> None:
    """A queue's url, marked or bare, means SQS."""
    assert isinstance(open_queue(url, database), SqsQueue)


@pytest.mark.parametrize("url", ["", "tables", "redis://host", "sqs+https://", "sqs://queue"])
def test_other_addresses(database: Database, url: str) -> None:
    """What names no queue is refused with what would."""
    with pytest.raises(InvalidInput, match="table"):
        open_queue(url, database)
