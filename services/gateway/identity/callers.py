"""Who is asking: the caller behind an API key, a session or an outer issuer's token."""

from libs.errors import Forbidden, Unauthenticated
from services.gateway.domain import Tenant
from services.gateway.identity import issuer
from services.gateway.identity.domain import Account, Caller, Claims, OwnersOnly, PeopleOnly, Role, Scope, SessionOver
from services.gateway.identity.parts import Identity
from services.gateway.identity.verifier import LENGTH_MAX

DOTS_OF_A_JWT = 2


def caller_of(authorization: str | None, session: str | None, identity: Identity) -> Caller:
    """The caller whom the Authorization header names, or else the session's cookie.

    Raises Unauthenticated, and Forbidden for a person whom an outer issuer knows and we do not.
    """
    if authorization is None and session:
        return _with_claims(identity.verifier.claims(session), identity)
    token = bearer_token(authorization)
    if token.count(".") == DOTS_OF_A_JWT:
        return _with_claims(identity.verifier.claims(token), identity)
    key, tenant = identity.keys.holder(token)
    return Caller(tenant, None, key.scope)


def bearer_token(authorization: str | None) -> str:
    """The token in the header. Raises Unauthenticated."""
    scheme, _, token = (authorization or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated('no token was sent; send the header "Authorization: Bearer <token>", or sign in')
    if len(token) > LENGTH_MAX or not token.isascii():
        raise Unauthenticated("this is no token of ours; send one that was issued here")
    return token


def _with_claims(claims: Claims, identity: Identity) -> Caller:
    if claims.issuer != issuer.NAME:
        account, tenant = _outer_account(claims, identity)
        return Caller(tenant, account, Scope.WRITE)
    found = identity.sessions.who(claims.session_id or "", claims.subject)
    if found is None:
        raise SessionOver("the session is over; sign in again")
    account, tenant = found
    return Caller(tenant, account, Scope.WRITE, claims.session_id)


def person_of(caller: Caller) -> Account:
    """The caller's account. Raises PeopleOnly."""
    if caller.account is None:
        raise PeopleOnly("an API key is nobody who could do this; sign in, and do it there")
    return caller.account


def owner_of(caller: Caller) -> Account:
    """The caller's account, if it is an owner's. Raises PeopleOnly, OwnersOnly."""
    account = person_of(caller)
    if account.role is not Role.OWNER:
        raise OwnersOnly("only owners of your company may do this; ask one of them")
    return account


def _outer_account(claims: Claims, identity: Identity) -> tuple[Account, Tenant]:
    """The account of someone who signed in elsewhere: known by its subject, or at first sight by its address."""
    known = identity.accounts.with_subject(claims.issuer, claims.subject)
    if known is None:
        _meet(claims, identity)
        known = identity.accounts.with_subject(claims.issuer, claims.subject)
    if known is None:
        raise Unauthenticated("this account was removed; ask an owner of your company for a new invitation")
    return known


def _meet(claims: Claims, identity: Identity) -> None:
    if claims.email is None:
        raise Forbidden("your sign-in names no verified e-mail address; verify it there, then come back")
    email = claims.email.strip().lower()
    held = identity.accounts.with_email(email)
    if held:
        account = held[0]
        if not account.email_vouched:
            # Whoever signed up here with the address need not be the one whom the issuer verified.
            raise Forbidden("an account with your address was made without verifying it; ask support to look at it")
    elif identity.rules.sign_up:
        company = email.partition("@")[2]
        account, _ = identity.accounts.found(
            company, email, claims.name or email, password_hash=None, email_vouched=True
        )
    else:
        raise Forbidden("nobody has invited this address yet; open the link of an invitation after signing in")
    identity.accounts.know_subject(claims.issuer, claims.subject, account.id)
