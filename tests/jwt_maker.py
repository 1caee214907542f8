"""An issuer of JWTs for tests, and the tokens that one would forge."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

OUTER = "https://people.example.com"
AUDIENCE = "retainwise"


class OuterIssuer:
    """Signs with RS256, as Clerk does."""

    def __init__(self, key_id: str = "key-1") -> None:
        self.key_id = key_id
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def jwks(self) -> dict[str, Any]:
        """Its public key."""
        public = RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.key_id, "alg": "RS256", "use": "sig"}]}

    def public_pem(self) -> bytes:
        """The same in PEM."""
        return self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def token(self, algorithm: str = "RS256", headers: dict[str, Any] | None = None, **changed: Any) -> str:
        """A token that is believed, but for what is changed; a claim that is None is left out."""
        said = {key: value for key, value in {**claims(), **changed}.items() if value is not None}
        return jwt.encode(said, self.key, algorithm, {"kid": self.key_id, **(headers or {})})


def claims(**changed: Any) -> dict[str, Any]:
    """What a good token says; it lives long enough for the slowest run of a module that makes it at its import."""
    now = int(time.time())
    said = {"iss": OUTER, "aud": AUDIENCE, "sub": "user_1", "iat": now, "exp": now + 3600, "azp": "https://page"}
    return {**said, "email": "ada@example.com", "email_verified": True, "name": "Ada", **changed}


def assembled(header: dict[str, Any], payload: dict[str, Any], key: bytes | None = None) -> str:
    """A token put together by hand: with an HMAC of the key, or without a signature."""
    signed = ".".join(_encoded(json.dumps(part).encode()) for part in (header, payload))
    signature = hmac.new(key, signed.encode(), hashlib.sha256).digest() if key else b""
    return f"{signed}.{_encoded(signature)}"


def tampered(token: str, **changed: Any) -> str:
    """The token with other claims under the old signature."""
    header, payload, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return ".".join((header, _encoded(json.dumps({**said, **changed}).encode()), signature))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
