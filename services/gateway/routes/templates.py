"""Sample files and the data dictionary."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel

from libs.tables.columns import Industry
from services.gateway import templates
from services.gateway.routes.access import TenantHere

router = APIRouter(tags=["templates"])


class Template(BaseModel):
    """One industry's sample file. sample, dictionary: where they are."""

    industry: Industry
    title: str
    columns: int
    required: list[str]
    sample: str
    dictionary: str


class Templates(BaseModel):
    templates: list[Template]


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
def list_templates(tenant: TenantHere) -> Templates:
    """One sample file and one data dictionary for each industry."""
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
        ]
    )


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
    filename = f"retainwise-{industry.value}.csv"
    return Response(
        templates.sample(industry),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )
