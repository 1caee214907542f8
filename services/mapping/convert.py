"""Cells of text as numbers, flags, dates and categories, whole columns at a time."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import Column, Kind
from services.mapping import periods, words
from services.mapping.dates import days
from services.mapping.domain import Reading
from services.mapping.names import compact
from services.mapping.numbers import numbers


@dataclass(frozen=True)
class Converted:
    """One column's cells in their canonical type. failed: filled cells that would not convert; None if all did."""

    values: pa.Array[Any]
    failed: npt.NDArray[np.bool_] | None = None


def converted(column: Column, header: str, cells: pa.Array[Any], reading: Reading = Reading.PLAIN) -> Converted:
    """The cells of text of the file's column `header` as `column`; blank cells and failures are null.

    header: decides what 0 and 1 mean for gender, see gender_digits. reading: of dates and numbers.
    """
    match column.kind:
        case Kind.NUMBER:
            return _numbers(cells, column.unit, reading)
        case Kind.DATE:
            return _dates(cells, reading)
        case Kind.FLAG:
            yes, no = words.FLAG_WORDS.get(column.name, ((), ()))
            meanings = _flag_meanings(yes, no)
            return _by_value(cells, pa.bool_(), lambda cell: _looked_up(cell, meanings, words.NONE_BLANKS))
        case Kind.CATEGORY if column.values:
            known = _category_meanings(column.name, column.values, compact(header))
            return _by_value(cells, pa.string(), lambda cell: _category(column.name, cell, known))
        case Kind.CATEGORY:
            return _by_value(cells, pa.string(), _free_category)
        case Kind.TEXT:
            return Converted(_unblanked(cells, words.BLANKS))


def is_one_of(column: Column, header: str, cell: str) -> bool:
    """Whether the cell says one of the allowed values of the category `column`."""
    return _category(column.name, cell, _category_meanings(column.name, column.values, compact(header)))[0] is not None


def gender_digits(header: str) -> tuple[str, str]:
    """What 1 and 0 mean in a gender column of this compact name: "male" has 1 for male, any other 1 for female."""
    return ("male", "female") if "male" in header.replace("female", "") else ("female", "male")


def _unblanked(cells: pa.Array[Any], blanks: tuple[str, ...]) -> pa.Array[Any]:
    """The cells trimmed, null where they are blank."""
    trimmed = pc.utf8_trim_whitespace(cells)
    blank = pc.is_in(pc.utf8_lower(trimmed), value_set=pa.array(blanks, pa.string()))
    filled: pa.Array[Any] = pc.if_else(blank, pa.scalar(None, pa.string()), trimmed)
    return filled


def _by_value(cells: pa.Array[Any], wanted: pa.DataType, meaning: Callable[[str], tuple[Any, bool]]) -> Converted:
    """Each distinct cell converted once. meaning: of a cell, its value and whether it failed."""
    encoded = cells.dictionary_encode()
    meanings = [meaning(cell) for cell in cast(list[str], encoded.dictionary.to_pylist())]
    values = pa.array([value for value, _ in meanings], wanted)
    return _spread(values, np.array([bad for _, bad in meanings], dtype=bool), encoded.indices)


def _spread(values: pa.Array[Any], bad: npt.NDArray[np.bool_], indices: pa.Array[Any]) -> Converted:
    """What was found for the distinct cells, given back to every cell."""
    if not bad.any():
        return Converted(values.take(indices))
    places = indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return Converted(values.take(indices), np.append(bad, False)[places])


# --- numbers and dates -----------------------------------------------------------------------------


def _numbers(cells: pa.Array[Any], unit: str, reading: Reading) -> Converted:
    if reading is not Reading.DECIMAL_COMMA and (plain := _cast_finite(cells)) is not None:
        return Converted(plain)
    filled = _unblanked(cells, words.NONE_BLANKS)
    if reading is not Reading.DECIMAL_COMMA and (plain := _cast_finite(filled)) is not None:
        return Converted(plain)
    encoded = filled.dictionary_encode()
    values = numbers(encoded.dictionary, unit, reading)
    return _spread(values, values.is_null().to_numpy(zero_copy_only=False), encoded.indices)


def _cast_finite(cells: pa.Array[Any]) -> pa.Array[Any] | None:
    """The cells as numbers if every one of them is a plain finite number; None otherwise."""
    try:
        plain = cells.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    finite = pc.all(pc.is_finite(plain), min_count=0).as_py()
    return plain if finite else None


def _dates(cells: pa.Array[Any], reading: Reading) -> Converted:
    encoded = _unblanked(cells, words.DATE_BLANKS).dictionary_encode()
    values = days(encoded.dictionary, reading)
    return _spread(values, values.is_null().to_numpy(zero_copy_only=False), encoded.indices)


# --- flags and categories --------------------------------------------------------------------------


def _looked_up(cell: str, meanings: dict[str, Any], blanks: tuple[str, ...]) -> tuple[Any, bool]:
    """The cell's meaning, and whether it is a filled cell without one."""
    trimmed = cell.strip().lower()
    meaning = meanings.get(trimmed)
    if meaning is None and any(letter.isalpha() for letter in trimmed):  # without letters, folding makes -1 a 1
        meaning = meanings.get(words.folded(trimmed))
    return meaning, meaning is None and trimmed not in blanks


def _category(name: str, cell: str, known: dict[str, str]) -> tuple[str | None, bool]:
    """The allowed value of the category `name` that the cell says, and whether it is a filled cell without one."""
    value, failed = _looked_up(cell, known, words.BLANKS)
    if failed and name in periods.VALUES:
        value = periods.VALUES[name].get(periods.months(cell))
    return value, failed and value is None


def _free_category(cell: str) -> tuple[str | None, bool]:
    text = re.sub(r"\s+", " ", cell.strip()).lower()
    return (None if text in words.BLANKS else text), False


@lru_cache
def _flag_meanings(yes: tuple[str, ...], no: tuple[str, ...]) -> dict[str, bool]:
    return dict.fromkeys((*words.YES, *yes), True) | dict.fromkeys((*words.NO, *no), False)


@lru_cache
def _category_meanings(name: str, values: tuple[str, ...], header: str) -> dict[str, str]:
    """Every way to write one of the allowed values, and the value."""
    synonyms = words.CATEGORY_WORDS.get(name, {})
    known = {words.folded(value): value for value in values}
    for value in values:
        for other in synonyms.get(value, ()):
            known |= {other: value, words.folded(other): value}
    if name == "gender":
        one, zero = gender_digits(header)
        known |= dict.fromkeys(words.YES - {"t", "x"}, one) | dict.fromkeys(words.NO - {"f"}, zero)
        known |= {"f": "female", "m": "male"}
    return known
