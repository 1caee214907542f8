"""Members and API keys of a company: who may change what, and what opens what."""

import pytest
from fastapi.testclient import TestClient

from services.gateway.identity.domain import Role
from tests.http_gateway import CSV, Gateway, open_gateway
from tests.http_people import PASSWORD, browser, person


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway with two companies."""
    return open_gateway(tmp_path_factory.mktemp("people"), sign_in_tries=1000)


@pytest.fixture(scope="module")
def owner(gateway: Gateway) -> TestClient:
    """The browser of Acme's owner."""
    return person(gateway, "owner@example.com")


@pytest.fixture(scope="module")
def member(gateway: Gateway, owner: TestClient) -> TestClient:
    """The browser of a member of Acme."""
    return person(gateway, "member@example.com", role=Role.MEMBER)


@pytest.fixture(scope="module")
def stranger(gateway: Gateway) -> TestClient:
    """The browser of Globex's owner."""
    return person(gateway, "stranger@example.com", "Globex")


def listed(page: TestClient) -> dict[str, tuple[str, str]]:
    """Role and status by address."""
    return {each["email"]: (each["role"], each["status"]) for each in page.get("/api/members").json()["members"]}


def named_keys(page: TestClient) -> list[str]:
    """The names of all API keys."""
    return [key["name"] for key in page.get("/api/keys").json()["keys"]]


def test_an_invited_person_comes_in(gateway: Gateway, owner: TestClient) -> None:
    """Listed as invited, then as active; the link works once, and a newer one replaces it."""
    wish = {"email": "New@example.com", "role": "member"}
    first, second = (owner.post("/api/members", json=wish).json() for _ in range(2))
    assert ("member", "invited") == listed(owner)["new@example.com"]
    form = {"name": "New", "password": PASSWORD}
    page = browser(gateway)
    assert 404 == page.post("/api/auth/accept", json={**form, "link": first["link"]}).status_code
    assert 201 == page.post("/api/auth/accept", json={**form, "link": second["link"]}).status_code
    assert ("member", "active") == listed(page)["new@example.com"]
    again = owner.post("/api/members", json=wish)
    assert (409, "AddressTaken") == (again.status_code, again.json()["code"])


def test_an_invitation_can_be_withdrawn(gateway: Gateway, owner: TestClient) -> None:
    """Its link opens nothing, and it is no longer listed; its role is changed by inviting again."""
    made = owner.post("/api/members", json={"email": "oops@example.com"}).json()
    where = f"/api/members/{made['member']['id']}"
    assert 409 == owner.patch(where, json={"role": "owner"}).status_code
    assert [204, 404] == [owner.delete(where).status_code for _ in range(2)]
    assert "oops@example.com" not in listed(owner)
    assert 404 == browser(gateway).post("/api/auth/link", json={"link": made["link"]}).status_code


def test_a_forgotten_password(gateway: Gateway, owner: TestClient) -> None:
    """An owner's link sets another, which ends that person's sessions; name and role stay."""
    page = person(gateway, "forgot@example.com", role=Role.MEMBER)
    me = page.get("/api/me").json()["user"]
    link = owner.post(f"/api/members/{me['id']}/link").json()["link"]
    told = browser(gateway).post("/api/auth/link", json={"link": link}).json()
    assert (False, "forgot@example.com") == (told["new_account"], told["email"])
    other = browser(gateway)
    assert 201 == other.post("/api/auth/accept", json={"link": link, "password": "a new one now"}).status_code
    assert me == other.get("/api/me").json()["user"]
    assert 401 == page.get("/api/me").status_code
    assert "forgot@example.com" in listed(owner)


def test_roles(gateway: Gateway, owner: TestClient) -> None:
    """An owner makes another, who may then do as much; one who is removed is out at once."""
    other = person(gateway, "second@example.com", role=Role.MEMBER)
    where = f"/api/members/{other.get('/api/me').json()['user']['id']}"
    assert 403 == other.post("/api/members", json={"email": "x@example.com"}).status_code
    assert "owner" == owner.patch(where, json={"role": "owner"}).json()["role"]
    assert 201 == other.post("/api/members", json={"email": "x@example.com"}).status_code
    assert 204 == owner.delete(where).status_code
    assert 401 == other.get("/api/me").status_code
    signing_in = {"email": "second@example.com", "password": PASSWORD}
    assert 401 == browser(gateway).post("/api/auth/sign-in", json=signing_in).status_code


def test_the_last_owner_stays(gateway: Gateway, stranger: TestClient) -> None:
    """409 to step down and to leave."""
    where = f"/api/members/{stranger.get('/api/me').json()['user']['id']}"
    for answer in (stranger.delete(where), stranger.patch(where, json={"role": "member"})):
        assert (409, "LastOwner") == (answer.status_code, answer.json()["code"])
    assert 200 == stranger.patch(where, json={"role": "owner"}).status_code


OWNERS = (
    ("POST", "/api/members", {"email": "x@example.com"}),
    ("PATCH", "/api/members/{member}", {"role": "owner"}),
    ("POST", "/api/members/{member}/link", None),
    ("DELETE", "/api/members/{member}", None),
    ("POST", "/api/keys", {"name": "mine"}),
    ("DELETE", "/api/keys/{key}", None),
    ("PATCH", "/api/tenant", {"name": "Mine"}),
)


@pytest.mark.parametrize(("method", "path", "body"), OWNERS)
def test_what_only_owners_may(
    gateway: Gateway, owner: TestClient, member: TestClient, method: str, path: str, body: dict[str, str] | None
) -> None:
    """403 for a member and for an API key, with words that tell the two apart; nothing changes."""
    mine = member.get("/api/me").json()["user"]["id"]
    key = owner.get("/api/keys").json()["keys"][0]["id"]
    before = (listed(owner), named_keys(owner))
    path = path.format(member=mine, key=key)
    by_member = member.request(method, path, json=body)
    by_key = gateway.client.request(method, path, json=body, headers=gateway.headers)
    assert [(403, "OwnersOnly"), (403, "PeopleOnly")] == [
        (a.status_code, a.json()["code"]) for a in (by_member, by_key)
    ]
    assert before == (listed(owner), named_keys(owner))


def test_a_strangers_members_and_keys_are_not_there(
    owner: TestClient, member: TestClient, stranger: TestClient
) -> None:
    """404 with their ids, as for ids that never were; and no list of hers shows them."""
    invited = owner.post("/api/members", json={"email": "hidden@example.com"}).json()["member"]["id"]
    members = [member.get("/api/me").json()["user"]["id"], invited, "0" * 32]
    keys = [owner.post("/api/keys", json={"name": "hidden"}).json()["key"]["id"], "0" * 32]
    before = (owner.get("/api/members").json(), owner.get("/api/keys").json())
    for each in members:
        for method, path, body in (
            ("PATCH", f"/api/members/{each}", {"role": "owner"}),
            ("POST", f"/api/members/{each}/link", None),
            ("DELETE", f"/api/members/{each}", None),
        ):
            assert 404 == stranger.request(method, path, json=body).status_code
    for each in keys:
        assert 404 == stranger.delete(f"/api/keys/{each}").status_code
    assert before == (owner.get("/api/members").json(), owner.get("/api/keys").json())
    shown = stranger.get("/api/members").text + stranger.get("/api/keys").text
    assert not any(each in shown for each in (*members[:2], keys[0], "hidden"))


def test_names_can_be_changed(gateway: Gateway, owner: TestClient, member: TestClient) -> None:
    """One's own by anyone who is a person, the company's by an owner."""
    assert "Mo" == member.patch("/api/me", json={"name": " Mo "}).json()["user"]["name"]
    assert "Mo" == member.get("/api/me").json()["user"]["name"]
    assert "Acme Inc" == owner.patch("/api/tenant", json={"name": "Acme Inc"}).json()["tenant"]["name"]
    assert "Acme Inc" == member.get("/api/me").json()["name"]
    assert 422 == owner.patch("/api/tenant", json={"name": " "}).status_code
    assert 403 == gateway.client.patch("/api/me", json={"name": "K"}, headers=gateway.headers).status_code
    owner.patch("/api/tenant", json={"name": "Acme"})


def made_key(owner: TestClient, scope: str) -> tuple[str, dict[str, str]]:
    """Id of a new key, and the header with its secret."""
    made = owner.post("/api/keys", json={"name": f"{scope} key", "scope": scope}).json()
    return made["key"]["id"], {"Authorization": f"Bearer {made['secret']}"}


def test_a_keys_secret_is_shown_once(owner: TestClient) -> None:
    """The list tells keys apart by name and first letters."""
    made = owner.post("/api/keys", json={"name": "Zapier"}).json()
    shown = next(key for key in owner.get("/api/keys").json()["keys"] if key["id"] == made["key"]["id"])
    assert ("Zapier", "read", made["secret"][:8]) == (shown["name"], shown["scope"], shown["shown"])
    assert made["secret"] not in owner.get("/api/keys").text


def test_a_key_that_may_read_changes_nothing(gateway: Gateway, owner: TestClient) -> None:
    """403 on every operation that changes something, whatever its body; what only looks is let in."""
    looking = ("simulate_customer", "preview_mapping", "export_prediction", "export_latest")
    _, reading = made_key(owner, "read")
    prediction = gateway.upload()["id"]
    ids = dict.fromkeys(("prediction_id", "training_id", "profile_id", "member_id", "key_id", "export_id"), prediction)
    changing = 0
    for path, described in gateway.client.get("/openapi.json").json()["paths"].items():
        for method, operation in described.items():
            if method == "get" or path.startswith("/api/auth/"):
                continue
            address = path.format(**ids, customer_id="C-1", version="v", industry="saas", name="x", link="x")
            answer = gateway.client.request(method, address, headers=reading, content=CSV)
            refused = (403, "ReadOnly") == (answer.status_code, answer.json().get("code"))
            assert refused != (operation["operationId"] in looking), path
            changing += refused
    assert changing >= 15
    assert prediction == gateway.client.get(f"/api/predictions/{prediction}", headers=reading).json()["id"]
    assert "read" == gateway.client.get("/api/me", headers=reading).json()["scope"]


def test_a_revoked_key_opens_nothing(gateway: Gateway, owner: TestClient) -> None:
    """From the next request on; other keys work on."""
    key_id, writing = made_key(owner, "write")
    assert 202 == gateway.client.post("/api/csv", content=CSV, headers=writing).status_code
    assert 204 == owner.delete(f"/api/keys/{key_id}").status_code
    assert 401 == gateway.client.get("/api/me", headers=writing).status_code
    assert 200 == gateway.client.get("/api/me", headers=gateway.headers).status_code


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 101}, {"name": "x", "scope": "admin"}])
def test_what_no_key_can_be(owner: TestClient, body: dict[str, str]) -> None:
    """A name, and one of two scopes."""
    assert 422 == owner.post("/api/keys", json=body).status_code
