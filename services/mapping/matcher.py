"""Which canonical columns a column of the file might be, by its name and its values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from libs.tables.columns import REVENUE, Column, Industry, Kind, by_name
from services.mapping.aliases import ALIASES, OTHER_STEMS, OTHER_WORDS
from services.mapping.calibration import confidence as deserved
from services.mapping.cells import Cells
from services.mapping.convert import gender_digits, is_one_of
from services.mapping.domain import Strategy
from services.mapping.evidence import value_share, verdicts
from services.mapping.meanings import CALENDAR_NAMES, readings
from services.mapping.names import Name, compact, undecorated
from services.mapping.profiles import Format
from services.mapping.segments import mended, splits, worded
from services.mapping.wording import TIERS_TELLING_MIN, methods_share, tiers_share, told_by_values
from services.mapping.words import TELLING

SURE, LIKELY, WEAK = 97.0, 85.0, 60.0
"""Confidence, 0-100, in a name of each grade before the values have spoken."""

WRITTEN_OUT_POINTS = 1.0
BARE_UNIT_POINTS = -3.0
UNDECORATED_POINTS = -5.0
TYPO_POINTS = -9.0
"""What is added for a name as the alias writes it, without its unit, without words around it, with a typo."""

TYPO_LENGTH_MIN = 5
"""Letters a name needs before one may be wrong: shorter words, and two letters, make another word too easily."""

UNDECORATED_LENGTH_MIN = 3
COUNTED_UNITS = frozenset({"seats", "tickets", "payments", "logins per month", "calls per month"})
CONFIDENCE_MAX = 99.0
STRIPPED_UNITS = frozenset({"months", "currency units", "percent", "cents"})
"""Units without which a name is read by its words too; others ("day") change what is meant."""

GENERIC_BELOW = 75.0
"""A name trusted less than this says little alone."""

MONTHLY_MIN = 80.0
"""A name of monthly revenue trusted less than this is of a price, for whatever period."""

PER_MONTH_MIN = 88.0
"""Score of a price whose name says that it is a month's."""

MEANING_RANK = 500
"""Rank of a match by meaning: behind every alias of the same confidence."""

TELLING_DISTINCT_MAX = 20
COUNTRIES_DISTINCT_MAX = 250
"""Distinct values beyond which a column is no closed category, however its most frequent ones read."""


PLAN_TOLD, METHOD_TOLD = 80.0, 80.0
"""Confidence in plans and means of payment told by their values, where the name says nothing."""

PLAIN_NAMES = frozenset({"name", "title", "item", "product", "description", "label", "type", "level", "kind", "group"})
"""Names that say nothing of what they are of."""


@dataclass(frozen=True)
class Match:
    """A canonical column that a file column might be.

    rank: place among the column's aliases, for breaking ties. generic: whether the name alone says little ("id").
    per_period: whether it is a price whose name does not say that it is a month's.
    """

    canonical: str
    confidence: float
    strategy: Strategy
    evidence: str
    rank: int = 0
    generic: bool = False
    per_period: bool = False


@dataclass(frozen=True)
class _Known:
    """One alias of one canonical column."""

    canonical: str
    alias: str
    grade: float
    rank: int


@dataclass(frozen=True)
class _Index:
    """An industry's aliases by compact name. fuzzy: the compact names that a typo may be measured against."""

    exact: dict[str, tuple[_Known, ...]]
    fuzzy: tuple[str, ...]


def matches(
    columns: Sequence[Cells], industry: Industry, forgotten: frozenset[str] = frozenset()
) -> list[dict[str, Match]]:
    """For each column, its possible canonical columns by name, those that the values veto left out.

    forgotten: compact aliases that are not to be used.
    """
    index = _index(industry, forgotten)
    canonical = by_name(industry)
    named = _by_names([cells.name for cells in columns], index, canonical)
    return [
        {
            match.canonical: match
            for match in (_weighed(match, canonical[match.canonical], cells) for match in found.values())
            if match.confidence > 0
        }
        | _by_values(cells, canonical, except_for=found)
        for cells, found in zip(columns, named, strict=True)
    ]


@lru_cache
def _index(industry: Industry, forgotten: frozenset[str]) -> _Index:
    exact: dict[str, list[_Known]] = {}
    for canonical, aliases in ALIASES[industry].items():
        graded = [(canonical.replace("_", " "), SURE)]
        for names, grade in ((aliases.sure, SURE), (aliases.likely, LIKELY), (aliases.weak, WEAK)):
            graded += [(name, grade) for name in names]
        for rank, (alias, grade) in enumerate(graded):
            if compact(alias) in forgotten:
                continue
            exact.setdefault(compact(alias), []).append(_Known(canonical, alias, grade, rank))
    fuzzy = (
        name
        for name, known in exact.items()
        if len(name) >= TYPO_LENGTH_MIN and max(each.grade for each in known) > WEAK
    )
    return _Index({name: tuple(known) for name, known in exact.items()}, tuple(sorted(fuzzy)))


def calibrated(match: Match) -> Match:
    """The match with the confidence that its score deserves."""
    return replace(match, confidence=deserved(match.confidence))


# --- by name ---------------------------------------------------------------------------------------


def _by_names(names: Sequence[Name], index: _Index, canonical: dict[str, Column]) -> list[dict[str, Match]]:
    found = [_better(_by_alias(name, index, canonical), _by_meaning(name, canonical)) for name in names]
    unsure = [place for place, matches in enumerate(found) if not any(m.confidence > WEAK for m in matches.values())]
    typos = _by_typo([names[place] for place in unsure], index)
    for place, close in zip(unsure, typos, strict=True):
        found[place] = _better(_better(close, _by_mended_meaning(names[place], canonical)), found[place])
    return found


def _better(left: dict[str, Match], right: dict[str, Match]) -> dict[str, Match]:
    """The surer match for each canonical column; the left one of equals."""
    worse = {name for name, match in right.items() if name in left and left[name].confidence >= match.confidence}
    return left | {name: match for name, match in right.items() if name not in worse}


def _by_meaning(name: Name, canonical: dict[str, Column]) -> dict[str, Match]:
    """Canonical columns that the name's words mean together."""
    forms = (name.compact, name.bare) if name.bare and name.unit in STRIPPED_UNITS else (name.compact,)
    return _meant(name, forms, canonical, Strategy.MEANING, 0.0)


def _by_mended_meaning(name: Name, canonical: dict[str, Column]) -> dict[str, Match]:
    """The same with one letter put right."""
    if len(name.compact) < TYPO_LENGTH_MIN or worded(name.compact):
        return {}
    return _meant(name, mended(name.compact), canonical, Strategy.FUZZY, TYPO_POINTS)


def _meant(
    name: Name, forms: Sequence[str], canonical: dict[str, Column], strategy: Strategy, points: float
) -> dict[str, Match]:
    found: dict[str, Match] = {}
    for form in forms:
        for reading in readings(form):
            if reading.canonical in canonical:
                said = f"the words of '{name.raw}' ({', '.join(reading.words)}) mean {reading.canonical}"
                grade = min(reading.grade + points, SURE)
                match = Match(reading.canonical, grade, strategy, said, MEANING_RANK)
                found = _better(found, {reading.canonical: match})
    return found


def _by_alias(name: Name, index: _Index, canonical: dict[str, Column]) -> dict[str, Match]:
    best: dict[str, Match] = {}
    for form, points in _forms(name):
        for known in index.exact.get(form, ()):
            if points == UNDECORATED_POINTS and not _may_be_undecorated(name, known, form, canonical[known.canonical]):
                continue
            match = _alias_match(name, known, points)
            if known.canonical not in best or match.confidence > best[known.canonical].confidence:
                best[known.canonical] = match
    return best


def _forms(name: Name) -> list[tuple[str, float]]:
    """The compact names to look up, each with the points its form costs."""
    forms = [(name.compact, 0.0)]
    if name.bare and name.compact not in CALENDAR_NAMES:
        forms.append((name.bare, BARE_UNIT_POINTS))
    short = dict.fromkeys(undecorated(name.compact, count=True, money=True, flag=True))
    return forms + [(form, UNDECORATED_POINTS) for form in short if len(form) >= UNDECORATED_LENGTH_MIN]


def _may_be_undecorated(name: Name, known: _Known, form: str, column: Column) -> bool:
    """Whether the words taken off suit the column: "is" a yes or no, "number of" a count; generic names never."""
    if column.name == "customer_id" and name.compact.startswith("subscription"):
        return False
    counted = column.unit in COUNTED_UNITS
    money = column.unit.startswith("currency")
    forms = undecorated(name.compact, count=counted, money=money, flag=column.kind is Kind.FLAG)
    return known.grade > WEAK and form in forms


def _alias_match(name: Name, known: _Known, points: float) -> Match:
    written_out = name.raw.strip().casefold().replace("_", " ") == known.alias
    if written_out:
        said = f"'{name.raw}' is a name of {known.canonical}"
    else:
        said = f"'{name.raw}' reads as '{known.alias}', a name of {known.canonical}"
    points = WRITTEN_OUT_POINTS if written_out else points
    strategy = Strategy.ALIAS if written_out else Strategy.NORMALISED
    return Match(known.canonical, known.grade + points, strategy, said, known.rank)


def _by_typo(names: Sequence[Name], index: _Index) -> list[dict[str, Match]]:
    """Canonical columns whose sure or likely alias is one letter away (optimal string alignment).

    A name that is made of known words is no typo of another ("customer to" is not "customer no").
    """
    close: list[dict[str, Match]] = [{} for _ in names]
    forms = ["" if name.compact in OTHER_WORDS or worded(name.compact) else name.compact for name in names]
    if not forms:
        return close
    distances = cdist(forms, index.fuzzy, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    for row, column in np.argwhere(distances <= 1):
        name, alias = names[row], index.fuzzy[column]
        if min(len(forms[row]), len(alias)) < TYPO_LENGTH_MIN:
            continue
        if any(stem in forms[row] and stem not in alias for stem in OTHER_STEMS):
            continue
        for known in index.exact[alias]:
            said = f"'{name.raw}' is one letter from '{known.alias}', a name of {known.canonical}"
            match = Match(known.canonical, known.grade + TYPO_POINTS, Strategy.FUZZY, said, known.rank)
            held = close[row].get(known.canonical)
            if known.grade > WEAK and (held is None or (match.confidence, -match.rank) > (held.confidence, -held.rank)):
                close[row][known.canonical] = match
    return close


# --- by values -------------------------------------------------------------------------------------


def _weighed(match: Match, column: Column, cells: Cells) -> Match:
    """The match as the values leave it."""
    if match.canonical in REVENUE.values() and cells.name.unit == "months":
        # "Price (monthly)": the name says the period, though it stands in brackets.
        match = replace(match, confidence=max(match.confidence, PER_MONTH_MIN))
    generic = match.confidence < GENERIC_BELOW
    said = verdicts(column, cells, generic=generic)
    points = sum(verdict.points for verdict in said)
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
    if splits(cells.name.compact) and cells.name.compact not in PLAIN_NAMES:
        return
    if tiers_share(cells.profile) >= TIERS_TELLING_MIN:
        yield "plan_type", PLAN_TOLD
    if methods_share(cells.profile) >= TIERS_TELLING_MIN:
        yield "payment_method", METHOD_TOLD


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
