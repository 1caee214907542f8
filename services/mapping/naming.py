"""Which canonical columns a file's column might be by its name alone: as listed, by its words, with a letter wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from libs.tables.columns import Column, Industry, Kind
from services.mapping.aliases import ALIASES, OTHER_STEMS, OTHER_WORDS
from services.mapping.domain import Strategy
from services.mapping.match import LIKELY, MEANING_RANK, SURE, WEAK, Match
from services.mapping.meanings import CALENDAR_NAMES, readings
from services.mapping.names import Name, compact, undecorated
from services.mapping.segments import mended, worded

WRITTEN_OUT_POINTS = 1.0
BARE_UNIT_POINTS = -3.0
UNDECORATED_POINTS = -5.0
TYPO_POINTS = -9.0
"""What is added for a name as the alias writes it, without its unit, without words around it, with a typo."""

TYPO_LENGTH_MIN = 5
"""Letters a name needs before one may be wrong: shorter words, and two letters, make another word too easily."""

UNDECORATED_LENGTH_MIN = 3
COUNTED_UNITS = frozenset({"seats", "tickets", "payments", "logins per month", "calls per month"})
STRIPPED_UNITS = frozenset({"months", "currency units", "percent", "cents"})
"""Units without which a name is read by its words too; others ("day") change what is meant."""


@dataclass(frozen=True)
class _Known:
    """One alias of one canonical column."""

    canonical: str
    alias: str
    grade: float
    rank: int


@dataclass(frozen=True)
class Index:
    """An industry's aliases by compact name. fuzzy: the compact names that a typo may be measured against."""

    exact: dict[str, tuple[_Known, ...]]
    fuzzy: tuple[str, ...]


@lru_cache
def index_of(industry: Industry, forgotten: frozenset[str]) -> Index:
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
    return Index({name: tuple(known) for name, known in exact.items()}, tuple(sorted(fuzzy)))


def by_names(names: Sequence[Name], index: Index, canonical: dict[str, Column]) -> list[dict[str, Match]]:
    found = [better(_by_alias(name, index, canonical), _by_meaning(name, canonical)) for name in names]
    unsure = [place for place, matches in enumerate(found) if not any(m.confidence > WEAK for m in matches.values())]
    typos = _by_typo([names[place] for place in unsure], index)
    for place, close in zip(unsure, typos, strict=True):
        found[place] = better(better(close, _by_mended_meaning(names[place], canonical)), found[place])
    return found


def better(left: dict[str, Match], right: dict[str, Match]) -> dict[str, Match]:
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
                found = better(found, {reading.canonical: match})
    return found


def _by_alias(name: Name, index: Index, canonical: dict[str, Column]) -> dict[str, Match]:
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
    if column.name in ("customer_id", "customer_name") and name.compact.startswith("subscription"):
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


def _by_typo(names: Sequence[Name], index: Index) -> list[dict[str, Match]]:
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
