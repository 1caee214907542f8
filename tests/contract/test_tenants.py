"""What tenants and their tokens promise, tried on SQLite and on Postgres."""

import pytest
from sqlalchemy import select

from libs.errors import NotFound, Unauthenticated
from services.gateway.database.engine import Database
from services.gateway.database.tables import tokens
from services.gateway.database.tenants import TenantTable


def test_a_token_names_its_tenant(database: Database) -> None:
    """The token of a new tenant opens that tenant and no other."""
    tenants = TenantTable(database)
    (acme, acme_token), (other, other_token) = tenants.create("Acme"), tenants.create("Acme")
    assert acme.id != other.id
    assert (acme, other) == (tenants.with_token(acme_token), tenants.with_token(other_token))


@pytest.mark.parametrize("token", ["", "rw_guess", "rw_\0", "\ud800", "Ü" * 10_000])
def test_an_unknown_token_opens_nothing(database: Database, token: str) -> None:
    """Whatever is sent as a token, if it was never issued it is nobody's."""
    with pytest.raises(Unauthenticated, match="not known"):
        TenantTable(database).with_token(token)


def test_the_token_is_kept_nowhere(database: Database) -> None:
    """What the database holds of a token does not open anything."""
    _, token = TenantTable(database).create("Acme")
    with database.read() as connection:
        (digest,) = connection.execute(select(tokens.c.sha256)).scalars()
    assert token not in digest
    with pytest.raises(Unauthenticated):
        TenantTable(database).with_token(digest)


def test_a_tenant_may_have_several_tokens(database: Database) -> None:
    """A second token works beside the first, and goes on working when the first is revoked."""
    tenants = TenantTable(database)
    tenant, first = tenants.create("Acme")
    second = tenants.issue(tenant.id)
    tenants.revoke(first)
    tenants.revoke(first)
    assert tenant == tenants.with_token(second)
    with pytest.raises(Unauthenticated):
        tenants.with_token(first)


def test_no_token_without_a_tenant(database: Database) -> None:
    """A token for a tenant that does not exist is refused."""
    with pytest.raises(NotFound, match="'nobody'"):
        TenantTable(database).issue("nobody")


def test_all_tenants(database: Database) -> None:
    """Tenants are listed oldest first."""
    tenants = TenantTable(database)
    assert [tenants.create(name)[0] for name in ("b", "a")] == tenants.all()
