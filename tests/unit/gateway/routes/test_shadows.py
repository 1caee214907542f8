"""The shadow over HTTP: named, listed with the models, taken back."""

from typing import Any

from tests.http_gateway import Gateway

URL = "/api/models/shadows/saas"


def put(gateway: Gateway, version: str, url: str = URL) -> Any:
    """The answer to naming a version."""
    return gateway.client.put(url, json={"version": version}, headers=gateway.headers)


def listed(gateway: Gateway) -> list[Any]:
    """The shadows beside the models."""
    return list(gateway.client.get("/api/models", headers=gateway.headers).json()["shadows"])


def test_a_model_of_ones_own_is_named_and_taken_back(new_gateway: Gateway) -> None:
    """It stands in the list until it is taken back; doing either twice does it once."""
    new_gateway.trained("v1", "v2")
    for _ in range(2):
        answer = put(new_gateway, "v1")
        assert 200 == answer.status_code, answer.text
    shadow = answer.json()
    assert ("saas", "v1", "ab" * 32, True) == tuple(shadow[name] for name in ("industry", "version", "digest", "own"))
    assert [shadow] == listed(new_gateway)
    tenant = new_gateway.client.get("/api/me", headers=new_gateway.headers).json()["id"]
    kept = new_gateway.parts.families.shadows(tenant)["saas"]
    assert (new_gateway.parts.families.own(tenant, "saas"), "v1") == (kept.family, kept.version)
    for _ in range(2):
        assert 204 == new_gateway.client.delete(URL, headers=new_gateway.headers).status_code
    assert [] == listed(new_gateway)


def test_another_one_takes_its_place(new_gateway: Gateway) -> None:
    """There is one for an industry, and each industry has its own."""
    new_gateway.trained("v1", "v2")
    new_gateway.trained("t1", industry="telecom")
    for version, url in (("v1", URL), ("v2", URL), ("t1", "/api/models/shadows/telecom")):
        assert 200 == put(new_gateway, version, url).status_code
    assert [("saas", "v2"), ("telecom", "t1")] == [(each["industry"], each["version"]) for each in listed(new_gateway)]


def test_the_baseline_can_be_named(new_gateway: Gateway) -> None:
    """By its version, or as the one in use now, which then stays the version it is."""
    new_gateway.models.put_to_use("baseline-saas", "b1", "b2")
    for said, version in (("baseline", "b2"), ("b1", "b1")):
        shadow = put(new_gateway, said).json()
        assert (version, False) == (shadow["version"], shadow["own"])


def test_what_is_not_there_is_not_named(new_gateway: Gateway) -> None:
    """Neither an unknown version, nor one of another industry or tenant; and the shadow before stays."""
    new_gateway.trained("v1")
    new_gateway.trained("t1", industry="telecom")
    new_gateway.models.put_to_use("f-of-somebody-else", "x1")
    assert 200 == put(new_gateway, "v1").status_code
    for version in ("v9", "t1", "x1", "baseline"):  # there is no baseline in this registry
        answer = put(new_gateway, version)
        assert (404, True) == (answer.status_code, "GET /api/models" in answer.json()["detail"])
    assert ["v1"] == [each["version"] for each in listed(new_gateway)]


def test_what_cannot_be_meant_is_refused(new_gateway: Gateway) -> None:
    """Before anything is asked of the registry."""
    for url, said in ((URL, {}), (URL, {"version": "v" * 101}), ("/api/models/shadows/banking", {"version": "v1"})):
        answer = new_gateway.client.put(url, json=said, headers=new_gateway.headers)
        assert (422, "application/problem+json") == (answer.status_code, answer.headers["content-type"])
