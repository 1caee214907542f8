"""People at a gateway of tests.http_gateway: their browsers, and how they come in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from services.gateway.identity import secret
from services.gateway.identity.domain import Role
from services.gateway.identity.verifier import StaticKeys, TrustedIssuer, Verifier
from services.gateway.server import build_app
from tests.http_gateway import Gateway, open_gateway
from tests.jwt_maker import AUDIENCE, OUTER, OuterIssuer

PASSWORD = "correct horse battery"


def browser(gateway: Gateway, **headers: str) -> TestClient:
    """Our page in a new browser: it keeps its cookies, and sends what our page sends. headers: other ones."""
    sent = {"X-Requested-With": "RetainWise", **headers}
    return TestClient(gateway.client.app, raise_server_exceptions=False, headers=sent)


def link_to(gateway: Gateway, company: str = "Acme", email: str | None = None, role: Role = Role.OWNER) -> str:
    """The secret of a one-time link into the company."""
    made = secret.new()
    tenant = next(each for each in gateway.parts.tenants.all() if each.name == company)
    gateway.parts.identity.links.offer(secret.digest(made), tenant.id, email=email, role=role, lasts_s=3600)
    return made


def person(
    gateway: Gateway, email: str, company: str = "Acme", role: Role = Role.OWNER, password: str = PASSWORD
) -> TestClient:
    """The browser of a new person who has come in by a link and is signed in."""
    page = browser(gateway)
    form = {"link": link_to(gateway, company, email, role), "name": email.partition("@")[0], "password": password}
    answer = page.post("/api/auth/accept", json=form)
    assert 201 == answer.status_code, answer.text
    return page


def outer_gateway(folder: Path, issuer: OuterIssuer, **settings: Any) -> Gateway:
    """A gateway in `folder` where people sign in at the outer issuer, whose keys are at hand."""
    gateway = open_gateway(folder, jwt_issuer=OUTER, jwt_audience=AUDIENCE, **settings)
    verifier = Verifier(TrustedIssuer(OUTER, AUDIENCE, ("RS256",), StaticKeys(issuer.jwks())))
    parts = replace(gateway.parts, identity=replace(gateway.parts.identity, verifier=verifier))
    return replace(gateway, parts=parts, client=TestClient(build_app(parts), raise_server_exceptions=False))
