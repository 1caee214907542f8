"""Layer 4, seen over the whole table: columns whose numbers look as if they were kept in another unit."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from libs.tables.columns import REVENUE, Column, Industry
from services.validation.checks.row import Block
from services.validation.checks.statistics import Span
from services.validation.checks.whole import whole
from services.validation.domain import FREE, Finding, Layer, Operation, Repair, Severity

BAND = 1.25
"""How far a row may lie from a factor, either way, to speak for it."""

SHARE_MIN = 0.6
ROWS_MIN = 30
"""Share of the rows that must speak for a factor, of how many: prices change, but not for most customers alike."""


@dataclass(frozen=True)
class _Unit:
    """A unit that would explain why price × tenure is `factor` times the total.

    role: which of the three columns is then in it. divisor: what brings that column back.
    """

    factor: float
    role: str
    wording: str
    divisor: float


_UNITS = (
    _Unit(100.0, "price", "is in cents", 100.0),
    _Unit(0.01, "total", "is in cents", 100.0),
    _Unit(12.0, "price", "is a year's pay", 12.0),
    _Unit(30.4375, "tenure", "counts days", 30.4375),
    _Unit(1 / 12, "tenure", "counts years", 1 / 12),
)


class Units:
    """Counts, over one pass, the rows that speak for each unit."""

    def __init__(self, columns: tuple[Column, ...], industry: Industry) -> None:
        price, total = REVENUE[industry], "total_revenue" if industry is Industry.SAAS else "total_charges"
        self._names: Mapping[str, str] = {"price": price, "total": total, "tenure": "tenure_months"}
        self._there = {column.name for column in columns}.issuperset(self._names.values())
        self._speaking: npt.NDArray[np.int64] = np.zeros(len(_UNITS), np.int64)
        self._judged = 0

    def observe(self, rows: pa.RecordBatch) -> None:
        """Adds the clean rows of one batch; a row that lacks one of the three numbers, or has a 0, is not judged."""
        if not self._there:
            return
        block = Block(rows)
        price, total, tenure = (block.numbers(self._names[role]) for role in ("price", "total", "tenure"))
        judged = (price > 0) & (total > 0) & (tenure > 0)
        factors = price[judged] * tenure[judged] / total[judged]
        self._judged += len(factors)
        self._speaking += [
            np.count_nonzero((factors >= unit.factor / BAND) & (factors <= unit.factor * BAND)) for unit in _UNITS
        ]

    def merge(self, other: "Units") -> None:
        """Adds what another pass counted."""
        self._speaking += other._speaking
        self._judged += other._judged

    def findings(self, spans: Mapping[str, Span], row_count: int) -> list[Finding]:
        """One finding on the three columns together, and one for each number whose scale is in doubt."""
        together = [self._together(row_count)] if self._there else []
        return together + [
            _scale(scale, spans[scale.column], row_count)
            for scale in _SCALES
            if scale.column in spans and spans[scale.column].filled >= ROWS_MIN
        ]

    def _together(self, row_count: int) -> Finding:
        names = self._names
        columns = (names["total"], names["price"], names["tenure"])
        most = int(self._speaking.argmax())
        count, unit = int(self._speaking[most]), _UNITS[most]
        if self._judged < ROWS_MIN or count < SHARE_MIN * self._judged:
            message = f"{names['total']}, {names['price']} and {names['tenure']} show no sign of another unit."
            return whole("rule.unit", Layer.BUSINESS_RULES, Severity.INFO, True, message, columns=columns)
        odd = names[unit.role]
        return whole(
            "rule.unit",
            Layer.BUSINESS_RULES,
            Severity.WARNING,
            False,
            f"{odd} looks as if it {unit.wording}: in {count:,} of {self._judged:,} rows that can be judged,"
            f" {names['price']} × {names['tenure']} is about {unit.factor:.3g} times {names['total']}.",
            f"Say in which unit {odd} is, or correct it: divided by {unit.divisor:.3g} it would agree.",
            count=count,
            share=count / row_count,
            # The rows that disagree are counted by rule.total; this says why they do.
            weight=FREE,
            columns=columns,
            repair=Repair(Operation.DIVIDE, odd, {"divisor": f"{unit.divisor:.12g}"}),
        )


@dataclass(frozen=True)
class _Scale:
    """A column all of whose numbers lie between 0 and `greatest`, where its scale reaches further."""

    column: str
    greatest: float
    wording: str
    advice: str
    divisor: float | None


_SCALES = (
    _Scale(
        "discount_percent",
        1.0,
        "looks like a fraction, not percent",
        "Write discounts in percent: 0.2 would be 20.",
        0.01,
    ),
    _Scale(
        "feature_usage_score",
        1.0,
        "looks like a fraction, not a score out of 100",
        "Write the score from 0 to 100.",
        0.01,
    ),
    _Scale(
        "nps_score",
        10.0,
        "looks like answers from 0 to 10, not scores from -100 to 100",
        "Say which of the two nps_score is; an answer of 9 is praise, a score of 9 is not.",
        None,
    ),
)


def _scale(scale: _Scale, span: Span, row_count: int) -> Finding:
    name = scale.column
    # All zeros lie on every scale.
    odd = span.least >= 0 and 0 < span.greatest <= scale.greatest
    return whole(
        f"rule.scale.{name}",
        Layer.BUSINESS_RULES,
        Severity.INFO,
        not odd,
        f"{name} {scale.wording}: none of its cells is above {scale.greatest:g}." if odd else f"{name} uses its scale.",
        scale.advice,
        count=span.filled if odd else 0,
        share=span.filled / row_count if odd else 0.0,
        weight=FREE,
        columns=(name,),
        repair=None if scale.divisor is None else Repair(Operation.DIVIDE, name, {"divisor": f"{scale.divisor:g}"}),
    )
