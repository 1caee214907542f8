"""Signatures: what is signed verifies, and nothing else does."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.scoring.signing import (
    BadKey,
    BadSignature,
    FolderRing,
    NotSigned,
    UnknownKey,
    key_id,
    private_key,
    public_pem,
    signature,
    verify,
)

KEY = Ed25519PrivateKey.generate()
ID = key_id(KEY.public_key())


@pytest.fixture
def ring(tmp_path: Path) -> FolderRing:
    """A ring with the one key."""
    (tmp_path / f"{ID}.pub").write_bytes(public_pem(KEY.public_key()))
    return FolderRing(tmp_path)


def test_what_was_signed_verifies(ring: FolderRing) -> None:
    """And the key's id is told."""
    assert ID == verify(b"manifest", signature(b"manifest", KEY), ring)


def test_other_bytes_do_not(ring: FolderRing) -> None:
    """One letter is enough."""
    with pytest.raises(BadSignature):
        verify(b"Manifest", signature(b"manifest", KEY), ring)


def test_a_stranger_is_refused(ring: FolderRing) -> None:
    """A good signature of a key that is not on the ring."""
    with pytest.raises(UnknownKey):
        verify(b"manifest", signature(b"manifest", Ed25519PrivateKey.generate()), ring)


def test_a_stranger_under_a_known_id_is_refused(ring: FolderRing) -> None:
    """Whoever says he is another does not sign like him."""
    forged = json.loads(signature(b"manifest", Ed25519PrivateKey.generate())) | {"key_id": ID}
    with pytest.raises(BadSignature):
        verify(b"manifest", json.dumps(forged).encode(), ring)


def test_a_key_off_the_ring_counts_no_longer(ring: FolderRing, tmp_path: Path) -> None:
    """Removing the file revokes at once."""
    (tmp_path / f"{ID}.pub").unlink()
    with pytest.raises(UnknownKey):
        verify(b"manifest", signature(b"manifest", KEY), ring)


@pytest.mark.parametrize("pem", [b"no pem", public_pem(Ed25519PrivateKey.generate().public_key())])
def test_a_file_of_the_ring_holds_the_key_it_names(ring: FolderRing, tmp_path: Path, pem: bytes) -> None:
    """Anything else on the ring is an error, not a trusted key."""
    (tmp_path / f"{ID}.pub").write_bytes(pem)
    with pytest.raises(BadKey):
        verify(b"manifest", signature(b"manifest", KEY), ring)


@pytest.mark.parametrize(
    "signed",
    [b"", b"{}", b"[]", b'{"key_id": "a", "algorithm": "none", "signature": ""}', b'{"signature": "%%", "key_id": 1}'],
)
def test_what_is_no_signature_is_refused(ring: FolderRing, signed: bytes) -> None:
    """Unreadable, or of another algorithm."""
    with pytest.raises(NotSigned):
        verify(b"manifest", signed, ring)


def test_the_release_key_is_made_once_and_private(tmp_path: Path) -> None:
    """The second call reads what the first made, which only its owner may read."""
    path = tmp_path / "keys" / "release.key"
    first, second = private_key(path), private_key(path)
    assert first.private_bytes_raw() == second.private_bytes_raw()
    assert 0o600 == path.stat().st_mode & 0o777


def test_a_spoilt_release_key_is_told(tmp_path: Path) -> None:
    """It is not replaced in silence: what it signed would no longer be trusted."""
    (tmp_path / "release.key").write_text("spoilt")
    with pytest.raises(BadKey, match=r"release\.key"):
        private_key(tmp_path / "release.key")
