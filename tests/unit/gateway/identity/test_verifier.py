"""Which JWTs are believed."""

import time

import jwt
import pytest

from libs.errors import Unauthenticated
from services.gateway.identity.domain import SessionOver
from services.gateway.identity.verifier import LENGTH_MAX, StaticKeys, TrustedIssuer, Verifier
from tests.jwt_maker import AUDIENCE, OUTER, OuterIssuer, assembled, claims, tampered

ISSUER = OuterIssuer()
STRANGER = OuterIssuer()
NOW = int(time.time())


def verifier(**changed: object) -> Verifier:
    """Believes the outer issuer."""
    trusted = {"name": OUTER, "audience": AUDIENCE, "algorithms": ("RS256",), "keys": StaticKeys(ISSUER.jwks())}
    return Verifier(TrustedIssuer(**{**trusted, **changed}))  # type: ignore[arg-type]


def test_a_good_token_says_who_it_is() -> None:
    """Issuer, subject, the address that the issuer vouches for, the name."""
    said = verifier().claims(ISSUER.token(aud=["other", AUDIENCE]))
    assert (OUTER, "user_1", "ada@example.com", "Ada") == (said.issuer, said.subject, said.email, said.name)


@pytest.mark.parametrize("vouched", [False, None, "true", 1])
def test_an_address_counts_only_when_verified(vouched: object) -> None:
    """`email_verified` must be true itself."""
    assert verifier().claims(ISSUER.token(email_verified=vouched)).email is None


REFUSED = {
    "a stranger's key under our issuer's name": STRANGER.token(),
    "another issuer": ISSUER.token(iss="https://evil.example.com"),
    "an issuer that only begins so": ISSUER.token(iss=OUTER + "/"),
    "no issuer": ISSUER.token(iss=None),
    "another audience": ISSUER.token(aud="somebody-else"),
    "no audience": ISSUER.token(aud=None),
    "no subject": ISSUER.token(sub=None),
    "no end": ISSUER.token(exp=None),
    "no beginning": ISSUER.token(iat=None),
    "not yet": ISSUER.token(nbf=NOW + 600),
    "issued in the future": ISSUER.token(iat=NOW + 600),
    "other claims under the signature": tampered(ISSUER.token(), sub="user_2"),
    "a longer life under the signature": tampered(ISSUER.token(exp=NOW - 600), exp=NOW + 600),
    "alg none": assembled({"alg": "none", "typ": "JWT", "kid": "key-1"}, claims()),
    "alg None": assembled({"alg": "None", "typ": "JWT", "kid": "key-1"}, claims()),
    "no alg": assembled({"typ": "JWT", "kid": "key-1"}, claims()),
    "HMAC with the public key": assembled({"alg": "HS256", "kid": "key-1"}, claims(), ISSUER.public_pem()),
    "HMAC with the public modulus": assembled(
        {"alg": "HS256", "kid": "key-1"}, claims(), ISSUER.jwks()["keys"][0]["n"].encode()
    ),
    "RS256 in name, HMAC in fact": assembled({"alg": "RS256", "kid": "key-1"}, claims(), ISSUER.public_pem()),
    "another algorithm of the same key": ISSUER.token("RS512"),
    "an unknown key": ISSUER.token(headers={"kid": "key-2"}),
    "a key of its own in the header": STRANGER.token(headers={"jwk": STRANGER.jwks()["keys"][0]}),
    "a key's address in the header": STRANGER.token(headers={"jku": "https://evil.example.com/jwks.json"}),
    "a key's name that is a path": ISSUER.token(headers={"kid": "../../etc/passwd"}),
    "an extension that must be understood": ISSUER.token(headers={"crit": ["b64"], "b64": False}),
    "no signature": ISSUER.token().rpartition(".")[0] + ".",
    "two parts": ISSUER.token().rpartition(".")[0],
    "dots": "..",
    "nothing": "",
    "no JSON": "e30.e30.e30",
    "too long": ISSUER.token(name="x" * LENGTH_MAX),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_is_not_believed(why: str) -> None:
    """Each is Unauthenticated, in one sentence that tells a forger nothing."""
    with pytest.raises(Unauthenticated, match="not believed"):
        verifier().claims(REFUSED[why])


def test_a_token_without_a_keys_name_is_refused() -> None:
    """Which key it was signed with is not guessed."""
    said = claims()
    for header in ({"alg": "RS256"}, {"alg": "RS256", "kid": None}, {"alg": "RS256", "kid": 1}):
        with pytest.raises(Unauthenticated):
            verifier().claims(assembled(header, said, b"key"))
    token = jwt.encode(said, ISSUER.key, "RS256")
    with pytest.raises(Unauthenticated):
        verifier().claims(token)


def test_an_expired_token_is_over() -> None:
    """Said as such, so that the page asks to sign in again; a clock some seconds off is forgiven."""
    with pytest.raises(SessionOver):
        verifier().claims(ISSUER.token(exp=NOW - 60))
    assert "user_1" == verifier().claims(ISSUER.token(exp=int(time.time()) - 2)).subject


def test_the_party_that_asked_must_be_ours() -> None:
    """Where parties are named, `azp` is one of them."""
    ours = verifier(parties=frozenset({"https://page"}))
    assert "user_1" == ours.claims(ISSUER.token()).subject
    for azp in ("https://evil", None):
        with pytest.raises(Unauthenticated):
            ours.claims(ISSUER.token(azp=azp))
