"""Whether the amounts of a price list show what period, and how many seats, each of them is for."""

from __future__ import annotations  # pa.Array takes a parameter in the stubs only

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from libs.tables.columns import Kind
from services.mapping import words
from services.mapping.derivations.periods import months_of
from services.mapping.proofs.draft import Draft

Floats = npt.NDArray[np.float64]

INTERVAL = "billing_interval"
INTERVAL_NAMES = (
    "billinginterval", "interval", "planinterval", "subscriptioninterval", "billingperiodunit", "billingfrequency",
    "billingcycle", "billingperiod", "priceinterval", "recurringinterval", "periodunit", "planperiodunit",
)  # fmt: skip
QUANTITY_NAMES = (
    "quantity", "qty", "planquantity", "subscriptionquantity", "subscriptionsplanquantity", "itemquantity", "seats",
    "units",
)  # fmt: skip
_COUNT_NAME = re.compile(r"(interval|period|cycle|frequency)(count|number|length)$")
_ONE_NAME = re.compile(r"unit(price|amount|cost)|(price|amount|fee|cost)per(seat|user|unit|licen[cs]e)|perseat|peruser")

KNOWN_MIN = 0.95
"""Share of rows with an amount whose period must be known."""

SPREAD_MAX = 2.5
"""Greatest price over the least, for one period, beyond which some may be of several periods."""

PLANS_MIN, PLANS_MAX = 2, 40
"""Prices of the short period that must show one multiple for it to be that of a price list, and how many one has."""

DISCOUNTED_MIN = 0.75
"""Least share of the short period's price that a long one's may come to: three months free in a year."""

SAME_PRICE = 0.035
"""How far two prices may differ and still be the same one, as 290 and 299 are."""


@dataclass(frozen=True)
class Prices:
    """The sample's price list, rows without an amount left out. months, quantities: NaN where not said."""

    amounts: Floats
    months: Floats
    quantities: Floats
    plans: tuple[str, ...]

    @property
    def known(self) -> float:
        """Share of rows whose period is known, 0-1; 0 for none."""
        return float(np.isfinite(self.months).mean()) if len(self.months) else 0.0


def interval_header(draft: Draft) -> str | None:
    """The column that says the billing period: the mapped one, else one so named, or the plan, with values that do."""
    if INTERVAL in draft.sources:
        return draft.sources[INTERVAL]
    # Plans are often called after their period: "pro_month", "Growth plan - annual".
    header = draft.named(*INTERVAL_NAMES) or draft.sources.get("plan_type")
    cells = draft.cells(header, Kind.TEXT) if header else None
    if header is None or cells is None or len(cells) == cells.null_count:
        return None
    months = months_of(cells)
    return header if len(cells) - months.null_count >= KNOWN_MIN * (len(cells) - cells.null_count) else None


def count_header(draft: Draft, interval: str) -> str | None:
    """The column of whole numbers that counts the intervals of a period."""
    for header, cells in draft.columns.items():
        counts = bool(_COUNT_NAME.search(cells.name.compact)) or cells.name.compact == "billingperiod"
        if counts and header != interval and (cells.profile.number_min or 0) >= 1:
            return header
    return None


def quantity_header(draft: Draft) -> str | None:
    """The column of how many are paid for."""
    header = draft.sources.get("seats_purchased") or draft.named(*QUANTITY_NAMES)
    return header if header and draft.columns[header].profile.number_min is not None else None


def prices(draft: Draft, amount: str, interval: str, count: str | None, quantity: str | None) -> Prices:
    """The price list that the sample shows."""
    amounts = draft.floats(amount)
    if not len(amounts):
        return Prices(amounts, amounts, amounts, ())
    cells = draft.cells(interval, Kind.TEXT)
    months = months_of(cells).to_numpy(zero_copy_only=False) if cells is not None else np.full(len(amounts), np.nan)
    if count is not None:
        months = months * draft.floats(count)
    quantities = draft.floats(quantity) if quantity else np.ones(len(amounts))
    plan = draft.sources.get("plan_type")
    plans = draft.cells(plan, Kind.TEXT).to_pylist() if plan else [""] * len(amounts)  # type: ignore[union-attr]
    some = np.isfinite(amounts) & (amounts > 0)
    return Prices(
        amounts[some], months[some], quantities[some], tuple(plans[place] or "" for place in np.flatnonzero(some))
    )


def shortest_period(draft: Draft, amounts: Floats) -> Floats:
    """The amounts of the shortest billing period, whose ends tell cents best; all where no period is told."""
    interval = interval_header(draft)
    cells = draft.cells(interval, Kind.TEXT) if interval else None
    if cells is None:
        return amounts
    months = months_of(cells).to_numpy(zero_copy_only=False)
    return amounts[months == np.nanmin(months)] if np.isfinite(months).any() else amounts


def doubt_of_periods(seen: Prices, amount: str, interval: str, *, counted: bool) -> str:
    """Why the amounts may not be of the periods that the rows say, in words; empty where they prove it.

    A Stripe export has 149, 720 and 900 all marked "month" without a count of intervals: six-month prices
    that would be taken for six times the revenue.
    """
    if not len(seen.amounts):
        return f"column '{amount}' has no amount to judge '{interval}' by"
    if seen.known < KNOWN_MIN:
        return (
            f"'{interval}' says no billing period that is known for {1 - seen.known:.0%} of the amounts in '{amount}'"
        )
    if counted:
        return ""
    each = _of_one(seen)
    levels = {months: {float(x) for x in each[seen.months == months]} for months in np.unique(seen.months)}
    shared = [a & b for place, a in enumerate(levels.values()) for b in list(levels.values())[place + 1 :]]
    if any(shared):
        same = max(max(both) for both in shared if both)
        return f"column '{amount}' has {same:g} for periods of different length in '{interval}'"
    if _one_price_list(levels):
        return ""
    for months in levels:
        if doubt := _doubt_of_spread(seen, each, seen.months == months, amount, interval):
            return doubt
    return _doubt_between(seen, each, amount, interval)


def doubt_of_quantity(seen: Prices, name: str) -> str:
    """ "per_seat", "total", or "doubt" where neither name nor values tell."""
    if _ONE_NAME.search(name):
        return "per_seat"
    several = np.isfinite(seen.quantities) & (seen.quantities > 1)
    if several.mean() < 0.05 if len(several) else True:
        return "total"
    alike: dict[tuple[str, float], list[int]] = defaultdict(list)
    for place, (plan, months) in enumerate(zip(seen.plans, seen.months, strict=True)):
        alike[plan, float(months)].append(place)
    total = one = 0
    for places in alike.values():
        quantities, amounts = seen.quantities[places], seen.amounts[places]
        if len(set(quantities.tolist())) > 1:
            one += len(set(amounts.tolist())) == 1
            total += _spread(amounts / quantities) < 1.01
    if one and not total:
        return "per_seat"
    return "total" if total and not one else "doubt"


def _of_one(seen: Prices) -> Floats:
    """Prices of one seat, where amounts are plainly of several."""
    filled = np.where(np.isfinite(seen.quantities) & (seen.quantities > 0), seen.quantities, 1.0)
    return seen.amounts / filled if doubt_of_quantity(seen, "") == "total" else seen.amounts


def _one_price_list(levels: Mapping[float, set[float]]) -> bool:
    """Whether every plan's price of a long period is the same multiple of its price of the short one.

    29, 99 and 349 a month beside 290, 990 and 3,490 a year: ten months for twelve, so each is for what its row says.
    An amount without its twin (720 among those "a month") may be for several periods, and proves nothing.
    """
    if len(levels) < 2 or max(map(len, levels.values())) > PLANS_MAX:
        return False
    (first, short), *longer = sorted(levels.items())
    return len(short) >= PLANS_MIN and all(
        any(
            all(any(_alike(high, low * times) for high in long) for low in short)
            and all(any(_alike(high, low * times) for low in short) for high in long)
            for times in {high / low for high in long for low in short}
            if DISCOUNTED_MIN <= times / (months / first) <= 1 + SAME_PRICE
        )
        for months, long in longer
    )


def _alike(left: float, right: float) -> bool:
    return abs(left - right) <= SAME_PRICE * right


def _doubt_of_spread(seen: Prices, each: Floats, rows: npt.NDArray[np.bool_], amount: str, interval: str) -> str:
    """Why prices of one period differ too much, unless plans that are named as tiers explain it."""
    if _spread(each[rows]) < SPREAD_MAX:
        return ""
    plans = np.array(seen.plans)[rows]
    tiers = [plan for plan in plans if _is_tier(plan)]
    if len(tiers) >= 0.9 * len(plans) and all(_spread(each[rows][plans == plan]) < 1.5 for plan in set(plans)):
        return ""
    values = np.unique(each[rows])
    some = ", ".join(f"{value:g}" for value in (values if len(values) <= 3 else values[[0, len(values) // 2, -1]]))
    return (
        f"column '{amount}' has amounts as different as {some} for the same period in '{interval}', and nothing "
        "counts the intervals that each pays for"
    )


def _doubt_between(seen: Prices, each: Floats, amount: str, interval: str) -> str:
    """Why prices of different periods do not belong to one price list."""
    for plan in set(seen.plans):
        rows = np.array([other == plan for other in seen.plans])
        monthly = {
            months: np.median(each[rows & (seen.months == months)] / months) for months in set(seen.months[rows])
        }
        if len(monthly) > 1 and max(monthly.values()) > SPREAD_MAX * min(monthly.values()):
            return f"the amounts of '{amount}' do not grow with the period in '{interval}'"
    return ""


def _is_tier(plan: str) -> bool:
    told = words.folded(plan).split()
    period = any(re.search(r"\d|month|year|annual|quarter", word) for word in told)
    return not period and any(word in words.TIERS for word in told)


def _spread(values: Floats) -> float:
    return float(values.max() / values.min()) if len(values) else 1.0
