"""The unit of a column of tenure, proved by the dates that stand beside it."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from libs.tables.columns import Kind
from services.mapping.derivations.tenure import DAYS_PER_MONTH, MONTHS_OF
from services.mapping.proofs.draft import Draft, settle_reading
from services.mapping.proofs.grain import period_header

Floats = npt.NDArray[np.float64]

ROWS_MIN = 20
"""Rows, or pairs of a customer's rows, that must be at hand for a proof."""

AGREE_MIN = 0.9
"""Share of them that must agree."""

SLACK_DAYS = 45.0
"""How far a tenure may be off the days between the dates: months are rounded, and some files count to a month's end."""

GROWTH_SLACK = 0.15
"""How far the growth of a tenure, in its unit, may be off the days that passed, as a share."""

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Proved:
    """unit: of derivations.tenure.MONTHS_OF. why: in words."""

    unit: str
    why: str


def unit_by_dates(draft: Draft, header: str) -> Proved | None:
    """The one unit in which the tenure agrees with dates: those of a customer's snapshots, or of its signup."""
    return _by_growth(draft, header) or _by_signup(draft, header)


def _by_growth(draft: Draft, header: str) -> Proved | None:
    """A customer's tenure grows from one snapshot to the next by the time that passed."""
    key, period = draft.sources.get("customer_id"), period_header(draft)
    if key is None or period is None or header in (key, period):
        return None
    if not settle_reading(draft, "", period, Kind.DATE, ask=False):
        return None
    ids, days, tenure = draft.columns[key].sample, _days(draft, period), draft.floats(header)
    if ids is None or days is None or len(tenure) != len(days):
        return None
    customers = ids.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    order = np.lexsort((days, customers))
    same = np.diff(customers[order]) == 0
    passed, grown = np.diff(days[order])[same], np.diff(tenure[order])[same]
    some = np.isfinite(passed) & np.isfinite(grown) & (passed >= 7) & (grown > 0)
    passed, grown = passed[some], grown[some]
    if len(passed) < ROWS_MIN:
        return None
    unit = _only(
        [
            unit
            for unit, months in MONTHS_OF.items()
            if _mostly(np.abs(grown * months * DAYS_PER_MONTH / passed - 1) <= GROWTH_SLACK)
        ]
    )
    usual = f"{float(np.median(grown)):g} in {float(np.median(passed)):g} days"
    return Proved(unit, f"'{header}' grows by {usual} of '{period}', so it counts {unit}") if unit else None


def _by_signup(draft: Draft, header: str) -> Proved | None:
    """Tenure is the time since the signup, up to the snapshot or to the day a customer left."""
    signup = draft.sources.get("signup_date")
    if signup is None or "signup_date" in draft.asked:
        return None
    begun, tenure = _days(draft, signup), draft.floats(header)
    if begun is None or len(tenure) != len(begun):
        return None
    end = np.full(len(begun), float((draft.snapshot_date - _EPOCH).days))
    canceled = draft.sources.get("canceled_at")
    left = _days(draft, canceled) if canceled and "canceled_at" not in draft.asked else None
    if left is not None:
        end = np.fmin(left, end)
    passed = end - begun
    some = np.isfinite(passed) & np.isfinite(tenure) & (passed > 0) & (tenure > 0)
    if some.sum() < ROWS_MIN:
        return None
    unit = _only([unit for unit in MONTHS_OF if _agrees(tenure[some], MONTHS_OF[unit], passed[some])])
    return Proved(unit, f"'{header}' is the time since '{signup}' when it counts {unit}") if unit else None


def _agrees(tenure: Floats, months: float, passed: Floats) -> bool:
    """Whether the tenure is the days that passed, or less by one number of days: the file may be older than today."""
    slack = max(SLACK_DAYS, months * DAYS_PER_MONTH)
    told = tenure * months * DAYS_PER_MONTH
    behind = float(np.median(passed - told))
    if behind < -slack or float(np.quantile(told, 0.95) - np.quantile(told, 0.05)) <= 2 * slack:
        return False
    return _mostly(np.abs(passed - behind - told) <= slack)


def _mostly(agree: npt.NDArray[np.bool_]) -> bool:
    return bool(agree.mean() >= AGREE_MIN)


def _only(units: list[str]) -> str:
    return units[0] if len(units) == 1 else ""


def _days(draft: Draft, header: str) -> Floats | None:
    """The sample's dates of a column as days since 1970, NaN for blanks; None without a sample."""
    cells: Any = draft.cells(header, Kind.DATE)
    if cells is None:
        return None
    numbers = cells.cast(pa.int32()).cast(pa.float64()).fill_null(np.nan)
    return np.asarray(numbers.to_numpy(zero_copy_only=False))
