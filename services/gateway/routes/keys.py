"""API keys of the caller's company."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.gateway.identity import domain
from services.gateway.identity.addresses import printable_name
from services.gateway.identity.domain import Scope
from services.gateway.routes.access import OwnerHere, PartsHere, TenantHere
from services.gateway.routes.forms import Form, Line

router = APIRouter(tags=["keys"])


class Key(BaseModel):
    """An API key; its secret is not to be had again."""

    id: str
    name: str
    scope: Scope = Field(description='"read": looks, and changes nothing.')
    shown: str = Field(description="How the secret begins.")
    created_at: datetime
    last_used_at: datetime | None = Field(description="To the minute; null: never used.")


class Keys(BaseModel):
    """All keys, oldest first."""

    keys: list[Key]


class KeyWish(Form):
    name: Line
    scope: Scope = Scope.READ


class NewKey(BaseModel):
    key: Key
    secret: str = Field(description="Shown once; send it as `Authorization: Bearer …`.")


@router.get("/api/keys", summary="List the API keys")
def list_keys(parts: PartsHere, tenant: TenantHere) -> Keys:
    """The company's keys, without their secrets."""
    return Keys(keys=[_body(key) for key in parts.identity.keys.of_tenant(tenant.id)])


@router.post("/api/keys", status_code=201, summary="Make an API key")
def create_key(wish: KeyWish, owner: OwnerHere, parts: PartsHere) -> NewKey:
    """For owners. Keep the secret where programs keep theirs; only its digest stays here."""
    key, secret = parts.identity.keys.create(owner.tenant_id, printable_name(wish.name, "an API key"), wish.scope)
    return NewKey(key=_body(key), secret=secret)


@router.delete("/api/keys/{key_id}", status_code=204, summary="Revoke an API key")
def delete_key(key_id: str, owner: OwnerHere, parts: PartsHere) -> Response:
    """For owners. From the next request on the key opens nothing."""
    parts.identity.keys.revoke(owner.tenant_id, key_id)
    return Response(status_code=204)


def _body(key: domain.ApiKey) -> Key:
    return Key(
        id=key.id,
        name=key.name,
        scope=key.scope,
        shown=key.shown,
        created_at=key.created_at,
        last_used_at=key.last_used_at,
    )
