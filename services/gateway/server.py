"""The shell: puts the routes, the problems and the envelope together into one HTTP application."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.routing import APIRoute
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES

from services.gateway import problems
from services.gateway.caching import FileCache
from services.gateway.leftovers import remove_leftovers
from services.gateway.listeners import Listeners
from services.gateway.pages import Page
from services.gateway.parts import Parts
from services.gateway.results import Results
from services.gateway.routes import (
    auth,
    changes,
    customers,
    events,
    exports,
    history,
    keys,
    manual,
    mapping,
    me,
    members,
    models,
    overview,
    pages,
    plans,
    predictions,
    profiles,
    reports,
    service,
    shadows,
    simulating,
    templates,
    thresholds,
    uploads,
)
from services.gateway.routes.envelope import Envelope

PACKED_BYTES_MIN = 1024
"""Below it packing saves less than a phone's next packet."""

PACKED_LEVEL = 4
"""A page of 50 customers becomes a tenth at every level; higher ones take longer over it."""

SENT_AS_IT_IS = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "text/*",  # the page is packed already; a list for a spreadsheet says how long it is, for the browser's progress
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)

VERSION = "1"
"""Of the HTTP API; it grows, and what stands in it does not change."""

DESCRIPTION = (
    "Upload a customer file as your tool exports it; get each customer's probability of leaving, the reasons, and "
    "what to do about it. Errors are problem+json (RFC 9457) and every answer carries X-Request-Id."
)


ROUTES = (
    uploads,
    predictions,
    events,
    history,
    customers,
    overview,
    exports,
    simulating,
    changes,
    reports,
    mapping,
    profiles,
    models,
    shadows,
    thresholds,
    templates,
    auth,
    me,
    members,
    keys,
    plans,
    service,
    manual,
    pages,
)
"""In the order in which the manual shows them; the page takes what the others leave."""


def build_app(parts: Parts) -> FastAPI:
    """The application over these parts. Whoever serves it runs its lifespan, which closes what it opened."""
    settings = parts.settings
    remove_leftovers(settings.scratch_dir / "uploads", "upload-*")
    results = open_results(parts)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        results.close()

    app = bare_app(lifespan)
    app.state.parts = parts
    app.state.results = results
    app.state.listeners = Listeners()
    app.state.page = Page(settings.page_dir)
    problems.install(app)
    if settings.cors_origins:
        _let_other_pages_call(app, settings.cors_origins)
    # No answer holds a secret beside the caller's own words, so its packed length tells nothing (BREACH).
    app.add_middleware(
        GZipMiddleware,
        minimum_size=PACKED_BYTES_MIN,
        compresslevel=PACKED_LEVEL,
        exclude_content_types=SENT_AS_IT_IS,
    )
    app.add_middleware(Envelope)
    return app


def bare_app(lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None) -> FastAPI:
    """The routes and their description, with nothing behind them."""
    app = FastAPI(
        title="RetainWise",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the Host header, which anyone can set
        generate_unique_id_function=_operation_id,
        lifespan=lifespan,
    )
    for routes in ROUTES:
        app.include_router(routes.router)
    app.openapi = partial(manual.describe, app)  # type: ignore[method-assign]  # FastAPI's documented way
    return app


def _let_other_pages_call(app: FastAPI, origins: str) -> None:
    """Pages of these origins, comma-separated, may call with a token; a browser sends them no session's cookie."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[origin.strip() for origin in origins.split(",") if origin.strip()],
        allow_credentials=False,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-Id"],
        expose_headers=["Location", "Retry-After", "X-Request-Id"],
    )


def open_results(parts: Parts) -> Results:
    settings = parts.settings
    folder = settings.scratch_dir / "results"
    return Results(
        FileCache(parts.store, folder / "copies", settings.results_cache_bytes_max),
        folder,
        queries_max=settings.queries_max,
        wait_s=settings.query_wait_s,
        memory_mib=settings.query_memory_mib,
        spill_bytes_max=settings.query_spill_bytes_max,
        threads=settings.threads,
        downloads_bytes_max=settings.downloads_bytes_max,
    )


def _operation_id(route: APIRoute) -> str:
    # Names of functions: clients are generated from them, so they stay.
    return route.name
