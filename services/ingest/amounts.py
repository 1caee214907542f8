"""Numbers that cells of text read as, in both families of decimal marks; what may be either is kept apart."""

import re
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from services.ingest.characters import kept
from services.ingest.domain import Format
from services.ingest.patterns import CURRENCY, fitting_mask, within
from services.ingest.shapes import Texts

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

_DIGITS = "0123456789"

_AMBIGUOUS = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
_AMBIGUOUS_SHAPE = r"^[+-]?[0-9]{1,3}[.,][0-9]{3}$"
"""One mark, and behind it three digits: thousands or decimals."""

_POINT = r"^([0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]*\.[0-9]+)$"
_COMMA = r"^([0-9]{1,3}(\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(\.[0-9]{3}){2,}|[0-9]*,[0-9]+)$"
_OTHER_THOUSANDS = "[0-9][ '’\u00a0\u202f][0-9]{3}"
"""A space or an apostrophe between thousands: the mark that follows can only be the decimal one."""

_CURRENCY = re.compile(CURRENCY)

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


def amounts_of(texts: Texts, fits: dict[Format, Mask]) -> Amounts | None:
    """The numbers among distinct values whose basic formats are `fits`; None where there are none."""
    plain, formatted = fits.get(Format.DECIMAL), fits.get(Format.FORMATTED_NUMBER)
    if plain is None and formatted is None:
        return None
    found = Amounts(np.full(len(texts.values), np.nan))
    if plain is not None:
        found.sure[plain] = _of(texts.values, plain).cast(pa.float64()).to_numpy()
        _note_times(found)
        found = _with_marks(found, texts, plain & ~fits.get(Format.INTEGER, np.False_))
    return found if formatted is None else _with_formatted(found, texts, formatted)


def currencies_of(shapes: pa.StringArray, counts: NDArray[np.int64]) -> dict[str, int]:
    """How many cells bear each currency mark, from the shapes of those that bear one; codes in capitals."""
    found: dict[str, int] = {}
    for shape, count in zip(cast(list[str], shapes.to_pylist()), counts.tolist(), strict=True):
        if count and (bearing := _CURRENCY.search(shape)):
            mark = bearing[0]
            name = mark.upper() if len(mark) == 3 and mark.isascii() and mark.isalpha() else mark
            found[name] = found.get(name, 0) + count
    return found


def _with_marks(found: Amounts, texts: Texts, fractions: Mask) -> Amounts:
    """Plain numbers that have a point, or an exponent."""
    if not fractions.any():
        return found
    ambiguous = within(texts.values, fractions & texts.spread(fitting_mask(texts.shapes, _AMBIGUOUS_SHAPE)), _AMBIGUOUS)
    _note(found, Format.DECIMAL_POINT, fractions & ~ambiguous & texts.spread(fitting_mask(texts.shapes, "[.]")))
    return _with_ambiguous(found, texts.only(ambiguous), ambiguous) if ambiguous.any() else found


def _with_formatted(found: Amounts, texts: Texts, formatted: Mask) -> Amounts:
    """Numbers with a currency mark, a percent sign, brackets, thousands marks or a decimal comma."""
    texts = texts.only(formatted)
    shapes = texts.shapes
    for name, pattern in ((Format.PERCENT, "%"), (Format.CURRENCY, CURRENCY)):
        _note(found, name, _placed(formatted, texts.spread(fitting_mask(shapes, pattern))))
    core = kept(shapes, "0.,")
    spaced = fitting_mask(shapes, _OTHER_THOUSANDS)
    ambiguous = texts.spread(fitting_mask(core, _AMBIGUOUS_SHAPE) & ~spaced)
    if ambiguous.any():
        ambiguous = within(kept(texts.values, _DIGITS + ".,"), ambiguous, _AMBIGUOUS)
    point = texts.spread(fitting_mask(core, _POINT)) & ~ambiguous
    comma = texts.spread(fitting_mask(core, _COMMA)) & ~ambiguous
    whole = texts.spread(fitting_mask(core, "^[0-9]+$"))
    sign = _signs(texts)
    numbers = np.full(len(sign), np.nan)
    _read(numbers, texts, point | whole, sign, ".")
    _read(numbers, texts, comma, sign, ",")
    found.sure[formatted] = numbers
    _note(found, Format.DECIMAL_POINT, _placed(formatted, point))
    _note(found, Format.DECIMAL_COMMA, _placed(formatted, comma))
    return _with_ambiguous(found, texts.only(ambiguous), _placed(formatted, ambiguous)) if ambiguous.any() else found


def _with_ambiguous(found: Amounts, texts: Texts, where: Mask) -> Amounts:
    """Both readings of the ambiguous `texts`, which stand at `where`."""
    _note(found, Format.AMBIGUOUS_NUMBER, where)
    sign = _signs(texts)

    def added(before: Floats | None, mark: str) -> Floats:
        reading = np.full(len(where), np.nan) if before is None else before
        reading[where] = _numbers(texts.values, mark) * sign
        return reading

    found.sure[where] = np.nan
    return Amounts(found.sure, added(found.as_point, "."), added(found.as_comma, ","), found.formats)


def _read(numbers: Floats, texts: Texts, chosen: Mask, sign: Floats, mark: str) -> None:
    """Writes the chosen numbers, whose decimal mark that is, into `numbers`."""
    if chosen.any():
        numbers[chosen] = _numbers(_of(texts.values, chosen), mark) * sign[chosen]


def _numbers(values: pa.StringArray, mark: str) -> Floats:
    """The numbers that the digits of each value and its decimal mark make, whatever else it holds."""
    numbers: Floats = pc.replace_substring(kept(values, _DIGITS + mark), ",", ".").cast(pa.float64()).to_numpy()
    return numbers


def _signs(texts: Texts) -> Floats:
    """-1 for numbers in brackets or with a minus, 1 for the others."""
    return np.where(texts.spread(fitting_mask(texts.shapes, r"^\(|-")), -1.0, 1.0)


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


def _note_times(found: Amounts) -> None:
    """Numbers that may be days since 1900 or seconds since 1970. Most columns have none so great."""
    greatest = np.fmax.reduce(found.sure)
    if greatest >= _EXCEL_SERIALS[0]:
        _note(found, Format.EXCEL_SERIAL, _between(found.sure, *_EXCEL_SERIALS))
    if greatest >= _UNIX_SECONDS[0]:
        _note(found, Format.UNIX_TIME, _unix(found.sure))


def _between(numbers: Floats, low: float, high: float) -> Mask:
    return (numbers >= low) & (numbers <= high)


def _unix(numbers: Floats) -> Mask:
    low, high = _UNIX_SECONDS
    times: Mask = _between(numbers, low, high) | _between(numbers, 1e3 * low, 1e3 * high)
    times &= np.floor(numbers) == numbers
    return times
