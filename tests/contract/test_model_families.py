"""What the table of model families promises, on SQLite and Postgres."""

import re
from concurrent.futures import ThreadPoolExecutor

from services.gateway.database.engine import Database
from services.gateway.database.families import FamilyTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Tenant


def test_a_family_is_made_up_once(database: Database, tenant: Tenant) -> None:
    """One for each industry, however many ask at once; and opaque."""
    families = FamilyTable(database)
    assert None is families.known(tenant.id, "saas")
    with ThreadPoolExecutor(8) as pool:
        (name,) = set(pool.map(lambda _: families.own(tenant.id, "saas"), range(16)))
    assert name == families.known(tenant.id, "saas")
    assert re.fullmatch(r"f[0-9a-f]{24}", name)
    assert {"saas": name, "telecom": families.own(tenant.id, "telecom")} == families.of_tenant(tenant.id)


def test_tenants_share_no_family(database: Database, tenant: Tenant) -> None:
    """Also where their names are the same."""
    other, _ = TenantTable(database).create(tenant.name)
    families = FamilyTable(database)
    assert families.own(tenant.id, "saas") != families.own(other.id, "saas")
    assert None is families.known(other.id, "telecom")
