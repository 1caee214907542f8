"""The service itself: whether it lives, whether it can work."""

from fastapi import APIRouter, Response
from pydantic import BaseModel

from services.gateway.routes.access import PartsHere

router = APIRouter(tags=["service"])


class Health(BaseModel):
    status: str


class Readiness(BaseModel):
    """parts: for each thing the gateway depends on, whether it answers now."""

    ready: bool
    parts: dict[str, bool]


@router.get("/healthz", summary="Whether the process lives")
async def get_health() -> Health:
    """Says nothing of dependencies: restarting this process would not mend them."""
    return Health(status="ok")


@router.get("/readyz", responses={503: {"model": Readiness}}, summary="Whether the service can work")
def get_readiness(parts: PartsHere, response: Response) -> Readiness:
    """503 while a dependency does not answer."""
    answers = parts.ready()
    ready = all(answers.values())
    response.status_code = 200 if ready else 503
    return Readiness(ready=ready, parts=answers)
