"""Puts identity together as the settings say."""

import os
import re
from pathlib import Path

from libs.errors import InvalidInput
from services.gateway.database.accounts import AccountTable
from services.gateway.database.engine import Database
from services.gateway.database.keys import KeyTable
from services.gateway.database.links import LinkTable
from services.gateway.database.sessions import SessionTable
from services.gateway.domain import Tenant
from services.gateway.identity import issuer as built_in
from services.gateway.identity import secret
from services.gateway.identity.domain import Role
from services.gateway.identity.issuer import Issuer, kept_key
from services.gateway.identity.jwks import FetchedKeys
from services.gateway.identity.parts import BUILT_IN, Identity, Rules, limits_of
from services.gateway.identity.passwords import Passwords
from services.gateway.identity.verifier import StaticKeys, TrustedIssuer, Verifier
from services.gateway.settings import Settings


def open_identity(settings: Settings, database: Database, passwords: Passwords | None = None) -> Identity:
    """passwords: other than the usual way to keep them. Raises InvalidInput for settings that cannot work."""
    issuer = Issuer(kept_key(settings.session_key_file))
    # One issuer at a time: where people sign in elsewhere, no password and no session of ours opens a second door.
    trusted = _outer(settings) if settings.jwt_issuer else _our_own(issuer)
    rules = Rules(
        provider=settings.jwt_provider if settings.jwt_issuer else BUILT_IN,
        clerk_publishable_key=settings.clerk_publishable_key or None,
        sign_up=settings.sign_up,
        session_s=settings.session_s,
        invitation_s=settings.invitation_s,
    )
    return Identity(
        accounts=AccountTable(database),
        sessions=SessionTable(database),
        links=LinkTable(database),
        keys=KeyTable(database),
        passwords=passwords or Passwords(),
        issuer=issuer,
        verifier=Verifier(trusted),
        rules=rules,
        limits=limits_of(settings.sign_in_tries),
    )


def offer_first_link(identity: Identity, tenants: list[Tenant], file: Path) -> None:
    """Writes the secret of a link that makes the first account, an owner of the oldest tenant.

    The file is readable by its owner alone; once there is an account, it is removed.
    """
    if identity.accounts.any() or not tenants:
        file.unlink(missing_ok=True)
        return
    made = secret.new()
    identity.links.offer(
        secret.digest(made), tenants[0].id, email=None, role=Role.OWNER, lasts_s=identity.rules.invitation_s
    )
    partial = file.with_name(file.name + ".partial")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(made + "\n")
    partial.replace(file)


def _our_own(issuer: Issuer) -> TrustedIssuer:
    return TrustedIssuer(built_in.NAME, built_in.AUDIENCE, (built_in.ALGORITHM,), StaticKeys(issuer.jwks()))


def _outer(settings: Settings) -> TrustedIssuer:
    name = settings.jwt_issuer
    algorithms = _listed(settings.jwt_algorithms)
    if not settings.jwt_audience:
        raise InvalidInput("RETAINWISE_GATEWAY_JWT_AUDIENCE is empty; name the `aud` that the issuer's tokens carry")
    if not algorithms or any(each.startswith("HS") or each == "none" for each in algorithms):
        raise InvalidInput("RETAINWISE_GATEWAY_JWT_ALGORITHMS must be of public keys, such as RS256, ES256 or EdDSA")
    keys_url = settings.jwt_jwks_url or name.rstrip("/") + "/.well-known/jwks.json"
    if not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", keys_url):
        raise InvalidInput("the issuer's keys must come over https://; see RETAINWISE_GATEWAY_JWT_JWKS_URL")
    if name == built_in.NAME:
        raise InvalidInput(f"RETAINWISE_GATEWAY_JWT_ISSUER must not be {name!r}, which is the built-in issuer's name")
    return TrustedIssuer(
        name=name,
        audience=settings.jwt_audience,
        algorithms=tuple(algorithms),
        keys=FetchedKeys(keys_url),
        email_claim=settings.jwt_email_claim,
        name_claim=settings.jwt_name_claim,
        parties=frozenset(_listed(settings.jwt_parties)),
    )


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
