"""Names that mean nothing as they stand, read without some of their words, where there are values to agree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from libs.tables.columns import Column
from services.mapping.cells import Cells
from services.mapping.domain import Strategy
from services.mapping.foreign import SoftReading, soft_readings
from services.mapping.match import FOREIGN_RANK, QUALIFIED_RANK, SURE, WEAK, Match
from services.mapping.meanings import readings
from services.mapping.names import Name, read
from services.mapping.naming import COUNTED_UNITS, Index, better, by_names
from services.mapping.owners import owned, owners
from services.mapping.qualifiers import partial_readings
from services.mapping.shared_front import shared_fronts

FRONT_POINTS, BARE_ID_POINTS = -3.0, -18.0
"""What a name loses that is read without the words that most headers of the file begin with; a bare id, which may be
the id of what they name, so much that it is never mapped with a confidence of 80."""

COUNT_POINTS = -4.0
"""What a name loses whose first letter is read as "number of", or whose last as the first of several."""

BARE_IDS = frozenset(["id", "uuid", "guid", "key", "identifier", "reference", "number", "no", "record", "code"])

Found = list[dict[str, Match]]


def read_softly(columns: Sequence[Cells], named: Found, index: Index, canonical: dict[str, Column]) -> Found:
    """The matches, with those of names that meant nothing yet.

    Tried in turn: without the front that most headers share, without an unknown word in front, without words that
    only qualify.
    """
    names = [cells.name for cells in columns]
    found = _of_owners(names, _without_front(names, named, index, canonical), index, canonical)
    softly = soft_readings(names)
    for place, cells in enumerate(columns):
        if found[place] or not cells.known:
            continue
        for match in (*_foreign(cells, softly[place]), *_qualified(cells), *_counted(cells, canonical), *_first(cells)):
            if match.canonical in canonical:
                found[place] = better(found[place], {match.canonical: match})
    return found


def _without_front(names: Sequence[Name], named: Found, index: Index, canonical: dict[str, Column]) -> Found:
    found = list(named)
    fronts = shared_fronts([name.compact for name in names])
    places = [
        place
        for place, name in enumerate(names)
        if fronts[place] and name.compact != fronts[place] and _unsure(named[place])
    ]
    rests = by_names([read(names[place].compact.removeprefix(fronts[place])) for place in places], index, canonical)
    for place, matches in zip(places, rests, strict=True):
        front = fronts[place]
        said = f"other columns begin with '{front}' too"
        bare = names[place].compact.removeprefix(front) in BARE_IDS
        points = BARE_ID_POINTS if bare else FRONT_POINTS
        read_so = {
            name: replace(match, confidence=min(SURE, match.confidence + points), evidence=f"{said}; {match.evidence}")
            for name, match in matches.items()
        }
        found[place] = better(named[place], read_so)
    return found


def _of_owners(names: Sequence[Name], named: Found, index: Index, canonical: dict[str, Column]) -> Found:
    """The matches, with those of names that begin with whose record it is, read as the customer's."""
    fronts = owners([name.compact for name in names])
    rests = {place: rest for place, name in enumerate(names) if (rest := owned(name.compact, fronts))}
    found = list(named)
    places = [place for place in rests if _unsure(named[place])]
    forms = [form for place in places for form in (f"customer{rests[place]}", rests[place])]
    matches = by_names([read(form) for form in forms], index, canonical)
    for at, place in enumerate(places):
        bare = {} if rests[place] in BARE_IDS else matches[2 * at + 1]
        said = f"'{names[place].raw}' is of whom the row names"
        read_so = {
            name: replace(match, confidence=match.confidence + FRONT_POINTS, evidence=f"{said}; {match.evidence}")
            for name, match in better(matches[2 * at], bare).items()
        }
        found[place] = better(named[place], read_so)
    return found


def _unsure(matches: dict[str, Match]) -> bool:
    return not any(match.confidence > WEAK for match in matches.values())


def _foreign(cells: Cells, soft: Sequence[SoftReading]) -> Iterator[Match]:
    for each in soft:
        said = f"'{cells.name.raw}' without '{each.front}', which no list knows, means {each.meant.canonical}"
        yield Match(each.meant.canonical, each.meant.grade, Strategy.MEANING, said, FOREIGN_RANK)


def _counted(cells: Cells, canonical: dict[str, Column]) -> Iterator[Match]:
    """A count whose name begins with the "n" of "number": "n_logins"."""
    if not cells.name.compact.startswith("n"):
        return
    for each in readings(cells.name.compact[1:]):
        if each.canonical in canonical and canonical[each.canonical].unit in COUNTED_UNITS and each.grade >= WEAK:
            said = f"'{cells.name.raw}' is a number of what means {each.canonical}"
            yield Match(each.canonical, each.grade + COUNT_POINTS, Strategy.MEANING, said, QUALIFIED_RANK)


def _first(cells: Cells) -> Iterator[Match]:
    """The first of several alike: "emailaddress1"."""
    for each in readings(cells.name.compact.removesuffix("1")) if cells.name.compact.endswith("1") else ():
        said = f"'{cells.name.raw}' is the first of what means {each.canonical}"
        yield Match(each.canonical, each.grade + COUNT_POINTS, Strategy.MEANING, said, QUALIFIED_RANK)


def _qualified(cells: Cells) -> Iterator[Match]:
    for each in partial_readings(cells.name):
        said = f"'{cells.name.raw}' without '{each.left_out}' means {each.meant.canonical}"
        rank = FOREIGN_RANK if each.unknown else QUALIFIED_RANK
        yield Match(each.meant.canonical, each.meant.grade, Strategy.MEANING, said, rank)
