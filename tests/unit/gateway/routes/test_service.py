"""The service itself over HTTP."""

from tests.http_gateway import Gateway, with_parts


def test_me_is_the_tokens_tenant(gateway: Gateway) -> None:
    """Each token its own."""
    names = [gateway.client.get("/api/me", headers=h).json()["name"] for h in (gateway.headers, gateway.other_headers)]
    assert ["Acme", "Globex"] == names


def test_health_needs_nothing(gateway: Gateway) -> None:
    """200 without a token."""
    assert {"status": "ok"} == gateway.client.get("/healthz").json()


def test_readiness_follows_the_dependencies(gateway: Gateway) -> None:
    """200 while all answer, 503 naming the one that does not."""
    assert 200 == gateway.client.get("/readyz").status_code
    answer = with_parts(gateway, ready=lambda: {"database": True, "store": False}).get("/readyz")
    assert (503, {"ready": False, "parts": {"database": True, "store": False}}) == (answer.status_code, answer.json())


def test_the_root_points_to_the_manual(gateway: Gateway) -> None:
    """A person who opens the address learns where to go."""
    assert "/docs" in gateway.client.get("/").text
