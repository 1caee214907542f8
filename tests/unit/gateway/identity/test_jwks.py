"""An outer issuer's keys, fetched from a real server on this machine."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from libs.errors import Unauthenticated, Unavailable
from services.gateway.identity.jwks import COOLDOWN_S, FetchedKeys
from tests.jwt_maker import OuterIssuer


class Site:
    """Serves a JWKS and counts. answer: status and document."""

    def __init__(self) -> None:
        self.answer: tuple[int, Any] = (200, {"keys": []})
        self.asked = 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked += 1
                status, document = site.answer
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(json.dumps(document).encode())

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/.well-known/jwks.json"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of keys."""
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


class Clock:
    """Stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


ISSUER = OuterIssuer()


def test_keys_are_fetched_once_and_when_needed(site: Site) -> None:
    """Not at the start; then from memory."""
    site.answer = (200, ISSUER.jwks())
    keys = FetchedKeys(site.url)
    assert 0 == site.asked
    assert ["key-1"] * 3 == [keys.key("key-1").key_id for _ in range(3)]
    assert 1 == site.asked


def test_unknown_keys_do_not_make_us_ask_again_and_again(site: Site) -> None:
    """A stranger names keys as often as it likes; the issuer is left in peace."""
    site.answer = (200, ISSUER.jwks())
    keys = FetchedKeys(site.url)
    for number in range(20):
        with pytest.raises(Unauthenticated):
            keys.key(f"made-up-{number}")
    assert 1 == site.asked


def test_a_silent_issuer_is_asked_rarely_and_known_keys_still_work(site: Site) -> None:
    """503 with a wait for who is not known; whose key was seen comes in."""
    clock = Clock()
    keys = FetchedKeys(site.url, clock)
    site.answer = (500, {})
    for _ in range(5):
        with pytest.raises(Unavailable) as refused:
            keys.key("key-1")
    assert (1, COOLDOWN_S) == (site.asked, refused.value.retry_after_s)
    clock.now += COOLDOWN_S + 1
    site.answer = (200, ISSUER.jwks())
    assert "key-1" == keys.key("key-1").key_id
    site.answer = (500, {})
    keys._client.jwk_set_cache = type(keys._client.jwk_set_cache)(1e-9)  # type: ignore[call-arg, misc]
    assert "key-1" == keys.key("key-1").key_id
    assert 3 == site.asked


@pytest.mark.parametrize("answer", [(200, {"keys": []}), (200, ["x"]), (200, "text"), (302, {})])
def test_what_is_no_set_of_keys(site: Site, answer: tuple[int, Any]) -> None:
    """Nobody comes in, and nothing breaks; a redirect is not followed."""
    site.answer = answer
    with pytest.raises((Unauthenticated, Unavailable)):
        FetchedKeys(site.url).key("key-1")
    assert 1 == site.asked
