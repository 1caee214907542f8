"""Sample files and the data dictionary."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, Field

from libs.errors import NotFound
from libs.tables.columns import Industry
from services.gateway import templates, tool_samples
from services.gateway.routes.access import PartsHere, TenantHere

router = APIRouter(tags=["templates"])


class Template(BaseModel):
    """One industry's sample file. sample, dictionary: where they are."""

    industry: Industry
    title: str
    columns: int
    required: list[str]
    sample: str
    dictionary: str


class ToolTemplate(BaseModel):
    """A made-up export in the shape of a tool's. snapshot_date: the day it describes, to be sent with it."""

    name: str
    title: str
    snapshot_date: date
    sample: str


class Templates(BaseModel):
    templates: list[Template]
    tools: list[ToolTemplate]
    upload_bytes_max: int = Field(description="Size of the largest file that is taken.")


class DictionaryColumn(BaseModel):
    """One canonical column. kind: text, number, yes or no, date, category. values: empty for free categories."""

    name: str
    kind: str
    meaning: str
    unit: str
    required: bool
    minimum: float | None
    maximum: float | None
    values: list[str]
    personal: bool
    example: str


class Dictionary(BaseModel):
    """What every canonical column of an industry means."""

    industry: Industry
    columns: list[DictionaryColumn]


@router.get("/api/templates", summary="List the sample files")
def list_templates(parts: PartsHere, tenant: TenantHere) -> Templates:
    """One sample file and one data dictionary for each industry; and samples in the shape of what tools export."""
    return Templates(
        templates=[
            Template(
                industry=industry,
                title=templates.TITLES[industry],
                columns=len(templates.dictionary(industry)),
                required=[entry["name"] for entry in templates.dictionary(industry) if entry["required"]],
                sample=f"/api/templates/{industry.value}",
                dictionary=f"/api/templates/{industry.value}?format=dictionary",
            )
            for industry in Industry
        ],
        tools=[
            ToolTemplate(
                name=name,
                title=title,
                snapshot_date=tool_samples.SNAPSHOT,
                sample=f"/api/templates/tools/{name}",
            )
            for name, (title, _) in tool_samples.TOOLS.items()
        ],
        upload_bytes_max=parts.settings.upload_bytes_max,
    )


@router.get(
    "/api/templates/tools/{name}",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    summary="A sample in the shape of a tool's export",
)
def get_tool_template(tenant: TenantHere, name: str) -> Response:
    """A CSV of invented customers, as the tool would export them."""
    if name not in tool_samples.TOOLS:
        raise NotFound(f"there is no such sample; there are {', '.join(tool_samples.TOOLS)}")
    return _csv(tool_samples.tool_sample(name), f"retainwise-{name}.csv")


@router.get(
    "/api/templates/{industry}",
    response_model=Dictionary,
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}, "text/markdown": {"schema": {"type": "string"}}}}
    },
    summary="One industry's sample file or data dictionary",
)
def get_template(
    tenant: TenantHere,
    industry: Industry,
    format: Annotated[
        Literal["csv", "dictionary", "markdown"], Query(description="The sample, or the dictionary as JSON or as text.")
    ] = "csv",
) -> Response:
    """A CSV that can be filled in and uploaded, or what its columns mean."""
    if format == "dictionary":
        columns = [DictionaryColumn.model_validate(entry) for entry in templates.dictionary(industry)]
        return JSONResponse(Dictionary(industry=industry, columns=columns).model_dump(mode="json"))
    if format == "markdown":
        return PlainTextResponse(templates.markdown(industry), media_type="text/markdown; charset=utf-8")
    return _csv(templates.sample(industry), f"retainwise-{industry.value}.csv")


def _csv(text: str, filename: str) -> Response:
    # The name is one of ours: one from outside could smuggle header syntax.
    disposition = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=disposition)
