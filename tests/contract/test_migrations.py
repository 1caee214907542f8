"""The migrations and the tables in the code describe the same database, on SQLite and on Postgres."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from libs.errors import Internal, Unavailable
from services.gateway.database.engine import Database, open_database
from services.gateway.database.keys import KeyTable
from services.gateway.database.tables import metadata
from services.gateway.database.upgrading import upgrade_database
from services.gateway.identity import secret
from services.gateway.identity.domain import Scope

ROOT = Path(__file__).parents[2]


def differences(database: Database) -> list[object]:
    """What would have to change for the database to be as the code says."""
    with database.read() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    """Nobody changes a table and forgets its migration."""
    assert [] == differences(database)


def test_the_comparison_sees_a_difference(database: Database) -> None:
    """The test above would notice a missing table."""
    with database.read() as connection:  # which undoes at its end what happens in it
        metadata.tables["api_keys"].drop(connection)
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert ("add_table", "api_keys") == (found[0][0], found[0][1].name)


def test_upgrading_again_changes_nothing(database: Database) -> None:
    """A database that is up to date stays as it is."""
    upgrade_database(database)
    assert [] == differences(database)


def test_a_failed_upgrade_leaves_nothing_half_done(database_url: str) -> None:
    """Migrations are all or nothing: what a failed one had made before it failed is gone again."""
    database = open_database(database_url)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE idempotency (key TEXT)")  # in the last table's way
    with pytest.raises((Unavailable, Internal)):
        upgrade_database(database)
    with database.read() as connection:
        assert ["idempotency"] == inspect(connection).get_table_names()
    database.close()


def test_several_processes_upgrade_at_once(database_url: str) -> None:
    """Of processes that start together one migrates; the others wait and find it done."""
    command = [sys.executable, "-m", "services.gateway.database", "upgrade", "--url", database_url]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[0] for process in running]
    assert ["The database is up to date.\n"] * 2 == said
    database = open_database(database_url)
    assert [] == differences(database)
    database.close()


def test_tokens_from_before_there_were_people_go_on_working(database_url: str) -> None:
    """A token that was given out is an API key that may write, and goes back to being one."""
    database = open_database(database_url)
    migrate(database, "0005")
    token = secret.new("rw_")
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO tenants VALUES ('t', 'Acme', '2026-05-31 00:00:00')")
        connection.exec_driver_sql(f"INSERT INTO tokens VALUES ('{secret.digest(token)}', 't', '2026-05-31 00:00:00')")
    upgrade_database(database)
    key, tenant = KeyTable(database).holder(token)
    assert ("Acme", Scope.WRITE) == (tenant.name, key.scope)
    KeyTable(database).create("t", "reads", Scope.READ)
    migrate(database, "0005", down=True)
    with database.read() as connection:
        held = connection.exec_driver_sql("SELECT sha256 FROM tokens").scalars().all()
    assert [secret.digest(token)] == list(held)
    database.close()


def migrate(database: Database, revision: str, *, down: bool = False) -> None:
    """Brings the database to a revision, forth or back."""
    config = Config()
    folder = ROOT / "services" / "gateway" / "database" / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    with database.write() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)
