"""What a browser needs: the session's cookie, and the guard against other sites that would use it."""

from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request, Response

from services.gateway.identity.domain import NotSameOrigin

COOKIE = "retainwise_session"

OUR_PAGE = ("X-Requested-With", "RetainWise")
"""Sent by our page with what changes something. Another site's page can send it only after asking, and is told no."""

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def set_session(response: Response, request: Request, token: str, expires_at: datetime, public_url: str) -> None:
    """The cookie: scripts cannot read it, other sites cannot send it, and over TLS it never leaves TLS."""
    response.set_cookie(
        COOKIE,
        token,
        expires=expires_at,
        path="/",
        httponly=True,
        samesite="strict",
        secure=_over_tls(request, public_url),
    )


def drop_session(response: Response, request: Request, public_url: str) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=_over_tls(request, public_url))


def from_our_page(request: Request, public_url: str) -> None:
    """Raises NotSameOrigin where the browser says that another site's page sent the request."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(public_url).netloc} - {""}
    if site not in (None, "same-origin", "none") or (origin is not None and urlsplit(origin).netloc not in ours):
        raise NotSameOrigin("this request came from another site's page; open RetainWise itself and do it there")


def meant_by_our_page(request: Request, public_url: str) -> None:
    """The same for what changes something by the cookie alone, which a browser sends unasked."""
    from_our_page(request, public_url)
    name, value = OUR_PAGE
    if request.headers.get(name) != value:
        raise NotSameOrigin(f'with the session\'s cookie, what changes something needs the header "{name}: {value}"')


def _over_tls(request: Request, public_url: str) -> bool:
    return request.url.scheme == "https" or public_url.startswith("https://")
