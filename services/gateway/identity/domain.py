"""Accounts, API keys, links and callers; what each may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from libs.errors import Conflict, Forbidden, InvalidInput, NotFound, NotReady, Unauthenticated
from services.gateway.domain import Tenant


class WrongPassword(Unauthenticated):
    """The address and the password do not belong together, or nobody has the address: which, is not said."""


class WrongCurrentPassword(InvalidInput):
    """Who wants another password has to know the one in use."""


class SessionOver(Unauthenticated):
    """The session ended: its time is up, or it was signed out."""


class NotSameOrigin(Forbidden):
    """The request came with a browser's cookie but, as far as can be told, not from our own page."""


class PeopleOnly(Forbidden):
    """What people may do, and this caller is an API key."""


class OwnersOnly(Forbidden):
    """What owners may do, and this caller is none."""


class ReadOnly(Forbidden):
    """The API key may read and nothing else."""


class SignUpOff(Forbidden):
    """Nobody makes a company here on their own: the operator's setting."""


class PasswordsElsewhere(NotFound):
    """An outer issuer signs people in, and knows their passwords."""


class LinkUnknown(NotFound):
    """There never was such a link."""


class LinkSpent(NotFound):
    """The link was used, replaced, or is too old."""


class AddressTaken(Conflict):
    """Somebody has an account with this e-mail address already."""


class NoSeat(Conflict):
    """The company's plan has no seat left. wanted: how many there would have to be."""

    def __init__(self, wanted: int) -> None:
        super().__init__(f"{wanted} seats would be needed")
        self.wanted = wanted


class LastOwner(Conflict):
    """A company without an owner could not be looked after."""


class NoMember(NotFound):
    """Nobody of the company has this id."""


class NotJoined(NotReady):
    """The person is invited, and has no account yet."""


class WeakPassword(InvalidInput):
    """A password that is too easily guessed."""


class Role(StrEnum):
    """OWNER: also people, API keys, plan and the company's name."""

    OWNER = "owner"
    MEMBER = "member"


class Scope(StrEnum):
    """Of an API key. READ: looks, and changes nothing."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Account:
    """A person at one company.

    email: as `services.gateway.identity.addresses` writes it. email_vouched: an owner, the operator or an outer issuer
        says that the address is this person's; of who signed up here alone, nobody does.
    """

    id: str
    tenant_id: str
    email: str
    email_vouched: bool
    name: str
    role: Role
    created_at: datetime


@dataclass(frozen=True)
class ApiKey:
    """shown: the first characters of the secret, to tell keys apart. last_used_at: to the minute; None if never."""

    id: str
    tenant_id: str
    name: str
    scope: Scope
    shown: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Link:
    """What a one-time link makes of whoever redeems it.

    id: digest of its secret. email: the only address that it serves; None for any. account_id: of the person whose
        password it sets anew, instead of making an account. made_by: account; None for the operator.
    """

    id: str
    tenant: Tenant
    email: str | None
    role: Role
    account_id: str | None
    made_by: str | None
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Claims:
    """What a verified JWT says. email: None unless its issuer vouches for it. session_id: of the built-in issuer."""

    issuer: str
    subject: str
    session_id: str | None = None
    email: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Caller:
    """Who is asking. account: None for an API key. session_id: None unless signed in at the built-in issuer."""

    tenant: Tenant
    account: Account | None
    scope: Scope
    session_id: str | None = None
