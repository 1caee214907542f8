"""One-time links, of whose secrets only digests are kept."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from libs.errors import NotFound
from services.gateway.database.accounts import TAKEN, account_of, add, store_password
from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import accounts, links, tenants
from services.gateway.domain import Tenant
from services.gateway.identity.domain import Account, AddressTaken, Link, LinkSpent, LinkUnknown, NoSeat, Role


class LinkTable:
    """The port `Links` of services.gateway.identity over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offer(
        self,
        secret_digest: str,
        tenant_id: str,
        *,
        email: str | None,
        role: Role,
        lasts_s: float,
        account_id: str | None = None,
        made_by: str | None = None,
        seats_max: int | None = None,
    ) -> Link:
        same_email = links.c.email.is_(None) if email is None else links.c.email == email
        same_account = links.c.account_id.is_(None) if account_id is None else links.c.account_id == account_id
        try:
            with self._database.write() as connection:
                now = self._database.now(connection)
                mine = update(links).where(links.c.tenant_id == tenant_id, links.c.spent_at.is_(None))
                connection.execute(mine.where(same_email, same_account).values(spent_at=now))
                if seats_max is not None:
                    _seat_left(connection, tenant_id, seats_max, now)
                values = {
                    "sha256": secret_digest,
                    "tenant_id": tenant_id,
                    "email": email,
                    "role": role.value,
                    "account_id": account_id,
                    "made_by": made_by,
                    "created_at": now,
                    "expires_at": now + timedelta(seconds=lasts_s),
                }
                connection.execute(insert(links).values(values))
                return self._found(connection, secret_digest)
        except Clash as clash:
            raise NotFound(f"there is no tenant {tenant_id!r}") from clash

    def find(self, secret_digest: str) -> Link:
        with self._database.read() as connection:
            return self._found(connection, secret_digest)

    def redeem(self, secret_digest: str, *, email: str, name: str, password_hash: str | None) -> tuple[Account, Tenant]:
        try:
            with self._database.write() as connection:
                link = self._found(connection, secret_digest)
                now = self._database.now(connection)
                used = update(links).where(links.c.sha256 == secret_digest, links.c.spent_at.is_(None))
                if not connection.execute(used.values(spent_at=now)).rowcount:
                    raise LinkSpent("this link was used already")  # on Postgres: at the same moment
                return self._made(connection, link, email, name, password_hash), link.tenant
        except Clash as clash:
            raise AddressTaken(TAKEN) from clash

    def open_of(self, tenant_id: str) -> list[Link]:
        with self._database.read() as connection:
            now = self._database.now(connection)
            mine = _with_tenant().where(*_open(tenant_id, now))
            return [_link(row) for row in connection.execute(mine.order_by(links.c.created_at, links.c.sha256))]

    def withdraw(self, tenant_id: str, link_id: str) -> None:
        mine = (links.c.tenant_id == tenant_id, links.c.sha256 == link_id, links.c.account_id.is_(None))
        with self._database.write() as connection:
            now = self._database.now(connection)
            withdrawn = update(links).where(*mine, links.c.spent_at.is_(None), links.c.expires_at > now)
            if not connection.execute(withdrawn.values(spent_at=now)).rowcount:
                raise NotFound("there is no member with this id")

    def _found(self, connection: Connection, secret_digest: str) -> Link:
        row = connection.execute(_with_tenant().where(links.c.sha256 == secret_digest)).one_or_none()
        if row is None:
            raise LinkUnknown("there is no such link; copy all of it, from http to its end")
        if row.spent_at is not None or row.expires_at <= self._database.now(connection):
            raise LinkSpent("this link was used, replaced by a newer one, or is too old; ask for another")
        return _link(row)

    def _made(self, connection: Connection, link: Link, email: str, name: str, password_hash: str | None) -> Account:
        if link.account_id is None:
            return add(
                self._database,
                connection,
                link.tenant.id,
                email=email,
                email_vouched=True,  # by whoever handed the link over
                name=name,
                role=link.role,
                password_hash=password_hash,
            )
        if password_hash is not None:
            store_password(connection, link.account_id, password_hash, keep_session=None)
        return account_of(connection.execute(select(accounts).where(accounts.c.id == link.account_id)).one())


def _open(tenant_id: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Links for new people that can still be redeemed."""
    return (
        links.c.tenant_id == tenant_id,
        links.c.account_id.is_(None),
        links.c.spent_at.is_(None),
        links.c.expires_at > now,
    )


def _seat_left(connection: Connection, tenant_id: str, seats_max: int, now: datetime) -> None:
    """Raises NoSeat where one more would be too many."""
    # On Postgres two invitations may be made at once: whoever counts holds the tenant's row until the end.
    connection.execute(select(tenants.c.id).where(tenants.c.id == tenant_id).with_for_update())
    people = select(func.count()).select_from(accounts).where(accounts.c.tenant_id == tenant_id)
    invited = select(func.count()).select_from(links).where(*_open(tenant_id, now), links.c.email.is_not(None))
    wanted: int = connection.execute(people).scalar_one() + connection.execute(invited).scalar_one() + 1
    if wanted > seats_max:
        raise NoSeat(wanted)


def _with_tenant() -> Any:
    return select(links, tenants.c.name.label("tenant_name")).join(tenants, tenants.c.id == links.c.tenant_id)


def _link(row: Row[Any]) -> Link:
    return Link(
        id=row.sha256,
        tenant=Tenant(id=row.tenant_id, name=row.tenant_name),
        email=row.email,
        role=Role(row.role),
        account_id=row.account_id,
        made_by=row.made_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
