"""Coming in and going out: sign-in, sign-up, one-time links, passwords."""

from dataclasses import dataclass
from datetime import datetime

from libs.errors import Forbidden, InvalidInput
from services.gateway.domain import Tenant
from services.gateway.identity import secret
from services.gateway.identity.addresses import email_address, printable_name
from services.gateway.identity.callers import person_of
from services.gateway.identity.domain import (
    Account,
    Caller,
    Claims,
    Link,
    Scope,
    SignUpOff,
    WrongCurrentPassword,
    WrongPassword,
)
from services.gateway.identity.limits import network_of
from services.gateway.identity.parts import Identity
from services.gateway.identity.passwords import acceptable

WRONG = "this address and this password do not belong together"


@dataclass(frozen=True)
class Entered:
    """Someone who came in. token: of the session, for the browser's cookie."""

    caller: Caller
    token: str
    expires_at: datetime


def sign_in(identity: Identity, email: str, password: str, address: str) -> Entered:
    """address: the caller's, as the socket has it. Raises WrongPassword, RateLimited."""
    identity.passwords_are_ours()
    email = email.strip().lower()
    identity.limits.by_address.count(network_of(address))
    identity.limits.by_email.count(email)
    found = identity.accounts.with_email(email)
    kept = identity.accounts.password_hash(found[0].id) if found else None
    # Nobody's password takes as long to refuse, so that the answer's time does not tell who has an account.
    if not identity.passwords.fits(password, kept) or found is None or kept is None:
        raise WrongPassword(WRONG)
    account, tenant = found
    identity.limits.by_email.forget(email)
    if identity.passwords.outdated(kept):
        identity.accounts.renew_hash(account.id, identity.passwords.kept(password))
    return _entered(identity, account, tenant)


def sign_up(identity: Identity, company: str, name: str, email: str, password: str, address: str) -> Entered:
    """Makes a company with its owner. Raises SignUpOff, InvalidInput, AddressTaken, RateLimited."""
    identity.passwords_are_ours()
    if not identity.rules.sign_up:
        raise SignUpOff("nobody can sign up here without a link; ask an owner of your company for an invitation")
    identity.limits.by_address.count(network_of(address))
    company, name = printable_name(company, "a company"), printable_name(name, "a person")
    email = email_address(email)
    kept = identity.passwords.kept(acceptable(password, email, name, company))
    account, tenant = identity.accounts.found(company, email, name, password_hash=kept, email_vouched=False)
    return _entered(identity, account, tenant)


def link_with(identity: Identity, link_secret: str, address: str) -> Link:
    """What the link is for. Raises LinkUnknown, LinkSpent, RateLimited."""
    identity.limits.by_address.count(network_of(address))
    return identity.links.find(secret.digest(link_secret))


def accept(identity: Identity, link_secret: str, name: str, email: str | None, password: str, address: str) -> Entered:
    """Redeems a link: an account with a password, or another password for an account.

    name: of a new account. email: needed where the link names none.
    Raises LinkUnknown, LinkSpent, InvalidInput, AddressTaken, RateLimited.
    """
    identity.passwords_are_ours()
    link = link_with(identity, link_secret, address)
    if link.email is None and email is None:
        raise InvalidInput("email is missing; send the address with which you want to sign in")
    chosen = email_address(link.email or email or "")
    name = printable_name(name, "a person") if link.account_id is None else name
    kept = identity.passwords.kept(acceptable(password, chosen, name, link.tenant.name))
    account, tenant = identity.links.redeem(link.id, email=chosen, name=name, password_hash=kept)
    identity.limits.by_email.forget(chosen)
    return _entered(identity, account, tenant)


def join(identity: Identity, link_secret: str, claims: Claims, name: str, address: str) -> Caller:
    """Redeems a link for someone who signed in at an outer issuer, under the address that it vouches for.

    Raises LinkUnknown, LinkSpent, Forbidden, InvalidInput, AddressTaken, RateLimited.
    """
    link = link_with(identity, link_secret, address)
    if claims.email is None:
        raise Forbidden("your sign-in names no verified e-mail address; verify it there, then open the link again")
    email = email_address(claims.email)
    if link.email not in (None, email):
        raise Forbidden("this link is for another e-mail address; sign in with that one")
    name = printable_name(name, "a person")
    account, tenant = identity.links.redeem(link.id, email=email, name=name, password_hash=None)
    identity.accounts.know_subject(claims.issuer, claims.subject, account.id)
    return Caller(tenant, account, Scope.WRITE)


def change_password(identity: Identity, caller: Caller, current: str, new: str) -> None:
    """The caller's other sessions end. Raises WrongCurrentPassword, WeakPassword, RateLimited, Forbidden."""
    identity.passwords_are_ours()
    account = person_of(caller)
    identity.limits.by_email.count(account.email)
    if not identity.passwords.fits(current, identity.accounts.password_hash(account.id)):
        raise WrongCurrentPassword("the current password is another one")
    kept = identity.passwords.kept(acceptable(new, account.email, account.name, caller.tenant.name))
    identity.accounts.set_password(account.id, kept, caller.session_id)
    identity.limits.by_email.forget(account.email)


def sign_out(identity: Identity, caller: Caller) -> None:
    """Ends the session, if it is one of ours."""
    if caller.session_id:
        identity.sessions.end(caller.session_id)


def _entered(identity: Identity, account: Account, tenant: Tenant) -> Entered:
    session_id, begins, ends = identity.sessions.open(account.id, identity.rules.session_s)
    token = identity.issuer.session_token(account.id, session_id, begins, ends)
    return Entered(Caller(tenant, account, Scope.WRITE, session_id), token, ends)
