"""The page over HTTP: its files, its document, and what is never taken for either."""

from pathlib import Path

import pytest

from services.gateway.pages import NONCE, SESSION
from services.gateway.routes.browser import COOKIE
from tests.http_gateway import Gateway, open_gateway

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Gateway:
    """A gateway with a small build."""
    folder = tmp_path_factory.mktemp("built")
    _write(folder / "page" / "index.html", f'<meta nonce="{NONCE}" content="{SESSION}"><div id="root"></div>')
    _write(folder / "page" / "assets" / "app-1a2b.js", "app()")
    _write(folder / "page" / "assets" / "app-1a2b.js.br", "br")
    _write(folder / "page" / "favicon.svg", "<svg/>")
    _write(folder / "secret.txt", "not of the page")
    return open_gateway(folder)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("path", ["/", "/dashboard", "/predictions/12ab/customers/C-1?risk=high", "/welcome"])
def test_every_address_of_the_page_gets_the_document(built: Gateway, path: str) -> None:
    """Without asking who it is: the document holds nothing of anyone."""
    answer = built.client.get(path, headers=HTML)
    assert (200, "text/html; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert 'id="root"' in answer.text
    assert NONCE not in answer.text
    assert "no-cache" == answer.headers["cache-control"]
    assert "etag" not in answer.headers
    for name, value in {
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
    }.items():
        assert value == answer.headers[name]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("cookie", "said"), [({}, "no"), ({COOKIE: "not.even.valid"}, "yes")])
def test_the_document_says_whether_a_session_came_with_it(built: Gateway, cookie: dict[str, str], said: str) -> None:
    """Not whose, and not whether it holds: that costs a question, which the page asks by itself."""
    headers = {**HTML, "Cookie": "; ".join(f"{name}={value}" for name, value in cookie.items())}
    assert f'content="{said}"' in built.client.get("/dashboard", headers=headers).text


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "gzip"), ("identity", None), ("gzip;q=0", None)])
def test_the_document_is_packed_for_whoever_takes_it_so(built: Gateway, accepted: str, encoding: str | None) -> None:
    """On its way, as it has a new nonce each time."""
    answer = built.client.get("/", headers={**HTML, "Accept-Encoding": accepted})
    assert (encoding, "Accept-Encoding, Cookie") == (answer.headers.get("content-encoding"), answer.headers["vary"])
    assert 'id="root"' in answer.text


def test_files_with_a_digest_in_their_name_are_kept_for_good(built: Gateway) -> None:
    """Compressed beforehand, with a type and an ETag; asked for again, they are not sent again."""
    answer = built.client.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "identity"})
    assert (200, "app()") == (answer.status_code, answer.text)
    assert "public, max-age=31536000, immutable" == answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "Accept-Encoding" == answer.headers["vary"]
    again = built.client.get(
        "/assets/app-1a2b.js", headers={"Accept-Encoding": "identity", "If-None-Match": answer.headers["etag"]}
    )
    assert (304, b"") == (again.status_code, again.content)
    head = built.client.head("/assets/app-1a2b.js", headers={"Accept-Encoding": "br"})
    assert ("br", "2") == (head.headers["content-encoding"], head.headers["content-length"])
    assert answer.headers["etag"] != head.headers["etag"]


@pytest.mark.parametrize(
    "path", ["/assets/app-old.js", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/assets/app-1a2b.js.br"]
)
def test_a_file_that_is_not_of_the_build_is_not_there(built: Gateway, path: str) -> None:
    """Not even as a page: a browser would try to run the document as a script."""
    answer = built.client.get(path)
    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


@pytest.mark.parametrize("path", ["/api/nothing", "/api", "/problems/nothing", "/.well-known/nothing"])
def test_the_api_never_answers_with_a_page(built: Gateway, path: str) -> None:
    """A program that asks for what is not there gets a problem, though it takes HTML."""
    answer = built.client.get(path, headers=HTML)
    assert (404, "application/problem+json") == (answer.status_code, answer.headers["content-type"])


def test_an_unknown_address_is_told_in_a_persons_words(built: Gateway) -> None:
    """With the page's own words for a browser, and a problem for a program; 404 for both."""
    browser = built.client.get("/wp-admin.php", headers=HTML)
    assert (404, "text/html; charset=utf-8") == (browser.status_code, browser.headers["content-type"])
    program = built.client.get("/wp-admin.php", headers={"Accept": "application/json"})
    assert (404, "application/problem+json") == (program.status_code, program.headers["content-type"])


def test_the_page_is_only_read(built: Gateway) -> None:
    """Other methods are refused, and say which there are."""
    assert 405 == built.client.post("/dashboard").status_code


def test_without_a_build_the_root_says_how_to_make_one(gateway: Gateway) -> None:
    """The API is there all the same."""
    root = gateway.client.get("/", headers=HTML)
    assert (200, "text/plain; charset=utf-8") == (root.status_code, root.headers["content-type"])
    assert "make page" in root.text
    page = gateway.client.get("/dashboard", headers=HTML)
    assert (404, True) == (page.status_code, "make page" in page.json()["detail"])
