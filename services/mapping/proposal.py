"""One industry's reading of a table: what each column is, and what must be asked."""

from collections.abc import Sequence
from dataclasses import replace

from libs.tables.columns import COLUMNS, Column, Industry, by_name
from services.mapping.assignment import assigned, coverage
from services.mapping.context import in_context
from services.mapping.decisions import checked
from services.mapping.domain import Alternative, ColumnMapping, Plan, Question, Strategy, Suggestion, SuggestOptions
from services.mapping.evidence import Cells
from services.mapping.matcher import Match, calibrated, matches
from services.mapping.questions import question
from services.mapping.signatures import known

PRICE_UNPROVED_MIN = 60.0
"""Only who asks for less certainty than this (0-100) has the price of an unknown period taken for a month's."""

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
        possible = in_context(columns, matches(columns, industry, options.forgotten_names), means)
        self._possible = [
            {}
            if cells.profile.name in taken
            else {name: calibrated(m) for name, m in found.items() if name not in self._decided}
            for cells, found in zip(columns, possible, strict=True)
        ]
        self._chosen = [self._unless_doubtful(match) for match in assigned(columns, self._possible)]

    @property
    def coverage(self) -> float:
        """How well the industry's features are covered; more is better."""
        return coverage(self._chosen, self.industry)

    def suggestion(self) -> Suggestion:
        """The plan, and a question for each required column that is neither mapped nor decided."""
        mappings = tuple(self._mapping(place) for place in range(len(self._columns)))
        mapped = {mapping.canonical for mapping in mappings}
        missing = [column for column in COLUMNS[self.industry] if column.name not in mapped]
        plan = Plan(
            self.industry,
            self._options.snapshot_date,
            mappings,
            missing_required=tuple(column.name for column in missing if column.required),
            missing_optional=tuple(column.name for column in missing if column.feature and not column.required),
            signature=self._known.signature if self._known else None,
        )
        asked = [column for column in missing if column.required and column.name not in self._decided]
        return Suggestion(plan, tuple(self._question(column) for column in asked))

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
            return ColumnMapping(header, decided, 100.0, Strategy.DECISION, f"you said that '{header}' is {decided}")
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
        free = [place for place, match in enumerate(self._chosen) if match is None]
        return question(column, [self._columns[place] for place in free], [self._possible[place] for place in free])
