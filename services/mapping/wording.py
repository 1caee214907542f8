"""What the words in a column's cells say: names of people and firms, plans, states, means of payment, countries."""

import re
from collections.abc import Callable, Iterator

from services.mapping.places import COUNTRIES, LIKE_STATES, LIKE_STATES_MAX
from services.mapping.profiles import ColumnProfile, Format
from services.mapping.words import (
    INDUSTRIES,
    LEFT,
    METHOD_WORDS,
    METHODS,
    RELATIONS,
    SIZES,
    SIZES_TELLING,
    STATUSES,
    STATUSES_TELLING,
    STAYED,
    TIERS,
    folded,
)

TIERS_TELLING_MIN, STATUSES_SHARE_MIN = 0.8, 0.9
"""Shares of the most frequent values that must name plans, and states of a subscription."""

STATUS_TOLD, COUNTRY_TOLD, LABEL_TOLD, SIZE_TOLD, INDUSTRY_TOLD = 72.0, 74.0, 90.0, 74.0, 72.0
"""Confidence in a status, a country, the label, a size and an industry told by their values alone."""

INDUSTRIES_SHARE_MIN, INDUSTRIES_MIN = 0.8, 3
"""Share of cells, and how many different ones, that must be known industries."""

_BAND = re.compile(
    r"\d[\d,. ]*(?:-|–|to)\s*\d[\d,. ]*(?:k)?(?:\s*employees)?|\d[\d,. ]*k?\s*\+(?:\s*employees)?|[<>]\s*\d[\d,. ]*"
)
_HANDLE = re.compile(r"[a-z0-9._-]+")


def tiers_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that hold a word of plans ("Pro", "Starter edition"), 0-1.

    0 where fewer than two such words are seen: one may be a name.
    """
    return _share_of(profile, lambda value: TIERS & set(value.split()))


def methods_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that are means of payment ("Visa", "SEPA"), 0-1; 0 for fewer than two."""
    return _share_of(profile, lambda value: METHODS & {value})


def _share_of(profile: ColumnProfile, words: Callable[[str], frozenset[str]]) -> float:
    counts = [(words(folded(value)), count) for value, count in profile.top_values]
    if len(set().union(*(found for found, _ in counts))) < 2:
        return 0.0
    return sum(count for found, count in counts if found) / sum(count for _, count in counts)


def told_by_values(profile: ColumnProfile) -> Iterator[tuple[str, float]]:
    """Open categories that the values tell whatever the column is called, and the confidence (0-100) that gives."""
    values = [folded(value) for value, _ in profile.top_values]
    if len(set(values)) < 2 or profile.share(Format.BOOLEAN) > 0.5:
        return
    if statuses_share(profile) >= STATUSES_SHARE_MIN and len(STATUSES_TELLING & set(values)) >= 2:
        yield "status", STATUS_TOLD
    if set(values) <= LEFT | STAYED and LEFT & set(values) and STAYED & set(values):
        yield "churned", LABEL_TOLD
    weights = [count for _, count in profile.top_values]
    known = sum(count for value, count in zip(values, weights, strict=True) if value in COUNTRIES)
    states = sum(count for value, count in zip(values, weights, strict=True) if value in LIKE_STATES)
    if set(values) <= SIZES and len(SIZES_TELLING & set(values)) >= 1:
        yield "company_size", SIZE_TOLD
    trades = {value for value in values if value in INDUSTRIES}
    share = sum(count for value, count in zip(values, weights, strict=True) if value in trades)
    if len(trades) >= INDUSTRIES_MIN and share >= INDUSTRIES_SHARE_MIN * sum(weights):
        yield "industry", INDUSTRY_TOLD
    if known >= 0.95 * sum(weights) and states <= LIKE_STATES_MAX * sum(weights):
        yield "country", COUNTRY_TOLD


def names_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that are words without digits, as names of people and firms are, 0-1."""
    values = [value.strip() for value, _ in profile.top_values]
    return sum(value[:1].isalpha() and " " in value and not any(map(str.isdigit, value)) for value in values) / max(
        1, len(values)
    )


def digits_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that hold a digit, 0-1."""
    values = [value for value, _ in profile.top_values]
    return sum(any(map(str.isdigit, value)) for value in values) / max(1, len(values))


def method_words_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that hold a word of paying ("Bank withdrawal"), 0-1."""
    counts = [(folded(value), count) for value, count in profile.top_values]
    known = sum(count for value, count in counts if any(word in value for word in METHOD_WORDS))
    return known / max(1, sum(count for _, count in counts))


def statuses_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that are states of a subscription, 0-1."""
    counts = [(folded(value), count) for value, count in profile.top_values]
    return sum(count for value, count in counts if value in STATUSES) / max(1, sum(count for _, count in counts))


def sizes_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that are words of companies' size, 0-1."""
    counts = [(folded(value), count) for value, count in profile.top_values]
    return sum(count for value, count in counts if value in SIZES) / max(1, sum(count for _, count in counts))


def relations_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that say what somebody is to the company ("Prospect"), 0-1."""
    counts = [(folded(value), count) for value, count in profile.top_values]
    return sum(count for value, count in counts if value in RELATIONS) / max(1, sum(count for _, count in counts))


def handles_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values written as logins are ("jdoe42"): in one word without capitals, 0-1."""
    values = [value.strip() for value, _ in profile.top_values]
    return sum(bool(_HANDLE.fullmatch(value)) for value in values) / max(1, len(values))


def bands_share(profile: ColumnProfile) -> float:
    """Share of the most frequent values that are bands of numbers ("11-50", "500+"), 0-1."""
    counts = [(value.strip().lower(), count) for value, count in profile.top_values]
    known = sum(count for value, count in counts if _BAND.fullmatch(value))
    return known / max(1, sum(count for _, count in counts))
