"""What tells customers apart where no column says so: the one id there is, taken with doubt."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.mapping.cells import Cells
from services.mapping.domain import Strategy
from services.mapping.match import Match
from services.mapping.names import COUNT_PREFIXES, compact
from services.mapping.other_words import OTHER
from services.mapping.profiles import Format
from services.mapping.segments import splits
from services.mapping.wording import digits_share

ID_SCORE = 70.5
"""Score of such a column: just enough to be mapped, never sure."""

PHONE_SCORE = 68.0
"""Score of a phone number: asked, never mapped unasked, as it is a person's and may change."""

ADDRESS_SCORE, ADDRESSES_MIN = 74.0, 0.9
"""Score of the only column of e-mail addresses, and the share of its cells that must be ones."""

PRODUCTS = frozenset(
    ["product", "products", "item", "items", "sku", "variant", "variants", "level", "prodotto", "produto", "producto"]
)
PRODUCT_FROM, PRODUCT_SCORE = 59.0, 66.0
"""Plain names of what is sold, taken as the plan where nothing else may be it; from which score on, and the score then:
a confidence just above what an optional column needs."""

NEAR_MIN = 60.0
"""Score of a named id, or an address, from which there is no need to guess."""

DIFFERENT_MIN, FILLED_MIN, ROWS_MIN, NAMED_ROWS_MIN = 0.95, 0.98, 8, 3
"""ROWS_MIN: filled cells that an unknown name needs; NAMED_ROWS_MIN: a name that says it is an id."""
OPAQUE_LENGTH_MIN = 6
"""Letters and digits that an id of an unknown name has at least: fewer may be a rank or a size."""

_NUMBERED = frozenset(
    [
        "subscription",
        "subs",
        "sub",
        "membership",
        "contract",
        "line",
        "policy",
    ]
)
_PHONES = frozenset(["phone", "telephone", "mobile", "msisdn"])
_BETWEEN = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+")
_OTHER = frozenset(OTHER.split())
_ID_WORDS = frozenset(["id", "ids", "number", "no", "nr", "num", "uuid", "key", "code", "identifier"])
"""Words that together name what a customer usually has one of: "subscription id", "phone number"."""


def with_last_resort(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> list[dict[str, Match]]:
    """The matches, and the one column that could tell customers apart, where neither an id nor an address does."""
    found = [dict(each) for each in matches]
    if any(each["customer_id"].confidence > NEAR_MIN for each in found if "customer_id" in each):
        return found
    if any("customer_email" in each and cells.profile.filled_share >= FILLED_MIN
           for cells, each in zip(columns, found, strict=True)):  # fmt: skip
        return found
    possible = [place for place, cells in enumerate(columns) if _tells_apart(cells)]
    named = [place for place in possible if _numbered(columns[place])]
    unknown = [
        place
        for place in possible
        if columns[place].profile.filled >= ROWS_MIN
        and not splits(columns[place].name.compact)
        and _opaque(columns[place])
    ]
    chosen, score = named if len(named) == 1 else unknown, ID_SCORE
    if not named and not unknown and not any(_of_an_id(each) for each in columns):
        chosen, score = [place for place in possible if _numbered(columns[place], _PHONES)], PHONE_SCORE
    if len(chosen) == 1:
        said = f"no column says who the customer is, and '{columns[chosen[0]].profile.name}' is different in every row"
        found[chosen[0]] |= {"customer_id": Match("customer_id", score, Strategy.VALUES, said, rank=2_000)}
    return found


def with_the_address(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> list[dict[str, Match]]:
    """The matches, and the one column of e-mail addresses where no name says which they are."""
    found = [dict(each) for each in matches]
    if any("customer_email" in each for each in found):
        return found
    places = [place for place, cells in enumerate(columns) if cells.profile.share(Format.EMAIL) >= ADDRESSES_MIN]
    if len(places) == 1 and not _of_others(columns[places[0]]):
        said = f"'{columns[places[0]].profile.name}' is the only column of e-mail addresses"
        match = Match("customer_email", ADDRESS_SCORE, Strategy.VALUES, said, rank=2_000)
        found[places[0]] |= {match.canonical: match}
    return found


def with_the_product(columns: Sequence[Cells], matches: Sequence[Mapping[str, Match]]) -> list[dict[str, Match]]:
    """The matches; what is sold, by a plain name ("product"), is the plan where no other column may be it."""
    found = [dict(each) for each in matches]
    claims = [place for place, each in enumerate(found) if "plan_type" in each]
    if any(found[place]["plan_type"].confidence >= PRODUCT_SCORE for place in claims):
        return found
    plain = [
        place
        for place in claims
        if columns[place].name.compact in PRODUCTS and found[place]["plan_type"].confidence >= PRODUCT_FROM
    ]
    for place in sorted(plain, key=lambda each: found[each]["plan_type"].rank)[:1]:
        match = found[place]["plan_type"]
        said = f"{match.evidence}; no other column says what was sold"
        found[place]["plan_type"] = replace(match, confidence=PRODUCT_SCORE, evidence=said)
    return found


def _of_others(cells: Cells) -> bool:
    """Whether a known word of the name says that the addresses are somebody else's."""
    words = {compact(word) for word in _BETWEEN.split(cells.profile.name)}
    return bool(_OTHER & words) or any(_OTHER & set(split) for split in splits(cells.name.compact))


def _tells_apart(cells: Cells) -> bool:
    profile = cells.profile
    if profile.filled < NAMED_ROWS_MIN or profile.filled_share < FILLED_MIN:
        return False
    unlike = max(profile.share(Format.DATE_ISO, Format.DATE_OTHER), profile.share(Format.EMAIL))
    measured = profile.share(Format.DECIMAL) > 0.5 and profile.share(Format.INTEGER) < 0.9
    return profile.distinct >= DIFFERENT_MIN * profile.filled and unlike < 0.5 and not measured


def _numbered(cells: Cells, things: frozenset[str] = _NUMBERED) -> bool:
    return any(set(split) & things and set(split) & _ID_WORDS for split in splits(cells.name.compact))


def _of_an_id(cells: Cells) -> bool:
    return cells.name.compact.endswith(("id", "uuid", "key", "code"))


def _opaque(cells: Cells) -> bool:
    """Whether the cells are codes: one long word each, with digits."""
    values = [value for value, _ in cells.profile.top_values]
    if cells.name.compact.startswith(COUNT_PREFIXES):
        return False
    return digits_share(cells.profile) > 0.8 and all(
        len(value) >= OPAQUE_LENGTH_MIN and " " not in value and "://" not in value for value in values
    )
