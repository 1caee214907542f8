"""One tenant never sees another's: every operation of the OpenAPI, tried by a stranger who owns another company."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.http_gateway import QUESTION, Gateway, open_gateway, results_table
from tests.http_people import person

SECRET = "acme-secret"
"""Stands in everything that is Acme's: its file's name, customers, reasons, report and questions."""

VERSION = "acme0model"
"""Of Acme's model."""

METHODS = ("get", "put", "post", "delete", "patch")

OWNED = ("{prediction_id}", "{profile_id}", "{training_id}", "{version}", "{member_id}", "{key_id}", "{export_id}")
"""Stand in the paths of what is one tenant's."""

NOTHING_OF_ONES_OWN = {
    ("post", "/api/exports"): 409,
    ("post", "/api/models/rollback"): 404,
    ("put", "/api/models/shadows/{industry}"): 404,
}
"""What is refused to who has nothing that it could act on, and how."""

ENTERING = "/api/auth/"
"""How people come in and go out: test_http_identity tries those."""

PUBLIC = {"/healthz", "/readyz", "/api/auth", "/.well-known/jwks.json", "/api/plans"}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway with two tenants, of whom Acme has predictions in every state."""
    return open_gateway(tmp_path_factory.mktemp("tenants"))


@pytest.fixture(scope="module")
def mine(gateway: Gateway) -> list[str]:
    """Acme's predictions: completed and compared, waiting for an answer, queued, and what it was compared with."""
    table = results_table(5)
    ids = pa.array([f"{SECRET}-{row}" for row in range(5)])
    table = table.set_column(0, "customer_id", ids)
    quarantine = pa.table({"source_row": [1], "customer_id": [SECRET], "reason": ["no tenure"]})
    earlier = gateway.complete(table, filename=f"{SECRET}.csv")
    completed = gateway.complete(table, quarantine=quarantine, filename=f"{SECRET}.csv")
    gateway.compared(completed["id"], earlier["id"], SECRET)
    gateway.exported(completed["id"], SECRET)
    waiting = gateway.upload(filename=f"{SECRET}.csv")
    gateway.parts.jobs.ask(gateway.claim(waiting["id"]), (QUESTION,), SECRET)
    return [completed["id"], waiting["id"], gateway.upload(filename=f"{SECRET}.csv")["id"], earlier["id"]]


@pytest.fixture(scope="module")
def trainings(gateway: Gateway) -> list[str]:
    """Acme's trainings: completed with a model, which is shadowed, and a report; and waiting for an answer."""
    made = [gateway.trained(VERSION, filename=f"{SECRET}.csv"), gateway.asking_training(f"{SECRET}.csv")]
    shadowed = gateway.client.put("/api/models/shadows/saas", json={"version": VERSION}, headers=gateway.headers)
    assert 200 == shadowed.status_code, shadowed.text
    return made


@pytest.fixture(scope="module")
def profile(gateway: Gateway) -> str:
    """Acme's mapping profile."""
    return gateway.teach(f"{SECRET}.csv")


def operations(gateway: Gateway) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of every operation."""
    for path, described in gateway.client.get("/openapi.json").json()["paths"].items():
        for method, operation in described.items():
            assert method in METHODS
            if not path.startswith(ENTERING):
                yield method, path, operation


def bodies(operation: dict[str, Any]) -> dict[str, Any]:
    """Something that the operation takes as its body."""
    content = operation.get("requestBody", {}).get("content", {})
    if "multipart/form-data" in content:
        return {"content": b"customer_id,tenure_months,mrr\nC-1,3,49\n"}
    said = FORMS.get(operation["operationId"], {"decisions": {"mrr": "amount"}, "version": VERSION})
    return {"json": said} if "application/json" in content else {}


FORMS = {
    "invite_member": {"email": "new@globex.example"},
    "change_member": {"role": "owner"},
    "create_key": {"name": "another"},
    "rename_me": {"name": "Stan"},
    "put_plan": {"plan": "enterprise"},
    "rename_tenant": {"name": "Globex Inc"},
}
"""Bodies that take their own fields and no others, by operation."""


def filled(path: str, owned_id: str) -> str:
    """The path with Acme's ids in it."""
    names = ("prediction_id", "profile_id", "training_id", "version", "member_id", "key_id", "export_id")
    own = {**dict.fromkeys(names, owned_id), "customer_id": f"{SECRET}-0"}
    return path.format(**own, industry="saas", name="chargebee-subscriptions")


@pytest.fixture(scope="module")
def people(gateway: Gateway) -> dict[str, list[str]]:
    """Ids of Acme's: a member, one who is invited, and a key."""
    page = person(gateway, f"{SECRET}@example.com")
    invited = page.post("/api/members", json={"email": f"{SECRET}-2@example.com"}).json()["member"]["id"]
    key = page.post("/api/keys", json={"name": SECRET}).json()["key"]["id"]
    return {"{member_id}": [page.get("/api/me").json()["user"]["id"], invited], "{key_id}": [key]}


@pytest.fixture(scope="module")
def strange(gateway: Gateway) -> dict[str, str]:
    """Headers of an owner of Globex, who may all that a company's owner may."""
    page = person(gateway, "stranger@example.com", "Globex")
    return {"Cookie": f"retainwise_session={page.cookies['retainwise_session']}", "X-Requested-With": "RetainWise"}


def state(gateway: Gateway, mine: list[str], trainings: list[str]) -> str:
    """All that Acme has, as Acme sees it, and every stored object."""
    seen = [gateway.client.get(f"/api/predictions/{each}", headers=gateway.headers).json() for each in mine]
    objects = sorted((info.key, info.etag) for info in gateway.parts.store.list("tenants/"))
    own = [key for key in objects if any(each in key[0] for each in (*mine, *trainings))]
    profiles = gateway.client.get("/api/mapping/profiles", headers=gateway.headers).json()
    learnt = [gateway.client.get(f"/api/trainings/{each}", headers=gateway.headers).json() for each in trainings]
    models = gateway.client.get("/api/models", headers=gateway.headers).json()
    members = gateway.client.get("/api/members", headers=gateway.headers).json()
    keys = [key["id"] for key in gateway.client.get("/api/keys", headers=gateway.headers).json()["keys"]]
    exports = gateway.client.get("/api/exports", headers=gateway.headers).json()
    assert exports["exports"]
    return json.dumps([seen, own, profiles, learnt, models, members, keys, exports])


def test_every_route_of_one_thing_hides_a_strangers(
    gateway: Gateway,
    mine: list[str],
    trainings: list[str],
    profile: str,
    people: dict[str, list[str]],
    strange: dict[str, str],
) -> None:
    """404 with Acme's ids for Globex's owner, just as for an id that never was; and nothing of Acme's changes."""
    before = state(gateway, mine, trainings)
    tried = 0
    for method, path, operation in operations(gateway):
        if not any(part in path for part in OWNED):
            continue
        owned = {"{prediction_id}": [*mine, *trainings], "{training_id}": [*trainings, *mine], "{version}": [VERSION]}
        exports = gateway.client.get("/api/exports", headers=gateway.headers).json()["exports"]
        owned |= people | {"{export_id}": [export["id"] for export in exports]}
        for owned_id in next((ids for part, ids in owned.items() if part in path), [profile]):
            ask = {"headers": strange, **bodies(operation)}
            answer = gateway.client.request(method, filled(path, owned_id), **ask)
            never = gateway.client.request(method, filled(path, "0" * 32), **ask)
            assert (404, 404) == (answer.status_code, never.status_code), f"{method} {path}"
            assert SECRET not in answer.text
            same = ("type", "title", "code", "status")
            assert [never.json()[name] for name in same] == [answer.json()[name] for name in same]
            tried += 1
    assert tried >= 10 * len(mine) + 3 + 3 * len(trainings) + 2 + 7
    assert before == state(gateway, mine, trainings)


def test_no_other_route_shows_a_strangers(
    gateway: Gateway,
    mine: list[str],
    trainings: list[str],
    profile: str,
    people: dict[str, list[str]],
    strange: dict[str, str],
) -> None:
    """Lists, previews and uploads of Globex never hold a word of Acme's."""
    before = state(gateway, mine, trainings)
    for method, path, operation in operations(gateway):
        if any(part in path for part in OWNED):
            continue
        answer = gateway.client.request(method, filled(path, ""), headers=strange, **bodies(operation))
        refused = NOTHING_OF_ONES_OWN.get((method, path))
        assert answer.status_code == refused if refused else answer.status_code < 300, f"{method} {path}: {answer.text}"
        assert SECRET not in answer.text
        ids = (*mine, *trainings, VERSION, profile, *people["{member_id}"], *people["{key_id}"])
        assert not any(each in answer.text for each in ids)
    assert before == state(gateway, mine, trainings)


def test_a_strangers_place_in_the_list_is_unknown(gateway: Gateway, mine: list[str]) -> None:
    """Paging after Acme's id tells Globex nothing of when it was made."""
    for prediction_id in mine:
        answer = gateway.client.get("/api/predictions/", params={"after": prediction_id}, headers=gateway.other_headers)
        assert 404 == answer.status_code


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer rw_nobody"}, {"Authorization": "Basic YTpi"}])
def test_every_route_under_api_wants_a_token(gateway: Gateway, mine: list[str], headers: dict[str, str]) -> None:
    """401 and how to authenticate, before anything else is looked at; only the probes are open."""
    for method, path, operation in operations(gateway):
        answer = gateway.client.request(method, filled(path, mine[0]), headers=headers, **bodies(operation))
        if path in PUBLIC:
            assert 200 == answer.status_code
            continue
        assert path.startswith("/api/")
        assert (401, "application/problem+json") == (answer.status_code, answer.headers["content-type"]), path
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert SECRET not in answer.text
        assert [{"token": []}, {"session": []}] == operation["security"]


def test_the_owner_sees_them(gateway: Gateway, mine: list[str]) -> None:
    """The walk above proves something: the same addresses answer Acme."""
    own = ("", "/customers", f"/customers/{SECRET}-0", "/summary", "/export", "/results.parquet", "/quarantine")
    for path in (*own, "/changes", "/changes.parquet", "/outcomes"):
        answer = gateway.client.get(f"/api/predictions/{mine[0]}{path}", headers=gateway.headers)
        assert 200 == answer.status_code, path


def test_objects_lie_under_their_tenant(gateway: Gateway, mine: list[str]) -> None:
    """Every key of Acme's begins with Acme's id."""
    tenant = gateway.client.get("/api/me", headers=gateway.headers).json()["id"]
    for prediction_id in mine:
        keys = [info.key for info in gateway.parts.store.list("") if prediction_id in info.key]
        assert keys
        assert all(key.startswith(f"tenants/{tenant}/jobs/{prediction_id}/") for key in keys)


def test_tenants_share_no_cached_answer(tmp_path: Path) -> None:
    """Two tenants upload the same bytes: each gets its own prediction, and deleting one leaves the other."""
    gateway = open_gateway(tmp_path)
    table = results_table(4)
    first, second = gateway.complete(table), gateway.complete(table, headers=gateway.other_headers)
    url = "/api/predictions/{}/customers"
    for prediction, headers in ((first, gateway.headers), (second, gateway.other_headers)):
        assert 4 == gateway.client.get(url.format(prediction["id"]), headers=headers).json()["total"]
    gateway.client.delete(f"/api/predictions/{first['id']}", headers=gateway.headers)
    assert 4 == gateway.client.get(url.format(second["id"]), headers=gateway.other_headers).json()["total"]


def test_nothing_is_compared_with_a_strangers(gateway: Gateway, mine: list[str]) -> None:
    """Globex cannot name Acme's prediction as the earlier one, and finds none of its own before its first."""
    own = gateway.complete(results_table(3), headers=gateway.other_headers)
    url = f"/api/predictions/{own['id']}/changes"
    for method in ("post", "get"):
        for against in (mine[0], "0" * 32):
            ask = {"params": {"against": against}, "headers": gateway.other_headers}
            assert 404 == gateway.client.request(method, url, **ask).status_code
    assert 409 == gateway.client.post(url, headers=gateway.other_headers).status_code
