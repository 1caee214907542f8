"""The tenants."""

import uuid
from datetime import timedelta

from sqlalchemy import Connection, insert, select, update

from services.gateway.database.engine import Database
from services.gateway.database.keys import issue
from services.gateway.database.tables import tenants
from services.gateway.domain import Tenant
from services.gateway.identity.domain import Scope
from services.gateway.plans.catalogue import PlanId

FIRST_KEY = "first key"


class TenantTable:
    """The companies, over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, plan: PlanId = PlanId.ENTERPRISE) -> tuple[Tenant, str]:
        """A new tenant and the secret of its first API key, which nobody can read again."""
        with self._database.write() as connection:
            tenant = new_tenant(self._database, connection, name, plan)
            return tenant, issue(self._database, connection, tenant.id, FIRST_KEY, Scope.WRITE)[1]

    def rename(self, tenant_id: str, name: str) -> None:
        """Gives the company another name."""
        with self._database.write() as connection:
            connection.execute(update(tenants).where(tenants.c.id == tenant_id).values(name=name))

    def all(self) -> list[Tenant]:
        """Every tenant, oldest first."""
        oldest = select(tenants.c.id, tenants.c.name).order_by(tenants.c.created_at, tenants.c.id)
        with self._database.read() as connection:
            return [Tenant(id=row.id, name=row.name) for row in connection.execute(oldest)]


def new_tenant(
    database: Database, connection: Connection, name: str, plan: PlanId, trial: timedelta | None = None
) -> Tenant:
    """A new tenant, inside a transaction. trial: for how long it only tries the plan."""
    tenant, now = Tenant(id=uuid.uuid4().hex, name=name), database.now(connection)
    values = {"id": tenant.id, "name": name, "created_at": now, "plan": plan.value}
    connection.execute(insert(tenants).values(values | {"trial_ends_at": now + trial if trial else None}))
    return tenant
