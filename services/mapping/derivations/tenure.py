"""Tenure from dates or from other units, and days since a date."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import Kind
from services.mapping.derivations.rule import Context, Rule, Values
from services.mapping.domain import Fold

DAYS_PER_MONTH = 30.4375
"""365.25 / 12: the mean month of the Julian calendar."""

MONTHS_OF: dict[str, float] = {
    "days": 1 / DAYS_PER_MONTH,
    "weeks": 7 / DAYS_PER_MONTH,
    "months": 1.0,
    "quarters": 3.0,
    "years": 12.0,
}
"""Months in one of each unit of time."""


def _months_since(columns: Sequence[Values], context: Context) -> Values:
    """Months from the first date to the snapshot, or to the second date where that is earlier."""
    end = pa.scalar(context.snapshot_date, pa.date32())
    if len(columns) > 1:
        end = pc.fill_null(pc.min_element_wise(columns[1], end), end)
    return pc.divide(_days_between(columns[0], end, len(columns[0])), DAYS_PER_MONTH)


def _days_since(columns: Sequence[Values], context: Context) -> Values:
    return _days_between(columns[0], pa.scalar(context.snapshot_date, pa.date32()), len(columns[0]))


def _days_between(start: Values, end: Values, size: int) -> Values:
    ends = end if isinstance(end, pa.Array) else pa.repeat(end, size)
    return pc.subtract(ends.cast(pa.int32()), start.cast(pa.int32())).cast(pa.float64())


def _to_months(columns: Sequence[Values], context: Context) -> Values:
    return pc.multiply(columns[0], MONTHS_OF[context.parameters["unit"]])


MONTHS_SINCE = Rule("months_since", (Kind.DATE, Kind.DATE), _months_since, folds=(Fold.MIN, Fold.MAX_IF_ENDED))
DAYS_SINCE = Rule("days_since", (Kind.DATE,), _days_since, folds=(Fold.MAX,))
TO_MONTHS = Rule("to_months", (Kind.NUMBER,), _to_months)
