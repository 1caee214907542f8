"""Names of columns reduced to what they say: case, spaces, punctuation, accents and units taken off."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_UNIT_WORDS: dict[str, str] = {
    "months": "months, month, mo, mos, mths, monthly, permonth, 30d, 30days, last30days",
    "days": "days, day, d",
    "weeks": "weeks, week, wk, wks",
    "years": "years, year, yr, yrs",
    "quarters": "quarters, quarter, qtr, qtrs",
    "hours": "hours, hour, hrs, h",
    "other days": "7d, 7days, 90d, 90days",
    "cents": "cents, cent, pence, minorunits",
    "currency units": (
        "usd, eur, rusd, ususd, ausd, cusd, mxn, zar, czk, huf, zl, kr, sgd, nzd, gbp, chf, cad, aud, inr, "
        "jpy, brl, sek, nok, dkk, pln, dollars, euros, pounds"
    ),
    "percent": "percent, pct, percentage",
    "": "utc, gmt, local, date, yyyymmdd",
}

UNITS: dict[str, str] = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split(", ")}
"""Words that state a unit (or, as "", only a notation), without spaces, and the unit they state."""

SUFFIX_UNITS = tuple(
    sorted(
        (f"{lead}{word}" for word in UNITS if len(word) > 2 and word not in ("date", "local") for lead in ("in", "")),
        key=len,
        reverse=True,
    )
)
"""Units that may end a name without brackets, longest first; shorter ones end too many other words."""

PREFIXES = (
    "custom",
    "properties",
    "traits",
    "attributes",
    "organization",
    "customer",
    "client",
    "subscriber",
    "subscription",
    "subscriptions",
    "account",
    "user",
    "current",
    "company",
)
COUNT_PREFIXES = ("numberof", "noof", "countof", "numof", "number", "num", "no", "nb", "cnt", "total")
COUNT_SUFFIXES = ("count", "cnt", "number", "total")
FLAG_PREFIXES = ("is", "has", "had")
FLAG_SUFFIXES = ("flag", "indicator", "yn", "ind")
MONEY_SUFFIXES = ("value", "amount")
SUFFIXES = ("current", "c")

_SIGIL = re.compile(r"^[\W_]*\$(?=[^\W\d])")
"""A "$" before a name ("$email" of product tools) is no currency."""

_ELISION = re.compile(r"(?<![^\W_])(?:d|l|qu|dell|all|nell)['\u2019](?=[^\W_])", re.I)
"""What a French or Italian word loses to the next: "date d'inscription"."""

_CUSTOM = re.compile(r"(?<=[^\W_])(?:__(?:c|pc|r)|[\s_-]+cf[_-]?\d+)$", re.I)
"""What some tools end the names of their customers' own fields with: "Tier__c", "Industry cf_110"."""

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_YES_OR_NO = "yes|no|y|n|0|1|true|false|m|f|a|r|g|w|j|o|s|t|oui|non|ja|nein|nee|nej|si|s\u00ed|sim|tak|nie|n\u00e3o"
_DATE_PART = "(?:y{1,4}|m{1,3}|d{1,2}|j{2,4}|a{2,4}|t{2}|h{1,2}|i|s{1,2})"
_LEGEND = re.compile(
    rf"[^=]*=.*|\s*(?:{_YES_OR_NO})(?:\s*[/|,]\s*(?:{_YES_OR_NO}))+\s*"
    rf"|\s*(?:utc|gmt)\s*[+-]\s*\d[\d:]*\s*|\s*{_DATE_PART}(?:[-/. :]+{_DATE_PART})+\s*",
    re.I,
)
"""What in brackets only explains the cells: "(1 = yes, 0 = no)", "(Y/N)", "(UTC+0)", "(dd/mm/yyyy)"."""

REMARKS = frozenset(
    {
        "required",
        "optional",
        "readonly",
        "custom",
        "customfield",
        "cf",
        "hidden",
        "deprecated",
        "property",
        "properties",
        "attribute",
        "trait",
        "field",
        "userproperty",
        "customproperty",
        "customattribute",
    }
)
"""What in brackets is said of the field, not of its cells."""

_SIGNS = str.maketrans({"%": " percent ", "#": " number ", "$": " usd ", "€": " eur ", "£": " gbp ", "&": " and "})


@dataclass(frozen=True)
class Name:
    """A column's name. raw: as written; compact: letters and digits alone, lower case; unit: what it states, or ""."""

    raw: str
    compact: str
    unit: str = ""
    bare: str = ""
    """The compact name without the unit that ends it; empty where no unit ends it."""


@lru_cache(maxsize=16_384)
def read(raw: str) -> Name:
    """The name in its parts: a unit in brackets or at the end is told apart from what is measured."""
    units: list[str] = []

    def outside(found: re.Match[str]) -> str:
        inside = compact(found.group(1))
        if _LEGEND.fullmatch(found.group(1)) or inside in REMARKS:
            return " "
        if inside in UNITS or not inside:
            units.append(UNITS.get(inside, ""))
            return " "
        return f" {found.group(1)} "

    whole = compact(_BRACKETS.sub(outside, _CUSTOM.sub("", raw)))
    if any(units):
        return Name(raw, whole, next(unit for unit in units if unit))
    for suffix in SUFFIX_UNITS:
        if whole.endswith(suffix) and len(whole) > len(suffix):
            word = suffix if suffix in UNITS else suffix.removeprefix("in")
            return Name(raw, whole, UNITS[word], whole.removesuffix(suffix))
    return Name(raw, whole)


def compact(text: str) -> str:
    """`text` without accents, case, spaces and punctuation; "Tenure (months)" gives "tenuremonths"."""
    spelled = _ELISION.sub(" ", _SIGIL.sub("", text)).translate(_SIGNS)
    decomposed = unicodedata.normalize("NFKD", spelled)
    return "".join(letter for letter in decomposed.casefold() if letter.isalnum())


def undecorated(name: str, *, count: bool, money: bool, flag: bool) -> Iterator[str]:
    """Shorter names that say the same once words such as "customer" or "is" are taken off a compact name.

    count: the name may be of something counted ("number of"); money: of an amount; flag: of a yes or no ("is").
    """
    prefixes = PREFIXES + COUNT_PREFIXES * count + FLAG_PREFIXES * flag
    suffixes = SUFFIXES + COUNT_SUFFIXES * count + MONEY_SUFFIXES * money + FLAG_SUFFIXES * flag
    fronts = [name, *(name.removeprefix(each) for each in prefixes if name.startswith(each))]
    for front in fronts:
        for short in (front, *(front.removesuffix(each) for each in suffixes if front.endswith(each))):
            if short and short != name:
                yield short
