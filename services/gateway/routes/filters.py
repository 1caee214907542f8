"""Which customers a request asks for, and in which order: the same parameters wherever customers are shown."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from services.gateway.choosing import RETENTION_BINS, Filter, Sort
from services.gateway.routes.bodies import RiskLevel
from services.gateway.routes.options import BadOption
from services.gateway.summaries import PLANS_MAX

PAGE_SIZE_MAX = 200
PAGE_MAX = 10_000_000
CONTACTS_MAX = 1_000_000

SEARCH_LENGTH_MAX = 200

PlanName = Annotated[str, Field(max_length=200)]
RetentionBin = Annotated[int, Field(ge=0, lt=RETENTION_BINS)]


def _filter(
    risk_level: Annotated[list[RiskLevel] | None, Query(max_length=3, description="Several may be given.")] = None,
    search: Annotated[
        str, Query(max_length=SEARCH_LENGTH_MAX, description="Part of a customer id or name, in any case.")
    ] = "",
    plan: Annotated[
        list[PlanName] | None, Query(max_length=PLANS_MAX, description="As the file has it; several may be given.")
    ] = None,
    retention_bin: Annotated[
        list[RetentionBin] | None,
        Query(
            max_length=RETENTION_BINS,
            description="A place in the summary's `retention_histogram`, from 0; several may be given.",
        ),
    ] = None,
) -> Filter:
    return Filter(tuple(risk_level or ()), search.strip(), tuple(plan or ()), tuple(retention_bin or ()))


FilterHere = Annotated[Filter, Depends(_filter)]


def _uploaded(
    chosen: FilterHere,
    uploaded_from: Annotated[
        date | None, Query(description="The first day, UTC, of the uploads that customers were last in.")
    ] = None,
    uploaded_to: Annotated[date | None, Query(description="The last day of them.")] = None,
) -> Filter:
    if uploaded_from and uploaded_to and uploaded_from > uploaded_to:
        raise BadOption(f"uploaded_from ({uploaded_from}) is after uploaded_to ({uploaded_to}); swap them")
    return replace(chosen, uploaded_from=uploaded_from, uploaded_to=uploaded_to)


UploadedFilterHere = Annotated[Filter, Depends(_uploaded)]
"""The same, and when the customer's upload was."""

SortHere = Annotated[Sort, Query(description='"-" for the greatest first; ties go by customer id.')]
PageHere = Annotated[int, Query(ge=1, le=PAGE_MAX)]
PageSizeHere = Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX)]
BudgetHere = Annotated[int | None, Query(ge=1, le=CONTACTS_MAX, description="How many customers can be contacted.")]
