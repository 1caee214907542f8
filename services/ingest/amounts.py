"""Numbers that cells of text read as, in both families of decimal marks; what may be either is kept apart."""

from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.domain import Format
from services.ingest.patterns import CURRENCY, fitting_mask, holding, within

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

_AMBIGUOUS = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
"""One mark, and behind it three digits: thousands or decimals."""

_POINT = r"^([0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]*\.[0-9]+)$"
_COMMA = r"^([0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(\.[0-9]{3}){2,}|[0-9]*,[0-9]+)$"
_OTHER_THOUSANDS = "[0-9][ '’\u00a0\u202f][0-9]{3}"
"""A space or an apostrophe between thousands: the mark that follows can only be the decimal one."""

_EXCEL_SERIALS = (20_000.0, 60_000.0)
_UNIX_SECONDS = (946_684_800.0, 2_524_608_000.0)
"""2000-01-01 and 2050-01-01."""


@dataclass(frozen=True)
class Amounts:
    """What distinct values read as. sure: (n,) their one reading, nan where they have none.

    as_point, as_comma: (n,) both readings of ambiguous values, nan elsewhere; None where no value is ambiguous.
    """

    sure: Floats
    as_point: Floats | None = None
    as_comma: Floats | None = None
    formats: dict[Format, Mask] = field(default_factory=dict)


def amounts_of(values: pa.StringArray, fits: dict[Format, Mask]) -> Amounts | None:
    """The numbers among distinct values (trimmed) whose basic formats are `fits`; None where there are none."""
    plain, formatted = fits.get(Format.DECIMAL), fits.get(Format.FORMATTED_NUMBER)
    if plain is None and formatted is None:
        return None
    found = Amounts(np.full(len(values), np.nan))
    if plain is not None:
        found.sure[plain] = _of(values, plain).cast(pa.float64()).to_numpy()
        _note(found, Format.EXCEL_SERIAL, _between(found.sure, *_EXCEL_SERIALS))
        _note(found, Format.UNIX_TIME, _unix(found.sure))
        found = _with_marks(found, values, plain & ~fits.get(Format.INTEGER, np.False_))
    return found if formatted is None else _with_formatted(found, values, formatted)


def currencies_of(values: pa.StringArray, counts: NDArray[np.int64]) -> dict[str, int]:
    """How many cells bear each currency mark; codes in capitals."""
    marks = pc.extract_regex(values, f"(?P<mark>{CURRENCY})").field("mark")
    found: dict[str, int] = {}
    for mark, count in zip(cast(list[str], marks.to_pylist()), counts.tolist(), strict=True):
        name = mark.upper() if len(mark) == 3 and mark.isascii() and mark.isalpha() else mark
        found[name] = found.get(name, 0) + count
    return found


def _with_marks(found: Amounts, values: pa.StringArray, fractions: Mask) -> Amounts:
    """Plain numbers that have a point, or an exponent."""
    if not fractions.any():
        return found
    ambiguous = within(values, fractions, _AMBIGUOUS)
    _note(found, Format.DECIMAL_POINT, fractions & ~ambiguous & holding(values, "."))
    return _with_ambiguous(found, values, ambiguous) if ambiguous.any() else found


def _with_formatted(found: Amounts, values: pa.StringArray, formatted: Mask) -> Amounts:
    """Numbers with a currency mark, a percent sign, brackets, thousands marks or a decimal comma."""
    texts = _of(values, formatted)
    _note(found, Format.PERCENT, within(values, formatted, "%"))
    _note(found, Format.CURRENCY, within(values, formatted, CURRENCY))
    core = pc.replace_substring_regex(texts, "[^0-9.,]", "")
    spaced = fitting_mask(texts, _OTHER_THOUSANDS)
    ambiguous = fitting_mask(core, _AMBIGUOUS) & ~spaced
    point = fitting_mask(core, _POINT) & ~ambiguous
    comma = fitting_mask(core, _COMMA) & ~ambiguous
    whole = fitting_mask(core, "^[0-9]+$")
    sign = np.where(fitting_mask(texts, r"^\(|-"), -1.0, 1.0)
    numbers = np.full(len(texts), np.nan)
    _read(numbers, core, point | whole, sign, thousands=",")
    _read(numbers, core, comma, sign, thousands=".")
    found.sure[formatted] = numbers
    _note(found, Format.DECIMAL_POINT, _placed(formatted, point))
    _note(found, Format.DECIMAL_COMMA, _placed(formatted, comma))
    return _with_ambiguous(found, values, _placed(formatted, ambiguous)) if ambiguous.any() else found


def _with_ambiguous(found: Amounts, values: pa.StringArray, ambiguous: Mask) -> Amounts:
    _note(found, Format.AMBIGUOUS_NUMBER, ambiguous)
    texts = _of(values, ambiguous)
    core = pc.replace_substring_regex(texts, "[^0-9.,]", "")
    sign = np.where(fitting_mask(texts, r"^\(|-"), -1.0, 1.0)

    def added(before: Floats | None, thousands: str) -> Floats:
        reading = np.full(len(values), np.nan) if before is None else before
        numbers = np.empty(len(texts))
        _read(numbers, core, np.full(len(texts), True), sign, thousands)
        reading[ambiguous] = numbers
        return reading

    found.sure[ambiguous] = np.nan
    return Amounts(found.sure, added(found.as_point, ","), added(found.as_comma, "."), found.formats)


def _read(numbers: Floats, core: pa.StringArray, chosen: Mask, sign: Floats, thousands: str) -> None:
    """Writes the chosen numbers, whose digits and marks are `core`, into `numbers`."""
    if not chosen.any():
        return
    texts = pc.replace_substring(_of(core, chosen), thousands, "")
    numbers[chosen] = pc.replace_substring(texts, ",", ".").cast(pa.float64()).to_numpy() * sign[chosen]


def _of(values: pa.StringArray, chosen: Mask) -> pa.StringArray:
    return values if chosen.all() else values.filter(pa.array(chosen))


def _note(found: Amounts, name: Format, fitting: Mask) -> None:
    if fitting.any():
        found.formats[name] = found.formats[name] | fitting if name in found.formats else fitting


def _placed(where: Mask, among: Mask) -> Mask:
    """A mask over those of `where`, as one over all."""
    placed = where.copy()
    placed[where] = among
    return placed


def _between(numbers: Floats, low: float, high: float) -> Mask:
    return (numbers >= low) & (numbers <= high)


def _unix(numbers: Floats) -> Mask:
    low, high = _UNIX_SECONDS
    times: Mask = _between(numbers, low, high) | _between(numbers, 1e3 * low, 1e3 * high)
    times &= np.floor(numbers) == numbers
    return times
