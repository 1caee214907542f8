"""What the table of model families promises, on SQLite and Postgres."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from libs.errors import Conflict
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


def test_there_is_one_shadow_for_an_industry(database: Database, tenant: Tenant) -> None:
    """However many name one at once; the last stays until it is taken back."""
    families = FamilyTable(database)
    assert {} == families.shadows(tenant.id)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: families.shadow(tenant.id, "saas", "f", f"v{n}", "ab" * 32), range(16)))
    assert families.shadows(tenant.id)["saas"] in made
    last = families.shadow(tenant.id, "saas", "baseline-saas", "v1", "cd" * 32)
    other = families.shadow(tenant.id, "telecom", "baseline-telecom", "v1", "cd" * 32)
    assert {"saas": last, "telecom": other} == families.shadows(tenant.id)
    families.unshadow(tenant.id, "saas")
    families.unshadow(tenant.id, "saas")
    assert {"telecom": other} == families.shadows(tenant.id)


def test_tenants_share_no_shadow(database: Database, tenant: Tenant) -> None:
    """And who is nobody has none."""
    other, _ = TenantTable(database).create(tenant.name)
    families = FamilyTable(database)
    families.shadow(tenant.id, "saas", "f", "v1", "ab" * 32)
    assert {} == families.shadows(other.id)
    families.unshadow(other.id, "saas")
    assert ["saas"] == list(families.shadows(tenant.id))
    with pytest.raises(Conflict):
        families.shadow("nobody", "saas", "f", "v1", "ab" * 32)
