"""The API's description: OpenAPI for programs, a plain page for people, and a page for each kind of problem."""

from html import escape
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, PlainTextResponse

from libs.errors import KINDS, NotFound
from services.gateway import problems

router = APIRouter(include_in_schema=False)

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""The page runs no script. The usual ones load theirs from a stranger's server, into the origin of the dashboard."""

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "code{background:#f2f2f2;padding:.1em .3em}h3{margin-top:2rem}table{border-collapse:collapse}"
    "td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}"
)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document: FastAPI's own, with problems as the one shape of every error."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=app.openapi_tags
        )
        schemas = document["components"]["schemas"]
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= problem.pop("$defs")
        schemas["Problem"] = problem
        dressed = {
            "description": "A problem (RFC 9457).",
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for operations in document["paths"].values():
            for operation in operations.values():
                operation["responses"].pop("422", None)
                operation["responses"]["4XX"] = dressed
                operation["responses"]["5XX"] = dressed
        app.openapi_schema = document
    return app.openapi_schema


@router.get("/docs")
def get_docs(request: Request) -> HTMLResponse:
    """Every operation on one page."""
    app: FastAPI = request.app
    document = app.openapi()
    sections = [
        _section(method.upper(), path, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    page = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(app.title)}</title><style>{STYLE}</style>'
        f"<h1>{escape(app.title)}</h1><p>{escape(app.description)}</p>"
        '<p>For programs: <a href="/openapi.json">/openapi.json</a>. Paths under <code>/api</code> want the header '
        "<code>Authorization: Bearer &lt;token&gt;</code>.</p>"
        f"{''.join(sections)}</html>"
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/problems/{name}")
def get_problem(name: str) -> PlainTextResponse:
    """What a kind of problem means."""
    kind = next((kind for title, kind in KINDS.items() if problems.slug(title) == name), None)
    if kind is None:
        raise NotFound(f"the kinds of problems are {', '.join(problems.slug(title) for title in KINDS)}")
    again = "The same request may work later." if kind.retryable else "The same request will not work again as it is."
    return PlainTextResponse(f"{name} (HTTP {problems.STATUS[kind]})\n\n{kind.__doc__}\n{again}\n")


def _section(method: str, path: str, operation: dict[str, Any]) -> str:
    parameters = "".join(
        f"<tr><td><code>{escape(parameter['name'])}</code></td><td>{escape(parameter['in'])}</td>"
        f"<td>{escape(parameter.get('description', ''))}</td></tr>"
        for parameter in operation.get("parameters", ())
    )
    bodies = ", ".join(operation.get("requestBody", {}).get("content", ()))
    return (
        f"<h3><code>{method} {escape(path)}</code></h3><p><b>{escape(operation['summary'])}.</b> "
        f"{escape(operation.get('description', ''))}</p>"
        + (f"<p>Body: {escape(bodies)}</p>" if bodies else "")
        + (f"<table>{parameters}</table>" if parameters else "")
    )
