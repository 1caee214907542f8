"""What only a person can decide, put so that one answer settles it."""

from collections.abc import Mapping, Sequence

from libs.tables.columns import Column
from services.mapping.asking import Candidate, Question
from services.mapping.cells import Cells
from services.mapping.match import Match

CANDIDATES_MAX = 5
NEVER_ABSENT = "customer_id"
"""Without it a prediction could not be given back to anyone."""


def question(column: Column, columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> Question:
    """The question that finds the required `column`. columns, matches: those still free, side by side."""
    near = [(cells, found[column.name]) for cells, found in zip(columns, matches, strict=True) if column.name in found]
    near.sort(key=lambda pair: (-pair[1].confidence, pair[1].rank, pair[0].name.compact, pair[0].name.raw))
    may_be_absent = column.name != NEVER_ABSENT
    message = f"Which column says {column.meaning} ({column.name})? {_found(near)} {_ways(near, may_be_absent)}"
    candidates = tuple(
        Candidate(cells.profile.name, round(match.confidence, 1)) for cells, match in near[:CANDIDATES_MAX]
    )
    return Question(column.name, message, candidates, may_be_absent)


def _found(near: Sequence[tuple[Cells, Match]]) -> str:
    if not near:
        return "No column comes near."
    best = near[0][1]
    return f"The nearest is in doubt: {best.evidence} ({best.confidence:.0f} % sure)."


def _ways(near: Sequence[tuple[Cells, Match]], may_be_absent: bool) -> str:
    name_it = "Name the column" if not near else "Confirm it or name another column"
    return f"{name_it}, or say that it is not in this file." if may_be_absent else f"{name_it}; it cannot be left out."
