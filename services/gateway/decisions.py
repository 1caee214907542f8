"""A person's decisions on columns: how later ones replace earlier ones, and which of an earlier file's fit this one."""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from libs.tables.columns import COLUMNS, Industry, by_name
from services.gateway.domain import Decision, MappingProfile


def header_signature(columns: Iterable[str]) -> str:
    """Digest of a header row, hex: the same whatever the order, case, spacing and punctuation of its names."""
    return hashlib.sha256("\n".join(sorted(_plain(name) for name in columns)).encode()).hexdigest()


def merged(earlier: Iterable[Decision], later: Sequence[Decision]) -> tuple[Decision, ...]:
    """All of `later`, and before them those of `earlier` on what it leaves open.

    Which column one is and how it is read are two things to say of it.
    """
    settled = {(one.canonical, one.answer is None) for one in later}
    return (*(one for one in earlier if (one.canonical, one.answer is None) not in settled), *later)


def dated(earlier: Iterable[Decision], later: Iterable[Decision]) -> tuple[Decision, ...]:
    """`later`, where one that only repeats an earlier one keeps the day on which that was first given."""
    first = {replace(one, told_on=""): one.told_on for one in earlier}
    return tuple(replace(one, told_on=first.get(replace(one, told_on="")) or one.told_on) for one in later)


def answered(
    earlier: Iterable[Decision], later: Sequence[Decision], questions: Iterable[Mapping[str, Any]]
) -> tuple[Decision, ...]:
    """The job's decisions with the answers to its `questions` (mapping's, as JSON).

    A column may be asked about several times (its unit, then its period): an answer replaces only what was
    answered to the same question before.
    """
    offered = {
        (question["canonical"], option["id"]): frozenset(other["id"] for other in question["options"])
        for question in questions
        for option in question.get("options", ())
    }

    def asked(one: Decision) -> tuple[str, object]:
        return one.canonical, one.answer and offered.get((one.canonical, one.answer), one.answer)

    return tuple({asked(one): one for one in (*earlier, *later)}.values())


def fitting(
    profile: MappingProfile, columns: Sequence[str], own: Sequence[Decision], industry: str | None
) -> tuple[Decision, ...]:
    """The profile's decisions that hold for this file, its columns named as this file names them.

    columns: this file's header row. own: what was said of this very file, which goes before. industry: as stated;
    None where it is to be found. Left out is what `own` settles or contradicts, what names a column that cannot be
    told apart here, and what belongs to another industry.
    """
    named = _Names(columns)
    possible = [Industry(industry)] if industry else list(COLUMNS)
    possible = [each for each in possible if all(one.canonical in by_name(each) for one in own)]
    settled = {(one.canonical, one.answer is None) for one in own}
    absent = {one.canonical for one in own if one.column is None and one.answer is None}
    taken = {one.column for one in own if one.column is not None}
    fit: list[Decision] = []
    for one in profile.decisions:
        column = None if one.column is None else named.here(one.column)
        still = [each for each in possible if one.canonical in by_name(each)]
        if (
            not still
            or (one.canonical, one.answer is None) in settled
            or (one.canonical in absent)
            or (one.column is not None and (column is None or column in taken))
        ):
            continue
        possible = still
        fit.append(replace(one, column=column))
    return tuple(fit)


class _Names:
    """Finds a column of an earlier file among those of this one."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._exact = set(columns)
        self._plain: dict[str, list[str]] = {}
        for column in columns:
            self._plain.setdefault(_plain(column), []).append(column)

    def here(self, column: str) -> str | None:
        """The column's name here: its own, or the only one that differs in spelling alone."""
        if column in self._exact:
            return column
        alike = self._plain.get(_plain(column), [])
        return alike[0] if len(alike) == 1 else None


def _plain(name: str) -> str:
    """The name without case, accents, spaces and punctuation; as it stands where nothing else would be left."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in letters if character.isalnum()) or name.strip()
