"""What a sheet of customers shows: its columns in a person's words, and how each is read and written."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from services.gateway.choosing import TOP_FACTORS

TEXT_LENGTH_MAX = 32_767
"""Characters that a cell of Excel holds."""


class Cells(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    SHARE = "share"
    MONEY = "money"
    NUMBER = "number"
    MOMENT = "moment"


@dataclass(frozen=True)
class SheetColumn:
    """One column. name: in the table of results. width: in characters."""

    name: str
    title: str
    cells: Cells
    width: int

    @property
    def sql(self) -> str:
        """What is written: of numbers only those that a cell can hold, of text as much as it can."""
        match self.cells:
            case Cells.TEXT:
                return f"left({self.name}, {TEXT_LENGTH_MAX})"
            case Cells.MOMENT:
                return f"try_cast({self.name} AS TIMESTAMP)"
            case _:
                return f"CASE WHEN isfinite({self.name}) THEN {self.name} END"


_REASONS = tuple(
    column
    for rank in range(1, TOP_FACTORS + 1)
    for column in (
        SheetColumn(f"factor_{rank}_label", f"Reason {rank}", Cells.TEXT, 40),
        SheetColumn(f"factor_{rank}_impact", f"Reason {rank}: points", Cells.SHARE, 10),
    )
)

COLUMNS = (
    SheetColumn("customer_id", "Customer", Cells.TEXT, 18),
    SheetColumn("customer_name", "Name", Cells.TEXT, 24),
    SheetColumn("plan", "Plan", Cells.TEXT, 16),
    SheetColumn("risk_level", "Risk", Cells.TEXT, 10),
    SheetColumn("churn_probability", "Churn probability", Cells.SHARE, 12),
    SheetColumn("probability_low", "Probability, low", Cells.SHARE, 12),
    SheetColumn("probability_high", "Probability, high", Cells.SHARE, 12),
    SheetColumn("monthly_revenue", "Monthly revenue", Cells.MONEY, 14),
    SheetColumn("revenue_at_risk", "Revenue at risk", Cells.MONEY, 14),
    SheetColumn("top_risk_factor", "Top risk factor", Cells.TEXT, 40),
    SheetColumn("recommendation", "Recommendation", Cells.TEXT, 60),
    SheetColumn("action_probability", "Probability after it", Cells.SHARE, 12),
    SheetColumn("saved_revenue", "Expected saved revenue", Cells.MONEY, 14),
    *_REASONS,
    SheetColumn("horizon_days", "Horizon (days)", Cells.NUMBER, 10),
    SheetColumn("scored_at", "Scored at (UTC)", Cells.MOMENT, 18),
    SheetColumn("model_version", "Model version", Cells.TEXT, 16),
    SheetColumn("source_row", "Row of the file", Cells.NUMBER, 10),
)

UPLOAD_COLUMNS = (
    SheetColumn("uploaded_at", "Uploaded at (UTC)", Cells.MOMENT, 18),
    SheetColumn("prediction_id", "Prediction", Cells.TEXT, 34),
)
"""Where a row is from, in a table of several uploads."""


def columns_of(there: Container[str]) -> tuple[SheetColumn, ...]:
    """The columns of a sheet. there: the columns of the table."""
    return COLUMNS + tuple(column for column in UPLOAD_COLUMNS if column.name in there)
