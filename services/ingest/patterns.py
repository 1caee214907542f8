"""Ways to read a cell of text, as patterns that both Python and Arrow (RE2) understand."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from libs.tables.words import MISSING, NO, YES
from services.ingest.characters import AT, DIGIT, LETTER, MARK, OTHER, POINT, SIGN, E, Needs, classes
from services.ingest.domain import Format

_INTEGER = r"^[+-]?[0-9]+$"
_DECIMAL = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?$"

MONTH_NAMES = (
    "january jan janvier janv januar jänner enero ene janeiro gennaio gen januari",
    "february feb février févr fév februar febrero fevereiro fev febbraio februari",
    "march mar mars märz mär marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maio maggio mag mei maj",
    "june jun juin juni junio junho giugno giu",
    "july jul juillet juil juli julio julho luglio lug",
    "august aug août aoû agosto ago augustus augusti",
    "september sep sept septembre septiembre setembro set settembre",
    "october oct octobre oktober okt octubre outubro out ottobre ott",
    "november nov novembre noviembre novembro",
    "december dec décembre déc dezember dez diciembre dic dezembro dicembre",
)
"""Of each month, in lower case: English, French, German, Spanish, Portuguese, Italian, Dutch and Swedish."""


def _bare(pattern: str) -> str:
    """The pattern without its anchor and the names of its groups."""
    return re.sub(r"\?P<[a-z]+>", "?:", pattern.removeprefix("^"))


_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2}|[A-Z]{2,5})"
_TIME = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_DATE_ISO = rf"^[0-9]{{4}}-{_MONTH}-{_DAY}([T ]{_TIME} ?{_ZONE}?)?$"
_DATE_OTHER = (
    r"^([0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{4}|[0-9]{2})|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2})"
    rf"(,? +{_TIME} ?([AaPp]\.?[Mm]\.?)?( ?{_ZONE})?)?$"
)
_EMAIL = r"^[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}$"

CURRENCY = (
    r"(?:(?:US|CA|AU|NZ|HK|SG|MX|[CARS])?\$|[€£¥₹₩₽₺฿₪₫₴₦₱]|kr|zł|Kč|Ft|(?i:USD|EUR|GBP|CAD|AUD|NZD|CHF|JPY|CNY|INR|BRL|"
    r"SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|TRY|ILS|AED|SAR|ZAR|SGD|HKD|KRW|THB|IDR|MYR|PHP|MXN|COP|CLP|ARS|UAH|RUB))"
)
"""Symbols, and codes of ISO 4217 in either case."""
_GROUPED = "[0-9]{1,3}([,. '’\u00a0\u202f][0-9]{3})+([.,][0-9]+)?"
_AMOUNT = f"({_GROUPED}|[0-9]+([.,][0-9]+)?|[.,][0-9]+)"
_GAP = "[ \u00a0\u202f]?"
_FORMATTED_NUMBER = rf"^\(?[+-]?{CURRENCY}?{_GAP}[+-]?{_AMOUNT}{_GAP}({CURRENCY}|%)?\)?$"

_DURATION = r"^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+([.,][0-9]+)?D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.,][0-9]+)?S)?)?$"

_NAMES = "|".join(sorted((name for names in MONTH_NAMES for name in names.split()), key=len, reverse=True))
_CLOCK = rf"(,? (at )?{_TIME} ?([AaPp]\.?[Mm]\.?)?( ?{_ZONE})?)?$"
_WEEKDAY = r"^(?:[A-Za-z]{2,9}\.?,? )?"
_NTH = r"(?:st|nd|rd|th|\.)?"
DATE_NAMED_DAY_FIRST = (
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}}){_NTH}[ -]?(?:de )?(?P<month>(?i:{_NAMES}))\.?,?(?: de )?[ -]?"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
DATE_NAMED_MONTH_FIRST = (
    rf"{_WEEKDAY}(?P<month>(?i:{_NAMES}))\.? (?P<day>[0-9]{{1,2}}){_NTH},? (?P<year>[0-9]{{4}}|[0-9]{{2}})"
)
_DATE_NAMED = f"^({_bare(DATE_NAMED_DAY_FIRST)}|{_bare(DATE_NAMED_MONTH_FIRST)}){_CLOCK}"

_DISJOINT = (
    (Format.DECIMAL, _DECIMAL, Needs(all_of=DIGIT, none_of=LETTER | AT | MARK | OTHER)),
    (Format.DATE_ISO, _DATE_ISO, Needs(all_of=DIGIT | SIGN, none_of=AT | MARK)),
    (Format.DATE_OTHER, _DATE_OTHER, Needs(all_of=DIGIT, any_of=SIGN | POINT | MARK, none_of=AT)),
    (Format.EMAIL, _EMAIL, Needs(all_of=AT | POINT)),
    (Format.FORMATTED_NUMBER, _FORMATTED_NUMBER, Needs(all_of=DIGIT, none_of=AT | MARK)),
    (Format.DURATION, _DURATION, Needs(all_of=DIGIT | LETTER, none_of=AT | MARK)),
    (Format.DATE_NAMED, _DATE_NAMED, Needs(all_of=DIGIT, any_of=LETTER | E, none_of=AT | MARK)),
)
"""Formats of which no cell fits two; each is sought only in what is left, among cells that have what it needs."""

_BYTES_MAX = 1_000
"""No cell of a known format is longer: the longest e-mail address has 254 characters."""

_DATA = re.compile("|".join(f"(?:{pattern})" for _, pattern, _ in _DISJOINT))
_MISSING_SET = pa.array(MISSING)
_YES_OR_NO_SET = pa.array(sorted(YES | NO))

_CASE_BYTES = 2
"""By which a word in capitals may be longer than in small letters."""


def looks_like_data(cell: str) -> bool:
    """Whether the cell is a number, a date or an e-mail address, as a column's name hardly ever is."""
    text = cell.strip()
    return len(text) <= _BYTES_MAX and _DATA.match(text) is not None


def missing(values: pa.StringArray) -> NDArray[np.bool_]:
    """Which values (trimmed) are blank or a word for "missing"."""
    return _among(values, _MISSING_SET)


def formats_of(values: pa.StringArray) -> dict[Format, NDArray[np.bool_]]:
    """Which values (distinct, trimmed, filled) fit each format; formats that none fits are left out."""
    fits: dict[Format, NDArray[np.bool_]] = {}
    _note(fits, Format.BOOLEAN, _among(values, _YES_OR_NO_SET))
    held = classes(values)
    # Whole numbers without a sign need no pattern: digits are all that they have.
    digits = held == DIGIT
    left = (held & (DIGIT | AT) != 0) & (pc.binary_length(values).to_numpy() <= _BYTES_MAX)
    plain = digits & left
    left &= ~plain
    _note(fits, Format.DECIMAL, plain)
    for name, pattern, needs in _DISJOINT:
        if not left.any():
            break
        fitting = within(values, left & needs.met_by(held), pattern)
        _note(fits, name, fitting)
        left &= ~fitting
    if Format.DECIMAL in fits:
        rest = fits[Format.DECIMAL] & ~plain & (held & (POINT | E) == 0)
        _note(fits, Format.INTEGER, plain | within(values, rest, _INTEGER))
    return fits


def _among(values: pa.StringArray, words: pa.StringArray) -> NDArray[np.bool_]:
    """Which values are one of the words, in any case. Most columns have few values as short as words are."""
    longest = pc.max(pc.binary_length(words)).as_py() + _CASE_BYTES
    found: NDArray[np.bool_] = pc.binary_length(values).to_numpy() <= longest
    if found.any():
        short = values if found.all() else values.filter(pa.array(found))
        found[found] = _mask(pc.is_in(pc.utf8_lower(short), value_set=words))
    return found


def _note(fits: dict[Format, NDArray[np.bool_]], name: Format, fitting: NDArray[np.bool_]) -> None:
    if fitting.any():
        fits[name] = fits[name] | fitting if name in fits else fitting


def within(values: pa.StringArray, chosen: NDArray[np.bool_], pattern: str) -> NDArray[np.bool_]:
    """Which of the chosen values fit, as a mask over all."""
    fitting = chosen.copy()
    if not chosen.any():
        return fitting
    fitting[chosen] = fitting_mask(values if chosen.all() else values.filter(pa.array(chosen)), pattern)
    return fitting


def holding(values: pa.StringArray, text: str) -> NDArray[np.bool_]:
    """Which values hold the text."""
    return _mask(pc.match_substring(values, text))


def fitting_mask(values: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    return _mask(pc.match_substring_regex(values, pattern))


def _mask(values: pa.BooleanArray) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = values.to_numpy(zero_copy_only=False)
    return mask
