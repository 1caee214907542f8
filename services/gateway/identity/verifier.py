"""Verifies JWTs, of the built-in issuer or of an outer one, by the same rules and against a JWKS."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import jwt
from jwt import PyJWK

from libs.errors import Unauthenticated
from services.gateway.identity.domain import Claims, SessionOver

LENGTH_MAX = 8192
LEEWAY_S = 10
"""How far the issuer's clock may be from ours."""

NOT_BELIEVED = "this token is not believed here; sign in again"


class Keys(Protocol):
    """Public keys of an issuer."""

    def key(self, key_id: str) -> PyJWK:
        """Raises Unauthenticated for a key that the issuer does not have, Unavailable while it cannot be asked."""
        ...


@dataclass(frozen=True)
class TrustedIssuer:
    """Whose tokens are believed, and which of them.

    name: the exact `iss`. audience: one of `aud` must be it. algorithms: no others are tried, whatever a token says of
        itself: so neither "none" nor an HMAC keyed with the public key passes. email_claim, name_claim: where it says
        who the person is. parties: those of `azp` that may have asked for the token; empty: not looked at.
    """

    name: str
    audience: str
    algorithms: tuple[str, ...]
    keys: Keys
    email_claim: str = "email"
    name_claim: str = "name"
    parties: frozenset[str] = field(default_factory=frozenset)


class StaticKeys:
    """Keys that are at hand."""

    def __init__(self, jwks: Mapping[str, Any]) -> None:
        self._keys = {document["kid"]: PyJWK.from_dict(document) for document in jwks["keys"]}

    def key(self, key_id: str) -> PyJWK:
        if key_id not in self._keys:
            raise Unauthenticated(NOT_BELIEVED)
        return self._keys[key_id]


class Verifier:
    """Believes the tokens of these issuers."""

    def __init__(self, *issuers: TrustedIssuer) -> None:
        self._issuers = {issuer.name: issuer for issuer in issuers}

    def claims(self, token: str) -> Claims:
        """What the token says, once signature, issuer, audience and times hold. Raises Unauthenticated."""
        if len(token) > LENGTH_MAX:
            raise Unauthenticated(NOT_BELIEVED)
        try:
            unverified = jwt.decode_complete(token, options={"verify_signature": False})
            issuer = self._issuers.get(str(unverified["payload"].get("iss")))
            key_id, algorithm = (unverified["header"].get(name) for name in ("kid", "alg"))
            if issuer is None or not isinstance(key_id, str) or algorithm not in issuer.algorithms:
                raise Unauthenticated(NOT_BELIEVED)
            said = jwt.decode(
                token,
                issuer.keys.key(key_id).key,
                algorithms=list(issuer.algorithms),
                audience=issuer.audience,
                issuer=issuer.name,
                leeway=LEEWAY_S,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.ExpiredSignatureError as error:
            raise SessionOver("the session is over; sign in again") from error
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise Unauthenticated(NOT_BELIEVED) from error
        if issuer.parties and said.get("azp") not in issuer.parties:
            raise Unauthenticated(NOT_BELIEVED)
        return _claims(issuer, said)


def _claims(issuer: TrustedIssuer, said: Mapping[str, Any]) -> Claims:
    email, name, session_id = said.get(issuer.email_claim), said.get(issuer.name_claim), said.get("sid")
    return Claims(
        issuer=issuer.name,
        subject=str(said["sub"]),
        session_id=session_id if isinstance(session_id, str) else None,
        # Anyone can ask some issuers for an account with another person's address: only a verified one links accounts.
        email=email if isinstance(email, str) and said.get("email_verified") is True else None,
        name=name if isinstance(name, str) else "",
    )
