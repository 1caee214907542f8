"""What accounts, sessions and links promise, tried on SQLite and on Postgres."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from libs.errors import NotFound, RetainWiseError
from services.gateway.database.accounts import AccountTable
from services.gateway.database.engine import Database
from services.gateway.database.links import LinkTable
from services.gateway.database.sessions import SessionTable
from services.gateway.database.tables import links
from services.gateway.database.tenants import TenantTable
from services.gateway.domain import Tenant
from services.gateway.identity.domain import (
    Account,
    AddressTaken,
    LastOwner,
    LinkSpent,
    LinkUnknown,
    Role,
)

DIGEST = "ab" * 32


def offer(database: Database, tenant: Tenant, digest: str = DIGEST, email: str | None = None, **more: str) -> None:
    """A link into the company."""
    LinkTable(database).offer(digest, tenant.id, email=email, role=Role.OWNER, lasts_s=60, **more)


def made(database: Database, tenant: Tenant, email: str, role: Role = Role.OWNER) -> Account:
    """An account at the company."""
    digest = email.rjust(64, "0")[-64:]
    LinkTable(database).offer(digest, tenant.id, email=email, role=role, lasts_s=60)
    return LinkTable(database).redeem(digest, email=email, name="A", password_hash="h")[0]


def outcomes(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that were begun at once: "done", or the error's name; sorted."""
    gate, ends = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
            ends.append("done")
        except RetainWiseError as error:
            ends.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_a_link_is_redeemed_once(database: Database, tenant: Tenant) -> None:
    """Of several at once one comes in; afterwards it is spent, for looking, too."""
    offer(database, tenant)
    tables = LinkTable(database)
    acts = [lambda n=n: tables.redeem(DIGEST, email=f"{n}@example.com", name="A", password_hash=None) for n in range(3)]
    assert ["LinkSpent", "LinkSpent", "done"] == outcomes(*acts)
    assert 1 == len(AccountTable(database).of_tenant(tenant.id))
    with pytest.raises(LinkSpent):
        tables.find(DIGEST)


def test_one_address_is_made_once(database: Database, tenant: Tenant) -> None:
    """Of two links redeemed for it at once one makes the account, and the other link still works."""
    offer(database, tenant, "1" * 64, "a@example.com")
    other = TenantTable(database).create("Globex")[0]
    offer(database, other, "2" * 64, "a@example.com")
    tables = LinkTable(database)
    acts = [lambda d=d: tables.redeem(d * 64, email="a@example.com", name="A", password_hash=None) for d in ("1", "2")]
    assert ["AddressTaken", "done"] == outcomes(*acts)
    assert 1 == len(tables.open_of(tenant.id)) + len(tables.open_of(other.id))


def test_links_end(database: Database, tenant: Tenant) -> None:
    """Unknown, withdrawn, replaced, too old."""
    tables = LinkTable(database)
    with pytest.raises(LinkUnknown):
        tables.find(DIGEST)
    offer(database, tenant, "1" * 64, "a@example.com")
    offer(database, tenant, "2" * 64, "b@example.com")
    offer(database, tenant, "3" * 64, "a@example.com")
    assert ["2" * 64, "3" * 64] == [link.id for link in tables.open_of(tenant.id)]
    tables.withdraw(tenant.id, "3" * 64)
    with database.write() as connection:
        past = database.now(connection) - timedelta(seconds=1)
        connection.execute(update(links).where(links.c.sha256 == "2" * 64).values(expires_at=past))
    for digest in ("1" * 64, "2" * 64, "3" * 64):
        with pytest.raises(LinkSpent):
            tables.find(digest)
    for digest in ("2" * 64, "3" * 64, "4" * 64):
        with pytest.raises(NotFound):
            tables.withdraw(tenant.id, digest)
    assert [] == tables.open_of(tenant.id)
    with pytest.raises(NotFound, match="'nobody'"):
        offer(database, Tenant("nobody", "Nobody"))


def test_a_link_that_sets_a_password(database: Database, tenant: Tenant) -> None:
    """It makes no account, changes no name, and ends every session."""
    account = made(database, tenant, "a@example.com")
    sessions = SessionTable(database)
    session_id = sessions.open(account.id, 60)[0]
    offer(database, tenant, DIGEST, "a@example.com", account_id=account.id)
    assert [] == LinkTable(database).open_of(tenant.id)
    same = LinkTable(database).redeem(DIGEST, email="x@example.com", name="X", password_hash="new")
    assert ((account, tenant), "new") == (same, AccountTable(database).password_hash(account.id))
    assert sessions.who(session_id, account.id) is None


def test_sessions(database: Database, tenant: Tenant) -> None:
    """One runs for its person until its time is up or it is ended; others run on."""
    account, other = made(database, tenant, "a@example.com"), made(database, tenant, "b@example.com")
    sessions = SessionTable(database)
    (first, begins, ends), (second, _, _) = sessions.open(account.id, 60), sessions.open(account.id, 60)
    (over, _, _) = sessions.open(account.id, 0)
    assert timedelta(seconds=60) == ends - begins
    assert (account, tenant) == sessions.who(first, account.id)
    assert [None] * 3 == [sessions.who(first, other.id), sessions.who("", account.id), sessions.who(over, account.id)]
    sessions.end(first)
    sessions.end(first)
    assert (None, (account, tenant)) == (sessions.who(first, account.id), sessions.who(second, account.id))


def test_another_password_keeps_one_session(database: Database, tenant: Tenant) -> None:
    """That of the page on which it was changed; keeping the same one in another way ends none."""
    account = made(database, tenant, "a@example.com")
    sessions, accounts = SessionTable(database), AccountTable(database)
    kept, ended = sessions.open(account.id, 60)[0], sessions.open(account.id, 60)[0]
    accounts.renew_hash(account.id, "h2")
    assert sessions.who(ended, account.id) is not None
    accounts.set_password(account.id, "h3", kept)
    assert (True, None) == (sessions.who(kept, account.id) is not None, sessions.who(ended, account.id))


def test_the_last_owner_cannot_go(database: Database, tenant: Tenant) -> None:
    """Of two owners who leave at once one stays."""
    first, second = made(database, tenant, "a@example.com"), made(database, tenant, "b@example.com")
    made(database, tenant, "c@example.com", Role.MEMBER)
    accounts = AccountTable(database)
    ends = outcomes(
        lambda: accounts.remove(tenant.id, first.id), lambda: accounts.set_role(tenant.id, second.id, Role.MEMBER)
    )
    assert ["LastOwner", "done"] == ends
    (owner,) = [each for each in accounts.of_tenant(tenant.id) if each.role is Role.OWNER]
    with pytest.raises(LastOwner):
        accounts.remove(tenant.id, owner.id)


def test_a_removed_account_leaves_nothing(database: Database, tenant: Tenant) -> None:
    """Its sessions and its subjects go along; its invitations stay, made by nobody."""
    made(database, tenant, "a@example.com")
    account = made(database, tenant, "b@example.com", Role.MEMBER)
    accounts, sessions = AccountTable(database), SessionTable(database)
    session_id = sessions.open(account.id, 60)[0]
    accounts.know_subject("https://i", "s", account.id)
    offer(database, tenant, DIGEST, "c@example.com", made_by=account.id)
    assert (account, tenant) == accounts.with_subject("https://i", "s")
    accounts.remove(tenant.id, account.id)
    assert (None, None) == (sessions.who(session_id, account.id), accounts.with_subject("https://i", "s"))
    assert [None] == [link.made_by for link in LinkTable(database).open_of(tenant.id)]
    for act in (accounts.remove, lambda *ids: accounts.set_role(*ids, Role.OWNER)):
        with pytest.raises(NotFound):
            act(tenant.id, account.id)


def test_two_first_requests_know_one_subject(database: Database, tenant: Tenant) -> None:
    """Both succeed; an unknown account is refused."""
    account = made(database, tenant, "a@example.com")
    accounts = AccountTable(database)
    assert ["done"] * 3 == outcomes(*[lambda: accounts.know_subject("https://i", "s", account.id)] * 3)
    with pytest.raises(RetainWiseError):
        accounts.know_subject("https://i", "other", "nobody")


def test_a_company_is_founded_whole(database: Database) -> None:
    """Of two for one address one is; no company without an owner is left behind."""
    accounts = AccountTable(database)
    acts = [
        lambda: accounts.found("Initech", "a@example.com", "A", password_hash="h", email_vouched=False)
        for _ in range(2)
    ]
    assert ["AddressTaken", "done"] == outcomes(*acts)
    (tenant,) = TenantTable(database).all()
    found = accounts.with_email("a@example.com")
    assert found is not None
    assert (tenant, Role.OWNER, False) == (found[1], found[0].role, found[0].email_vouched)
    assert accounts.any()
    with pytest.raises(AddressTaken):
        accounts.found("Initech", "a@example.com", "A", password_hash="h", email_vouched=False)
    assert 1 == len(TenantTable(database).all())
