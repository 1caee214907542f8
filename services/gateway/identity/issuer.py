"""The built-in issuer: signs sessions as JWTs, and shows the public half of its key as a JWKS."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from libs.errors import InvalidInput

NAME = "retainwise"
"""What the tokens have as their issuer; outside this deployment nobody trusts its key."""

AUDIENCE = "retainwise-gateway"
ALGORITHM = "EdDSA"


class Issuer:
    """Signs for one key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self._key_id = hashlib.sha256(public).hexdigest()[:16]

    def session_token(self, account_id: str, session_id: str, issued_at: datetime, expires_at: datetime) -> str:
        """The JWT of a session. Whether the session was ended since, only its row can tell."""
        claims = {
            "iss": NAME,
            "aud": AUDIENCE,
            "sub": account_id,
            "sid": session_id,
            "iat": issued_at,
            "exp": expires_at,
        }
        return jwt.encode(claims, self._key, ALGORITHM, {"kid": self._key_id})

    def jwks(self) -> dict[str, Any]:
        """The public key as a JSON Web Key Set (RFC 7517)."""
        public = OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self._key_id, "alg": ALGORITHM, "use": "sig"}]}


def kept_key(path: Path) -> Ed25519PrivateKey:
    """The signing key in the file, made the first time; readable by its owner alone.

    Processes that start at once agree on one. Raises InvalidInput for a file that cannot be read or holds another
    kind of key.
    """
    try:
        if not path.exists():
            _make(path)
        pem = path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"the key of sessions, {path}, cannot be kept there: {error.strerror}") from error
    return key_of(pem, str(path))


def key_of(pem: bytes, where: str) -> Ed25519PrivateKey:
    """where: for the sentence of InvalidInput."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise InvalidInput(f"{where} holds no private key in PEM without a passphrase") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InvalidInput(f"{where} holds another kind of key; make one with `openssl genpkey -algorithm ed25519`")
    return key


def _make(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=True) as file:  # 0600
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)  # whole or not at all, and never over another process's
        except FileExistsError:
            return
