"""The plans, and which one the caller's company has."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from libs.errors import RetainWiseError
from services.gateway.plans.catalogue import PLANS, Feature, PlanId
from services.gateway.routes.access import CallerHere, OwnerHere, PartsHere
from services.gateway.routes.forms import Form
from services.gateway.routes.going_on import let_go_on
from services.gateway.routes.me import Me, me_of

router = APIRouter(tags=["plans"])


class Plan(BaseModel):
    """A plan as it stands on the price list."""

    id: PlanId
    name: str
    price_usd_month: int | None = Field(description="Null where it is agreed.")
    predictions_month: int | None = Field(description="Customers scored in a calendar month, UTC; null: no limit.")
    seats: int | None = Field(description="Accounts and open invitations; null: no limit.")
    features: list[Feature]


class PlanChoice(Form):
    plan: PlanId


@router.get("/api/plans", summary="List the plans")
async def list_plans() -> list[Plan]:
    """From the smallest to the largest. Needs no token."""
    return [
        Plan(
            id=plan.id,
            name=plan.name,
            price_usd_month=plan.price_usd_month,
            predictions_month=plan.predictions_month,
            seats=plan.seats,
            features=[feature for feature in Feature if feature in plan.features],
        )
        for plan in PLANS
    ]


@router.put("/api/plan", summary="Change the company's plan")
def put_plan(choice: PlanChoice, _: OwnerHere, caller: CallerHere, parts: PartsHere) -> Me:
    """For owners. Ends a trial, holds at once, and lets predictions go on that waited for a larger plan.

    Nothing is paid here: there is no payment provider yet. 422 for a plan that is agreed in person. People who are in
    stay in, and models stay in use, also where the new plan has fewer seats or none of your own models.
    """
    parts.plans.choose(caller.tenant.id, choice.plan)
    for job_id in parts.jobs.held(caller.tenant.id):
        try:
            let_go_on(parts.jobs.of_tenant(caller.tenant.id, job_id), parts)
        except RetainWiseError:
            continue  # still too large, or gone on by itself: its own row says where it stands
    return me_of(caller, parts.plans)
