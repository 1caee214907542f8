"""Which tenant has which plan, and what it used of it."""

from sqlalchemy import select, update

from libs.errors import NotFound
from services.gateway.database import usage
from services.gateway.database.engine import Database
from services.gateway.database.jobs import still_held
from services.gateway.database.tables import tenants
from services.gateway.domain import Claim
from services.gateway.plans.catalogue import PlanId
from services.gateway.plans.domain import Subscription, Usage


class SubscriptionTable:
    """The port `Subscriptions` of services.gateway.plans over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_tenant(self, tenant_id: str) -> Subscription:
        mine = select(tenants.c.plan, tenants.c.trial_ends_at).where(tenants.c.id == tenant_id)
        with self._database.read() as connection:
            row = connection.execute(mine).one_or_none()
        if row is None:
            raise NotFound(f"there is no tenant {tenant_id!r}")
        return Subscription(PlanId(row.plan), row.trial_ends_at)

    def choose(self, tenant_id: str, subscription: Subscription) -> None:
        values = {"plan": subscription.plan_id.value, "trial_ends_at": subscription.trial_ends_at}
        with self._database.write() as connection:
            if not connection.execute(update(tenants).where(tenants.c.id == tenant_id).values(values)).rowcount:
                raise NotFound(f"there is no tenant {tenant_id!r}")

    def usage(self, tenant_id: str, month: str) -> Usage:
        with self._database.read() as connection:
            return Usage(month, *usage.used(connection, tenant_id, month))

    def reserve(self, claim: Claim, month: str, customers: int, quota: int | None) -> int | None:
        with self._database.write() as connection:
            still_held(connection, claim)  # a worker that was fenced off would set aside for nobody
            return usage.reserved(connection, claim.job.tenant_id, claim.job.id, month, customers, quota)
