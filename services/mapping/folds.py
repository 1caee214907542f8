"""How one column of a customer's rows becomes one value, a part of the rows at a time."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from services.mapping.domain import Fold

Part = Any
"""A pa.Array or a numpy array with one item for each row, or for each customer."""


@dataclass(frozen=True)
class Rows:
    """Rows to fold. cells: by name. first, last: keys by which a row is the first, the last; undated rows lose."""

    cells: Mapping[str, pa.Array[Any]]
    first: npt.NDArray[np.int64]
    last: npt.NDArray[np.int64]
    live: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Groups:
    """Which neighbours are one customer. starts: the first row of each; ids: the customer of each row."""

    starts: npt.NDArray[np.int64]
    ids: npt.NDArray[np.int64]

    @property
    def count(self) -> int:
        return len(self.starts)


class ColumnFold(ABC):
    """Parts of a state that can be reduced again and again, so that a customer may come in many batches."""

    def __init__(self, name: str, kind: pa.DataType) -> None:
        self.name, self.type = name, kind

    @abstractmethod
    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        """The state of each row alone."""

    @abstractmethod
    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        """The state of each customer."""

    @abstractmethod
    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        """The value of each customer."""

    def _floats(self, rows: Rows) -> npt.NDArray[np.float64]:
        cells = rows.cells[self.name]
        cells = cells.cast(pa.int32()) if self.type == pa.date32() else cells
        cells = cells.cast(pa.int8()) if self.type == pa.bool_() else cells
        numbers = cells.cast(pa.float64()).fill_null(np.nan)
        return cast("npt.NDArray[np.float64]", numbers.to_numpy(zero_copy_only=False))

    def _cells(self, numbers: npt.NDArray[np.float64]) -> pa.Array[Any]:
        """NaN is a blank."""
        cells: Any = pa.array(numbers, pa.float64(), mask=np.isnan(numbers))
        if self.type == pa.date32():
            return cast("pa.Array[Any]", cells.cast(pa.int32()).cast(pa.date32()))
        return cast("pa.Array[Any]", cells.cast(self.type))


class _Last(ColumnFold):
    """The filled cell with the greatest key."""

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        cells = rows.cells[self.name]
        return cells, np.where(cells.is_valid().to_numpy(zero_copy_only=False), rows.last, -1)

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        cells, keys = parts
        best = np.maximum.reduceat(keys, groups.starts)
        return _taken(cells, keys == best[groups.ids], groups), best

    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        return cast("pa.Array[Any]", parts[0])


class _First(_Last):
    """The filled cell with the least key."""

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        cells = rows.cells[self.name]
        none = np.iinfo(np.int64).max
        return cells, np.where(cells.is_valid().to_numpy(zero_copy_only=False), rows.first, none)

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        cells, keys = parts
        best = np.minimum.reduceat(keys, groups.starts)
        return _taken(cells, keys == best[groups.ids], groups), best


def _taken(cells: pa.Array[Any], chosen: npt.NDArray[np.bool_], groups: Groups) -> pa.Array[Any]:
    """For each customer its chosen cell; keys are unique, but of cells that are all blank the first is as good."""
    places = np.flatnonzero(chosen)
    _, firsts = np.unique(groups.ids[places], return_index=True)
    return cells.take(pa.array(places[firsts], pa.int64()))


class _Total(ColumnFold):
    """The sum of filled cells, added one after the other: exact to the bit however rows are cut."""

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        numbers = self._floats(rows)
        filled = ~np.isnan(numbers)
        return np.where(filled, numbers, 0.0), filled.astype(np.float64)

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        return tuple(np.bincount(groups.ids, weights=part, minlength=groups.count) for part in parts)

    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        total, count = parts
        return self._cells(np.where(count > 0, total, np.nan))


class _Mean(_Total):
    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        total, count = parts
        return self._cells(np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0))


class _LiveTotal(ColumnFold):
    """The sum of live rows; where none is live, the last filled cell: what a lost customer was worth."""

    def __init__(self, name: str, kind: pa.DataType) -> None:
        super().__init__(name, kind)
        self._sum, self._last = _Total(name, kind), _Last(name, kind)

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        total, filled = self._sum.lifted(rows)
        return total * rows.live, filled * rows.live, *self._last.lifted(rows)

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        return *self._sum.reduced(parts[:2], groups), *self._last.reduced(parts[2:], groups)

    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        return pc.coalesce(self._sum.emitted(parts[:2]), self._last.emitted(parts[2:]))


class _Extreme(ColumnFold):
    """The greatest or least filled cell; of yes and no, whether any or all are yes."""

    def __init__(self, name: str, kind: pa.DataType, choose: np.ufunc) -> None:
        super().__init__(name, kind)
        self._choose = choose

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        return (self._floats(rows),)

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        return (self._choose.reduceat(parts[0], groups.starts),)

    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        return self._cells(parts[0])


class _EndedMax(_Extreme):
    """The greatest filled cell, blank where any row is live."""

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        return *super().lifted(rows), rows.live

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        return tuple(np.fmax.reduceat(part, groups.starts) for part in parts)

    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        return self._cells(np.where(parts[1] > 0, np.nan, parts[0]))


class Bits(ColumnFold):
    """Every bit that any row has."""

    def lifted(self, rows: Rows) -> tuple[Part, ...]:
        return (rows.cells[self.name].to_numpy(),)

    def reduced(self, parts: tuple[Part, ...], groups: Groups) -> tuple[Part, ...]:
        return (np.bitwise_or.reduceat(parts[0], groups.starts),)

    def emitted(self, parts: tuple[Part, ...]) -> pa.Array[Any]:
        return pa.array(parts[0], pa.uint64())


def _greatest(name: str, kind: pa.DataType) -> ColumnFold:
    return _Extreme(name, kind, np.fmax)


def _least(name: str, kind: pa.DataType) -> ColumnFold:
    return _Extreme(name, kind, np.fmin)


FOLDS: dict[Fold, Callable[[str, pa.DataType], ColumnFold]] = {
    Fold.FIRST: _First,
    Fold.LAST: _Last,
    Fold.SUM: _Total,
    Fold.MEAN: _Mean,
    Fold.MAX: _greatest,
    Fold.ANY: _greatest,
    Fold.MIN: _least,
    Fold.ALL: _least,
    Fold.SUM_LIVE: _LiveTotal,
    Fold.MAX_IF_ENDED: lambda name, kind: _EndedMax(name, kind, np.fmax),
}
