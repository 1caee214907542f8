"""The built-in issuer's key and its tokens."""

import stat
import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from libs.errors import InvalidInput
from services.gateway.identity.issuer import Issuer, kept_key


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """0600, in a folder that is made too; read again, it is the same key."""
    path = tmp_path / "deep" / "session.key"
    first, again = Issuer(kept_key(path)), Issuer(kept_key(path))
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert first.jwks() == again.jwks()
    assert [path] == list(path.parent.iterdir())


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    """Whoever comes second takes the first one's key."""
    keys, gate = [], threading.Barrier(8)

    def start() -> None:
        gate.wait()
        keys.append(str(Issuer(kept_key(tmp_path / "session.key")).jwks()))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (8, 1) == (len(keys), len(set(keys)))


def test_the_jwks_holds_no_private_half(tmp_path: Path) -> None:
    """One public Ed25519 key, named, for signatures."""
    (key,) = Issuer(kept_key(tmp_path / "session.key")).jwks()["keys"]
    assert {"kty", "crv", "x", "kid", "alg", "use"} == set(key)
    assert ("OKP", "Ed25519", "EdDSA", "sig") == (key["kty"], key["crv"], key["alg"], key["use"])


def test_another_kind_of_key_is_refused(tmp_path: Path) -> None:
    """What is no private key, and one of another kind, are told with the file's name."""
    path = tmp_path / "session.key"
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for content in (b"nonsense", other):
        path.write_bytes(content)
        with pytest.raises(InvalidInput, match=r"session\.key"):
            kept_key(path)
    with pytest.raises(InvalidInput, match="cannot be kept there"):
        kept_key(path / "below-a-file")
