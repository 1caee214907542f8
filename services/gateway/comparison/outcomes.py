"""What came true of a prediction once a later upload tells who left: calibration by bins, ranking, lift."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from services.gateway.comparison.document import Bin, Outcomes

BINS = 10
TOP_SHARE = 0.1
Z = 1.96
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True)
class Window:
    """When the prediction was made, how far it speaks, and when the outcome was looked up."""

    scored: date
    horizon_days: int
    revealed: date

    @property
    def days(self) -> int:
        return (self.revealed - self.scored).days

    @property
    def complete(self) -> bool:
        return self.days >= self.horizon_days


@dataclass
class Revealed:
    """Probabilities and ends of the customers of whom both are known, gathered batch by batch (9 bytes each)."""

    window: Window
    chances: list[np.ndarray] = field(default_factory=list)
    left: list[np.ndarray] = field(default_factory=list)
    already_gone: int = 0
    unknown: int = 0

    def add(self, joined: pa.RecordBatch) -> None:
        """joined: before (p0), was_churned, is_churned, canceled_at (date or null) of some customers."""
        chances = joined.column("before").to_numpy(zero_copy_only=False)
        was, now = (_flags(joined, name) for name in ("was_churned", "is_churned"))
        ended = joined.column("canceled_at").to_pylist()
        scored = ~np.isnan(chances)
        gone = scored & ((was == 1) | _not_after(ended, self.window.scored))
        judged = scored & ~gone & (now >= 0)
        # Who left after the horizon stayed within it. Where no day is known, the later upload's word counts.
        late = ~_not_after(ended, self.window.scored + timedelta(days=self.window.horizon_days)) & _known(ended)
        self.chances.append(chances[judged])
        self.left.append((now[judged] == 1) & ~late[judged])
        self.already_gone += int(gone.sum())
        self.unknown += int((scored & ~gone & (now < 0)).sum())

    def document(self, prediction_id: str, revealed_by: str) -> Outcomes:
        chances = np.concatenate([np.empty(0), *self.chances])
        left = np.concatenate([np.empty(0, dtype=bool), *self.left])
        both = 0 < left.sum() < len(left)
        lift, captured = _top(chances, left) if both else (None, None)
        ranked = auc(chances, left) if both else None
        return Outcomes(
            prediction_id=prediction_id,
            revealed_by=revealed_by,
            n=len(left),
            left=int(left.sum()),
            expected=float(chances.sum()),
            already_gone=self.already_gone,
            unknown=self.unknown,
            days=self.window.days,
            horizon_days=self.window.horizon_days,
            complete=self.window.complete,
            auc=ranked,
            brier=float(((chances - left) ** 2).mean()) if len(left) else None,
            lift_at_10_percent=lift,
            captured_at_10_percent=captured,
            bins=reliability(chances, left),
            sentence=_sentence(chances, left, lift, self.window),
        )


def reliability(chances: np.ndarray, left: np.ndarray) -> list[Bin]:
    """Up to ten groups of equal size by rank of probability, lowest first; none without a customer."""
    if not len(left):
        return []
    groups = np.array_split(np.argsort(chances, kind="stable"), min(BINS, len(left)))
    return [_bin(chances[rows], left[rows]) for rows in groups]


def auc(chances: np.ndarray, left: np.ndarray) -> float:
    """Chance that one who left was ranked above one who stayed, ties halved; both kinds must be there."""
    order = np.argsort(chances, kind="stable")
    ranked = chances[order]
    starts = np.flatnonzero(np.append(True, ranked[1:] > ranked[:-1]))
    leaving = np.add.reduceat(left[order].astype(float), starts)
    staying = np.diff(np.append(starts, len(order))) - leaving
    below = np.cumsum(staying) - staying
    return float((leaving * (below + staying / 2)).sum() / (leaving.sum() * staying.sum()))


def _bin(chances: np.ndarray, left: np.ndarray) -> Bin:
    low, high = wilson(int(left.sum()), len(left))
    return Bin(customers=len(left), stated=float(chances.mean()), seen=float(left.mean()), seen_low=low, seen_high=high)


def wilson(found: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share. Source: Wilson (1927)."""
    share, weight = found / n, Z**2 / n
    middle = (share + weight / 2) / (1 + weight)
    half = Z / (1 + weight) * (share * (1 - share) / n + weight / (4 * n)) ** 0.5
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))


def _top(chances: np.ndarray, left: np.ndarray) -> tuple[float, float]:
    """Lift and captured share of the tenth with the highest probability."""
    top = np.argsort(-chances, kind="stable")[: max(1, round(TOP_SHARE * len(left)))]
    return float(left[top].mean() / left.mean()), float(left[top].sum() / left.sum())


def _sentence(chances: np.ndarray, left: np.ndarray, lift: float | None, window: Window) -> str:
    if not len(left):
        return "The later upload does not say of any of these customers whether they left."
    told = f"Of {len(left):,} customers {int(left.sum()):,} left; {chances.sum():,.0f} were expected to."
    if lift is not None:
        told += f" Among the tenth said to be most at risk, {lift:.1f} times as many left as on average."
    if not window.complete:
        told += f" Only {window.days} of {window.horizon_days} days had gone by: more of them may yet leave."
    elif window.days > window.horizon_days:
        told += (
            f" {window.days} days had gone by, the prediction speaks of {window.horizon_days}: where the file gives no "
            "day of leaving, later leavers are counted too."
        )
    return told


def _flags(joined: pa.RecordBatch, name: str) -> np.ndarray:
    """(n,) 1 yes, 0 no, -1 not known."""
    return np.asarray(joined.column(name).cast(pa.int8()).fill_null(-1))


def _known(days: Sequence[Any]) -> np.ndarray:
    return np.array([day is not None for day in days], dtype=bool)


def _not_after(days: Sequence[date | None], limit: date) -> np.ndarray:
    return np.array([day is not None and day <= limit for day in days], dtype=bool)
