"""What mapping profiles promise, tried on SQLite and on Postgres."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from libs.errors import NotFound
from services.gateway.database.engine import Database
from services.gateway.database.profiles import ProfileTable
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Decision, Tenant

MAY = Decision("mrr", "Amount", told_on="2026-05-01")
CENTS = Decision("mrr", None, "cents", told_on="2026-05-01")


@pytest.fixture
def profiles(database: Database) -> ProfileTable:
    """Profiles of a database without rows."""
    return ProfileTable(database)


def remember(profiles: ProfileTable, tenant: Tenant, *decisions: Decision, signature: str = "ab" * 32) -> None:
    """What was said of a file with two columns."""
    profiles.remember(tenant.id, signature, filename="may.csv", columns=("Id", "Amount"), decisions=decisions)


def test_what_was_said_is_recalled_by_the_header_row(profiles: ProfileTable, tenant: Tenant) -> None:
    """With columns, answers and days; another header row has no profile."""
    remember(profiles, tenant, MAY, CENTS)
    recalled = profiles.recalled(tenant.id, "ab" * 32)
    assert recalled is not None
    assert ("may.csv", ("Id", "Amount"), (MAY, CENTS)) == (recalled.filename, recalled.columns, recalled.decisions)
    assert profiles.recalled(tenant.id, "cd" * 32) is None


def test_a_later_word_is_added_to_the_profile(profiles: ProfileTable, tenant: Tenant) -> None:
    """It replaces an earlier one on the same thing; one that is only repeated keeps its first day."""
    remember(profiles, tenant, MAY, CENTS)
    remember(profiles, tenant, Decision("mrr", "Amount", told_on="2026-06-01"))
    remember(profiles, tenant, Decision("mrr", None, "units", told_on="2026-06-01"))
    (only,) = profiles.of_tenant(tenant.id)
    assert (MAY, Decision("mrr", None, "units", told_on="2026-06-01")) == only.decisions


def test_replacing_puts_new_decisions_in_place_of_all(profiles: ProfileTable, tenant: Tenant) -> None:
    """And the repeated ones keep their first day."""
    remember(profiles, tenant, MAY, CENTS)
    (only,) = profiles.of_tenant(tenant.id)
    changed = profiles.replace(tenant.id, only.id, (Decision("mrr", "Amount", told_on="2026-06-01"),))
    assert (MAY,) == changed.decisions == profiles.get(tenant.id, only.id).decisions
    assert changed.updated_at >= only.updated_at


def test_profiles_are_their_tenants_own(profiles: ProfileTable, tenant: Tenant, database: Database) -> None:
    """Another tenant can neither recall, see, change nor remove one; nor does its own replace it."""
    other = TenantTable(database).create("Globex")[0]
    remember(profiles, tenant, MAY)
    (only,) = profiles.of_tenant(tenant.id)
    assert (None, []) == (profiles.recalled(other.id, "ab" * 32), profiles.of_tenant(other.id))
    for reach in (profiles.get, profiles.delete, lambda *its: profiles.replace(*its, ())):
        with pytest.raises(NotFound):
            reach(other.id, only.id)
    remember(profiles, other, CENTS)
    assert (MAY,) == profiles.get(tenant.id, only.id).decisions


def test_a_forgotten_profile_is_gone(profiles: ProfileTable, tenant: Tenant) -> None:
    """The header row has none; forgetting it again finds none."""
    remember(profiles, tenant, MAY)
    (only,) = profiles.of_tenant(tenant.id)
    profiles.delete(tenant.id, only.id)
    assert profiles.recalled(tenant.id, "ab" * 32) is None
    with pytest.raises(NotFound):
        profiles.delete(tenant.id, only.id)


def test_the_last_changed_comes_first(profiles: ProfileTable, tenant: Tenant) -> None:
    """In the list of a tenant."""
    for signature in ("aa", "bb", "aa"):
        remember(profiles, tenant, MAY, signature=signature * 32)
    assert ["aa" * 32, "bb" * 32] == [profile.signature for profile in profiles.of_tenant(tenant.id)]


def test_two_workers_teach_one_profile(profiles: ProfileTable, tenant: Tenant) -> None:
    """Files with the same new header row, finished at once, make one profile that holds what both said."""
    said = [Decision(name, None, told_on="2026-05-01") for name in ("mrr", "plan_type", "country", "nps_score")]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda decision: remember(profiles, tenant, decision), said))
    (only,) = profiles.of_tenant(tenant.id)
    assert set(said) == set(only.decisions)
