"""Whether amounts are cents: the name, or the tool, and the values must agree."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.mapping.asking import Option
from services.mapping.cells import Cells

CENTS_TOOLS = ("chartmogul", "baremetrics")
"""Tools whose files carry cents, by their own documentation."""

OPTIONS = (
    Option("cents", "the amounts are cents: 4900 is 49.00"),
    Option("units", "the amounts are whole units: 4900 is 4,900.00"),
)
MEDIAN_MIN = 300.0
"""A middle price below three units of money is rarely one of a subscription."""

PRICE_LIKE_MIN = 0.8
"""Share of the amounts that must end as prices in cents do."""


@dataclass(frozen=True)
class Verdict:
    """is_cents: None where nothing proves it either way."""

    is_cents: bool | None
    reason: str = ""


def judged(cells: Cells, amounts: npt.NDArray[np.float64], tool: str) -> Verdict:
    """Whether the column's amounts are cents. amounts: of the sample, NaN for blanks."""
    header = cells.profile.name
    positive = amounts[np.isfinite(amounts) & (amounts > 0)]
    said = ""
    if cells.name.unit == "cents" or "cents" in cells.name.compact:
        said = f"the name of '{header}' says cents"
    elif tool.casefold().startswith(CENTS_TOOLS) and cells.name.unit != "currency units":
        said = f"{tool} writes cents"
    if said:
        return _agreed(said, positive)
    looks = len(positive) >= 5 and _ends_like_cents(positive) and float(np.median(positive)) >= 3 * MEDIAN_MIN
    if looks and cells.name.unit != "currency units":
        return Verdict(
            None,
            f"every amount is whole and ends as prices in cents do, such as {_usual(positive):.0f}, "
            "but nothing says whether they are cents or whole units",
        )
    return Verdict(False)


def _agreed(said: str, positive: npt.NDArray[np.float64]) -> Verdict:
    if not len(positive):
        return Verdict(None, f"{said}, but no amount shows it")
    whole = bool((positive == np.round(positive)).all())
    median = float(np.median(positive))
    if whole and median >= MEDIAN_MIN:
        return Verdict(
            True, f"{said}, and every amount is whole, such as {_usual(positive):.0f} for {_usual(positive) / 100:.2f}"
        )
    seen = f"the middle one is {median:g}" if whole else "some have decimals"
    return Verdict(None, f"{said}, but of its amounts {seen}")


def _ends_like_cents(positive: npt.NDArray[np.float64]) -> bool:
    """Whether nearly all are whole and end as 4900, 1999 or 2995 do."""
    ends = (positive % 1000 == 900) | (((positive % 100 == 99) | (positive % 100 == 95)) & (positive >= 100))
    return float(ends.mean()) >= PRICE_LIKE_MIN and bool((positive == np.round(positive)).all())


def _usual(positive: npt.NDArray[np.float64]) -> float:
    values, counts = np.unique(positive, return_counts=True)
    return float(values[counts.argmax()])
