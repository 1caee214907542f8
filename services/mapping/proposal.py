"""One industry's reading of a table: what each column is, and what must be asked."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from libs.tables.columns import COLUMNS, Column, Industry, by_name
from services.mapping.asking import Question, Suggestion, SuggestOptions
from services.mapping.assignment import assigned, coverage
from services.mapping.cells import Cells
from services.mapping.context import in_context
from services.mapping.decisions import answers, checked
from services.mapping.derive import complete
from services.mapping.domain import Alternative, ColumnMapping, Plan, Reading, Strategy
from services.mapping.last_resort import with_last_resort, with_the_address, with_the_product
from services.mapping.match import Match
from services.mapping.matcher import calibrated, matches
from services.mapping.prices import with_doubt
from services.mapping.proofs.draft import Draft
from services.mapping.questions import NEVER_ABSENT, question
from services.mapping.relations import related
from services.mapping.rivals import preferred
from services.mapping.row_entity import of_the_row
from services.mapping.signatures import known

PRICE_UNPROVED_MIN = 60.0
"""Only who asks for less certainty than this (0-100) has the price of an unknown period taken for a month's."""

ADDRESS_CONFIDENCE = 40.0
"""Confidence (0-100) that an e-mail address that repeats, or is often blank, is what tells customers apart."""

ALTERNATIVES_MAX = 3
ALTERNATIVE_CONFIDENCE_MIN = 20.0
"""How many other canonical columns are shown with a column, and from which confidence (0-100)."""


class Proposal:
    """The table read as one industry's, a person's decisions first. Raises BadDecision if they cannot be followed."""

    def __init__(self, columns: Sequence[Cells], industry: Industry, options: SuggestOptions) -> None:
        self.industry = industry
        self._columns, self._options = columns, options
        self._decided = checked(options.decisions, industry, [cells.profile.name for cells in columns])
        self._canonical = by_name(industry)
        taken = set(self._decided.values())
        self._known = known([cells.name.compact for cells in columns], options.forgotten_tools)
        means = self._known.means if self._known else {}
        named = related(columns, matches(columns, industry, options.forgotten_names))
        placed = of_the_row(columns, in_context(columns, named, means))
        possible = with_doubt(columns, preferred(columns, placed))
        possible = with_the_product(columns, with_last_resort(columns, with_the_address(columns, possible)))
        self._possible = [
            {}
            if cells.profile.name in taken
            else {name: calibrated(m) for name, m in found.items() if name in self._canonical.keys() - self._decided}
            for cells, found in zip(columns, possible, strict=True)
        ]
        self._chosen = [self._unless_doubtful(match) for match in assigned(columns, self._possible)]

    @property
    def coverage(self) -> float:
        """How well the industry's features are covered; more is better."""
        return coverage(self._chosen, self.industry)

    def suggestion(self) -> Suggestion:
        """The plan, and a question for each required column that nothing gives, or whose reading is in doubt."""
        draft = self._draft()
        complete(draft)
        mappings = tuple(self._derived_mapping(place, draft) for place in range(len(self._columns)))
        missing = [column for column in COLUMNS[self.industry] if not draft.found_or_given(column.name)]
        plan = Plan(
            self.industry,
            self._options.snapshot_date,
            mappings,
            missing_required=tuple(column.name for column in missing if column.required),
            missing_optional=tuple(column.name for column in missing if column.feature and not column.required),
            signature=self._known.signature if self._known else None,
            derivations=tuple(draft.derivations),
            grain=draft.grain,
            exclusions=tuple(draft.exclusions),
        )
        settled = {*self._decided, *draft.asked, *draft.pending}
        asked = [column for column in missing if column.required and column.name not in settled]
        return Suggestion(plan, (*(self._question(column) for column in asked), *draft.questions))

    def _draft(self) -> Draft:
        """What each column is before anything is derived."""
        headers = [cells.profile.name for cells in self._columns]
        sources = {match.canonical: header for match, header in zip(self._chosen, headers, strict=True) if match}
        sources |= {canonical: header for canonical, header in self._decided.items() if header is not None}
        return Draft(
            self.industry,
            self._options.snapshot_date,
            columns=dict(zip(headers, self._columns, strict=True)),
            row_count=max(cells.profile.filled + cells.profile.blank for cells in self._columns),
            sources=sources,
            free={
                header: self._possible[place] for place, header in enumerate(headers) if header not in sources.values()
            },
            decided=self._decided,
            answers=answers(self._options.decisions, self.industry),
            tool=self._known.signature.tool if self._known else "",
        )

    def _derived_mapping(self, place: int, draft: Draft) -> ColumnMapping:
        """The column's mapping with what readings and derivations added to it."""
        mapping = self._mapping(place)
        reading = draft.formats.get(mapping.column, Reading.PLAIN)
        if mapping.column in draft.notes:
            return replace(
                ColumnMapping(mapping.column, alternatives=mapping.alternatives), evidence=draft.notes[mapping.column]
            )
        if mapping.column in draft.found:
            canonical, confidence, evidence = draft.found[mapping.column]
            match = self._possible[place].get(canonical)
            strategy = match.strategy if match else Strategy.VALUES
            others = tuple(other for other in mapping.alternatives if other.canonical != canonical)
            return ColumnMapping(mapping.column, canonical, confidence, strategy, evidence, others, reading)
        remark = draft.remarks.get(mapping.column, "")
        evidence = f"{mapping.evidence}; {remark}" if remark else mapping.evidence
        return replace(mapping, format=reading, evidence=evidence)

    def _unless_doubtful(self, match: Match | None) -> Match | None:
        """The match, or None where it is not sure enough, or the price of a period that nothing proves a month."""
        if match is None or (match.per_period and self._options.required_min >= PRICE_UNPROVED_MIN):
            return None
        required = self._canonical[match.canonical].required
        least = self._options.required_min if required else self._options.optional_min
        return match if match.confidence >= least else None

    def _mapping(self, place: int) -> ColumnMapping:
        header = self._columns[place].profile.name
        decided = next((canonical for canonical, column in self._decided.items() if column == header), None)
        if decided is not None:
            told = next((each.told_on for each in reversed(self._options.decisions) if each.canonical == decided), "")
            said = f"you told us on {told}" if told else "you said"
            return ColumnMapping(header, decided, 100.0, Strategy.DECISION, f"{said} that '{header}' is {decided}")
        match = self._chosen[place]
        mapping = ColumnMapping(header, alternatives=self._alternatives(place, match))
        if match is None:
            return mapping
        return replace(
            mapping,
            canonical=match.canonical,
            confidence=round(match.confidence, 1),
            strategy=match.strategy,
            evidence=match.evidence,
        )

    def _alternatives(self, place: int, match: Match | None) -> tuple[Alternative, ...]:
        others = [each for each in self._possible[place].values() if match is None or each.canonical != match.canonical]
        others.sort(key=lambda each: (-each.confidence, each.canonical))
        likely = [each for each in others if each.confidence >= ALTERNATIVE_CONFIDENCE_MIN]
        return tuple(Alternative(each.canonical, round(each.confidence, 1)) for each in likely[:ALTERNATIVES_MAX])

    def _question(self, column: Column) -> Question:
        near = [
            (self._columns[place], self._possible[place]) for place, match in enumerate(self._chosen) if match is None
        ]
        if column.name == NEVER_ABSENT:
            near += [(self._columns[place], {column.name: match}) for place, match in self._addresses()]
        return question(column, [cells for cells, _ in near], [found for _, found in near])

    def _addresses(self) -> Iterator[tuple[int, Match]]:
        """The column of e-mail addresses, which may tell customers apart where nothing better does."""
        for place, match in enumerate(self._chosen):
            if match is not None and match.canonical == "customer_email":
                said = (
                    f"'{self._columns[place].profile.name}' holds e-mail addresses, of which some repeat or are blank"
                )
                yield place, Match(NEVER_ABSENT, ADDRESS_CONFIDENCE, Strategy.VALUES, said, rank=1_000)
