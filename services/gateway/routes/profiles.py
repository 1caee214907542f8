"""Mapping profiles: what was said of earlier files, to be seen, mended and forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, Field

from services.gateway.domain import MappingProfile
from services.gateway.routes.access import PartsHere, TenantHere
from services.gateway.routes.options import Decisions, Rulings, decided, named_in

router = APIRouter(tags=["mapping"])


class RememberedDecision(BaseModel):
    """One thing that was said. column: null for "not in this file", unless there is an answer."""

    canonical: str
    column: str | None
    answer: str | None = Field(description="The option chosen for a question on how to read the column.")
    told_on: date = Field(description="The day it was first said.")


class Profile(BaseModel):
    """What was said of files with one header row; the next file with that row is read accordingly."""

    id: str
    filename: str = Field(description="The last file that taught it.")
    columns: list[str] = Field(description="The header row as that file had it.")
    signature: str = Field(description="Digest of the header row, whatever its order, case and punctuation.")
    decisions: list[RememberedDecision]
    created_at: datetime
    updated_at: datetime


class Profiles(BaseModel):
    """All profiles, the last changed first."""

    profiles: list[Profile]


class NewDecisions(Decisions):
    """The decisions that a profile is to hold instead of its own."""

    decisions: Rulings = Field(max_length=200, description="As in an answer to a prediction's questions.")


def _profile(profile_id: str, parts: PartsHere, tenant: TenantHere) -> MappingProfile:
    return parts.profiles.get(tenant.id, profile_id)


ProfileHere = Annotated[MappingProfile, Depends(_profile)]


@router.get("/api/mapping/profiles", summary="List what is remembered of earlier files")
def list_profiles(parts: PartsHere, tenant: TenantHere) -> Profiles:
    """One profile for each header row about which something was said."""
    return Profiles(profiles=[profile_of(profile) for profile in parts.profiles.of_tenant(tenant.id)])


@router.get("/api/mapping/profiles/{profile_id}", summary="One mapping profile")
def get_profile(profile: ProfileHere) -> Profile:
    """What was said of files with one header row, and when."""
    return profile_of(profile)


@router.put("/api/mapping/profiles/{profile_id}", summary="Change what is remembered")
def replace_profile(profile: ProfileHere, new: NewDecisions, parts: PartsHere, tenant: TenantHere) -> Profile:
    """Puts these decisions in place of the profile's; predictions made before stay as they are.

    Sending the same again is safe.
    """
    today = datetime.now(UTC).date().isoformat()
    decisions = tuple(replace(decision, told_on=today) for decision in decided(new.decisions, None))
    named_in(profile.columns, decisions)
    return profile_of(parts.profiles.replace(tenant.id, profile.id, decisions))


@router.delete("/api/mapping/profiles/{profile_id}", status_code=204, summary="Forget a mapping profile")
def delete_profile(profile_id: str, parts: PartsHere, tenant: TenantHere) -> Response:
    """The next file with that header row is read as if nothing had been said."""
    parts.profiles.delete(tenant.id, profile_id)
    return Response(status_code=204)


def profile_of(profile: MappingProfile) -> Profile:
    return Profile(
        id=profile.id,
        filename=profile.filename,
        columns=list(profile.columns),
        signature=profile.signature,
        decisions=[
            RememberedDecision(
                canonical=one.canonical,
                column=one.column,
                answer=one.answer,
                told_on=date.fromisoformat(one.told_on),
            )
            for one in profile.decisions
        ],
        created_at=profile.created_at,
        updated_at=profile.updated_at,
    )
