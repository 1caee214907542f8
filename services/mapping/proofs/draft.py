"""A plan in the making: what each column is so far, what is derived, and what must be asked."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from libs.tables.columns import Column, Industry, Kind, by_name
from services.mapping import readings
from services.mapping.asking import Option, Question
from services.mapping.cells import Cells
from services.mapping.convert import converted
from services.mapping.derivations.rule import Context
from services.mapping.derivations.rules import RULES
from services.mapping.domain import Derivation, Example, Exclusion, Grain, Reading
from services.mapping.match import Match
from services.mapping.questions import NEVER_ABSENT
from services.mapping.siblings import as_elsewhere

DOUBTED_MAX = 79.0
"""The most confidence (0-100) in a column whose reading is asked."""

EXAMPLES_MAX = 3
EXAMPLE_ROWS = 50
"""Rows of the sample among which examples are looked for."""


@dataclass
class Draft:
    """The table as one industry's, columns told apart, before derivations.

    sources: the file's column of each canonical one. free: the possible matches of each column that is not taken.
    decided: a person's columns. answers: the options a person chose, by canonical column. tool: whose export it is.
    notes: what to say of a column that is left unmapped after all. found: a column's match made by a proof.
    pending: canonical columns that the answer to a question on another will give. remarks: what to add to a column's
    evidence.
    """

    industry: Industry
    snapshot_date: date
    columns: Mapping[str, Cells]
    row_count: int
    sources: dict[str, str]
    free: dict[str, Mapping[str, Match]]
    decided: Mapping[str, str | None]
    answers: Mapping[str, tuple[str, ...]]
    tool: str = ""
    formats: dict[str, Reading] = field(default_factory=dict)
    derivations: list[Derivation] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    grain: Grain | None = None
    notes: dict[str, str] = field(default_factory=dict)
    found: dict[str, tuple[str, float, str]] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    remarks: dict[str, str] = field(default_factory=dict)

    @property
    def canonical(self) -> dict[str, Column]:
        return by_name(self.industry)

    @property
    def asked(self) -> set[str]:
        """Canonical columns that a question is about."""
        return {question.canonical for question in self.questions}

    def given(self, canonical: str) -> bool:
        """Whether the file, or a derivation, gives the column."""
        return canonical in self.sources or any(each.canonical == canonical for each in self.derivations)

    def found_or_given(self, canonical: str) -> bool:
        """Whether a column gives it, even one whose reading is still asked."""
        return self.given(canonical) or any(name == canonical for name, _, _ in self.found.values())

    def waived(self, canonical: str) -> bool:
        """Whether a person said that it is not in this file."""
        return canonical in self.decided and self.decided[canonical] is None

    def nearest_column(self, canonical: str, confidence_min: float) -> tuple[str, Match | None]:
        """The free column that comes nearest, and its match; None where none comes near."""
        if self.waived(canonical):
            return "", None
        near = [(header, found[canonical]) for header, found in self.free.items() if canonical in found]
        near = [each for each in near if each[1].confidence >= confidence_min]
        near.sort(key=lambda each: (-each[1].confidence, each[1].rank, each[0]))
        return near[0] if near else ("", None)

    def named(self, *compact: str) -> str | None:
        """The first column whose compact name is one of these, in their order."""
        names = {cells.name.compact: header for header, cells in reversed(list(self.columns.items()))}
        return next((names[each] for each in compact if each in names), None)

    def matching(self, compact: re.Pattern[str]) -> str | None:
        """The first column whose whole compact name is as the pattern says."""
        return next((header for header, cells in self.columns.items() if compact.fullmatch(cells.name.compact)), None)

    def cells(self, header: str, kind: Kind, unit: str = "") -> pa.Array[Any] | None:
        """The sample's cells of a column as values of a kind, blanks and failures null; None without a sample."""
        sample = self.columns[header].sample
        if sample is None:
            return None
        return converted(
            Column(header, kind, "", unit=unit), header, sample, self.formats.get(header, Reading.PLAIN)
        ).values

    def floats(self, header: str) -> npt.NDArray[np.float64]:
        """The sample's numbers of a column, NaN for blanks; empty without a sample."""
        cells = self.cells(header, Kind.NUMBER, "currency units")
        return cells.to_numpy(zero_copy_only=False) if cells is not None else np.zeros(0)

    def ask(
        self, canonical: str, column: str, message: str, options: Sequence[Option], may_be_absent: bool | None = None
    ) -> None:
        """Asks how to read a column."""
        absent = canonical != NEVER_ABSENT if may_be_absent is None else may_be_absent
        self.questions.append(
            Question(canonical, message, (), absent, kind="reading", options=tuple(options), column=column)
        )

    def take(self, header: str, canonical: str, confidence: float, evidence: str) -> None:
        """The column is this canonical one after all."""
        self.sources[canonical] = header
        self.free.pop(header, None)
        self.found[header] = (canonical, confidence, evidence)

    def doubt(self, header: str, canonical: str, match: Match | None) -> None:
        """The column is this canonical one, though a question on how to read it is open: shown, never sure."""
        if canonical not in self.sources:
            sure = min(DOUBTED_MAX, match.confidence if match else DOUBTED_MAX)
            said = match.evidence if match else f"'{header}' stands where {canonical} does"
            self.found[header] = (canonical, round(sure, 1), f"{said}; how to read it is asked")

    def leave(self, canonical: str, note: str) -> None:
        """The column is not mapped after all."""
        self.notes[self.sources.pop(canonical)] = note

    def derive(
        self,
        canonical: str,
        rule: str,
        columns: Sequence[str],
        confidence: float,
        evidence: str,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        """Adds a derivation, with examples from the sample unless they would be names or ids."""
        made = Derivation(canonical, rule, tuple(columns), dict(parameters or {}), confidence, evidence)
        examples = () if self.canonical[canonical].pii else self._examples(made)
        self.derivations.append(replace(made, examples=examples))

    def _examples(self, derivation: Derivation) -> tuple[Example, ...]:
        """Rows of the sample that differ, before and after."""
        values = self.values(derivation)
        raw = [self.columns[header].sample for header in derivation.columns]
        if values is None:
            return ()
        rows: dict[tuple[str, ...], Example] = {}
        afters = [_told(value) for value in values.to_pylist()]
        for place, after in enumerate(afters):
            before = tuple((cells[place].as_py() or "") for cells in raw if cells is not None)
            rows.setdefault(before, Example(before, after))
        ordered = sorted(rows.values(), key=lambda example: not example.after)
        different = {example.after: example for example in reversed(ordered)}
        chosen = [*different.values()][::-1]
        return tuple((chosen + [each for each in ordered if each not in chosen])[:EXAMPLES_MAX])

    def values(self, derivation: Derivation, rows: int = EXAMPLE_ROWS) -> pa.Array[Any] | None:
        """What the derivation gives for the first rows of the sample; None without a sample."""
        rule = RULES[derivation.rule]
        inputs = []
        for place, header in enumerate(derivation.columns):
            canonical = derivation.parameters.get(rule.reads_canonical[place]) if rule.reads_canonical else None
            earlier = next((each for each in self.derivations if each.canonical == canonical), None)
            cells = (
                self.values(earlier, rows) if earlier else self.cells(header, rule.reads[place], self._unit(derivation))
            )
            if cells is None:
                return None
            inputs.append(cells.slice(0, rows))
        computed: pa.Array[Any] = rule.compute(inputs, Context(self.snapshot_date, derivation.parameters))
        return computed

    def _unit(self, derivation: Derivation) -> str:
        return self.canonical[derivation.canonical].unit


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if abs(value - round(value)) < 1e-9 else f"{value:.2f}"


def settle_readings(draft: Draft, asked: Sequence[str]) -> None:
    """How each mapped column of dates or numbers is read; a doubt about one of `asked` is a question.

    An optional column in doubt is left unmapped, which is said.
    """
    for canonical, header in list(draft.sources.items()):
        kind = draft.canonical[canonical].kind
        if kind in (Kind.DATE, Kind.NUMBER):
            settle_reading(
                draft, canonical, header, kind, ask=canonical in asked or draft.canonical[canonical].required
            )


def settle_reading(draft: Draft, canonical: str, header: str, kind: Kind, *, ask: bool) -> bool:
    """Whether it is known how to read the column, which is then kept."""
    cells = draft.columns[header]
    if not cells.known:
        return True
    find = readings.of_dates if kind is Kind.DATE else readings.of_numbers
    found = find(cells.profile, cells.sample).answered(draft.answers.get(canonical, ()))
    if found.options and not ask:
        others = [each for name, each in draft.columns.items() if name != header]
        found, draft.remarks[header] = as_elsewhere(found, others, kind)
    if not found.options:
        draft.formats[header] = found.reading
        return True
    if kind is Kind.DATE:
        seen = f"{found.count:,} dates like {found.doubted}; say whether the day or the month comes first"
    else:
        seen = f"{found.count:,} numbers like {found.doubted}; say whether a point or a comma marks the decimals"
    if ask:
        draft.ask(canonical, header, f"column '{header}' has {seen}", found.options)
    elif draft.sources.get(canonical) == header:
        draft.leave(canonical, f"'{header}' may be {canonical}, but it has {seen}")
    return False
