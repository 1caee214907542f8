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


def as_elsewhere(found: Found, others: Iterable[Cells], kind: Kind) -> Found:
    """`found`, read as the other columns of its kind that prove their reading, where they all say the same."""
    read = of_dates if kind is Kind.DATE else of_numbers
    told = {read(cells.profile, cells.sample).reading for cells in others if _is_of(cells, kind)} & {*_TOLD[kind]}
    return Found(told.pop()) if len(told) == 1 else found


def _is_of(cells: Cells, kind: Kind) -> bool:
    """Whether the cells are of that kind: anything that may be a number is asked, only what plainly is a date."""
    return kind is Kind.NUMBER or date_share(cells.profile, cells.sample) >= DATES_SHARE_MIN
