"""The built page as it lies on the disk."""

import base64
import os
import re
from pathlib import Path

import pytest

from libs.errors import InvalidInput
from services.gateway.pages import NONCE, PAGES, Page, document_of

ROOT = Path(__file__).parents[3]
DOCUMENT = f'<meta nonce="{NONCE}"><script>\n dark()\n</script><script src="/assets/app.js"></script>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small build."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(DOCUMENT)
    (tmp_path / "assets" / "app.js").write_text("app()")
    (tmp_path / "assets" / "app.js.br").write_bytes(b"br")
    (tmp_path / "assets" / "app.js.gz").write_bytes(b"gz")
    (tmp_path / "robots.txt").write_text("User-agent: *")
    return tmp_path


def test_the_document_gets_a_nonce_of_its_own_each_time(folder: Path) -> None:
    """In the document and in the policy alike; the placeholder is gone."""
    build = Page(folder).build()
    assert build is not None
    nonces = set()
    for _ in range(2):
        document, headers = document_of(build)
        found = re.search(r'nonce="([\w-]{20,})"', document)
        assert found
        assert f"style-src 'self' 'nonce-{found[1]}'" in headers["Content-Security-Policy"]
        nonces.add(found[1])
    assert 2 == len(nonces)
    assert NONCE not in document


def test_the_policy_lets_in_our_scripts_alone(folder: Path) -> None:
    """The inline one by the digest of its bytes (as `openssl dgst` gives it); nothing inline by itself."""
    build = Page(folder).build()
    assert build is not None
    policy = document_of(build)[1]["Content-Security-Policy"]
    assert "script-src 'self' 'sha256-K5aa0QC+0f4l7FJdIGaQhzLzFBYkbxGdPaKatopJB/Q='" in policy
    assert "unsafe" not in policy
    for closed in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert closed in policy


def test_the_policy_lets_in_clerk_where_it_signs_people_in(folder: Path) -> None:
    """Its scripts and its own hosts, and nobody else's; no part of the page's own rules goes."""
    key = "pk_test_" + base64.b64encode(b"calm-otter-7.clerk.accounts.dev$").decode().rstrip("=")
    page = Page(folder, key)
    build = page.build()
    assert build is not None
    directives = document_of(build, page.clerk)[1]["Content-Security-Policy"].split("; ")
    ours = document_of(build)[1]["Content-Security-Policy"].split("; ")
    host = "https://calm-otter-7.clerk.accounts.dev"
    assert any(each.startswith("script-src 'self' 'sha256-") and host in each for each in directives)
    assert f"connect-src 'self' {host}" in directives
    assert "unsafe" not in " ".join(directives)
    assert {each.split(" ")[0] for each in ours} | {"frame-src", "worker-src"} == {
        each.split(" ")[0] for each in directives
    }


@pytest.mark.parametrize("key", ["pk_test", "pk_test_%%%", "pk_test_", "sk_live_" + "YSBiOyBzY3JpcHQtc3JjICo="])
def test_a_key_that_names_no_host_is_refused(folder: Path, key: str) -> None:
    """It would open the policy to whatever it says; the operator learns of it at the start."""
    with pytest.raises(InvalidInput, match="copy the one that begins with pk_"):
        Page(folder, key)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", ""), ("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("zstd", ""), ("br; q=0.0", "")],
)
def test_the_best_encoding_that_the_browser_takes(folder: Path, accepted: str, encoding: str) -> None:
    """Each has an ETag of its own."""
    build = Page(folder).build()
    assert build is not None
    file = build.files["assets/app.js"]
    assert encoding == file.best(accepted)[0]
    assert 3 == len({etag for _, etag in file.variants.values()})


def test_what_lies_beside_a_file_is_no_file_of_its_own(folder: Path) -> None:
    """Nor is the document, which never leaves without a nonce."""
    build = Page(folder).build()
    assert build is not None
    assert {"assets/app.js", "robots.txt"} == set(build.files)
    assert "immutable" in build.files["assets/app.js"].cache_control
    assert "immutable" not in build.files["robots.txt"].cache_control


def test_a_new_build_is_noticed(folder: Path) -> None:
    """`make page` beside a running product."""
    page = Page(folder)
    assert page.build() is page.build()
    (folder / "assets" / "new.js").write_text("new()")
    later = (folder / "index.html").stat().st_mtime + 1
    os.utime(folder / "index.html", (later, later))
    build = page.build()
    assert build is not None
    assert "assets/new.js" in build.files


def test_no_build_is_none(tmp_path: Path) -> None:
    """The API works without a page."""
    assert Page(tmp_path / "absent").build() is None


def test_every_address_of_the_page_is_known() -> None:
    """The first part of each route in routes.tsx is in PAGES, and no other."""
    routes = (ROOT / "frontend" / "src" / "app" / "routes.tsx").read_text()
    named = {path.split("/")[1] for path in re.findall(r'path="(/[^"]*)"', routes)}
    assert named <= set(PAGES)
