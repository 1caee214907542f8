"""Who is asking: the person and the company."""

from dataclasses import replace
from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.gateway.domain import Tenant
from services.gateway.identity.addresses import printable_name
from services.gateway.identity.domain import Caller, Role, Scope
from services.gateway.plans.catalogue import Feature, PlanId
from services.gateway.plans.plans import Plans
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


class MyPlan(BaseModel):
    """The company's plan. trial_days_left: 0 once a trial is over; it then opens nothing until one is chosen."""

    id: PlanId
    name: str
    trial_ends_at: datetime | None = Field(description="Null for a plan that was chosen.")
    trial_days_left: int | None
    predictions_month: int | None = Field(description="Null: no limit.")
    seats: int | None = Field(description="Null: no limit.")


class MyUsage(BaseModel):
    """What is used of the plan this month. One prediction is one customer scored."""

    month: str = Field(description='"2026-11", UTC.')
    predictions: int
    reserved: int = Field(description="Of files that are being scored; they count with the others.")


class Me(BaseModel):
    """Whom the token or the session names."""

    id: str = Field(description="The company's, as in `tenant`.")
    name: str = Field(description="The company's, as in `tenant`.")
    user: User | None = Field(description="Null for an API key.")
    tenant: Company
    scope: Scope = Field(description="What an API key may do; a person may write.")
    plan: MyPlan
    usage: MyUsage
    features: dict[Feature, bool] = Field(description="Whether the plan opens each.")


class NewName(Form):
    name: Line


@router.get("/api/me", summary="Who is asking")
def get_me(caller: CallerHere, parts: PartsHere) -> Me:
    """The person who signed in, if it is one, the company, and what its plan opens."""
    return me_of(caller, parts.plans)


@router.patch("/api/me", summary="Change your name")
def rename_me(new: NewName, person: PersonHere, caller: CallerHere, parts: PartsHere) -> Me:
    """The name that your colleagues see."""
    account = replace(person, name=printable_name(new.name, "a person"))
    parts.identity.accounts.rename(account.id, account.name)
    return me_of(replace(caller, account=account), parts.plans)


@router.patch("/api/tenant", summary="Change the company's name")
def rename_tenant(new: NewName, _: OwnerHere, caller: CallerHere, parts: PartsHere) -> Me:
    """For owners."""
    tenant = Tenant(caller.tenant.id, printable_name(new.name, "a company"))
    parts.tenants.rename(tenant.id, tenant.name)
    return me_of(replace(caller, tenant=tenant), parts.plans)


def me_of(caller: Caller, plans: Plans) -> Me:
    tenant, account = caller.tenant, caller.account
    standing, used = plans.standing(tenant.id), plans.usage(tenant.id)
    user = account and User(id=account.id, name=account.name, email=account.email, role=account.role)
    return Me(
        id=tenant.id,
        name=tenant.name,
        user=user,
        tenant=Company(id=tenant.id, name=tenant.name),
        scope=caller.scope,
        plan=MyPlan(
            id=standing.plan.id,
            name=standing.plan.name,
            trial_ends_at=standing.trial_ends_at,
            trial_days_left=standing.trial_days_left,
            predictions_month=standing.predictions_month,
            seats=standing.seats,
        ),
        usage=MyUsage(month=used.month, predictions=used.predictions, reserved=used.reserved),
        features={feature: feature in standing.features for feature in Feature},
    )
