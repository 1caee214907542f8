"""What tenants and their API keys promise, tried on SQLite and on Postgres."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from libs.errors import NotFound, Unauthenticated
from services.gateway.database.engine import Database
from services.gateway.database.keys import KeyTable
from services.gateway.database.tables import api_keys
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Tenant
from services.gateway.identity.domain import Scope


def test_a_token_names_its_tenant(database: Database) -> None:
    """The token of a new tenant opens that tenant and no other, and may write."""
    tenants, keys = TenantTable(database), KeyTable(database)
    (acme, acme_token), (other, other_token) = tenants.create("Acme"), tenants.create("Acme")
    assert acme.id != other.id
    assert (acme, other) == (keys.holder(acme_token)[1], keys.holder(other_token)[1])
    assert Scope.WRITE is keys.holder(acme_token)[0].scope


@pytest.mark.parametrize("token", ["", "rw_guess", "rw_\0", "\ud800", "Ü" * 10_000])
def test_an_unknown_token_opens_nothing(database: Database, token: str) -> None:
    """Whatever is sent as a token, if it was never issued it is nobody's."""
    with pytest.raises(Unauthenticated, match="not known"):
        KeyTable(database).holder(token)


def test_the_token_is_kept_nowhere(database: Database) -> None:
    """What the database holds of a token does not open anything."""
    _, token = TenantTable(database).create("Acme")
    with database.read() as connection:
        (row,) = connection.execute(select(api_keys)).mappings().all()
    assert not any(token in str(value) for value in row.values())
    for value in (row["sha256"], row["shown"], row["id"]):
        with pytest.raises(Unauthenticated):
            KeyTable(database).holder(value)


def test_a_tenant_may_have_several_keys(database: Database, tenant: Tenant) -> None:
    """Each with its name and scope; one goes on working when another is revoked."""
    keys = KeyTable(database)
    (reading, reads), (writing, writes) = (keys.create(tenant.id, scope, scope) for scope in (Scope.READ, Scope.WRITE))
    assert ["first key", "read", "write"] == [key.name for key in keys.of_tenant(tenant.id)]
    assert (reading.id, Scope.READ, reads[:8]) == (keys.holder(reads)[0].id, keys.holder(reads)[0].scope, reading.shown)
    keys.revoke(tenant.id, reading.id)
    with pytest.raises(Unauthenticated):
        keys.holder(reads)
    assert writing.id == keys.holder(writes)[0].id


def test_nobody_revokes_a_strangers_key(database: Database, tenant: Tenant) -> None:
    """NotFound, as for a key that never was; it works on."""
    keys = KeyTable(database)
    stranger, _ = TenantTable(database).create("Globex")
    key, made = keys.create(tenant.id, "ours", Scope.WRITE)
    for tenant_id, key_id in ((stranger.id, key.id), (tenant.id, "0" * 32)):
        with pytest.raises(NotFound):
            keys.revoke(tenant_id, key_id)
    assert key.id == keys.holder(made)[0].id


def test_the_last_use_is_noted_to_the_minute(database: Database, tenant: Tenant) -> None:
    """Never, then the minute of the use, however short the time since the one before."""
    keys = KeyTable(database)
    key, made = keys.create(tenant.id, "ours", Scope.READ)

    def noted() -> datetime | None:
        return next(each.last_used_at for each in keys.of_tenant(tenant.id) if each.id == key.id)

    def minute() -> datetime:
        with database.read() as connection:
            return database.now(connection).replace(second=0, microsecond=0)

    assert noted() is None
    for earlier in (None, minute() - timedelta(seconds=1)):
        if earlier:
            with database.write() as connection:
                connection.execute(update(api_keys).where(api_keys.c.id == key.id).values(last_used_at=earlier))
        before = minute()
        keys.holder(made)
        seen = noted()
        assert seen is not None
        assert before <= seen.replace(second=0, microsecond=0) <= minute()


def test_no_key_without_a_tenant(database: Database) -> None:
    """A key for a tenant that does not exist is refused."""
    with pytest.raises(NotFound, match="'nobody'"):
        KeyTable(database).create("nobody", "key", Scope.WRITE)


def test_all_tenants(database: Database) -> None:
    """Tenants are listed oldest first; a new name is another name for the same."""
    tenants = TenantTable(database)
    made = [tenants.create(name)[0] for name in ("b", "a")]
    assert made == tenants.all()
    tenants.rename(made[0].id, "c")
    assert [Tenant(made[0].id, "c"), made[1]] == tenants.all()
