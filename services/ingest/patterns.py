"""Ways to read a cell of text, as patterns that both Python and Arrow (RE2) understand."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.domain import Format

MISSING = ("", "-", "--", "—", "n/a", "#n/a", "na", "<na>", "nan", "null")
"""What exporters write for "missing", in lower case; "none" is left out, because it is a value of categories."""

_YES_OR_NO = (
    *("0", "1", "0.0", "1.0", "y", "n", "yes", "no", "t", "f", "true", "false", "on", "off"),
    *("vrai", "faux", "oui", "non", "wahr", "falsch", "ja", "nein", "verdadero", "falso", "si", "sí", "sim", "não"),
)
"""In lower case, with the words of French, German, Spanish and Portuguese."""

_INTEGER = r"^[+-]?[0-9]+$"
_DECIMAL = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,4})?$"

_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_ZONE = r"(Z|[+-][0-9]{2}:?[0-9]{2}|[A-Z]{2,5})"
_TIME = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_DATE_ISO = rf"^[0-9]{{4}}-{_MONTH}-{_DAY}([T ]{_TIME} ?{_ZONE}?)?$"
_DATE_OTHER = (
    r"^([0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{4}|[0-9]{2})|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2})"
    rf"(,? +{_TIME} ?([AaPp]\.?[Mm]\.?)?( ?{_ZONE})?)?$"
)
_EMAIL = r"^[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}$"

_CURRENCY = r"([$€£¥₹₩₽₺฿]|US\$|[CA]\$|R\$|kr|zł|USD|EUR|GBP|CAD|AUD|CHF|JPY|INR|BRL|SEK|NOK|DKK|PLN)"
_GROUPED = "[0-9]{1,3}([,. '’\u00a0\u202f][0-9]{3})+([.,][0-9]+)?"
_AMOUNT = f"({_GROUPED}|[0-9]+([.,][0-9]+)?|[.,][0-9]+)"
_GAP = "[ \u00a0\u202f]?"
_FORMATTED_NUMBER = rf"^\(?[+-]?{_CURRENCY}?{_GAP}[+-]?{_AMOUNT}{_GAP}({_CURRENCY}|%)?\)?$"

_DIGIT_OR_AT = "[0-9@]"
"""What every cell of a format below has; most columns of text are done with this one look."""

_DISJOINT = (
    (Format.DECIMAL, _DECIMAL),
    (Format.DATE_ISO, _DATE_ISO),
    (Format.DATE_OTHER, _DATE_OTHER),
    (Format.EMAIL, _EMAIL),
    (Format.FORMATTED_NUMBER, _FORMATTED_NUMBER),
)
"""Formats of which no cell fits two; each is sought only in what is left."""

_BYTES_MAX = 1_000
"""No cell of a known format is longer: the longest e-mail address has 254 characters."""

_DATA = re.compile("|".join(f"(?:{pattern})" for _, pattern in _DISJOINT))
_MISSING_SET = pa.array(MISSING)
_YES_OR_NO_SET = pa.array(_YES_OR_NO)


def looks_like_data(cell: str) -> bool:
    """Whether the cell is a number, a date or an e-mail address, as a column's name hardly ever is."""
    text = cell.strip()
    return len(text) <= _BYTES_MAX and _DATA.match(text) is not None


def missing(values: pa.StringArray) -> NDArray[np.bool_]:
    """Which values (trimmed) are blank or a word for "missing"."""
    return _mask(pc.is_in(pc.utf8_lower(values), value_set=_MISSING_SET))


def formats_of(values: pa.StringArray) -> dict[Format, NDArray[np.bool_]]:
    """Which values (distinct, trimmed, filled) fit each format; formats that none fits are left out."""
    fits: dict[Format, NDArray[np.bool_]] = {}
    _note(fits, Format.BOOLEAN, _mask(pc.is_in(pc.utf8_lower(values), value_set=_YES_OR_NO_SET)))
    left = _fitting(values, _DIGIT_OR_AT) & (pc.binary_length(values).to_numpy() <= _BYTES_MAX)
    for name, pattern in _DISJOINT:
        if not left.any():
            break
        fitting = _within(values, left, pattern)
        _note(fits, name, fitting)
        left &= ~fitting
    if Format.DECIMAL in fits:
        _note(fits, Format.INTEGER, _within(values, fits[Format.DECIMAL], _INTEGER))
    return fits


def _note(fits: dict[Format, NDArray[np.bool_]], name: Format, fitting: NDArray[np.bool_]) -> None:
    if fitting.any():
        fits[name] = fitting


def _within(values: pa.StringArray, chosen: NDArray[np.bool_], pattern: str) -> NDArray[np.bool_]:
    """Which of the chosen values fit, as a mask over all."""
    fitting = chosen.copy()
    fitting[chosen] = _fitting(values if chosen.all() else values.filter(pa.array(chosen)), pattern)
    return fitting


def _fitting(values: pa.StringArray, pattern: str) -> NDArray[np.bool_]:
    return _mask(pc.match_substring_regex(values, pattern))


def _mask(values: pa.BooleanArray) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = values.to_numpy(zero_copy_only=False)
    return mask
