"""What an action would make of customers: whom it applies to, and their columns after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from libs.tables.columns import RATIOS
from services.scoring.catalogue import Action, Change, Level, Times, Typical
from services.scoring.domain import Spans
from services.scoring.features import Cells, Feature, Floats, Matrix, matrix, numbers, texts
from services.scoring.ties import TIES


@dataclass(frozen=True)
class Changed:
    """Some customers of a table after a change.

    rows: (m,) their places in the table, ascending. columns: by canonical column, (m,) its cells after the change.
    to_one: columns that are the same for all of them.
    """

    rows: np.ndarray
    columns: Mapping[str, Cells]
    to_one: frozenset[str] = frozenset()


class Customers:
    """A block of customers as actions see them; each column is read once.

    table: canonical columns, some perhaps absent. features: of the model. spans: of the tenant's customers.
    """

    def __init__(self, table: pa.RecordBatch, features: Sequence[Feature], spans: Spans) -> None:
        self.table = table
        self._spans = spans
        self._readers = {column: feature for feature in features for column in feature.columns}
        self._present = set(table.schema.names)
        self._numbers: dict[str, Floats] = {}
        self._levels: dict[str, Any] = {}

    def after(self, action: Action) -> Changed | None:
        """The customers to whom the action applies; None if there are none, or the model does not read its lever.

        It applies where the lever's value is known, would change, and stays inside the tenant's own span.
        """
        if action.lever.column not in self._readers:
            return None
        applies, cells = self._changed(action.lever)
        rows = np.flatnonzero(applies & self._free(action.lever.column))
        if not len(rows):
            return None
        columns = {action.lever.column: _taken(cells, rows)}
        for change in action.along:
            if change.column in self._present:
                moved, new = self._changed(change)
                columns[change.column] = _taken(np.where(moved, new, self.number(change.column)), rows)
        return Changed(rows, columns, frozenset(one.column for one in action.changes if isinstance(one, Level)))

    def _free(self, column: str) -> np.ndarray:
        """(n,) whether nothing that holds whoever acts keeps the column as it is: no tech support without internet."""
        free = np.ones(len(self.table), dtype=bool)
        for tie in chain.from_iterable(TIES.values()):
            if column in tie.columns and tie.column in self._present and tie.column in self._readers:
                feature, words = self._readers[tie.column], self._words(tie.column)
                tied = np.array([_level(feature, text) == tie.value for text in words.dictionary.to_pylist()] + [False])
                free &= ~tied[words.indices.fill_null(len(tied) - 1).to_numpy(zero_copy_only=False)]
        return free

    def number(self, column: str) -> Floats:
        """(n,) float64, NaN where not known."""
        if column not in self._numbers:
            cells = numbers(self.table, column) if column in self._present else pa.nulls(len(self.table), pa.float64())
            self._numbers[column] = cells.to_numpy(zero_copy_only=False)
        return self._numbers[column]

    def _words(self, column: str) -> Any:
        """The column's texts as a dictionary array."""
        if column not in self._levels:
            self._levels[column] = texts(self.table, column).dictionary_encode()
        return self._levels[column]

    def _changed(self, change: Change) -> tuple[np.ndarray, Floats | str]:
        """(n,) whether the change applies, and the new values: (n,), or one for all."""
        if not {change.column, *RATIOS.get(getattr(change, "ratio", ""), ())} <= self._present:
            return np.zeros(len(self.table), dtype=bool), np.zeros(len(self.table))
        if isinstance(change, Level):
            return self._to_level(change), change.to
        ratio = change.ratio if isinstance(change, Typical) else ""
        span = self._spans.get(ratio or change.column)
        if span is None or span.low is None or span.typical is None or span.high is None:
            return np.zeros(len(self.table), dtype=bool), np.zeros(len(self.table))
        old = self.number(change.column)
        whole = self.number(RATIOS[ratio][1]) if ratio else np.ones(len(old))
        new = _times(change, old) if isinstance(change, Times) else _typical(change, old, whole, span.typical)
        inside = (new >= span.low * whole) & (new <= span.high * whole)
        return inside & (new != old) & ~np.isnan(old), new

    def _to_level(self, change: Level) -> np.ndarray:
        """(n,) whether the customer has a level that the change can take to one the model and the tenant know."""
        feature = self._readers[change.column]
        span = self._spans.get(change.column)
        known = {_level(feature, text) for text in span.levels} if span and span.levels else set(feature.levels)
        if change.to not in known & set(feature.levels):
            return np.zeros(len(self.table), dtype=bool)
        words = self._words(change.column)
        fits = np.array([_level(feature, text) in change.among for text in words.dictionary.to_pylist()] + [False])
        applies: np.ndarray = fits[words.indices.fill_null(len(fits) - 1).to_numpy(zero_copy_only=False)]
        return applies


def reencoded(encoded: Matrix, table: pa.RecordBatch, features: Sequence[Feature], changed: Changed) -> Matrix:
    """(m, n_columns) the matrix rows of the changed customers; only features that read a changed column are redone.

    encoded: (n, n_columns) of the whole table, as features.matrix gives it.
    """
    after: Matrix = encoded[changed.rows]
    start = 0
    for feature in features:
        width = len(feature.encoded)
        if changed.columns.keys() & set(feature.columns) and set(feature.columns) <= set(table.schema.names):
            cells = {
                name: changed.columns[name] if name in changed.columns else table.column(name).take(changed.rows)
                for name in feature.columns
            }
            if feature.columns[0] in changed.to_one and len(cells) == 1:
                cells = {name: one.slice(0, 1) for name, one in cells.items()}  # one value for all is encoded once
            after[:, start : start + width] = matrix(pa.record_batch(cells), [feature])
        start += width
    return after


def _times(change: Times, old: Floats) -> Floats:
    return old * change.factor


def _typical(change: Typical, old: Floats, whole: Floats, typical: float) -> Floats:
    # Seats come whole; what is brought to a typical ratio does so too, never beyond all of them.
    target = np.minimum(np.ceil(typical * whole), whole) if change.ratio else np.full(len(old), typical)
    worse = old < target if change.way > 0 else old > target
    return np.where(worse, target, old)


def _level(feature: Feature, text: str) -> str:
    """The value as the model names it."""
    value = text.strip().lower()
    return feature.synonyms.get(value, value)


def _taken(cells: Floats | str, rows: np.ndarray) -> Cells:
    array: Cells = pa.repeat(cells, len(rows)) if isinstance(cells, str) else pa.array(cells[rows], from_pandas=True)
    return array
