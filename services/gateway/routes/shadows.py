"""The shadow: another model version that each new prediction is compared with."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from libs.errors import NotFound
from libs.tables.columns import Industry
from services.gateway.domain import Tenant
from services.gateway.parts import Parts
from services.gateway.pipeline.scoring import baseline
from services.gateway.routes.access import PartsHere, TenantHere
from services.gateway.routes.model_bodies import ModelShadow, shadow_body

router = APIRouter(tags=["models"])

BASELINE = "baseline"
"""Names the baseline version that is in use now."""


class ShadowWish(BaseModel):
    """The version to compare with."""

    version: str = Field(
        max_length=100,
        description="One of your own models of the industry, or a version of its baseline; `baseline` for the one of "
        "these that is in use now.",
    )


@router.put("/api/models/shadows/{industry}", summary="Compare predictions with another model")
def put_shadow(industry: Industry, wish: ShadowWish, parts: PartsHere, tenant: TenantHere) -> ModelShadow:
    """From now on each prediction of the industry is scored by this version too, and its report says how far the two
    disagree; nothing else of it changes, and it takes about one more scoring. It replaces the shadow named before.

    The version in use may be named as well: it is compared once another one is in use. Repeating it is safe.
    """
    family, version, digest = _found(parts, tenant, industry.value, wish.version)
    named = parts.families.shadow(tenant.id, industry.value, family, version, digest)
    return shadow_body(industry.value, named)


@router.delete("/api/models/shadows/{industry}", status_code=204, summary="Compare predictions with no other model")
def delete_shadow(industry: Industry, parts: PartsHere, tenant: TenantHere) -> Response:
    """Predictions that are under way may still be compared. Repeating it is safe."""
    parts.families.unshadow(tenant.id, industry.value)
    return Response(status_code=204)


def _found(parts: Parts, tenant: Tenant, industry: str, version: str) -> tuple[str, str, str]:
    """Family, version and digest of what was named. Raises NotFound, also for another tenant's."""
    own, common = parts.families.known(tenant.id, industry), baseline(industry)
    for family in filter(None, (own, common)):
        try:
            told = parts.models.models(family)
        except NotFound:  # trained, and never promoted
            continue
        wanted = told["current"] if (family, version) == (common, BASELINE) else version
        for model in told["models"]:
            if model["version"] == wanted:
                return family, wanted, model["digest"]
    raise NotFound(
        f"there is no model of this version for {industry}; `GET /api/models` lists your own, and `{BASELINE}` names "
        "the one that serves whoever has none"
    )
