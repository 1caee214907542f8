"""How a column in doubt is read where the file's other columns prove it: an export writes all its dates one way."""

from collections.abc import Iterable

from libs.tables.columns import Kind
from services.mapping.cells import Cells
from services.mapping.domain import Reading
from services.mapping.readings import Found, date_share, of_dates, of_numbers

DATES_SHARE_MIN = 0.9
"""Share of a column's cells that must be dates for it to say anything of the file's dates."""

_TOLD = {
    Kind.DATE: (Reading.DAY_FIRST, Reading.MONTH_FIRST),
    Kind.NUMBER: (Reading.DECIMAL_COMMA, Reading.DECIMAL_POINT),
}


SAID = {
    Reading.DAY_FIRST: "with the day first",
    Reading.MONTH_FIRST: "with the month first",
    Reading.DECIMAL_COMMA: "with a comma before the decimals",
    Reading.DECIMAL_POINT: "with a point before the decimals",
}
"""What each reading is called in the evidence of a column that is read so."""


def as_elsewhere(found: Found, others: Iterable[Cells], kind: Kind) -> tuple[Found, str]:
    """`found`, read as the other columns of its kind that prove their reading, where they all say the same.

    With it goes what that rests on, in words; "" where nothing was found and the doubt stays.
    """
    read = of_dates if kind is Kind.DATE else of_numbers
    told = {
        cells.profile.name: reading
        for cells in others
        if _is_of(cells, kind) and (reading := read(cells.profile, cells.sample).reading) in _TOLD[kind]
    }
    if len({*told.values()}) != 1:
        return found, ""
    name, reading = next(iter(told.items()))
    return Found(reading), f"'{found.doubted}' may be read two ways; it is read {SAID[reading]}, as '{name}' proves it"


def _is_of(cells: Cells, kind: Kind) -> bool:
    """Whether the cells are of that kind: anything that may be a number is asked, only what plainly is a date."""
    return kind is Kind.NUMBER or date_share(cells.profile, cells.sample) >= DATES_SHARE_MIN
