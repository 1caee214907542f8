"""Other sites' pages, and strangers who try again and again."""

from pathlib import Path
from typing import Any

import pytest

from tests.http_gateway import Gateway, open_gateway
from tests.http_people import PASSWORD, browser, link_to, person

PARTNER = "https://partner.example.com"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway at http://testserver."""
    return open_gateway(tmp_path_factory.mktemp("browser"), sign_in_tries=1000)


LEVELS = {"high_above": 0.8, "medium_above": 0.5}

FOREIGN: list[dict[str, Any]] = [
    {"X-Requested-With": ""},
    {"X-Requested-With": "XMLHttpRequest"},
    {"Origin": "https://evil.example.com"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example.com"},
    {"Origin": "http://testserver:8080"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_sites_page_changes_nothing(gateway: Gateway, headers: dict[str, str]) -> None:
    """With the cookie but not from our page: 403 for every method that changes something, and nothing changed."""
    email = f"csrf-{FOREIGN.index(headers)}@example.com"
    page = person(gateway, email)
    before = page.get("/api/risk-levels").json()
    for method, path, body in (
        ("PUT", "/api/risk-levels", {"json": LEVELS}),
        ("POST", "/api/csv", {"content": b"customer_id,tenure_months,mrr\nC-1,3,49\n"}),
        ("POST", "/api/keys", {"json": {"name": "stolen"}}),
        ("PATCH", "/api/me", {"json": {"name": "Eve"}}),
        ("DELETE", "/api/models/shadows/saas", {}),
        ("POST", "/api/auth/sign-out", {}),
        ("POST", "/api/auth/password", {"json": {"current": PASSWORD, "new": "taken over by eve"}}),
    ):
        answer = page.request(method, path, headers=headers, **body)
        assert (403, "NotSameOrigin") == (answer.status_code, answer.json()["code"]), path
    assert before == page.get("/api/risk-levels").json()
    assert email.partition("@")[0] == page.get("/api/me").json()["user"]["name"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://testserver"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_page_does(gateway: Gateway, headers: dict[str, str]) -> None:
    """In browsers that say where from and in those that do not."""
    page = person(gateway, f"own-{len(headers)}-{'-'.join(headers)}@example.com")
    assert 200 == page.put("/api/risk-levels", json=LEVELS, headers=headers).status_code


def test_the_public_address_is_ours_too(tmp_path: Path) -> None:
    """Behind a proxy that calls us by another name; and then the cookie is for TLS."""
    gateway = open_gateway(tmp_path, public_url="https://app.example.com")
    page = browser(gateway, Origin="https://app.example.com")
    form = {"link": link_to(gateway), "name": "Ada", "email": "ada@example.com", "password": PASSWORD}
    answer = page.post("/api/auth/accept", json=form)
    assert (201, True) == (answer.status_code, "Secure" in answer.headers["set-cookie"])
    for origin in ("https://app.example.com.evil.example.com", "https://evil.example.com"):
        assert 403 == page.post("/api/auth/sign-in", json={}, headers={"Origin": origin}).status_code


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example.com"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_signs_nobody_in(gateway: Gateway, headers: dict[str, str]) -> None:
    """Else its visitors would work in its account without noticing."""
    person(gateway, f"login-{len(headers)}-{'-'.join(headers)}@example.com")
    link = link_to(gateway)
    forms = {
        "sign-in": {"email": f"login-{len(headers)}-{'-'.join(headers)}@example.com", "password": PASSWORD},
        "accept": {"link": link, "name": "Eve", "email": "eve@example.com", "password": PASSWORD},
    }
    for path, form in forms.items():
        answer = browser(gateway).post(f"/api/auth/{path}", json=form, headers=headers)
        assert (403, "NotSameOrigin") == (answer.status_code, answer.json()["code"])
        assert "set-cookie" not in answer.headers


def test_a_form_of_another_site_is_no_json(gateway: Gateway) -> None:
    """What a page may send without asking first (a form, plain text) is not read as JSON."""
    body = '{"email": "ada@example.com", "password": "correct horse battery"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = browser(gateway).post("/api/auth/sign-in", content=body, headers={"Content-Type": kind})
        assert 422 == answer.status_code


def test_a_token_needs_no_page(gateway: Gateway) -> None:
    """A browser does not send an Authorization header unasked, so partners' programs need nothing else."""
    headers = {**gateway.headers, "Origin": "https://evil.example.com"}
    assert 200 == gateway.client.put("/api/risk-levels", json=LEVELS, headers=headers).status_code


def test_no_other_origin_may_read(gateway: Gateway) -> None:
    """Without a setting no answer allows another origin, not even to ask."""
    asking = {"Origin": PARTNER, "Access-Control-Request-Method": "GET"}
    preflight = gateway.client.options("/api/me", headers=asking)
    answer = gateway.client.get("/api/me", headers={**gateway.headers, "Origin": PARTNER})
    for each in (preflight, answer):
        assert not [name for name in each.headers if name.startswith("access-control")]
    assert 405 == preflight.status_code


def test_a_partners_pages_may_call_with_a_token_only(tmp_path: Path) -> None:
    """Named origins alone; credentials are never allowed, so no session is sent along."""
    gateway = open_gateway(tmp_path, cors_origins=f"{PARTNER}, https://other.example.com")
    asking = {
        "Origin": PARTNER,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization",
    }
    preflight = gateway.client.options("/api/risk-levels", headers=asking)
    assert (200, PARTNER) == (preflight.status_code, preflight.headers["access-control-allow-origin"])
    answer = gateway.client.get("/api/me", headers={**gateway.headers, "Origin": PARTNER})
    assert PARTNER == answer.headers["access-control-allow-origin"]
    assert "x-request-id" in answer.headers["access-control-expose-headers"].lower()
    for each in (preflight, answer):
        assert "access-control-allow-credentials" not in each.headers
    stranger = gateway.client.get("/api/me", headers={**gateway.headers, "Origin": "https://evil.example.com"})
    assert "access-control-allow-origin" not in stranger.headers
    page = person(gateway, "cors@example.com")
    assert 403 == page.put("/api/risk-levels", json=LEVELS, headers={"Origin": PARTNER}).status_code


def test_passwords_are_not_to_be_guessed(tmp_path: Path) -> None:
    """After so many tries for one address, 429 with a wait, even for the right password; others come in."""
    gateway = open_gateway(tmp_path, sign_in_tries=3)
    person(gateway, "ada@example.com")
    person(gateway, "bob@example.com", password="another horse")
    wrong = [sign_in(gateway, "ada@example.com", f"guess number {n}") for n in range(3)]
    assert [401] * 3 == [answer.status_code for answer in wrong]
    refused = sign_in(gateway, "ADA@example.com ", PASSWORD)
    assert (429, "RateLimited") == (refused.status_code, refused.json()["code"])
    assert 0 < int(refused.headers["retry-after"]) <= 900
    assert 200 == sign_in(gateway, "bob@example.com", "another horse").status_code


def test_who_signs_in_starts_afresh(tmp_path: Path) -> None:
    """Her own slips of yesterday do not count."""
    gateway = open_gateway(tmp_path, sign_in_tries=4)
    person(gateway, "ada@example.com")
    for _ in range(2):
        assert [401, 401, 200] == [
            sign_in(gateway, "ada@example.com", password).status_code for password in ("no", "no", PASSWORD)
        ]


@pytest.mark.parametrize("path", ["sign-in", "sign-up", "accept", "link"])
def test_one_caller_tries_so_often(tmp_path: Path, path: str) -> None:
    """Whatever addresses or links it makes up."""
    gateway = open_gateway(tmp_path, sign_in_tries=2, sign_up=True)

    def trial(number: int) -> int:
        form = {"link": f"guess-{number}", "company": "A", "name": "A", "email": f"a{number}@example.com"}
        fields = {
            "sign-in": ("email", "password"),
            "sign-up": ("company", "name", "email", "password"),
            "accept": ("link", "name", "email", "password"),
        }
        page = browser(gateway)
        if path == "link":
            return page.post("/api/auth/link", json={"link": f"guess-{number}"}).status_code
        body = {name: {**form, "password": PASSWORD}[name] for name in fields[path]}
        return page.post(f"/api/auth/{path}", json=body).status_code

    assert [False] * 6 + [True] * 2 == [trial(number) == 429 for number in range(8)]


def sign_in(gateway: Gateway, email: str, password: str) -> Any:
    """The answer to a new browser."""
    return browser(gateway).post("/api/auth/sign-in", json={"email": email, "password": password})
