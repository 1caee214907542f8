"""The thresholds of the risk levels, by tenant."""

from sqlalchemy import insert, select, update

from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import risk_thresholds as table
from services.gateway.thresholds import RiskThresholds


class ThresholdTable:
    """The port `Thresholds` of services.gateway.thresholds over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_tenant(self, tenant_id: str) -> RiskThresholds:
        mine = select(table.c.high_above, table.c.medium_above).where(table.c.tenant_id == tenant_id)
        with self._database.read() as connection:
            row = connection.execute(mine).one_or_none()
        return RiskThresholds(row.high_above, row.medium_above) if row else RiskThresholds()

    def put(self, tenant_id: str, thresholds: RiskThresholds) -> None:
        try:
            self._put(tenant_id, thresholds)
        except Clash:
            # On Postgres two requests may both find no row; the second then changes the first's.
            self._put(tenant_id, thresholds)

    def _put(self, tenant_id: str, thresholds: RiskThresholds) -> None:
        values = {"high_above": thresholds.high_above, "medium_above": thresholds.medium_above}
        with self._database.write() as connection:
            changed = connection.execute(update(table).where(table.c.tenant_id == tenant_id).values(values))
            if not changed.rowcount:
                connection.execute(insert(table).values(tenant_id=tenant_id, **values))
