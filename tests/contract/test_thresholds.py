"""What the table of thresholds promises, on SQLite and Postgres."""

from concurrent.futures import ThreadPoolExecutor

from services.gateway.database.engine import Database
from services.gateway.database.tenants import TenantTable
from services.gateway.database.thresholds import ThresholdTable
from services.gateway.domain import Tenant
from services.gateway.thresholds import RiskThresholds


def test_a_tenant_moves_its_own(database: Database, tenant: Tenant) -> None:
    """The usual ones until then; another tenant's stay where they are."""
    other, _ = TenantTable(database).create("Globex")
    table = ThresholdTable(database)
    assert RiskThresholds() == table.of_tenant(tenant.id)
    for wanted in (RiskThresholds(0.5, 0.2), RiskThresholds(0.6, 0.6)):
        table.put(tenant.id, wanted)
        assert wanted == table.of_tenant(tenant.id)
    assert RiskThresholds() == table.of_tenant(other.id)


def test_of_many_at_once_one_stands(database: Database, tenant: Tenant) -> None:
    """And no request fails."""
    table = ThresholdTable(database)
    wanted = [RiskThresholds(0.5 + step / 100, 0.2) for step in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: table.put(tenant.id, each), wanted))
    assert table.of_tenant(tenant.id) in wanted
