"""Sessions of people who signed in here."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import delete, insert

from services.gateway.database.accounts import both_of, with_tenant
from services.gateway.database.engine import Database
from services.gateway.database.tables import accounts, sessions
from services.gateway.domain import Tenant
from services.gateway.identity.domain import Account


class SessionTable:
    """The port `Sessions` of services.gateway.identity over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, account_id: str, lasts_s: float) -> tuple[str, datetime, datetime]:
        session_id = uuid.uuid4().hex
        with self._database.write() as connection:
            now = self._database.now(connection)
            ends = now + timedelta(seconds=lasts_s)
            connection.execute(delete(sessions).where(sessions.c.expires_at < now))  # so that none pile up
            values = {"id": session_id, "account_id": account_id, "created_at": now, "expires_at": ends}
            connection.execute(insert(sessions).values(values))
        return session_id, now, ends

    def who(self, session_id: str, account_id: str) -> tuple[Account, Tenant] | None:
        named = with_tenant().join(sessions, sessions.c.account_id == accounts.c.id)
        with self._database.read() as connection:
            now = self._database.now(connection)
            row = connection.execute(
                named.where(sessions.c.id == session_id, accounts.c.id == account_id, sessions.c.expires_at > now)
            ).one_or_none()
        return both_of(row) if row else None

    def end(self, session_id: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(sessions).where(sessions.c.id == session_id))
