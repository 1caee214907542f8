"""Money in the unit and for the period that the models want."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import Kind
from services.mapping.derivations.periods import months_of
from services.mapping.derivations.rule import Context, Rule, Values


def _cents_to_units(columns: Sequence[Values], context: Context) -> Values:
    return pc.divide(columns[0], 100.0)


def _amount_per_period(columns: Sequence[Values], context: Context) -> Values:
    """The amount of one month.

    columns: the amount, then those that the parameters name by their place: "interval" (words or ids),
    "count" (of intervals in a period) and "quantity" (that the amount is the price of one of).
    Parameters: "months" (of every period, where no column says it) and "divisor" (100 for cents).
    """
    amount, parameters = columns[0], context.parameters
    if "divisor" in parameters:
        amount = pc.divide(amount, float(parameters["divisor"]))
    if "quantity" in parameters:
        quantity = columns[int(parameters["quantity"])].cast(pa.float64())
        amount = pc.multiply(amount, quantity)
    if "months" in parameters:
        return pc.divide(amount, float(parameters["months"]))
    if "interval" in parameters:
        months = months_of(columns[int(parameters["interval"])])
        if "count" in parameters:
            months = pc.multiply(months, pc.fill_null(_positive(columns[int(parameters["count"])]), 1.0))
        amount = pc.divide(amount, months)
    return amount


def _positive(counts: Values) -> Values:
    numbers: Values = counts.cast(pa.float64())
    return pc.if_else(pc.greater(numbers, pa.scalar(0.0)), numbers, pa.scalar(None, pa.float64()))


def _product(columns: Sequence[Values], context: Context) -> Values:
    return pc.multiply(columns[0], columns[1])


CENTS_TO_UNITS = Rule("cents_to_units", (Kind.NUMBER,), _cents_to_units)
AMOUNT_PER_PERIOD = Rule("amount_per_period", (Kind.NUMBER, Kind.TEXT, Kind.TEXT, Kind.TEXT), _amount_per_period)
REVENUE_SO_FAR = Rule("price_times_tenure", (Kind.NUMBER, Kind.NUMBER), _product, reads_canonical=("price", "tenure"))
