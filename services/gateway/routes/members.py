"""The people of the caller's company, and how new ones come in."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.gateway.identity import members
from services.gateway.identity.domain import Role
from services.gateway.identity.members import Standing
from services.gateway.routes.access import CallerHere, OwnerHere, PartsHere, TenantHere
from services.gateway.routes.forms import Form, Line

router = APIRouter(tags=["members"])


class Member(BaseModel):
    """Somebody with a seat."""

    id: str
    email: str
    name: str = Field(description="Empty until the person has come in.")
    role: Role
    status: Standing = Field(description='"invited": the link was not used yet.')
    since: datetime = Field(description="When the account, or the invitation, was made.")
    expires_at: datetime | None = Field(description="Until when the invitation's link works.")


class Members(BaseModel):
    """Those who are in, then those who are invited, each oldest first."""

    members: list[Member]


class Invitation(Form):
    email: Line
    role: Role = Role.MEMBER


class RoleChange(Form):
    role: Role


class NewLink(BaseModel):
    link: str = Field(description="Shown once. Hand it over as …/welcome#LINK; behind # no log sees it.")


class Invited(NewLink):
    """The member to be, and the link to hand over."""

    member: Member


@router.get("/api/members", summary="List the people of your company")
def list_members(parts: PartsHere, tenant: TenantHere) -> Members:
    """Those who are in and those who are invited."""
    return Members(members=[_body(each) for each in members.members(parts.identity, tenant.id)])


@router.post("/api/members", status_code=201, summary="Invite someone")
def invite_member(wish: Invitation, owner: OwnerHere, caller: CallerHere, parts: PartsHere) -> Invited:
    """For owners. The link works once, for this address alone; inviting the address again replaces it.

    402 where the plan has no seat left.
    """
    member, link = members.invite(parts.identity, parts.plans, caller, owner, wish.email, wish.role)
    return Invited(member=_body(member), link=link)


@router.post("/api/members/{member_id}/link", status_code=201, summary="A new link for a member")
def create_member_link(member_id: str, owner: OwnerHere, caller: CallerHere, parts: PartsHere) -> NewLink:
    """For owners: the invitation again, or, for someone who forgot the password, a link that sets another."""
    return NewLink(link=members.link_again(parts.identity, parts.plans, caller, owner, member_id))


@router.patch("/api/members/{member_id}", summary="Change a member's role")
def change_member(member_id: str, change: RoleChange, _: OwnerHere, caller: CallerHere, parts: PartsHere) -> Member:
    """For owners. 409 for the last owner."""
    return _body(members.change_role(parts.identity, caller, member_id, change.role))


@router.delete("/api/members/{member_id}", status_code=204, summary="Remove a member")
def delete_member(member_id: str, _: OwnerHere, caller: CallerHere, parts: PartsHere) -> Response:
    """For owners: the person's sessions end at once. An invitation is withdrawn. 409 for the last owner."""
    members.remove(parts.identity, caller, member_id)
    return Response(status_code=204)


def _body(member: members.Member) -> Member:
    return Member(
        id=member.id,
        email=member.email,
        name=member.name,
        role=member.role,
        status=member.standing,
        since=member.since,
        expires_at=member.expires_at,
    )
