"""Tokens that must not open anything: forged, expired, for others; as a header and as a cookie."""

import time
from pathlib import Path
from typing import Any

import jwt
import pytest

from services.gateway.identity.issuer import ALGORITHM, AUDIENCE, NAME, Issuer, kept_key
from tests.http_gateway import Gateway, open_gateway
from tests.http_people import browser, person
from tests.jwt_maker import OuterIssuer, assembled, tampered

NOW = int(time.time())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the gateway lives."""
    return tmp_path_factory.mktemp("forged")


@pytest.fixture(scope="module")
def gateway(folder: Path) -> Gateway:
    """A gateway with two companies."""
    return open_gateway(folder, sign_in_tries=1000)


@pytest.fixture(scope="module")
def session(gateway: Gateway) -> str:
    """The token of a session that runs."""
    return str(person(gateway, "ada@example.com").cookies["retainwise_session"])


def signed(folder: Path, token: str, **changed: Any) -> str:
    """The session's token with other claims, signed with the gateway's own key."""
    said = {name: value for name, value in {**read(token), **changed}.items() if value is not None}
    key_id = jwt.get_unverified_header(token)["kid"]
    return jwt.encode(said, kept_key(folder / "session.key"), ALGORITHM, {"kid": key_id})


def read(token: str) -> dict[str, Any]:
    """What the token says."""
    said: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return said


def test_the_sessions_own_token_opens_both_ways(gateway: Gateway, session: str) -> None:
    """The tests below prove something: unchanged it is believed, as a header and as a cookie."""
    for headers in ({"Authorization": f"Bearer {session}"}, {"Cookie": f"retainwise_session={session}"}):
        assert "ada@example.com" == browser(gateway).get("/api/me", headers=headers).json()["user"]["email"]


FORGERIES = (
    "expired",
    "wrong audience",
    "wrong issuer",
    "no session",
    "another session",
    "another person's session",
    "other claims",
    "alg none",
    "hmac with the public key",
    "a stranger's key",
    "a stranger's key under our key's name",
    "an outer issuer that is not trusted",
    "API key as a JWT",
)


@pytest.fixture(scope="module")
def forgeries(gateway: Gateway, folder: Path, session: str) -> dict[str, str]:
    """Tokens, by what is wrong with each."""
    page = browser(gateway)
    (key,) = page.get("/.well-known/jwks.json").json()["keys"]
    said, other = read(session), read(person(gateway, "eve@example.com", "Globex").cookies["retainwise_session"])
    strange = kept_key(folder / "stranger.key")
    strange_id = Issuer(strange).jwks()["keys"][0]["kid"]
    return {
        "expired": signed(folder, session, exp=NOW - 60),
        "wrong audience": signed(folder, session, aud="somebody-else"),
        "wrong issuer": signed(folder, session, iss="somebody-else"),
        "no session": signed(folder, session, sid=None),
        "another session": signed(folder, session, sid="0" * 32),
        "another person's session": signed(folder, session, sid=other["sid"]),
        "other claims": tampered(session, sub=other["sub"], sid=other["sid"]),
        "alg none": assembled({"alg": "none", "kid": key["kid"]}, said),
        "hmac with the public key": assembled({"alg": "HS256", "kid": key["kid"]}, said, key["x"].encode()),
        "a stranger's key": jwt.encode(said, strange, ALGORITHM, {"kid": strange_id}),
        "a stranger's key under our key's name": jwt.encode(said, strange, ALGORITHM, {"kid": key["kid"]}),
        "an outer issuer that is not trusted": OuterIssuer().token(),
        "API key as a JWT": gateway.headers["Authorization"].removeprefix("Bearer ") + "..",
    }


@pytest.mark.parametrize("why", FORGERIES)
def test_a_forged_token_opens_nothing(gateway: Gateway, forgeries: dict[str, str], why: str) -> None:
    """401 as a header and as a cookie, to look and to change; what was sent is not repeated."""
    token = forgeries[why]
    for headers in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"retainwise_session={token}"}):
        for method, path in (("GET", "/api/me"), ("GET", "/api/predictions/"), ("POST", "/api/auth/sign-out")):
            answer = browser(gateway).request(method, path, headers=headers)
            assert (401, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
            assert token not in answer.text


def test_a_signature_by_the_gateways_key_for_another_person_needs_her_session(
    gateway: Gateway, folder: Path, session: str
) -> None:
    """Even who has the key opens only sessions that run: subject and session must belong together."""
    person(gateway, "mallory@example.com")
    mallory = gateway.parts.identity.accounts.with_email("mallory@example.com")
    assert mallory is not None
    token = signed(folder, session, sub=mallory[0].id)
    assert 401 == browser(gateway).get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code


def test_names_of_the_issuer_are_no_secret(gateway: Gateway, session: str) -> None:
    """Issuer, audience and algorithm are as the verifier pins them."""
    said = read(session)
    assert (NAME, AUDIENCE, ALGORITHM) == (said["iss"], said["aud"], jwt.get_unverified_header(session)["alg"])
