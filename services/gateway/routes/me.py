"""Who is asking: the person and the company."""

from dataclasses import replace

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.gateway.domain import Tenant
from services.gateway.identity.addresses import printable_name
from services.gateway.identity.domain import Caller, Role, Scope
from services.gateway.routes.access import CallerHere, OwnerHere, PartsHere, PersonHere
from services.gateway.routes.forms import Form, Line

router = APIRouter(tags=["identity"])


class User(BaseModel):
    """A person who signed in."""

    id: str
    name: str
    email: str
    role: Role


class Company(BaseModel):
    id: str
    name: str


class Me(BaseModel):
    """Whom the token or the session names."""

    id: str = Field(description="The company's, as in `tenant`.")
    name: str = Field(description="The company's, as in `tenant`.")
    user: User | None = Field(description="Null for an API key.")
    tenant: Company
    scope: Scope = Field(description="What an API key may do; a person may write.")


class NewName(Form):
    name: Line


@router.get("/api/me", summary="Who is asking")
def get_me(caller: CallerHere) -> Me:
    """The person who signed in, if it is one, and the company."""
    return me_of(caller)


@router.patch("/api/me", summary="Change your name")
def rename_me(new: NewName, person: PersonHere, caller: CallerHere, parts: PartsHere) -> Me:
    """The name that your colleagues see."""
    account = replace(person, name=printable_name(new.name, "a person"))
    parts.identity.accounts.rename(account.id, account.name)
    return me_of(replace(caller, account=account))


@router.patch("/api/tenant", summary="Change the company's name")
def rename_tenant(new: NewName, _: OwnerHere, caller: CallerHere, parts: PartsHere) -> Me:
    """For owners."""
    tenant = Tenant(caller.tenant.id, printable_name(new.name, "a company"))
    parts.tenants.rename(tenant.id, tenant.name)
    return me_of(replace(caller, tenant=tenant))


def me_of(caller: Caller) -> Me:
    tenant, account = caller.tenant, caller.account
    user = account and User(id=account.id, name=account.name, email=account.email, role=account.role)
    return Me(
        id=tenant.id,
        name=tenant.name,
        user=user,
        tenant=Company(id=tenant.id, name=tenant.name),
        scope=caller.scope,
    )
