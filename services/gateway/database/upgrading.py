"""Brings a database to the newest shape of its tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import make_url, text

from services.gateway.database.engine import Database, open_database

UPGRADE_LOCK = 7_382_465  # any number that nothing else on the server locks


def upgrade(url: str) -> None:
    """Runs every migration that the database at `url` has not seen, all or none of them.

    Several processes may call it at once: one migrates, the others wait and find nothing left to do. A missing SQLite
    file, and the folder for it, are made.
    """
    database = open_database(url)
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        upgrade_database(database)
    finally:
        database.close()


def upgrade_database(database: Database) -> None:
    """The same for an open database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    with database.write() as connection:  # on SQLite this alone keeps other writers waiting
        if database.dialect == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": UPGRADE_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
