"""Who is asking: the person and the company."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.gateway.identity.domain import Caller, Role, Scope
from services.gateway.routes.access import CallerHere

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


@router.get("/api/me", summary="Who is asking")
def get_me(caller: CallerHere) -> Me:
    """The person who signed in, if it is one, and the company."""
    return me_of(caller)


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
