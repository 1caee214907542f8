"""API keys, of which only digests are kept."""

import uuid
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from libs.errors import NotFound, Unauthenticated
from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import api_keys, tenants
from services.gateway.domain import Tenant
from services.gateway.identity import secret
from services.gateway.identity.domain import ApiKey, Scope

PREFIX = "rw_"
SHOWN_LENGTH = 8


class KeyTable:
    """The port `Keys` of services.gateway.identity over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, tenant_id: str, name: str, scope: Scope) -> tuple[ApiKey, str]:
        try:
            with self._database.write() as connection:
                return issue(self._database, connection, tenant_id, name, scope)
        except Clash as clash:
            raise NotFound(f"there is no tenant {tenant_id!r}") from clash

    def holder(self, key_secret: str) -> tuple[ApiKey, Tenant]:
        mine = select(api_keys, tenants.c.name.label("tenant_name")).join(tenants)
        with self._database.read() as connection:
            row = connection.execute(mine.where(api_keys.c.sha256 == secret.digest(key_secret))).one_or_none()
            now = self._database.now(connection)
        if row is None:
            raise Unauthenticated("this token is not known; send one that was issued as `Authorization: Bearer …`")
        # Noted once in each minute: requests that only read should not have to write every time.
        minute = now.replace(second=0, microsecond=0)
        if row.last_used_at is None or row.last_used_at < minute:
            stale = or_(api_keys.c.last_used_at.is_(None), api_keys.c.last_used_at < minute)
            with self._database.write() as connection:
                connection.execute(update(api_keys).where(api_keys.c.id == row.id, stale).values(last_used_at=now))
        return _key(row), Tenant(id=row.tenant_id, name=row.tenant_name)

    def of_tenant(self, tenant_id: str) -> list[ApiKey]:
        mine = select(api_keys).where(api_keys.c.tenant_id == tenant_id)
        with self._database.read() as connection:
            rows = connection.execute(mine.order_by(api_keys.c.created_at, api_keys.c.id))
            return [_key(row) for row in rows]

    def revoke(self, tenant_id: str, key_id: str) -> None:
        named = (api_keys.c.tenant_id == tenant_id, api_keys.c.id == key_id)
        with self._database.write() as connection:
            if not connection.execute(delete(api_keys).where(*named)).rowcount:
                raise NotFound("there is no API key with this id")


def issue(database: Database, connection: Connection, tenant_id: str, name: str, scope: Scope) -> tuple[ApiKey, str]:
    """The same as `create`, inside a transaction. Raises Clash for an unknown tenant."""
    made = secret.new(PREFIX)
    key = ApiKey(
        id=uuid.uuid4().hex,
        tenant_id=tenant_id,
        name=name,
        scope=scope,
        shown=made[:SHOWN_LENGTH],
        created_at=database.now(connection),
        last_used_at=None,
    )
    values = {
        "id": key.id,
        "tenant_id": tenant_id,
        "sha256": secret.digest(made),
        "name": name,
        "scope": scope.value,
        "shown": key.shown,
        "created_at": key.created_at,
    }
    connection.execute(insert(api_keys).values(values))
    return key, made


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        tenant_id=row.tenant_id,
        name=row.name,
        scope=Scope(row.scope),
        shown=row.shown,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )
