"""What a column's values say for or against it being a canonical column."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

from typing import Any

import pyarrow as pa

from libs.tables.columns import Column, Kind
from services.mapping.cells import FEW_ROWS, Cells, Verdict
from services.mapping.convert import converted
from services.mapping.domain import Reading
from services.mapping.names import Name
from services.mapping.profiles import ColumnProfile, Format
from services.mapping.readings import DATES_SHARE_MIN, date_share, of_numbers
from services.mapping.word_evidence import by_wording
from services.mapping.wording import (
    names_share,
)

FITTING_UNITS: dict[str, frozenset[str]] = {
    "months": frozenset({"months"}),
    "currency units per month": frozenset({"currency units", "months"}),
    "currency units": frozenset({"currency units"}),
    "days": frozenset({"days"}),
    "percent": frozenset({"percent"}),
    "score": frozenset({"percent", "hours", "days", "weeks", "months", "other days"}),
    "seats": frozenset({"months", "days", "other days"}),
    "logins per month": frozenset({"months"}),
    "calls per month": frozenset({"months"}),
}
"""Units a name may state (names.UNITS), by the unit of the canonical column; any, where it is not listed."""

TENURE_MONTHS_DOUBTED = 12
"""A tenure of at most this, in a file of TENURE_ROWS_TELLING rows or more, may as well be in years."""

TENURE_ROWS_TELLING = 100

FEW_CUSTOMERS_CAP = 71.0
"""Score of a column that is named as a customer's id and repeats very often: mapped, unless another is better."""

HALF, SPARSE_ID_CAP = 0.5, 70.7
"""Share of rows that a column named as a customer's id must have, and its score where some have none: mapped, with a
confidence below 80."""

ONE_CUSTOMER_CAP = 40.0
"""Score of one that names one customer only: shown when it is asked which column tells customers apart."""

FLAG_STATE_CAP = 75.0
"""Score of a state that is told by a yes or a no."""

INTERNET_SHARE_MIN = 0.3
"""Share of cells that must be DSL, fibre or none: others have cable, which is no value of ours."""

INTERNET_FLAG_CAP = 78.0
"""Score of an internet service that is told by a yes or a no."""

END_OF_TERM_CAP = 60.0
"""Score of a day of ending that every row has, and whose name says nothing of leaving."""

_LEAVING = ("cancel", "churn", "terminat", "deactiv", "unsubscrib", "left", "lost", "exit", "clos", "kundig", "kuendig",
            "resili", "baja", "disdett", "cancell", "opzeg")  # fmt: skip
"""Parts of names that say that a customer leaves."""

PERIODS_IN_MONTHS = frozenset({"0", "1", "3", "6", "12", "24", "36"})
PERIODS_IN_DAYS = frozenset({"7", "14", "30", "31", "60", "90", "91", "92", "180", "182", "360", "365", "366"})
"""Usual billing periods; one of a year, and of a month of days, must be among a column's numbers."""

ROWS_TELLING = 100
"""Cells from which it tells something that hardly any differ."""

COUNTED = frozenset({"tickets", "logins per month", "calls per month", "days", "score"})
SENTINELS = frozenset({-99.0, -999.0, -9_999.0})
"""Numbers below 0 that say "not known" where only counts stand."""

COUNT_FROM_MAX = 1_000
"""A count whose least value reaches this is an id."""

FLAG_ROWS_TELLING = 30
"""Units of columns that a file of so many rows or more does not fill with 0 and 1 alone."""


def verdicts(column: Column, cells: Cells, *, generic: bool = False) -> tuple[Verdict, ...]:
    """What name's unit and values say of `cells` being `column`. generic: whether the name alone says little."""
    unit = _unit(column, cells.name)
    if not cells.known:
        return (unit,)
    if cells.profile.filled == 0:
        return (unit, Verdict(cap=30, reason="every cell is blank"))
    if column.name == "customer_id":
        return (
            unit,
            _filled(column, cells),
            *_identifier(cells.profile, generic=generic, named_id="id" in cells.name.compact),
        )
    if column.name == "canceled_at":
        return (unit, *_BY_KIND[column.kind](column, cells), _still_runs(cells))
    return (
        unit,
        _filled(column, cells),
        *_BY_KIND[column.kind](column, cells),
        *by_wording(column, cells, generic=generic),
    )


def _still_runs(cells: Cells) -> Verdict:
    """A day of cancellation is blank for those who stay; the end of a term is not."""
    profile = cells.profile
    if profile.filled_share < 0.98 or profile.filled < FEW_ROWS:
        return Verdict()
    if not any(word in cells.name.compact for word in _LEAVING):
        return Verdict(cap=END_OF_TERM_CAP, reason="every row has one, so it is the end of a term")
    return Verdict(points=-4, reason="every row has one, so it may be the end of a term")


def conversion_share(column: Column, profile: ColumnProfile, sample: pa.Array[Any]) -> float | None:
    """Share of the sample's filled cells that convert, 0-1; None where it has none."""
    reading = of_numbers(profile, sample).reading if column.kind is Kind.NUMBER else Reading.PLAIN
    result = converted(column, profile.name, sample, reading)
    kept = len(result.values) - result.values.null_count
    failed = int(result.failed.sum()) if result.failed is not None else 0
    return kept / (kept + failed) if kept + failed else None


def value_share(column: Column, profile: ColumnProfile) -> tuple[float, int]:
    """Share of the most frequent cells that convert, 0-1, and how many distinct values came of them."""
    counts = [count for _, count in profile.top_values]
    if not sum(counts):
        return 0.0, 0
    values = converted(
        column, profile.name, pa.array([cell for cell, _ in profile.top_values], pa.string())
    ).values.to_pylist()
    kept = sum(count for value, count in zip(values, counts, strict=True) if value is not None)
    return kept / sum(counts), len({value for value in values if value is not None})


def _unit(column: Column, name: Name) -> Verdict:
    fitting = FITTING_UNITS.get(column.unit) if column.kind is Kind.NUMBER else None
    if not name.unit or fitting is None or name.unit in fitting:
        return Verdict()
    return Verdict(cap=45, reason=f"its name says {name.unit}, not {column.unit}")


def _filled(column: Column, cells: Cells) -> Verdict:
    share = cells.profile.filled_share
    if column.required and share < 0.5:
        return Verdict(cap=50, reason=f"only {share:.0%} of its cells are filled")
    return Verdict()


def _number(column: Column, cells: Cells) -> tuple[Verdict, ...]:
    profile = cells.profile
    looks = profile.share(Format.DECIMAL, Format.FORMATTED_NUMBER)
    reads = conversion_share(column, profile, cells.sample) if cells.sample is not None else None
    if max(looks, reads or 0.0) < 0.5:
        return (Verdict(cap=0, reason="its cells are not numbers"),)
    if _coded(profile):
        return (Verdict(cap=0, reason="its cells begin with 0, so they are codes"),)
    share = looks if reads is None else reads
    if share < 0.9:
        return (Verdict(cap=65, reason=f"only {share:.0%} of its cells can be read as numbers"),)
    if column.unit in COUNTED and profile.filled >= FLAG_ROWS_TELLING and profile.share(Format.BOOLEAN) > 0.99:
        return (Verdict(cap=50, reason="its cells are a yes or a no, not a count"),)
    return (Verdict(points=1, reason="its cells read as numbers"), _range(column, cells))


def _coded(profile: ColumnProfile) -> bool:
    """Whether most cells are digits with zeros before them ("000201"), as nobody writes a number."""
    told = sum(count for _, count in profile.top_values)
    codes = sum(count for cell, count in profile.top_values if len(cell) > 1 and cell[0] == "0" and cell.isdigit())
    return codes > 0.5 * told


def _range(column: Column, cells: Cells) -> Verdict:
    profile = cells.profile
    if column.unit in COUNTED and profile.number_min is not None:
        if column.minimum == 0 and profile.number_min < 0 and profile.number_min not in SENTINELS:
            return Verdict(cap=45, reason="some of its numbers are below 0, so they are changes")
        if profile.filled >= FEW_ROWS and profile.number_min >= COUNT_FROM_MAX:
            return Verdict(cap=45, reason=f"it starts at {profile.number_min:g}, as ids do")
    if column.unit.startswith("currency") and profile.filled >= FEW_ROWS and profile.number_max == 0:
        return Verdict(cap=55, reason="all its amounts are 0")
    if profile.number_mean is None or profile.number_min is None or profile.number_max is None:
        return Verdict()
    seen = f"its values run from {profile.number_min:g} to {profile.number_max:g}"
    low, high = column.minimum, column.maximum
    unknown = low == 0 and profile.number_min in SENTINELS
    if (low is not None and profile.number_mean < low and not unknown) or (
        high is not None and profile.number_mean > high
    ):
        # A price that cannot be one is not even asked about; a tenure may be in days.
        cap = 38 if column.unit.startswith("currency") else 40
        return Verdict(cap=cap, reason=f"{seen}, which does not fit {column.unit}")
    unstated = "month" not in cells.name.compact and cells.name.unit != "months"
    many = profile.filled >= TENURE_ROWS_TELLING
    if column.name == "tenure_months" and unstated and many and profile.number_max <= TENURE_MONTHS_DOUBTED:
        return Verdict(cap=65, reason=f"{seen}, so they may be years")
    return Verdict()


def _flag(column: Column, cells: Cells) -> tuple[Verdict, ...]:
    share, distinct = value_share(column, cells.profile)
    if share < 0.8 or distinct > 2:
        return (Verdict(cap=0, reason="its cells are not a yes or a no"),)
    return (Verdict(points=1, reason="its cells are a yes or a no"),)


def _category(column: Column, cells: Cells) -> tuple[Verdict, ...]:
    profile = cells.profile
    if column.values:
        share, _ = value_share(column, profile)
        if column.name == "internet_service" and profile.share(Format.BOOLEAN) > 0.9:
            return (Verdict(cap=INTERNET_FLAG_CAP, reason="its cells say whether there is internet, not which"),)
        if column.name in ("billing_interval", "contract") and not _counts_periods(profile):
            return (Verdict(cap=30, reason="its cells are numbers that say no period"),)
        if share < (INTERNET_SHARE_MIN if column.name == "internet_service" else 0.5):
            return (Verdict(cap=30, reason=f"its values are not {_listed(column.values)}"),)
        if share < 0.95:
            return (Verdict(cap=80, reason=f"{share:.0%} of its cells are one of {_listed(column.values)}"),)
        return (Verdict(points=1, reason=f"its values are among {_listed(column.values)}"),)
    if profile.share(Format.DECIMAL) > 0.9 and profile.share(Format.INTEGER) < 0.5:
        return (Verdict(cap=40, reason="its cells are decimal numbers"),)
    if profile.share(Format.DATE_ISO) > 0.9:
        return (Verdict(cap=0, reason="its cells are dates"),)
    if profile.share(Format.BOOLEAN) > 0.9:
        cap = FLAG_STATE_CAP if column.name == "status" else 40.0
        return (Verdict(cap=cap, reason="its cells are a yes or a no"),)
    if profile.filled >= 50 and profile.distinct > 0.9 * profile.filled:
        return (Verdict(cap=55, reason="nearly every cell is different"),)
    return (Verdict(),)


def _counts_periods(profile: ColumnProfile) -> bool:
    """Whether cells that are numbers are months, or days, of usual periods; any where they are words."""
    if profile.share(Format.DECIMAL) < 0.9:
        return True
    counts = {value.strip().removesuffix(".0"): count for value, count in profile.top_values}
    return any(
        usual in counts and sum(counts.get(each, 0) for each in periods) >= 0.8 * sum(counts.values())
        for periods, usual in ((PERIODS_IN_MONTHS, "12"), (PERIODS_IN_DAYS, "30"))
    )


def _date(column: Column, cells: Cells) -> tuple[Verdict, ...]:
    if date_share(cells.profile, cells.sample) < DATES_SHARE_MIN:
        return (Verdict(cap=0, reason="its cells are not dates"),)
    return (Verdict(points=2, reason="its cells are dates"),)


def _text(column: Column, cells: Cells) -> tuple[Verdict, ...]:
    profile = cells.profile
    if column.name == "customer_email":
        emails = profile.share(Format.EMAIL)
        return (Verdict(points=2, reason="its cells are e-mail addresses") if emails > 0.8 else Verdict(cap=0),)
    if column.name == "customer_name":
        unlike = max(profile.share(Format.DECIMAL), profile.share(Format.DATE_ISO), profile.share(Format.EMAIL)) > 0.5
        return (Verdict(cap=0, reason="its cells are not names") if unlike else Verdict(points=5),)
    return ()


def _identifier(profile: ColumnProfile, *, generic: bool, named_id: bool) -> tuple[Verdict, ...]:
    """A customer's identifier is filled, near-unique or at least varied, and neither a date nor a measurement."""
    if profile.share(Format.DATE_ISO, Format.DATE_OTHER) > 0.5:
        return (Verdict(cap=0, reason="its cells are dates"),)
    if (generic or not named_id) and names_share(profile) > 0.8:
        return (Verdict(cap=60, reason="its cells read as names"),)
    if profile.share(Format.DECIMAL) > 0.9 and profile.share(Format.INTEGER) < 0.5:
        return (Verdict(cap=0, reason="its cells are measurements"),)
    different = min(1.0, profile.distinct / profile.filled)
    if profile.filled >= ROWS_TELLING and different < 0.02:
        one = profile.distinct < 2
        if generic or one:
            reason = "few of its cells differ, so it does not tell customers apart"
            return (Verdict(cap=0 if generic else ONE_CUSTOMER_CAP, reason=reason),)
        return (Verdict(cap=FEW_CUSTOMERS_CAP, reason=f"it names {profile.distinct:,} customers again and again"),)
    if profile.filled_share < 0.9:
        cap = 60.0 if generic or profile.filled_share < HALF else SPARSE_ID_CAP
        return (Verdict(cap=cap, reason=f"only {profile.filled_share:.0%} of its cells are filled"),)
    if different >= 0.9:
        return (Verdict(points=28 if generic else 2, reason="nearly every cell is different"),)
    return (
        Verdict(
            points=-5 if generic else 0,
            reason=f"{different:.0%} of its cells are different, so customers have several rows",
        ),
    )


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + " or " + values[-1]


_BY_KIND = {Kind.NUMBER: _number, Kind.FLAG: _flag, Kind.CATEGORY: _category, Kind.DATE: _date, Kind.TEXT: _text}
