"""What can be changed about each customer, and how far: what a page needs to draw sliders and lists."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from libs.tables.columns import RATIOS, Kind
from services.scoring.domain import Span, Spans
from services.scoring.features import Encoding
from services.scoring.model import Metadata
from services.scoring.settable import Cell, Settable
from services.scoring.ties import TIES
from services.scoring.wording import title

Person = Mapping[str, Cell | None]
"""One customer as it stands, by column that the model reads."""


@dataclass(frozen=True)
class Lever:
    """One column that may be changed for a customer.

    current: None where not known. minimum, maximum: numbers outside are refused; None for no bound.
    span: where the tenant's customers lie. choices: of a category or flag.
    """

    settable: Settable
    label: str
    current: Cell | None
    minimum: float | None
    maximum: float | None
    span: Span
    choices: tuple[str, ...]

    @property
    def actionable(self) -> bool:
        """Whether the company could change it."""
        return any(each.changeable for each in self.settable.readers)


def levers_of(
    metadata: Metadata, known: Mapping[str, Settable], table: pa.RecordBatch, spans: Spans
) -> list[tuple[Lever, ...]]:
    """By customer, one lever for each column, in the order of the model's features.

    known: what can be changed, from settables. spans: of the tenant's customers, as actions see them.
    """
    now = {column: each.cells(table) for column, each in known.items()}
    people = [{column: cells[row] for column, cells in now.items()} for row in range(table.num_rows)]
    return [tuple(_lever(metadata, each, known, person, spans) for each in known.values()) for person in people]


def _lever(metadata: Metadata, column: Settable, known: Mapping[str, Settable], person: Person, spans: Spans) -> Lever:
    minimum, maximum = _bounds(column, person)
    return Lever(
        settable=column,
        label=_label(column),
        current=person[column.column],
        minimum=minimum,
        maximum=maximum,
        span=_span(column, spans),
        choices=_choices(metadata, column, known, person),
    )


def _label(column: Settable) -> str:
    feature = column.readers[0]
    if feature.encoding is Encoding.RATIO:
        return column.column.replace("_", " ")
    return title(feature)


def _bounds(column: Settable, person: Person) -> tuple[float | None, float | None]:
    """The plausible range, and no part beyond its whole."""
    if column.kind is not Kind.NUMBER:
        return None, None
    minimum, maximum = column.minimum, column.maximum
    for part, whole in RATIOS.values():
        if part in person and whole in person:
            above, below = person[part], person[whole]
            if column.column == part and below is not None:
                maximum = float(below)
            elif column.column == whole and above is not None:
                minimum = float(above)
    return minimum, maximum


def _span(column: Settable, spans: Spans) -> Span:
    if column.kind is not Kind.NUMBER:
        return Span()
    learnt = next((each.name for each in column.readers if each.encoding is Encoding.NUMBER), "")
    return spans.get(column.column) or spans.get(learnt) or Span()


def _choices(metadata: Metadata, column: Settable, known: Mapping[str, Settable], person: Person) -> tuple[str, ...]:
    """Words that would not contradict the rest of the customer."""
    for tie in TIES[metadata.industry]:
        if column.column in tie.columns and tie.column in known:
            word = known[tie.column].word(person[tie.column])
            if word == tie.value:
                return (tie.tied,)
            if word:
                return tuple(level for level in column.levels if level != tie.tied)
    return column.levels if column.kind is not Kind.NUMBER else ()
