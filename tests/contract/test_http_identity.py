"""People come in by a link or a password, stay by a cookie, and go out again; over HTTP."""

from pathlib import Path

import pytest

from services.gateway.database.engine import open_database
from services.gateway.identity.domain import Role
from services.gateway.identity.opening import offer_first_link
from tests.http_gateway import Gateway, open_gateway
from tests.http_people import PASSWORD, browser, link_to, person


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway with two companies and nobody in them yet."""
    return open_gateway(tmp_path_factory.mktemp("identity"), sign_in_tries=1000)


def first_link(gateway: Gateway, folder: Path) -> str | None:
    """What a start leaves in the file of the first link."""
    file = folder / "first-link"
    offer_first_link(gateway.parts.identity, gateway.parts.tenants.all(), file)
    return file.read_text().strip() if file.exists() else None


def test_the_first_start_gives_a_link_that_makes_the_owner(tmp_path: Path) -> None:
    """Each start gives a new one, the last works once, and then no more are given."""
    gateway = open_gateway(tmp_path)
    page = browser(gateway)
    assert page.get("/api/auth").json()["first_run"]
    older, link = first_link(gateway, tmp_path), first_link(gateway, tmp_path)
    assert 0o600 == (tmp_path / "first-link").stat().st_mode & 0o777
    spent = page.post("/api/auth/link", json={"link": older})
    assert (404, "LinkSpent") == (spent.status_code, spent.json()["code"])
    told = {"company": "Acme", "email": None, "role": "owner", "new_account": True}
    assert told == page.post("/api/auth/link", json={"link": link}).json()
    form = {"link": link, "name": "Ada", "email": " ADA@Example.com ", "password": PASSWORD}
    answer = page.post("/api/auth/accept", json=form)
    assert (201, "ada@example.com", "owner") == (
        answer.status_code,
        answer.json()["user"]["email"],
        answer.json()["user"]["role"],
    )
    assert "Acme" == page.get("/api/me").json()["tenant"]["name"]
    assert page.get("/api/me").json() == page.get("/api/auth").json()["me"]
    assert browser(gateway).get("/api/auth").json()["me"] is None
    assert browser(gateway).get("/api/auth", headers={"Authorization": "Bearer forged"}).json()["me"] is None
    assert "LinkSpent" == browser(gateway).post("/api/auth/accept", json=form).json()["code"]
    assert not page.get("/api/auth").json()["first_run"]
    assert first_link(gateway, tmp_path) is None


def test_the_cookie_is_kept_from_scripts_and_other_sites(gateway: Gateway) -> None:
    """HttpOnly, SameSite=Strict, for every path; Secure where the service is reached over TLS."""
    person(gateway, "cookie@example.com")
    form = {"email": "cookie@example.com", "password": PASSWORD}
    plain = browser(gateway).post("/api/auth/sign-in", json=form).headers["set-cookie"]
    for part in ("retainwise_session=", "HttpOnly", "SameSite=strict", "Path=/", "expires="):
        assert part in plain
    assert "Secure" not in plain
    tls = browser(gateway)
    tls.base_url = "https://testserver"  # type: ignore[assignment]  # as httpx documents it
    assert "Secure" in tls.post("/api/auth/sign-in", json=form).headers["set-cookie"]


def test_sign_in_and_out(gateway: Gateway) -> None:
    """The right pair opens, whatever the address's case; signed out, the very same token opens nothing."""
    person(gateway, "inout@example.com")
    page = browser(gateway)
    answer = page.post("/api/auth/sign-in", json={"email": "InOut@example.com", "password": PASSWORD})
    assert 200 == answer.status_code
    token = page.cookies["retainwise_session"]
    assert 200 == page.get("/api/predictions/").status_code
    assert 204 == page.post("/api/auth/sign-out").status_code
    assert "retainwise_session" not in page.cookies
    for headers in ({"Cookie": f"retainwise_session={token}"}, {"Authorization": f"Bearer {token}"}):
        answer = browser(gateway).get("/api/me", headers=headers)
        assert (401, "SessionOver") == (answer.status_code, answer.json()["code"])


def test_a_wrong_pair_says_not_which_half(gateway: Gateway) -> None:
    """One sentence for a wrong password, an unknown address, and an address that is none."""
    person(gateway, "wrong@example.com")
    pairs = [("wrong@example.com", "not it at all"), ("nobody@example.com", PASSWORD), ("x", PASSWORD)]
    answers = [browser(gateway).post("/api/auth/sign-in", json={"email": e, "password": p}) for e, p in pairs]
    assert [401] * 3 == [answer.status_code for answer in answers]
    assert {"WrongPassword"} == {answer.json()["code"] for answer in answers}
    assert 1 == len({answer.json()["detail"] for answer in answers})
    assert not any("set-cookie" in answer.headers for answer in answers)


def test_an_invitation_is_for_its_address_alone(gateway: Gateway) -> None:
    """Another address sent along changes nothing; the role is the invitation's."""
    page = browser(gateway)
    link = link_to(gateway, "Globex", "invited@example.com", Role.MEMBER)
    form = {"link": link, "name": "In", "email": "other@example.com", "password": PASSWORD}
    me = page.post("/api/auth/accept", json=form).json()
    assert ("invited@example.com", "member", "Globex") == (
        me["user"]["email"],
        me["user"]["role"],
        me["tenant"]["name"],
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"password": "short"}, "WeakPassword"),
        ({"password": "aaaaaaaaaaaaaa"}, "WeakPassword"),
        ({"password": "weak@example.com"}, "WeakPassword"),
        ({"name": " "}, "InvalidInput"),
        ({"name": "a\nb"}, "InvalidInput"),
        ({"email": "no address"}, "InvalidInput"),
        ({"email": None}, "InvalidInput"),
        ({"link": "guess"}, "LinkUnknown"),
        ({"role": "owner"}, "InvalidRequest"),
    ],
)
def test_what_is_refused_leaves_the_link_unused(gateway: Gateway, changed: dict[str, object], code: str) -> None:
    """A weak password, no name, no address: said, and the link still works."""
    link = link_to(gateway)
    form = {"link": link, "name": "Weak", "email": "weak@example.com", "password": PASSWORD, **changed}
    answer = browser(gateway).post("/api/auth/accept", json=form)
    assert (code, True) == (answer.json()["code"], answer.status_code >= 400)
    assert PASSWORD not in answer.text
    assert 200 == browser(gateway).post("/api/auth/link", json={"link": link}).status_code


def test_an_address_has_one_account(gateway: Gateway) -> None:
    """409 in the same company and in another, and the link still works."""
    person(gateway, "twice@example.com")
    for company in ("Acme", "Globex"):
        link = link_to(gateway, company)
        form = {"link": link, "name": "Two", "email": "twice@example.com", "password": PASSWORD}
        answer = browser(gateway).post("/api/auth/accept", json=form)
        assert (409, "AddressTaken") == (answer.status_code, answer.json()["code"])
        assert 200 == browser(gateway).post("/api/auth/link", json={"link": link}).status_code


def test_another_password_ends_the_other_sessions(gateway: Gateway) -> None:
    """The page that changed it stays signed in; the old password opens nothing; the current one must be known."""
    page = person(gateway, "change@example.com")
    other = browser(gateway)
    form = {"email": "change@example.com", "password": PASSWORD}
    assert 200 == other.post("/api/auth/sign-in", json=form).status_code
    new = "another horse entirely"
    wrong = page.post("/api/auth/password", json={"current": "not it at all", "new": new})
    assert (422, "WrongCurrentPassword") == (wrong.status_code, wrong.json()["code"])
    assert 200 == other.get("/api/me").status_code
    assert 204 == page.post("/api/auth/password", json={"current": PASSWORD, "new": new}).status_code
    assert [200, 401] == [each.get("/api/me").status_code for each in (page, other)]
    assert 401 == browser(gateway).post("/api/auth/sign-in", json=form).status_code
    assert 200 == browser(gateway).post("/api/auth/sign-in", json=form | {"password": new}).status_code


def test_no_password_is_kept_or_told(gateway: Gateway) -> None:
    """The database holds Argon2's text of it, and no session's token."""
    page = person(gateway, "kept@example.com", password="kept nowhere in clear")
    database = open_database(gateway.parts.settings.database_url)
    with database.read() as connection:
        tables = ("accounts", "sessions", "links", "api_keys")
        held = str([connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall() for table in tables])
    database.close()
    assert "kept nowhere in clear" not in held
    assert page.cookies["retainwise_session"] not in held
    assert "$argon2id$" in held


def test_sign_up_is_off_unless_switched_on(gateway: Gateway, tmp_path: Path) -> None:
    """403 with words; switched on, it makes a company with an owner who is signed in."""
    form = {"company": "Initech", "name": "Bill", "email": "bill@example.com", "password": PASSWORD}
    refused = browser(gateway).post("/api/auth/sign-up", json=form)
    assert (403, "SignUpOff") == (refused.status_code, refused.json()["code"])
    page = browser(open_gateway(tmp_path, sign_up=True))
    assert page.get("/api/auth").json()["sign_up"]
    made = page.post("/api/auth/sign-up", json=form)
    assert (201, "owner", "Initech") == (made.status_code, made.json()["user"]["role"], made.json()["tenant"]["name"])
    assert {"predictions": [], "next": None} == page.get("/api/predictions/").json()
    assert "AddressTaken" == page.post("/api/auth/sign-up", json=form).json()["code"]
