"""What each job uses of its tenant's month: reserved while it runs, counted once it completed."""

from sqlalchemy import Connection, delete, func, insert, select, update

from services.gateway.database.tables import tenants, usage


def reserved(
    connection: Connection, tenant_id: str, job_id: str, month: str, customers: int, quota: int | None
) -> int | None:
    """None once the customers are set aside for the job; else how many of the month's quota are left."""
    # Two jobs of one tenant may reserve at once: whoever looks holds the tenant's row until the end.
    connection.execute(select(tenants.c.id).where(tenants.c.id == tenant_id).with_for_update())
    if connection.execute(select(usage.c.job_id).where(usage.c.job_id == job_id)).first():
        return None
    if quota is not None:
        counted, under_way = used(connection, tenant_id, month)
        left = max(0, quota - counted - under_way)
        if customers > left:
            return left
    values = {"job_id": job_id, "tenant_id": tenant_id, "month": month, "customers": customers, "counted": False}
    connection.execute(insert(usage).values(values))
    return None


def used(connection: Connection, tenant_id: str, month: str) -> tuple[int, int]:
    """Customers of the month that count for good, and those of jobs under way."""
    mine = select(usage.c.counted, func.sum(usage.c.customers).label("customers")).where(
        usage.c.tenant_id == tenant_id, usage.c.month == month
    )
    sums = {row.counted: int(row.customers) for row in connection.execute(mine.group_by(usage.c.counted))}
    return sums.get(True, 0), sums.get(False, 0)


def count(connection: Connection, job_id: str) -> None:
    """The job completed: its reservation counts for good, whatever becomes of the job."""
    connection.execute(update(usage).where(usage.c.job_id == job_id).values(counted=True))


def let_go(connection: Connection, job_id: str) -> None:
    """The job ended without results, or was deleted before it had any."""
    connection.execute(delete(usage).where(usage.c.job_id == job_id, usage.c.counted.is_(False)))
