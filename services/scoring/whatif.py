"""What customers would be after changes: each checked, what depends on it moved along, contradictions refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from libs.errors import InvalidInput
from libs.tables.columns import ARROW_TYPES, EXTRA_PREFIX, RATIOS
from services.scoring.catalogue import CATALOGUE, Action, Change, Level, Times
from services.scoring.domain import Spans
from services.scoring.features import Cells, texts
from services.scoring.levers import Customers
from services.scoring.model import Metadata
from services.scoring.settable import Cell, Settable, settable
from services.scoring.ties import GROWTHS, TIES, Tie

Changes = Mapping[str, Cell]
"""What is to be other than it is of one customer, by column."""


class Contradiction(InvalidInput):
    """A change that cannot be true beside the rest of what is known of the customer."""


@dataclass(frozen=True)
class Moved:
    """One cell before and after; None: not known. because: why it moved unasked, for a person; empty if it was asked
    for."""

    column: str
    before: Cell | None
    after: Cell | None
    because: str = ""


@dataclass(frozen=True)
class WhatIf:
    """rows: (m,) places of the customers of whom anything is other, ascending.

    table: (n + m rows) the customers as they stand, and then those of `rows` once more, as they would be.
    moved: (n,) what is other; empty for everyone else.
    """

    rows: list[int]
    table: pa.RecordBatch
    moved: list[tuple[Moved, ...]]


def what_if(
    metadata: Metadata,
    known: Mapping[str, Settable],
    table: pa.RecordBatch,
    changes: Sequence[Changes],
    spans: Spans,
) -> WhatIf:
    """The customers of the table after their changes, one for each row.

    known: what can be changed, from settables. spans: of the tenant's customers, as actions see them. Raises NotRead,
    UnfitValue, OutOfRange, UnknownCategory, Contradiction.
    """
    people = _People(table, known, changes)
    customers = Customers(table, metadata.features, spans)
    for action in CATALOGUE[metadata.industry]:
        if action.along and any(action.lever.column in each for each in changes):
            _go_along(people, customers, action)
    for tie in TIES[metadata.industry]:
        _tie(people, tie)
    for growth in GROWTHS[metadata.industry]:
        _grow(people, growth.time, growth.total)
    _check_ratios(people)
    return people.result()


@dataclass
class _People:
    """The customers while they change.

    asked: by row, the fitted values of what was asked for, also where that is as it was: it does not move along.
    """

    table: pa.RecordBatch
    known: Mapping[str, Settable]
    changes: Sequence[Changes]
    asked: list[dict[str, Cell]] = field(init=False)
    moved: list[dict[str, Moved]] = field(init=False)
    _cells: dict[str, list[Cell | None]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.asked = [self._fitted(row, each) for row, each in enumerate(self.changes)]
        self.moved = [{} for _ in self.changes]
        for row, each in enumerate(self.asked):
            for column, value in each.items():
                self.move(row, column, value)

    def before(self, row: int, column: str) -> Cell | None:
        if column not in self._cells:
            self._cells[column] = self.known[column].cells(self.table)
        return self._cells[column][row]

    def after(self, row: int, column: str) -> Cell | None:
        return self.moved[row][column].after if column in self.moved[row] else self.before(row, column)

    def move(self, row: int, column: str, value: Cell | None, because: str = "") -> None:
        before = self.before(row, column)
        if not self.known[column].same(before, value):
            self.moved[row][column] = Moved(column, before, value, because)

    def word(self, row: int, column: str) -> str:
        """The level that the customer has after the changes; "" if none is known."""
        return self.known[column].word(self.after(row, column))

    def those_asked(self, *columns: str) -> Iterator[int]:
        """Rows for which a change of any of the columns was asked."""
        return (row for row, each in enumerate(self.asked) if not each.keys().isdisjoint(columns))

    def at(self, row: int) -> str:
        """Begins a sentence on a row, where there are several."""
        return f"customer {row + 1} of {len(self.changes)}: " if len(self.changes) > 1 else ""

    def _fitted(self, row: int, changes: Changes) -> dict[str, Cell]:
        try:
            return {column: settable(self.known, column).fitted(value) for column, value in changes.items()}
        except InvalidInput as error:
            raise type(error)(self.at(row) + error.message) from error

    def result(self) -> WhatIf:
        rows = [row for row, each in enumerate(self.moved) if each]
        both = self.table.take(pa.array([*range(self.table.num_rows), *rows], pa.int64()))
        for column in dict.fromkeys(column for each in self.moved for column in each):
            moved = {
                self.table.num_rows + place: self.moved[row][column].after
                for place, row in enumerate(rows)
                if column in self.moved[row]
            }
            both = _with(both, self.known[column], moved)
        return WhatIf(rows, both, [tuple(each.values()) for each in self.moved])


def _go_along(people: _People, customers: Customers, action: Action) -> None:
    """What moves with the action's lever, for those who asked for at least what the action does."""
    lever = action.lever.column
    found = customers.after(action)
    if found is None:
        return
    places = {int(row): place for place, row in enumerate(found.rows)}
    cells = {column: array.to_pylist() for column, array in found.columns.items()}
    for row in people.those_asked(lever):
        if row not in places or not _reaches(people, row, action.lever, cells[lever][places[row]]):
            continue
        for column, values in cells.items():
            value = values[places[row]]
            if column != lever and column in people.known and column not in people.asked[row] and value is not None:
                people.move(row, column, value, f"it goes along with '{lever}' in the advice: {action.advice}")


def _reaches(people: _People, row: int, lever: Change, target: Any) -> bool:
    if isinstance(lever, Level):
        return people.word(row, lever.column) == lever.to
    way = (1 if lever.factor > 1 else -1) if isinstance(lever, Times) else lever.way
    return way * float(people.after(row, lever.column) or 0.0) >= way * float(target)


def _tie(people: _People, tie: Tie) -> None:
    """Moves what is tied to a changed column; refuses what is asked for and cannot be."""
    if tie.column not in people.known:
        return
    tied = [column for column in tie.columns if column in people.known]
    for row in people.those_asked(tie.column, *tied):
        word, was = people.word(row, tie.column), people.known[tie.column].word(people.before(row, tie.column))
        for column in tied:
            own = people.word(row, column)
            if column in people.asked[row]:
                if word and own and (word == tie.value) != (own == tie.tied):
                    fits = f"can only be '{tie.tied}'" if word == tie.value else f"cannot be '{tie.tied}'"
                    raise Contradiction(
                        f"{people.at(row)}'{column}' {fits} while '{tie.column}' is '{word}'; change both, or "
                        f"leave '{column}' out"
                    )
            elif word != was and own and (word == tie.value or (word and own == tie.tied)):
                value = tie.tied if word == tie.value else tie.free
                people.move(row, column, value, f"'{tie.column}' is '{word}'")


def _grow(people: _People, time: str, total: str) -> None:
    if not {time, total} <= people.known.keys():
        return
    for row in people.those_asked(time):
        before, after, so_far = people.before(row, time), people.after(row, time), people.before(row, total)
        if before and after is not None and so_far is not None and total not in people.asked[row]:
            grown = round(float(so_far) * float(after) / float(before), 2)
            people.move(row, total, grown, f"it grows with '{time}' as it has grown so far")


def _check_ratios(people: _People) -> None:
    """Refuses a part that is larger than its whole, and one that means nothing because the whole is not known."""
    for part, whole in RATIOS.values():
        if not {part, whole} <= people.known.keys():
            continue
        for row in people.those_asked(part, whole):
            above, below = people.after(row, part), people.after(row, whole)
            for column, other, cell in ((part, whole, below), (whole, part, above)):
                if column in people.asked[row] and cell is None and len(people.known[column].readers) == 1:
                    raise Contradiction(
                        f"{people.at(row)}'{column}' counts only beside '{other}', which is not known of this "
                        f"customer; say '{other}' too"
                    )
            if above is not None and below is not None and float(above) > float(below):
                raise Contradiction(
                    f"{people.at(row)}'{part}' would be {above:g} and '{whole}' {below:g}; ask for at most {below:g}, "
                    f"or change '{whole}' too"
                )


def _with(table: pa.RecordBatch, column: Settable, moved: Mapping[int, Cell | None]) -> pa.RecordBatch:
    """The table with the column's moved cells, by row; all others as they were."""
    extra = column.column.startswith(EXTRA_PREFIX)
    if extra and column.column in table.schema.names:
        cells: list[Cell | None] = texts(table, column.column).to_pylist()
    else:
        cells = column.cells(table)
    for row, cell in moved.items():
        # What the tenant's own columns hold is text, whatever it says.
        cells[row] = f"{cell:.15g}" if extra and isinstance(cell, float) else cell
    kind: pa.DataType = pa.string() if extra else ARROW_TYPES[column.kind]
    array: Cells = pa.array(cells, kind)
    if column.column in table.schema.names:
        return table.set_column(table.schema.names.index(column.column), column.column, array)
    return table.append_column(column.column, array)
