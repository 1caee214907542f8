"""What the words in the cells say for or against a column of text or categories: verdicts on names, plans, states."""

import re

from libs.tables.columns import Column
from services.mapping.cells import FEW_ROWS, Cells, Verdict
from services.mapping.profiles import ColumnProfile, Format
from services.mapping.wording import (
    TIERS_TELLING_MIN,
    bands_share,
    digits_share,
    handles_share,
    method_words_share,
    methods_share,
    relations_share,
    sizes_share,
    statuses_share,
    tiers_share,
)

_CODE = re.compile(r"\d{3}|^(?:prod|price|plan|sku|var|item)[_-]", re.IGNORECASE)
"""What ids of plans hold, and names of plans hardly do."""

_STATE_NAMES = ("stat", "stage", "phase", "lifecycle", "journey", "etat", "zustand", "situacion")
"""Parts of names that say a state."""

_KINDS = ("type", "typ", "kind", "brand", "source", "channel", "network", "billing", "provider", "service")
"""Parts of names that say a kind of payment or card, which need not be a way to pay."""

STATUSES_SHARE_MIN, STATUSES_POINTS = 0.8, 14.0
"""Share of cells that must be states of a subscription, and what that adds."""

SIZES_SHARE_MIN, SIZES_POINTS = 0.8, 14.0
"""Share of cells that must be sizes of companies, and what they add to a name that says little ("size")."""

METHODS_POINTS = 20.0
"""What ways to pay add to a name that says little ("method")."""

AMOUNT_MEAN_MIN = 8
"""Mean of numbers from which they are rather what plans cost than their ids."""

HTTP_CODES_MIN = 100
"""Numbers from which a status is that of a request ("404"), not of a customer."""

LOGIN_NAMES_CAP, HALF_BLANK_CAP = 66.0, 72.0
"""Score of a name whose cells are logins, and of one that half of the rows have not."""


def by_wording(column: Column, cells: Cells, *, generic: bool) -> tuple[Verdict, ...]:
    """What the words in the cells say of some columns of text and categories."""
    profile = cells.profile
    if column.name == "plan_type":
        if "price" in cells.name.compact and profile.share(Format.DECIMAL, Format.FORMATTED_NUMBER) > 0.9:
            return (Verdict(cap=30, reason="its cells are prices, not plans"),)
        return (_plans(profile),)
    if column.name == "customer_name":
        return (_names(cells, generic=generic),)
    if column.name == "company_size" and generic and _sizes(profile) >= SIZES_SHARE_MIN:
        return (Verdict(points=SIZES_POINTS, reason="its cells are sizes of companies"),)
    if column.name == "payment_method":
        return (_methods(cells, generic=generic),)
    if column.name == "status" and profile.top_values:
        return (_states(cells, generic=generic),)
    return ()


def _states(cells: Cells, *, generic: bool) -> Verdict:
    """A state is told by its words; under a name that says little ("active") also by a yes or a no."""
    if statuses_share(cells.profile) >= STATUSES_SHARE_MIN:
        return Verdict(points=STATUSES_POINTS, reason="its cells are states of a subscription")
    if cells.profile.share(Format.DECIMAL) > 0.9 and (cells.profile.number_min or 0) >= HTTP_CODES_MIN:
        return Verdict(cap=40, reason="its cells are codes of answers, not states")
    named = any(word in cells.name.compact for word in _STATE_NAMES)
    if generic and not named and cells.profile.share(Format.BOOLEAN) < 0.9:
        return Verdict(cap=40, reason="its cells are no states of a subscription")
    return Verdict()


def _sizes(profile: ColumnProfile) -> float:
    """Share of the most frequent values that are bands of numbers or words of size, 0-1."""
    return max(bands_share(profile), sizes_share(profile))


def _names(cells: Cells, *, generic: bool) -> Verdict:
    """Names are in nearly every row, and neither plans, logins nor ids."""
    profile = cells.profile
    if tiers_share(profile) >= TIERS_TELLING_MIN:
        return Verdict(cap=45, reason="its cells name plans")
    if generic and digits_share(profile) > 0.8:
        return Verdict(cap=60, reason="its cells hold digits, as ids do")
    if profile.share(Format.BOOLEAN) > 0.5:
        return Verdict(cap=0, reason="its cells are a yes or a no")
    if profile.filled >= FEW_ROWS and handles_share(profile) > 0.8:
        return Verdict(cap=LOGIN_NAMES_CAP, reason="its cells are written as logins are")
    if generic and profile.filled >= 3 * FEW_ROWS and profile.distinct <= min(12, 0.3 * profile.filled):
        return Verdict(cap=66, reason=f"only {profile.distinct} of its cells differ, so they are hardly customers")
    if profile.filled_share < 0.6:
        return Verdict(cap=HALF_BLANK_CAP, reason=f"only {profile.filled_share:.0%} of its cells are filled")
    return Verdict()


def _methods(cells: Cells, *, generic: bool) -> Verdict:
    """A kind of billing, or of card, that names no way to pay is something else ("prepaid")."""
    doubtful = any(word in cells.name.compact for word in _KINDS) or generic
    words = sum(any(map(str.isalpha, value)) for value, _ in cells.profile.top_values)
    if generic and methods_share(cells.profile) >= TIERS_TELLING_MIN:
        return Verdict(points=METHODS_POINTS, reason="its cells are ways to pay")
    if not doubtful or not words or method_words_share(cells.profile) >= 0.5:
        return Verdict()
    return Verdict(cap=64, reason="its cells name no way to pay")


def _plans(profile: ColumnProfile) -> Verdict:
    """Names of plans are few, and often say what they hold ("Starter"); an id for each row is none."""
    different = profile.distinct / max(1, profile.filled)
    written = profile.share(Format.FORMATTED_NUMBER, Format.DECIMAL)
    if written > 0.9 and profile.share(Format.INTEGER) < 0.5:
        return Verdict(cap=40, reason="its cells are amounts")
    if written > 0.9 and (profile.number_mean or 0) >= AMOUNT_MEAN_MIN and profile.distinct > 2:
        return Verdict(points=-14, reason="its cells may be amounts")
    if profile.filled >= FEW_ROWS and different > 0.9 and digits_share(profile) > 0.8:
        return Verdict(cap=55, reason="nearly every cell is another code")
    if relations_share(profile) > 0.5:
        return Verdict(cap=45, reason="its cells say what somebody is to the company, not what it pays for")
    if tiers_share(profile) >= TIERS_TELLING_MIN:
        return Verdict(points=12, reason="its cells name plans")
    coded = bool(profile.top_values) and all(
        _CODE.search(value) and " " not in value for value, _ in profile.top_values
    )
    if coded and profile.distinct >= max(FEW_ROWS, 0.25 * profile.filled):
        return Verdict(cap=55, reason=f"{profile.distinct} codes are no plans")
    if coded:
        return Verdict(points=-4, reason="its cells are codes, not names")
    return Verdict()
