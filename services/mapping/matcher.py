"""Which canonical columns a column of the file might be, by its name and its values."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from libs.tables.columns import REVENUE, Column, Industry, Kind, by_name
from services.mapping.calibration import confidence as deserved
from services.mapping.cells import Cells
from services.mapping.convert import gender_digits, is_one_of
from services.mapping.domain import Strategy
from services.mapping.evidence import value_share, verdicts
from services.mapping.match import CONFIDENCE_MAX, FOREIGN_RANK, Match
from services.mapping.naming import by_names, index_of
from services.mapping.profiles import Format
from services.mapping.segments import splits
from services.mapping.softly import read_softly
from services.mapping.wording import TIERS_TELLING_MIN, methods_share, tiers_share, told_by_values
from services.mapping.words import TELLING

GENERIC_BELOW = 75.0
"""A name trusted less than this says little alone."""

MONTHLY_MIN = 80.0
"""A name of monthly revenue trusted less than this is of a price, for whatever period."""

PER_MONTH_MIN = 88.0
"""Score of a price whose name says that it is a month's."""

TELLING_DISTINCT_MAX = 20
COUNTRIES_DISTINCT_MAX = 250
"""Distinct values beyond which a column is no closed category, however its most frequent ones read."""


PLAN_TOLD, METHOD_TOLD = 80.0, 80.0
"""Confidence in plans and means of payment told by their values, where the name says nothing."""

PLAIN_NAMES = frozenset({"name", "title", "item", "product", "description", "label", "type", "level", "kind", "group"})
"""Names that say nothing of what they are of."""


def matches(
    columns: Sequence[Cells], industry: Industry, forgotten: frozenset[str] = frozenset()
) -> list[dict[str, Match]]:
    """For each column, its possible canonical columns by name, those that the values veto left out.

    forgotten: compact aliases that are not to be used.
    """
    index = index_of(industry, forgotten)
    canonical = by_name(industry)
    named = by_names([cells.name for cells in columns], index, canonical)
    named = read_softly(columns, named, index, canonical)
    return [
        {
            match.canonical: match
            for match in (_weighed(match, canonical[match.canonical], cells) for match in found.values())
            if match.confidence > 0
        }
        | _by_values(cells, canonical, except_for=found)
        for cells, found in zip(columns, named, strict=True)
    ]


def calibrated(match: Match) -> Match:
    """The match with the confidence that its score deserves."""
    return replace(match, confidence=deserved(match.confidence))


def _weighed(match: Match, column: Column, cells: Cells) -> Match:
    """The match as the values leave it."""
    if match.canonical in REVENUE.values() and cells.name.unit == "months":
        # "Price (monthly)": the name says the period, though it stands in brackets.
        match = replace(match, confidence=max(match.confidence, PER_MONTH_MIN))
    foreign = match.rank == FOREIGN_RANK
    generic = match.confidence < GENERIC_BELOW and not foreign
    said = verdicts(column, cells, generic=generic)
    points = sum(verdict.points for verdict in said)
    if foreign and column.kind is Kind.CATEGORY and points <= 0:
        return replace(match, confidence=0.0)  # the values say nothing for it
    cap = min(CONFIDENCE_MAX, *(verdict.cap for verdict in said))
    reasons = "; ".join(verdict.reason for verdict in said if verdict.reason)
    evidence = f"{match.evidence}; {reasons}" if reasons else match.evidence
    if match.canonical == "gender" and cells.profile.top_values:
        evidence += _gender_reading(cells)
    per_period = match.canonical in REVENUE.values() and match.confidence < MONTHLY_MIN
    sure = max(0.0, min(cap, match.confidence + points))
    return Match(match.canonical, sure, match.strategy, evidence, match.rank, generic, per_period)


def _gender_reading(cells: Cells) -> str:
    """How 0 and 1 are read, which the person should know."""
    if not {cell.strip() for cell, _ in cells.profile.top_values} <= {"0", "1", "0.0", "1.0"}:
        return ""
    one, zero = gender_digits(cells.name.compact)
    return f"; 1 is read as {one} and 0 as {zero}"


def _by_values(cells: Cells, canonical: dict[str, Column], *, except_for: dict[str, Match]) -> dict[str, Match]:
    """Categories that the values tell whatever the column is called."""
    found: dict[str, Match] = {}
    told = dict(told_by_values(cells.profile)) if cells.profile.distinct <= COUNTRIES_DISTINCT_MAX else {}
    if cells.profile.distinct <= TELLING_DISTINCT_MAX and _in_words(cells) and not cells.profile.share(Format.BOOLEAN):
        told |= {
            name: confidence
            for name, confidence in TELLING.items()
            if name in canonical and _telling(canonical[name], cells)
        }
    told |= {name: confidence for name, confidence in _told_if_unnamed(cells) if name not in told}
    for name, confidence in told.items():
        if name in canonical and (name not in except_for or except_for[name].confidence < confidence):
            said = f"the values of '{cells.profile.name}' are those of {name}"
            found[name] = Match(name, confidence, Strategy.VALUES, said, rank=1_000)
    return found


def _told_if_unnamed(cells: Cells) -> Iterator[tuple[str, float]]:
    """Columns that the values tell where the name says nothing else: it is of no known words, or of a plain one."""
    if methods_share(cells.profile) >= TIERS_TELLING_MIN:
        yield "payment_method", METHOD_TOLD
    if splits(cells.name.compact) and cells.name.compact not in PLAIN_NAMES:
        return
    if tiers_share(cells.profile) >= TIERS_TELLING_MIN:
        yield "plan_type", PLAN_TOLD


def _telling(column: Column, cells: Cells) -> bool:
    # The most frequent value alone settles it for nearly every column.
    first = cells.profile.top_values[:1]
    if any(count > 0.05 * cells.profile.filled and not is_one_of(column, "", cell) for cell, count in first):
        return False
    share, distinct = value_share(column, cells.profile)
    return share >= 0.95 and distinct >= 2


def _in_words(cells: Cells) -> bool:
    """Whether the values are words: a lone letter or number means too many things."""
    return all(len(cell.strip()) > 2 and any(map(str.isalpha, cell)) for cell, _ in cells.profile.top_values)
