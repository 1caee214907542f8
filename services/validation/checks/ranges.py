"""Layer 3: numbers outside their plausible range, and words that are none of a column's own."""

import math
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import Column, Kind
from services.validation.checks.row import Block, Flags, RowCheck, flags
from services.validation.domain import OPTIONAL_WEIGHT, Effect, Layer, Operation, Repair, Severity


def checks(columns: tuple[Column, ...]) -> list[RowCheck]:
    """One check for each number and each category with stated values.

    A required cell out of range sets its row aside: a wrong tenure or price poisons the score. An
    optional one is treated as missing, which a model can live with.
    """
    numbers = [_range(column) for column in columns if column.kind is Kind.NUMBER]
    categories = [_allowed(column) for column in columns if column.values]
    order = [column.name for column in columns]
    return sorted(numbers + categories, key=lambda check: order.index(check.columns[0]))


def _range(column: Column) -> RowCheck:
    least = -math.inf if column.minimum is None else column.minimum
    greatest = math.inf if column.maximum is None else column.maximum

    def failing(block: Block) -> Flags:
        found = pc.min_max(block.column(column.name))
        low, high = found["min"].as_py(), found["max"].as_py()
        # Nearly every batch is sound, and then two figures tell.
        if low is None or (low >= least and high <= greatest and math.isfinite(low) and math.isfinite(high)):
            return block.none()
        numbers = block.numbers(column.name)
        return (numbers < least) | (numbers > greatest) | np.isinf(numbers)

    return _check(column, failing, f"{column.name} is {_outside(column)}")


def _allowed(column: Column) -> RowCheck:
    values = pa.array(column.values, pa.string())

    def failing(block: Block) -> Flags:
        array = block.column(column.name)
        known = pc.is_in(array, value_set=values)
        if known.true_count + array.null_count == len(array):
            return block.none()
        return flags(pc.and_(pc.invert(known), array.is_valid()))

    return _check(column, failing, f"{column.name} is none of {', '.join(column.values)}")


def _check(column: Column, failing: Callable[[Block], Flags], fault: str) -> RowCheck:
    return RowCheck(
        id=f"range.{column.name}",
        layer=Layer.RANGES,
        severity=Severity.ERROR if column.required else Severity.WARNING,
        columns=(column.name,),
        failing=failing,
        fault=fault,
        advice=f"Correct {column.name} in these rows; if there are many, check that the column is {column.meaning}"
        + (f", in {column.unit}." if column.unit else "."),
        effect=Effect.SET_ASIDE if column.required else Effect.BLANKED,
        weight=1.0 if column.required else OPTIONAL_WEIGHT,
        repair=_repair(column),
    )


def _repair(column: Column) -> Repair | None:
    """Numbers can be brought back to the bounds; a word that is none of the column's own is anyone's guess."""
    bounds = {"minimum": column.minimum, "maximum": column.maximum}
    stated = {name: f"{bound:.15g}" for name, bound in bounds.items() if bound is not None}
    return Repair(Operation.CAP, column.name, stated) if column.kind is Kind.NUMBER and stated else None


def _outside(column: Column) -> str:
    if column.minimum is not None and column.maximum is not None:
        return f"outside {column.minimum:,.10g} to {column.maximum:,.10g} {column.unit}"
    if column.minimum is not None:
        return f"below {column.minimum:,.10g} or infinite"
    return "infinite" if column.maximum is None else f"above {column.maximum:,.10g} or infinite"
