"""Tenants' model families: opaque names, one for each industry."""

import secrets

from sqlalchemy import Connection, insert, select

from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import model_families


class FamilyTable:
    """The port `ModelFamilies` of services.gateway.domain over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def own(self, tenant_id: str, industry: str) -> str:
        try:
            with self._database.write() as connection:
                found = _name(connection, tenant_id, industry)
                if found is None:
                    found = f"f{secrets.token_hex(12)}"
                    now = self._database.now(connection)
                    row = {"name": found, "tenant_id": tenant_id, "industry": industry, "created_at": now}
                    connection.execute(insert(model_families).values(row))
                return found
        except Clash:
            # On Postgres two workers may both find none; the second then reads the first's.
            found = self.known(tenant_id, industry)
            if found is None:
                raise
            return found

    def known(self, tenant_id: str, industry: str) -> str | None:
        with self._database.read() as connection:
            return _name(connection, tenant_id, industry)

    def of_tenant(self, tenant_id: str) -> dict[str, str]:
        mine = select(model_families.c.industry, model_families.c.name).where(model_families.c.tenant_id == tenant_id)
        with self._database.read() as connection:
            return {row.industry: row.name for row in connection.execute(mine.order_by(model_families.c.industry))}


def _name(connection: Connection, tenant_id: str, industry: str) -> str | None:
    mine = select(model_families.c.name).where(
        model_families.c.tenant_id == tenant_id, model_families.c.industry == industry
    )
    return connection.execute(mine).scalar_one_or_none()
