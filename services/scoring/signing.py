"""Ed25519 signatures over manifests: the ring of public keys that are trusted, and the key that signs."""

import base64
import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from services.scoring.domain import Untrusted

ALGORITHM = "ed25519"


class NotSigned(Untrusted):
    """There is no signature, or none that can be read."""


class UnknownKey(Untrusted):
    """The signing key is not on the ring."""


class BadSignature(Untrusted):
    """The signature is not of these bytes."""


class BadKey(Untrusted):
    """A file of the ring is not the public key its name says."""


class Ring(Protocol):
    """Public keys that are trusted."""

    def public_keys(self) -> Mapping[str, bytes]:
        """PEM by key id. Read anew each time, so that a key taken off the ring counts no longer."""
        ...


class FolderRing:
    """The `<key-id>.pub` files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def public_keys(self) -> Mapping[str, bytes]:
        return {path.stem: path.read_bytes() for path in sorted(self._folder.glob("*.pub"))}


def key_id(key: Ed25519PublicKey) -> str:
    """The first 16 hex digits of the SHA-256 of the raw key."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]


def public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def signature(manifest: bytes, key: Ed25519PrivateKey) -> bytes:
    """The SIGNATURE file for `manifest`."""
    fields = {
        "algorithm": ALGORITHM,
        "key_id": key_id(key.public_key()),
        "signature": base64.b64encode(key.sign(manifest)).decode(),
    }
    return (json.dumps(fields, indent=1, sort_keys=True) + "\n").encode()


def verify(manifest: bytes, signed: bytes, ring: Ring) -> str:
    """The id of the trusted key that signed `manifest`. Raises NotSigned, UnknownKey, BadKey, BadSignature."""
    try:
        fields = json.loads(signed)
        claimed, algorithm = str(fields["key_id"]), fields["algorithm"]
        raw = base64.b64decode(fields["signature"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise NotSigned("the model version's SIGNATURE cannot be read; sign it again with a trusted key") from error
    if algorithm != ALGORITHM:
        raise NotSigned("the model version's signature is not Ed25519, the only kind accepted")
    keys = ring.public_keys()
    if claimed not in keys:
        raise UnknownKey("the model version is signed with a key that is not on the ring of trusted keys")
    try:
        _public_key(claimed, keys[claimed]).verify(raw, manifest)
    except InvalidSignature as error:
        raise BadSignature("the model version's signature does not match its manifest") from error
    return claimed


def private_key(path: Path) -> Ed25519PrivateKey:
    """The private key at `path`, made there (mode 0600) if absent. Raises BadKey if the file is not such a key."""
    if not path.exists():
        _make_key(path)
    try:
        loaded = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise BadKey(f"'{path.name}' is not a private key in PEM; remove it to have one made") from error
    if not isinstance(loaded, Ed25519PrivateKey):
        raise BadKey(f"'{path.name}' is not an Ed25519 private key; remove it to have one made")
    return loaded


def _make_key(path: Path) -> None:
    """Puts a new key at `path`, whole from the first moment; one that another process puts there meanwhile stays."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # mode 0600: nobody else may read it
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        Path(aside).unlink()


def _public_key(named: str, pem: bytes) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError as error:
        raise BadKey(f"'{named}.pub' on the ring of trusted keys is not a public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey) or key_id(key) != named:
        raise BadKey(f"'{named}.pub' on the ring of trusted keys does not hold the key of that id")
    return key
