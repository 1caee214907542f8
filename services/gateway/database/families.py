"""Tenants' model families: opaque names, one for each industry; and the versions that they shadow."""

import secrets
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import model_families, model_shadows
from services.gateway.domain import Shadow


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

    def shadow(self, tenant_id: str, industry: str, family: str, version: str, digest: str) -> Shadow:
        while True:
            try:
                with self._database.write() as connection:
                    named = Shadow(family, version, digest, self._database.now(connection))
                    connection.execute(delete(model_shadows).where(*_shadowed(tenant_id, industry)))
                    row = {"tenant_id": tenant_id, "industry": industry, **asdict(named)}
                    connection.execute(insert(model_shadows).values(row))
                    return named
            except Clash:
                # On Postgres two requests may both find none; the second then replaces the first's.
                if industry not in self.shadows(tenant_id):
                    raise

    def unshadow(self, tenant_id: str, industry: str) -> None:
        with self._database.write() as connection:
            connection.execute(delete(model_shadows).where(*_shadowed(tenant_id, industry)))

    def shadows(self, tenant_id: str) -> dict[str, Shadow]:
        mine = select(model_shadows).where(model_shadows.c.tenant_id == tenant_id).order_by(model_shadows.c.industry)
        with self._database.read() as connection:
            return {
                row.industry: Shadow(row.family, row.version, row.digest, row.named_at)
                for row in connection.execute(mine)
            }


def _shadowed(tenant_id: str, industry: str) -> tuple[ColumnElement[bool], ...]:
    return model_shadows.c.tenant_id == tenant_id, model_shadows.c.industry == industry


def _name(connection: Connection, tenant_id: str, industry: str) -> str | None:
    mine = select(model_families.c.name).where(
        model_families.c.tenant_id == tenant_id, model_families.c.industry == industry
    )
    return connection.execute(mine).scalar_one_or_none()
