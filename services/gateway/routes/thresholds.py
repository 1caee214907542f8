"""The tenant's own thresholds of the risk levels."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.gateway.routes.access import PartsHere, TenantHere
from services.gateway.thresholds import HIGH_ABOVE, MEDIUM_ABOVE, RiskThresholds

router = APIRouter(tags=["settings"])


class RiskLevels(BaseModel):
    """From which churn probability a risk is called high, or medium; low is what remains."""

    high_above: float = Field(HIGH_ABOVE, description="Above it a risk is high; 0-1, exclusive.")
    medium_above: float = Field(MEDIUM_ABOVE, description="Above it a risk is medium, if not high; at most high_above.")


@router.get("/api/risk-levels", summary="The thresholds of the risk levels")
def get_risk_levels(parts: PartsHere, tenant: TenantHere) -> RiskLevels:
    """The caller's own, or the usual ones."""
    return levels_of(parts.thresholds.of_tenant(tenant.id))


@router.put("/api/risk-levels", summary="Move the thresholds of the risk levels")
def put_risk_levels(levels: RiskLevels, parts: PartsHere, tenant: TenantHere) -> RiskLevels:
    """Files that are sent from now on are read by them; those sent before keep the levels they were sent under.

    Sending the same again is safe.
    """
    wanted = RiskThresholds(levels.high_above, levels.medium_above)
    parts.thresholds.put(tenant.id, wanted)
    return levels_of(wanted)


def levels_of(thresholds: RiskThresholds) -> RiskLevels:
    return RiskLevels(high_above=thresholds.high_above, medium_above=thresholds.medium_above)
