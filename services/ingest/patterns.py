"""Ways to read a cell of text, as patterns that both Python and Arrow (RE2) understand."""

import re
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.domain import Format

Mask = NDArray[np.bool_]

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


def _any_case(words: str) -> str:
    """One of the words in any case, spelt out: Python and RE2 do not fold the same letters beyond ASCII."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return "|".join("".join(f"[{letter}{letter.upper()}]" for letter in word) for word in longest_first)


def _bare(pattern: str) -> str:
    """The pattern without its anchor and the names of its groups."""
    return re.sub(r"\?P<[a-z]+>", "?:", pattern.removeprefix("^"))


_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2}|[A-Z]{2,5})"
_TIME = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_ISO_TIME = rf"([T ]{_TIME} ?{_ZONE}?)?$"
_DATE_ISO = rf"^[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){_ISO_TIME}"
_DATE_ISO_SHAPE = rf"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_ISO_TIME}"
_DATE_OTHER = (
    r"^([0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{4}|[0-9]{2})|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2})"
    rf"(,? +{_TIME} ?([AaPp]\.?[Mm]\.?)?( ?{_ZONE})?)?$"
)
_EMAIL_PART = r"[^@ \t\n\f\r,;<>\"]+"
_EMAIL = rf"^{_EMAIL_PART}@{_EMAIL_PART}\.[^@ \t\n\f\r.,;<>\"]{{2,}}$"

_CODES = (
    "usd eur gbp cad aud nzd chf jpy cny inr brl sek nok dkk pln czk huf ron bgn try ils aed sar zar sgd hkd krw thb "
    "idr myr php mxn cop clp ars uah rub"
)
CURRENCY = rf"(?:(?:US|CA|AU|NZ|HK|SG|MX|[CARS])?\$|[€£¥₹₩₽₺฿₪₫₴₦₱]|kr|zł|Kč|Ft|{_any_case(_CODES)})"
"""Symbols, and codes of ISO 4217 in either case."""
_GROUPED = "[0-9]{1,3}([,. '’\u00a0\u202f][0-9]{3})+([.,][0-9]+)?"
_AMOUNT = f"({_GROUPED}|[0-9]+([.,][0-9]+)?|[.,][0-9]+)"
_GAP = "[ \u00a0\u202f]?"
_FORMATTED_NUMBER = rf"^\(?[+-]?{CURRENCY}?{_GAP}[+-]?{_AMOUNT}{_GAP}({CURRENCY}|%)?\)?$"

_DURATION = r"^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+([.,][0-9]+)?D)?(T([0-9]+H)?([0-9]+M)?([0-9]+([.,][0-9]+)?S)?)?$"

_NAMES = _any_case(" ".join(MONTH_NAMES))
_CLOCK = rf"(,? (at )?{_TIME} ?([AaPp]\.?[Mm]\.?)?( ?{_ZONE})?)?$"
_WEEKDAY = r"^(?:[A-Za-z]{2,9}\.?,? )?"
_NTH = r"(?:st|nd|rd|th|\.)?"
DATE_NAMED_DAY_FIRST = (
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}}){_NTH}[ -]?(?:de )?(?P<month>{_NAMES})\.?,?(?: de )?[ -]?"
    r"(?P<year>[0-9]{4}|[0-9]{2})"
)
DATE_NAMED_MONTH_FIRST = (
    rf"{_WEEKDAY}(?P<month>{_NAMES})\.? (?P<day>[0-9]{{1,2}}){_NTH},? (?P<year>[0-9]{{4}}|[0-9]{{2}})"
)
_DATE_NAMED = f"^({_bare(DATE_NAMED_DAY_FIRST)}|{_bare(DATE_NAMED_MONTH_FIRST)}){_CLOCK}"

FORMATS = {
    Format.DECIMAL: _DECIMAL,
    Format.DATE_ISO: _DATE_ISO_SHAPE,
    Format.DATE_OTHER: _DATE_OTHER,
    Format.EMAIL: _EMAIL,
    Format.FORMATTED_NUMBER: _FORMATTED_NUMBER,
    Format.DURATION: _DURATION,
    Format.DATE_NAMED: _DATE_NAMED,
}
"""Formats of which no text fits two. No pattern asks which digits there are, so a shape fits where its texts do; but a
date of ISO 8601 also wants a month and a day that exist."""

TEXT_BYTES_MAX = 1_000
"""No text of a known format is longer: the longest e-mail address has 254 characters."""

FEW = 100
"""Texts up to which Python is the quicker one: RE2 reads the pattern anew each time, for up to 600 µs."""

_DATA = re.compile("|".join(f"(?:{pattern})" for pattern in (FORMATS | {Format.DATE_ISO: _DATE_ISO}).values()))


def looks_like_data(cell: str) -> bool:
    """Whether the cell is a number, a date or an e-mail address, as a column's name hardly ever is."""
    text = cell.strip()
    return len(text) <= TEXT_BYTES_MAX and _DATA.match(text) is not None


def within(values: pa.StringArray, chosen: Mask, pattern: str) -> Mask:
    """Which of the chosen values fit, as a mask over all."""
    fitting = chosen.copy()
    if chosen.any():
        fitting[chosen] = fitting_mask(values if chosen.all() else values.filter(pa.array(chosen)), pattern)
    return fitting


def fitting_mask(values: pa.StringArray, pattern: str) -> Mask:
    """Which values (trimmed) fit."""
    if len(values) <= FEW:
        search = re.compile(pattern).search
        return np.array([search(value) is not None for value in cast(list[str], values.to_pylist())], np.bool_)
    fitting: Mask = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    return fitting
