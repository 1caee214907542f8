"""People, and the names that outer issuers have for them."""

import uuid
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from libs.errors import NotFound
from services.gateway.database.engine import Database
from services.gateway.database.faults import Clash
from services.gateway.database.tables import accounts, sessions, subjects, tenants
from services.gateway.database.tenants import new_tenant
from services.gateway.domain import Tenant
from services.gateway.identity.domain import Account, AddressTaken, LastOwner, Role
from services.gateway.plans.catalogue import TRIAL, TRIAL_PLAN

TAKEN = "there is an account with this e-mail address already; sign in with it, or use another address"
UNKNOWN = "there is no member with this id"


class AccountTable:
    """The port `Accounts` of services.gateway.identity over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def any(self) -> bool:
        with self._database.read() as connection:
            return connection.execute(select(accounts.c.id).limit(1)).first() is not None

    def found(
        self, company: str, email: str, name: str, *, password_hash: str | None, email_vouched: bool
    ) -> tuple[Account, Tenant]:
        try:
            return self._found(company, email, name, password_hash, email_vouched)
        except Clash as clash:
            raise AddressTaken(TAKEN) from clash  # on Postgres: at the same moment

    def _found(
        self, company: str, email: str, name: str, password_hash: str | None, email_vouched: bool
    ) -> tuple[Account, Tenant]:
        with self._database.write() as connection:
            tenant = new_tenant(self._database, connection, company, TRIAL_PLAN, TRIAL)
            account = add(
                self._database,
                connection,
                tenant.id,
                email=email,
                email_vouched=email_vouched,
                name=name,
                role=Role.OWNER,
                password_hash=password_hash,
            )
            return account, tenant

    def with_email(self, email: str) -> tuple[Account, Tenant] | None:
        with self._database.read() as connection:
            row = connection.execute(with_tenant().where(accounts.c.email == email)).one_or_none()
        return both_of(row) if row else None

    def password_hash(self, account_id: str) -> str | None:
        with self._database.read() as connection:
            kept: str | None = connection.execute(
                select(accounts.c.password_hash).where(accounts.c.id == account_id)
            ).scalar_one_or_none()
            return kept

    def renew_hash(self, account_id: str, password_hash: str) -> None:
        with self._database.write() as connection:
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash))

    def of_tenant(self, tenant_id: str) -> list[Account]:
        mine = select(accounts).where(accounts.c.tenant_id == tenant_id)
        with self._database.read() as connection:
            rows = connection.execute(mine.order_by(accounts.c.created_at, accounts.c.id))
            return [account_of(row) for row in rows]

    def rename(self, account_id: str, name: str) -> None:
        with self._database.write() as connection:
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(name=name))

    def set_password(self, account_id: str, password_hash: str, keep_session: str | None) -> None:
        with self._database.write() as connection:
            store_password(connection, account_id, password_hash, keep_session)

    def set_role(self, tenant_id: str, account_id: str, role: Role) -> Account:
        with self._database.write() as connection:
            account = self._mine(connection, tenant_id, account_id)
            if account.role is Role.OWNER and role is not Role.OWNER:
                self._not_the_last(connection, tenant_id)
            connection.execute(update(accounts).where(accounts.c.id == account_id).values(role=role.value))
            return self._mine(connection, tenant_id, account_id)

    def remove(self, tenant_id: str, account_id: str) -> None:
        with self._database.write() as connection:
            if self._mine(connection, tenant_id, account_id).role is Role.OWNER:
                self._not_the_last(connection, tenant_id)
            connection.execute(delete(accounts).where(accounts.c.id == account_id))

    def with_subject(self, issuer: str, subject: str) -> tuple[Account, Tenant] | None:
        named = with_tenant().join(subjects, subjects.c.account_id == accounts.c.id)
        with self._database.read() as connection:
            row = connection.execute(
                named.where(subjects.c.issuer == issuer, subjects.c.subject == subject)
            ).one_or_none()
        return both_of(row) if row else None

    def know_subject(self, issuer: str, subject: str, account_id: str) -> None:
        try:
            with self._database.write() as connection:
                values = {"issuer": issuer, "subject": subject, "account_id": account_id}
                connection.execute(insert(subjects).values(values))
        except Clash:
            # Two first requests of one person; whoever came second finds the first's row.
            if self.with_subject(issuer, subject) is None:
                raise

    def _mine(self, connection: Connection, tenant_id: str, account_id: str) -> Account:
        row = connection.execute(
            select(accounts).where(accounts.c.tenant_id == tenant_id, accounts.c.id == account_id)
        ).one_or_none()
        if row is None:
            raise NotFound(UNKNOWN)
        return account_of(row)

    def _not_the_last(self, connection: Connection, tenant_id: str) -> None:
        # On Postgres two owners may leave at once: whoever looks holds the tenant's row until the end.
        connection.execute(select(tenants.c.id).where(tenants.c.id == tenant_id).with_for_update())
        owners = select(func.count()).where(accounts.c.tenant_id == tenant_id, accounts.c.role == Role.OWNER.value)
        if connection.execute(owners).scalar_one() < 2:
            raise LastOwner("this is the company's last owner; make someone else an owner first")


def add(
    database: Database,
    connection: Connection,
    tenant_id: str,
    *,
    email: str,
    email_vouched: bool,
    name: str,
    role: Role,
    password_hash: str | None,
) -> Account:
    """A new account, inside a transaction. Raises AddressTaken."""
    account = Account(uuid.uuid4().hex, tenant_id, email, email_vouched, name, role, database.now(connection))
    values = {
        "id": account.id,
        "tenant_id": tenant_id,
        "email": email,
        "email_vouched": email_vouched,
        "name": name,
        "role": role.value,
        "password_hash": password_hash,
        "created_at": account.created_at,
    }
    if connection.execute(select(accounts.c.id).where(accounts.c.email == email)).first():
        raise AddressTaken(TAKEN)
    connection.execute(insert(accounts).values(values))
    return account


def store_password(connection: Connection, account_id: str, password_hash: str, keep_session: str | None) -> None:
    """The new password's hash in place of the old one; every session but `keep_session` ends."""
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(password_hash=password_hash))
    others = delete(sessions).where(sessions.c.account_id == account_id)
    connection.execute(others.where(sessions.c.id != keep_session) if keep_session else others)


def with_tenant() -> Select[Any]:
    """Accounts with their tenants' names: what `both_of` reads."""
    return select(accounts, tenants.c.name.label("tenant_name")).join(tenants, tenants.c.id == accounts.c.tenant_id)


def both_of(row: Row[Any]) -> tuple[Account, Tenant]:
    return account_of(row), Tenant(id=row.tenant_id, name=row.tenant_name)


def account_of(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        tenant_id=row.tenant_id,
        email=row.email,
        email_vouched=row.email_vouched,
        name=row.name,
        role=Role(row.role),
        created_at=row.created_at,
    )
