"""What identity needs of its database."""

from datetime import datetime
from typing import Protocol

from services.gateway.domain import Tenant
from services.gateway.identity.domain import Account, ApiKey, Link, Role, Scope


class Accounts(Protocol):
    """People. An e-mail address belongs to one account at most, over all tenants."""

    def any(self) -> bool:
        """Whether there is an account at all."""
        ...

    def found(
        self, company: str, email: str, name: str, *, password_hash: str | None, email_vouched: bool
    ) -> tuple[Account, Tenant]:
        """A new tenant, on trial, and its owner. Raises AddressTaken."""
        ...

    def with_email(self, email: str) -> tuple[Account, Tenant] | None: ...

    def password_hash(self, account_id: str) -> str | None:
        """What is kept of the account's password, if it has one."""
        ...

    def renew_hash(self, account_id: str, password_hash: str) -> None:
        """Keeps the same password in another way."""
        ...

    def of_tenant(self, tenant_id: str) -> list[Account]:
        """Oldest first."""
        ...

    def rename(self, account_id: str, name: str) -> None: ...

    def set_password(self, account_id: str, password_hash: str, keep_session: str | None) -> None:
        """Ends the account's other sessions, too."""
        ...

    def set_role(self, tenant_id: str, account_id: str, role: Role) -> Account:
        """Raises NotFound, LastOwner."""
        ...

    def remove(self, tenant_id: str, account_id: str) -> None:
        """The account with its sessions. Raises NotFound, LastOwner."""
        ...

    def with_subject(self, issuer: str, subject: str) -> tuple[Account, Tenant] | None:
        """Whom an outer issuer means by this subject, if that is known."""
        ...

    def know_subject(self, issuer: str, subject: str, account_id: str) -> None:
        """From now on the subject is this account; no error if it is already."""
        ...


class Sessions(Protocol):
    """Sessions of the built-in issuer; a token of one that was ended opens nothing."""

    def open(self, account_id: str, lasts_s: float) -> tuple[str, datetime, datetime]:
        """Id, beginning and end of a new session."""
        ...

    def who(self, session_id: str, account_id: str) -> tuple[Account, Tenant] | None:
        """Whose it is, while it runs and is this account's."""
        ...

    def end(self, session_id: str) -> None:
        """No error if it ended before."""
        ...


class Links(Protocol):
    """One-time links."""

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
        """A new link, in place of the tenant's earlier open one for the same address or account.

        seats_max: accounts and open invitations together, this one included. Raises NotFound, NoSeat.
        """
        ...

    def find(self, secret_digest: str) -> Link:
        """Raises LinkUnknown, LinkSpent."""
        ...

    def redeem(self, secret_digest: str, *, email: str, name: str, password_hash: str | None) -> tuple[Account, Tenant]:
        """Uses the link up and makes its account, or sets that account's password: both or neither.

        Raises LinkUnknown, LinkSpent, AddressTaken.
        """
        ...

    def open_of(self, tenant_id: str) -> list[Link]:
        """Those for new people that can still be redeemed, oldest first."""
        ...

    def withdraw(self, tenant_id: str, link_id: str) -> None:
        """Raises NotFound."""
        ...


class Keys(Protocol):
    """API keys. Secrets are kept hashed; one can be read only when it is made."""

    def create(self, tenant_id: str, name: str, scope: Scope) -> tuple[ApiKey, str]:
        """The key and its secret. Raises NotFound for an unknown tenant."""
        ...

    def holder(self, secret: str) -> tuple[ApiKey, Tenant]:
        """Whose secret it is. Raises Unauthenticated for one that was never made, or revoked."""
        ...

    def of_tenant(self, tenant_id: str) -> list[ApiKey]:
        """Oldest first."""
        ...

    def revoke(self, tenant_id: str, key_id: str) -> None:
        """Raises NotFound."""
        ...
