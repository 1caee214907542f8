"""The people of one company: who is in, who is invited, and what owners may change about that."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.gateway.identity import secret
from services.gateway.identity.addresses import email_address
from services.gateway.identity.domain import Account, AddressTaken, Caller, Link, NoMember, NoSeat, NotJoined, Role
from services.gateway.identity.parts import PASSWORD_LINK_S, Identity
from services.gateway.plans.plans import Plans


class Standing(StrEnum):
    ACTIVE = "active"
    INVITED = "invited"


@dataclass(frozen=True)
class Member:
    """Somebody with a seat. id: of the account or of the open invitation. since: when it was made.

    expires_at: of an invitation; None for an account.
    """

    id: str
    email: str
    name: str
    role: Role
    standing: Standing
    since: datetime
    expires_at: datetime | None


def members(identity: Identity, tenant_id: str) -> list[Member]:
    """Accounts, then open invitations, each oldest first."""
    invitations = [link for link in identity.links.open_of(tenant_id) if link.email is not None]
    return [*map(_in, identity.accounts.of_tenant(tenant_id)), *map(_invited, invitations)]


def invite(identity: Identity, plans: Plans, caller: Caller, by: Account, email: str, role: Role) -> tuple[Member, str]:
    """An invitation, in place of an earlier one of the same address, and the secret of its link.

    Raises InvalidInput, SeatsTaken, and AddressTaken for one's own people; whether others know the address is not
    told.
    """
    address = email_address(email)
    if any(account.email == address for account in identity.accounts.of_tenant(caller.tenant.id)):
        raise AddressTaken("this person is in already")
    made = secret.new()
    try:
        link = identity.links.offer(
            secret.digest(made),
            caller.tenant.id,
            email=address,
            role=role,
            lasts_s=identity.rules.invitation_s,
            made_by=by.id,
            seats_max=plans.seats_max(caller.tenant.id),
        )
    except NoSeat as none:
        raise plans.seats_taken(caller.tenant.id, none.wanted) from none
    return _invited(link), made


def link_again(identity: Identity, plans: Plans, caller: Caller, by: Account, member_id: str) -> str:
    """The secret of a new link for the member: to come in, or to set another password. Raises NotFound."""
    member = _member(identity, caller, member_id)
    if member.standing is Standing.INVITED:
        return invite(identity, plans, caller, by, member.email, member.role)[1]
    return password_link(identity, caller.tenant.id, member.id, member.email, member.role, by.id)


def password_link(identity: Identity, tenant_id: str, account_id: str, email: str, role: Role, by: str | None) -> str:
    """The secret of a link that sets another password. by: account; None for the operator."""
    identity.passwords_are_ours()
    made = secret.new()
    identity.links.offer(
        secret.digest(made),
        tenant_id,
        email=email,
        role=role,
        lasts_s=PASSWORD_LINK_S,
        account_id=account_id,
        made_by=by,
    )
    return made


def change_role(identity: Identity, caller: Caller, member_id: str, role: Role) -> Member:
    """Raises NotFound, LastOwner, and NotJoined for one who is only invited."""
    member = _member(identity, caller, member_id)
    if member.standing is Standing.INVITED:
        raise NotJoined("this person has not come in yet; invite the address again with the other role")
    return _in(identity.accounts.set_role(caller.tenant.id, member_id, role))


def remove(identity: Identity, caller: Caller, member_id: str) -> None:
    """The account with its sessions, or the invitation. Raises NotFound, LastOwner."""
    if _member(identity, caller, member_id).standing is Standing.INVITED:
        identity.links.withdraw(caller.tenant.id, member_id)
    else:
        identity.accounts.remove(caller.tenant.id, member_id)


def _member(identity: Identity, caller: Caller, member_id: str) -> Member:
    found = next((each for each in members(identity, caller.tenant.id) if each.id == member_id), None)
    if found is None:
        raise NoMember("there is no member with this id")
    return found


def _in(account: Account) -> Member:
    return Member(
        account.id, account.email, account.name, account.role, Standing.ACTIVE, account.created_at, expires_at=None
    )


def _invited(link: Link) -> Member:
    return Member(
        link.id, link.email or "", "", link.role, Standing.INVITED, link.created_at, expires_at=link.expires_at
    )
