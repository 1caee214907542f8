"""What can be changed about a customer in a what-if, and whether a value fits there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pyarrow as pa

from libs.errors import InvalidInput
from libs.tables.columns import Column, Kind, by_name
from services.scoring.features import Encoding, Feature, flags, numbers, texts
from services.scoring.model import Metadata
from services.scoring.profile import level_of

Cell = float | bool | str
"""What a change says of one column; None stands for a cell that is not known."""

TEXT_MAX = 200
"""Characters of a value."""

SHOWN_MAX = 40
"""Characters of a value, or of a word, that an error repeats."""


class NotRead(InvalidInput):
    """A change of a column that the model does not read."""


class UnfitValue(InvalidInput):
    """A value of the wrong kind, such as text where a number is needed."""


class OutOfRange(InvalidInput):
    """A number outside the plausible range of its column."""


class UnknownCategory(InvalidInput):
    """A category that the model does not know."""


@dataclass(frozen=True)
class Settable:
    """One column that the model reads.

    kind: NUMBER, FLAG or CATEGORY. readers: the features that read it, never none.
    known: what the canonical column of that name is; None for an extra column of the tenant's own.
    """

    column: str
    kind: Kind
    readers: tuple[Feature, ...]
    known: Column | None

    @property
    def levels(self) -> tuple[str, ...]:
        """The words that a category or flag may be changed to; none for a number."""
        if self.kind is Kind.FLAG:
            return ("no", "yes")
        return tuple(dict.fromkeys(word for each in self.readers for word in (*each.levels, *each.silent)))

    @property
    def minimum(self) -> float | None:
        return self.known.minimum if self.known else None

    @property
    def maximum(self) -> float | None:
        return self.known.maximum if self.known else None

    @property
    def step(self) -> float | None:
        if self.kind is not Kind.NUMBER or self.known is None:
            return None
        return 0.01 if self.known.unit.startswith("currency") else 1.0

    def fitted(self, value: Cell) -> Cell:
        """The value as the column would hold it. Raises UnfitValue, OutOfRange, UnknownCategory."""
        if self.kind is Kind.NUMBER:
            return self._number(value)
        return self._flag(value) if self.kind is Kind.FLAG else self._category(value)

    def word(self, cell: Cell | None) -> str:
        """The level that a cell of a category or flag stands for; "" if none that is known."""
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return "yes" if cell else "no"
        return next((level for each in self.readers if (level := level_of(each, str(cell)))), "")

    def same(self, one: Cell | None, other: Cell | None) -> bool:
        """Whether the model reads both alike, as it does other spellings of one category."""
        if one == other or not (isinstance(one, str) and isinstance(other, str)):
            return one == other
        pairs = [(level_of(each, one), level_of(each, other)) for each in self.readers]
        return all(first == second != "" for first, second in pairs)

    def cells(self, table: pa.RecordBatch) -> list[Cell | None]:
        """The column as changes see it, by row; not known where the table has no such column."""
        if self.column not in table.schema.names:
            return [None] * table.num_rows
        read = {Kind.NUMBER: numbers, Kind.FLAG: flags}.get(self.kind, texts)
        found: list[Cell | None] = read(table, self.column).to_pylist()
        return found

    def _number(self, value: Cell) -> float:
        if isinstance(value, (bool, str)):
            raise UnfitValue(
                f"'{self.column}' is a number; {_seen(value)} was sent: send one such as {self._such_as()}"
            )
        low, high = self.minimum, self.maximum
        # Not `value < low`: that would let through what is not a number at all.
        if not ((low is None or value >= low) and (high is None or value <= high) and abs(value) < float("inf")):
            raise OutOfRange(f"'{self.column}' cannot be {value:g}{self._unit()}; it lies {_between(low, high)}")
        return float(value)

    def _flag(self, value: Cell) -> bool:
        said = {"yes": True, "true": True, "no": False, "false": False}.get(str(value).strip().lower())
        if said is None:
            raise UnfitValue(f"'{self.column}' is yes or no; {_seen(value)} was sent")
        return said

    def _category(self, value: Cell) -> str:
        # A category may be written in digits.
        text = f"{value:g}" if isinstance(value, float) else str(value).strip()
        if len(text) > TEXT_MAX or not self.word(text):
            raise UnknownCategory(
                f"'{self.column}' cannot be that {_seen(text)}: the model knows {_listed(self.levels, text)}"
            )
        return text

    def _unit(self) -> str:
        return f" {self.known.unit}" if self.known and self.known.unit else ""

    def _such_as(self) -> str:
        return f"{max(self.minimum or 0.0, 1.0):g}"


def settables(metadata: Metadata) -> dict[str, Settable]:
    """By column, in the order of the model's features."""
    readers: dict[str, list[Feature]] = {}
    for feature in metadata.features:
        for column in feature.columns:
            readers.setdefault(column, []).append(feature)
    known = by_name(metadata.industry)
    return {
        column: Settable(column, _kind(known.get(column), each), tuple(each), known.get(column))
        for column, each in readers.items()
    }


def settable(known: Mapping[str, Settable], column: str) -> Settable:
    """Raises NotRead."""
    if column not in known:
        raise NotRead(
            f"the model does not read {shown(column)}, so changing it would change nothing; it reads "
            f"{_listed(known, column)}"
        )
    return known[column]


def shown(name: str) -> str:
    """A name in quotes, shortened: it is a caller's and may be anything."""
    return f"'{name[:SHOWN_MAX]}…'" if len(name) > SHOWN_MAX else f"'{name}'"


def _seen(value: Cell) -> str:
    """Text is described and not repeated: it may be personal, and errors are logged."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"text of {len(value)} characters" if isinstance(value, str) else f"{value:g}"


def _kind(known: Column | None, readers: Iterable[Feature]) -> Kind:
    if known is not None:
        return known.kind
    return Kind.NUMBER if all(each.encoding is Encoding.NUMBER for each in readers) else Kind.CATEGORY


def _between(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "among finite numbers" if low is None else f"from {low:g} upwards"
    return f"between {low:g} and {high:,.0f}"


def _listed(words: Iterable[str], wanted: str) -> str:
    """The words, those most like the wanted one first."""
    every = list(words)
    near = get_close_matches(wanted.lower(), every, n=3, cutoff=0.6)
    return ", ".join(shown(word)[1:-1] for word in [*near, *(word for word in every if word not in near)])
