"""Splits that are honest: what a model is judged on is later, or other customers, or at least other rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

from services.scoring.training.examples import Examples

SEED = 20260531
FOLDS = 5
FOLDS_OF_MANY = 3
MANY = 3_000
"""Rows from which one cut is enough, and three folds within each training part."""

LATER_SHARE = 0.25
"""Share of the rows, the latest, that a split by time holds out."""

SIDE_ROWS_MIN = 20
"""Customers who left, and who stayed, that the later part needs for a split by time."""

Fold = tuple[np.ndarray, np.ndarray]
"""Row numbers seen and unseen."""


_INNER = 100
"""Added to the seed within a training part, so that its folds are no shadow of the outer ones."""


class Kind(StrEnum):
    BY_TIME = "by time"
    BY_CUSTOMER = "by customer"
    BY_ROW = "by row"


@dataclass(frozen=True)
class Split:
    """repeats: each a list of folds; every repeat holds out the same rows, once each."""

    kind: Kind
    repeats: tuple[tuple[Fold, ...], ...]

    def __iter__(self) -> Iterator[tuple[Fold, ...]]:
        return iter(self.repeats)


def honest(examples: Examples, times: np.ndarray | None) -> Split:
    """By time where `times` tell rows apart, by customer where customers repeat, else cross-validation.

    times: (n,) the day each row was observed, as sortable numbers; NaN where not known. None: not known at all.
    """
    if times is not None and (later := _later(examples, times)) is not None:
        return Split(Kind.BY_TIME, ((later,),))
    if len(np.unique(examples.customers)) < len(examples):
        return Split(Kind.BY_CUSTOMER, tuple(_folds(examples, repeat, True) for repeat in range(_repeats(examples))))
    return at_random(examples)


def at_random(examples: Examples, repeats: int | None = None) -> Split:
    """Rows shared out at random, whoever's they are and whenever they were observed."""
    wanted = _repeats(examples) if repeats is None else repeats
    return Split(Kind.BY_ROW, tuple(_folds(examples, repeat, False) for repeat in range(wanted)))


def inner(examples: Examples) -> tuple[Fold, ...]:
    """The folds within a training part, by which everything that is chosen is chosen; customers stay together."""
    together = len(np.unique(examples.customers)) < len(examples)
    return _folds(examples, _INNER, together, FOLDS if len(examples) < MANY else FOLDS_OF_MANY)


def _later(examples: Examples, times: np.ndarray) -> Fold | None:
    """Rows up to a day, and rows after it; None where the days do not allow it."""
    known = times[~np.isnan(times)]
    if len(known) < len(times) or known.min() == known.max():
        return None
    day = np.quantile(known, 1 - LATER_SHARE, method="lower")
    day = day if day < known.max() else known[known < known.max()].max()
    seen, unseen = np.flatnonzero(times <= day), np.flatnonzero(times > day)
    enough = all(examples.at(part).smaller_side >= SIDE_ROWS_MIN for part in (seen, unseen))
    return (seen, unseen) if enough else None


def _folds(examples: Examples, repeat: int, together: bool, wanted: int = FOLDS) -> tuple[Fold, ...]:
    kind = StratifiedGroupKFold if together else StratifiedKFold
    folds = min(wanted, examples.smaller_side)
    splitter = kind(folds, shuffle=True, random_state=SEED + repeat)
    return tuple(splitter.split(examples.encoded, examples.labels, examples.customers if together else None))


def _repeats(examples: Examples) -> int:
    """The fewer rows, the more a single cut of them is luck."""
    return 1 if len(examples) >= MANY else 2 if len(examples) >= 1_000 else 5
