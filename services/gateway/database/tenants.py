"""The tenants and their tokens, of which only digests are kept."""

import hashlib
import secrets
import uuid

from sqlalchemy import Connection, delete, insert, select

from libs.errors import NotFound, Unauthenticated
from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import tenants, tokens
from services.gateway.domain import Tenant

TOKEN_BYTES = 32


class TenantTable:
    """Who may come in, over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str) -> tuple[Tenant, str]:
        """A new tenant and its first token, which nobody can read again."""
        tenant = Tenant(id=uuid.uuid4().hex, name=name)
        with self._database.write() as connection:
            now = self._database.now(connection)
            connection.execute(insert(tenants).values(id=tenant.id, name=tenant.name, created_at=now))
            return tenant, self._issue(connection, tenant.id)

    def issue(self, tenant_id: str) -> str:
        """One more token for the tenant. Raises NotFound."""
        try:
            with self._database.write() as connection:
                return self._issue(connection, tenant_id)
        except Clash as clash:
            raise NotFound(f"there is no tenant {tenant_id!r}") from clash

    def with_token(self, token: str) -> Tenant:
        """Whose token it is. Raises Unauthenticated for one that was never issued, or revoked."""
        owner = select(tenants.c.id, tenants.c.name).join(tokens, tokens.c.tenant_id == tenants.c.id)
        with self._database.read() as connection:
            row = connection.execute(owner.where(tokens.c.sha256 == _digest(token))).one_or_none()
        if row is None:
            raise Unauthenticated("this token is not known; send one that was issued as `Authorization: Bearer …`")
        return Tenant(id=row.id, name=row.name)

    def revoke(self, token: str) -> None:
        """The token opens nothing any more; no error if it never did."""
        with self._database.write() as connection:
            connection.execute(delete(tokens).where(tokens.c.sha256 == _digest(token)))

    def all(self) -> list[Tenant]:
        """Every tenant, oldest first."""
        oldest = select(tenants.c.id, tenants.c.name).order_by(tenants.c.created_at, tenants.c.id)
        with self._database.read() as connection:
            return [Tenant(id=row.id, name=row.name) for row in connection.execute(oldest)]

    def _issue(self, connection: Connection, tenant_id: str) -> str:
        token = f"rw_{secrets.token_urlsafe(TOKEN_BYTES)}"
        row = {"sha256": _digest(token), "tenant_id": tenant_id, "created_at": self._database.now(connection)}
        connection.execute(insert(tokens).values(row))
        return token


def _digest(token: str) -> str:
    # A token is 256 random bits, so no guesser needs slowing down: a plain digest is enough.
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
