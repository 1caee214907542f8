"""People who sign in at an outer issuer, such as Clerk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from libs.errors import InvalidInput
from services.gateway.identity.domain import Role
from services.gateway.identity.issuer import Issuer, kept_key
from tests.http_gateway import Gateway, open_gateway
from tests.http_people import PASSWORD, browser, link_to, outer_gateway
from tests.jwt_maker import OuterIssuer

ISSUER = OuterIssuer()


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway with an outer issuer, where strangers make no companies."""
    return outer_gateway(tmp_path_factory.mktemp("outer"), ISSUER, clerk_publishable_key="pk_test", sign_in_tries=1000)


def ask(gateway: Gateway, method: str, path: str, json: Any = None, **changed: Any) -> httpx.Response:
    """The answer to a request with a token of the issuer."""
    headers = {"Authorization": f"Bearer {ISSUER.token(**changed)}"}
    return browser(gateway).request(method, path, json=json, headers=headers)


def join(gateway: Gateway, link: str, **changed: Any) -> httpx.Response:
    """Redeems the link."""
    return ask(gateway, "POST", "/api/auth/accept", {"link": link, "name": "Ada"}, **changed)


def test_no_password_is_a_second_door(gateway: Gateway) -> None:
    """The issuer's name is told; passwords, and sessions of the built-in issuer, open nothing."""
    page = browser(gateway)
    doors = page.get("/api/auth").json()
    assert ("clerk", "pk_test", False) == (doors["provider"], doors["clerk_publishable_key"], doors["sign_up"])
    signing_up = {"company": "A", "name": "A", "email": "a@example.com", "password": PASSWORD}
    for path, form in (("sign-in", {"email": "a@example.com", "password": PASSWORD}), ("sign-up", signing_up)):
        answer = page.post(f"/api/auth/{path}", json=form)
        assert (404, "PasswordsElsewhere") == (answer.status_code, answer.json()["code"])
    now = datetime.now(UTC)
    own = Issuer(kept_key(gateway.parts.settings.session_key_file))
    token = own.session_token("anyone", "any", now, now + timedelta(hours=1))
    assert 401 == page.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_stranger_is_refused_and_a_link_lets_in(gateway: Gateway) -> None:
    """403 before; the link ties the subject to an account under the address that the issuer vouches for."""
    stranger = ask(gateway, "GET", "/api/me", sub="u1", email="ada@example.com")
    assert (403, "Forbidden") == (stranger.status_code, stranger.json()["code"])
    assert 201 == join(gateway, link_to(gateway), sub="u1", email="Ada@example.com").status_code
    # From now on the subject alone counts: the address may change there.
    me = ask(gateway, "GET", "/api/me", sub="u1", email="new@example.com").json()
    assert ("ada@example.com", "owner", "Acme") == (me["user"]["email"], me["user"]["role"], me["tenant"]["name"])
    assert 403 == ask(gateway, "GET", "/api/me", sub="u1-other", email="other@example.com").status_code


def test_a_link_for_an_address_is_for_that_address(gateway: Gateway) -> None:
    """Another address, and one that nobody verified, are refused, and the link still works."""
    link = link_to(gateway, "Globex", "bob@example.com")
    for changed in ({"email": "eve@example.com"}, {"email": "bob@example.com", "email_verified": False}):
        assert 403 == join(gateway, link, sub="u2", **changed).status_code
    assert 401 == browser(gateway).post("/api/auth/accept", json={"link": link, "name": "Bob"}).status_code
    assert 201 == join(gateway, link, sub="u2", email="bob@example.com").status_code


def test_a_known_person_is_met_by_a_verified_address(gateway: Gateway) -> None:
    """An account that an owner vouched for is found by its address; with an unverified one it is not."""
    assert 201 == join(gateway, link_to(gateway, email="cy@example.com"), sub="u3", email="cy@example.com").status_code
    assert 403 == ask(gateway, "GET", "/api/me", sub="u4", email="cy@example.com", email_verified=False).status_code
    again = ask(gateway, "GET", "/api/me", sub="u4", email="CY@example.com").json()
    assert "cy@example.com" == again["user"]["email"]


def test_an_address_that_nobody_verified_is_not_taken_over(tmp_path: Path) -> None:
    """Who signed up here with your address before the outer issuer came keeps out of your sight, and you of hers."""
    before = open_gateway(tmp_path, sign_up=True)
    form = {"company": "Squat", "name": "Eve", "email": "victim@example.com", "password": PASSWORD}
    assert 201 == browser(before).post("/api/auth/sign-up", json=form).status_code
    gateway = outer_gateway(tmp_path, ISSUER, sign_up=True)
    assert 403 == ask(gateway, "GET", "/api/me", sub="v", email="victim@example.com").status_code


def test_sign_up_makes_a_company_at_first_sight(tmp_path: Path) -> None:
    """Once, however often one comes; never without a verified address."""
    gateway = outer_gateway(tmp_path, ISSUER, sign_up=True)
    first, again = (ask(gateway, "GET", "/api/me", email="ada@initech.example").json() for _ in range(2))
    assert ("initech.example", "owner") == (first["tenant"]["name"], first["user"]["role"])
    assert first == again
    assert 403 == ask(gateway, "GET", "/api/me", sub="x", email_verified=None).status_code


def test_who_was_removed_stays_out(gateway: Gateway) -> None:
    """The subject's tie goes with the account."""
    link = link_to(gateway, email="gone@example.com", role=Role.MEMBER)
    made = join(gateway, link, sub="gone", email="gone@example.com").json()
    assert 200 == ask(gateway, "GET", "/api/me", sub="gone", email="gone@example.com").status_code
    gateway.parts.identity.accounts.remove(made["tenant"]["id"], made["user"]["id"])
    assert 403 == ask(gateway, "GET", "/api/me", sub="gone", email="gone@example.com").status_code


@pytest.mark.parametrize(
    "settings",
    [
        {"jwt_audience": ""},
        {"jwt_algorithms": ""},
        {"jwt_algorithms": "HS256"},
        {"jwt_algorithms": "RS256,none"},
        {"jwt_issuer": "retainwise"},
        {"jwt_jwks_url": "file:///etc/passwd"},
    ],
)
def test_settings_that_open_too_much_are_refused_at_the_start(tmp_path: Path, settings: dict[str, str]) -> None:
    """No audience, an HMAC, no signature, the built-in issuer's name, keys from a file."""
    chosen = {"jwt_issuer": "https://people.example.com", "jwt_audience": "retainwise", **settings}
    with pytest.raises(InvalidInput):
        open_gateway(tmp_path, **chosen)
