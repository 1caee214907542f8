"""What identity is put together from."""

from dataclasses import dataclass

from services.gateway.identity.domain import PasswordsElsewhere
from services.gateway.identity.issuer import Issuer
from services.gateway.identity.limits import Limit
from services.gateway.identity.passwords import Passwords
from services.gateway.identity.ports import Accounts, Keys, Links, Sessions
from services.gateway.identity.verifier import Verifier

BUILT_IN = "builtin"

PASSWORD_LINK_S = 86_400
"""For how long a link that sets another password works."""

WINDOW_S = 900
TRIES_OF_AN_ADDRESS = 3
"""As many as of one e-mail address: an office shares an address."""


@dataclass(frozen=True)
class Rules:
    """What the operator chose.

    provider: BUILT_IN, or the name of the outer issuer where people sign in instead ("clerk").
    clerk_publishable_key: for the page's sign-in form, where the provider is Clerk.
    sign_up: whether a stranger may make a company.
    """

    provider: str = BUILT_IN
    clerk_publishable_key: str | None = None
    sign_up: bool = False
    session_s: float = 7 * 86_400
    invitation_s: float = 7 * 86_400


@dataclass(frozen=True)
class Limits:
    """How often strangers may try. by_email: whom they say they are. by_address: where they call from."""

    by_email: Limit
    by_address: Limit


def limits_of(tries: int) -> Limits:
    """tries: for one e-mail address."""
    return Limits(Limit(tries, WINDOW_S), Limit(TRIES_OF_AN_ADDRESS * tries, WINDOW_S))


@dataclass(frozen=True)
class Identity:
    """Who may come in, and by which door."""

    accounts: Accounts
    sessions: Sessions
    links: Links
    keys: Keys
    passwords: Passwords
    issuer: Issuer
    verifier: Verifier
    rules: Rules
    limits: Limits

    def passwords_are_ours(self) -> None:
        """Raises PasswordsElsewhere where people sign in at an outer issuer."""
        if self.rules.provider != BUILT_IN:
            raise PasswordsElsewhere(f"people sign in with {self.rules.provider} here, and no password is kept")
