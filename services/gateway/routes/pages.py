"""The page: its files, and one document for all of its addresses."""

import gzip
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException

from libs.errors import NotFound
from services.gateway.pages import PAGES, BuiltFile, Page, document_of, encodings
from services.gateway.routes.browser import COOKIE

ROOT_WORDS = (
    "RetainWise. The API is described at /docs and, for programs, at /openapi.json.\n"
    "The page for people is not built: run `make page` (it needs Node 20 or later), and load this again.\n"
)


class PagePath(Convertor[str]):
    """A path that is not the API's: what is wrong there is told as a problem, never as a page."""

    regex = r"(?!(?:api|problems|healthz|readyz|\.well-known)(?:/|$)).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", PagePath())
router = APIRouter(include_in_schema=False)


def _page(request: Request) -> Page:
    page: Page = request.app.state.page
    return page


@router.api_route("/{path:page}", methods=["GET", "HEAD"])
def get_page(path: str, request: Request, page: Annotated[Page, Depends(_page)]) -> Response:
    """A file of the build, or the document, which finds the rest of the way by itself."""
    build = page.build()
    if build is None:
        return _unbuilt(path)
    if path in build.files:
        return _file(build.files[path], request)
    known = path.partition("/")[0] in PAGES
    if not known and (path.startswith("assets/") or "text/html" not in request.headers.get("accept", "")):
        raise HTTPException(404)
    document, headers = document_of(build, page.clerk, session=COOKIE in request.cookies)
    return _html(document, 200 if known else 404, headers, request)


def _unbuilt(path: str) -> Response:
    if path == "":
        return PlainTextResponse(ROOT_WORDS)
    if path.partition("/")[0] in PAGES:
        raise NotFound("the page is not built here; `make page` builds it")
    raise HTTPException(404)


def _html(document: str, status: int, headers: dict[str, str], request: Request) -> Response:
    body = document.encode()
    headers["Vary"] = "Accept-Encoding, Cookie"
    if "gzip" in encodings(request.headers.get("accept-encoding", "")):
        body = gzip.compress(body, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HTMLResponse(body, status, headers)


def _file(file: BuiltFile, request: Request) -> Response:
    encoding, path, etag = file.best(request.headers.get("accept-encoding", ""))
    headers = {"ETag": etag, "Cache-Control": file.cache_control, "Vary": "Accept-Encoding"}
    if etag in [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(path.read_bytes(), media_type=file.media_type, headers=headers)
