"""What shapes tell of the texts that have them: whether they are blank, a yes or no, and of which format."""

import re
from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.words import MISSING, NO, YES
from services.ingest.characters import AT, DIGIT, LETTER, MARK, OTHER, POINT, SIGN, E, Needs, classes, digits
from services.ingest.domain import Format
from services.ingest.patterns import FEW, FORMATS, TEXT_BYTES_MAX, within
from services.ingest.shapes import Mask, Texts

_NEEDS = {
    Format.DECIMAL: Needs(all_of=DIGIT, none_of=LETTER | AT | MARK | OTHER),
    Format.DATE_ISO: Needs(all_of=DIGIT | SIGN, none_of=AT | MARK),
    Format.DATE_OTHER: Needs(all_of=DIGIT, any_of=SIGN | POINT | MARK, none_of=AT),
    Format.EMAIL: Needs(all_of=AT | POINT),
    Format.FORMATTED_NUMBER: Needs(all_of=DIGIT, none_of=AT | MARK),
    Format.DURATION: Needs(all_of=DIGIT | LETTER, none_of=AT | MARK),
    Format.DATE_NAMED: Needs(all_of=DIGIT, any_of=LETTER | E, none_of=AT | MARK),
}
"""What a text of each format holds. Without digits no text is tried but e-mail addresses, and these alone have an @."""

_ADDRESS = re.compile(FORMATS[Format.EMAIL])
_OTHERS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in FORMATS.items() if name != Format.EMAIL))

_MISSING = frozenset(MISSING)
_YES_OR_NO = YES | NO
_YES_OR_NO_SHAPES = frozenset(re.sub("[0-9]", "0", word) for word in _YES_OR_NO)

_WORD_BYTES_MAX = 2 + max(len(word.encode()) for word in _MISSING | _YES_OR_NO)
"""In capitals a word may be longer than in small letters."""


@dataclass(frozen=True)
class Kinds:
    """Of m shapes, which are blank (or a word for it), which may be a word for yes or no, which fit each format."""

    blank: Mask
    yes_or_no: Mask
    formats: dict[Format, Mask]


def kinds_of(shapes: pa.StringArray) -> Kinds:
    """What each shape (trimmed) tells; formats that none fits are left out."""
    formats = _one_by_one(shapes) if len(shapes) <= FEW else _all_at_once(shapes)
    return Kinds(*_words(shapes), formats)


def formats_of(texts: Texts, kinds: Kinds) -> dict[Format, Mask]:
    """Which texts fit each format, `kinds` being those of their shapes; formats that none fits are left out."""
    fits = {name: texts.spread(fitting) for name, fitting in kinds.formats.items()}
    if kinds.yes_or_no.any():
        fits[Format.BOOLEAN] = _yes_or_no(texts.values, texts.spread(kinds.yes_or_no))
    if Format.DATE_ISO in fits:
        fits[Format.DATE_ISO] = _with_month_and_day(texts.values, fits[Format.DATE_ISO])
    return {name: fitting for name, fitting in fits.items() if fitting.any()}


def _yes_or_no(values: pa.StringArray, chosen: Mask) -> Mask:
    """Those of the chosen values that are a word for it: 1 and 0 alone where the shape has digits."""
    words = cast(list[str], pc.utf8_lower(values.filter(pa.array(chosen))).to_pylist())
    chosen[chosen] = [word in _YES_OR_NO for word in words]
    return chosen


def _with_month_and_day(values: pa.StringArray, chosen: Mask) -> Mask:
    """Those of the chosen values, all of the form of ISO 8601, whose month and day there are."""
    dates = values.filter(pa.array(chosen))
    month, day = digits(dates, 5, 2), digits(dates, 8, 2)
    chosen[chosen] = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return chosen


def _one_by_one(shapes: pa.StringArray) -> dict[Format, Mask]:
    """By Python, which is quicker for few shapes."""
    formats: dict[Format, Mask] = {}
    for place, shape in enumerate(cast(list[str], shapes.to_pylist())):
        for name in _formats_of_one(shape):
            formats.setdefault(name, np.zeros(len(shapes), np.bool_))[place] = True
    return formats


def _formats_of_one(shape: str) -> tuple[Format, ...]:
    if len(shape) * 4 > TEXT_BYTES_MAX and len(shape.encode()) > TEXT_BYTES_MAX:
        return ()
    if "@" in shape:
        return (Format.EMAIL,) if _ADDRESS.match(shape) else ()
    found = _OTHERS.match(shape) if "0" in shape else None
    if found is None:
        return ()
    name = Format(cast(str, found.lastgroup))
    if name == Format.DECIMAL and not set(shape) & set(".eE"):
        return Format.DECIMAL, Format.INTEGER
    return (name,)


def _all_at_once(shapes: pa.StringArray) -> dict[Format, Mask]:
    """By Arrow, with as few patterns as possible tried on as few shapes as possible."""
    held = classes(shapes)
    left = (held & (DIGIT | AT) != 0) & (pc.binary_length(shapes).to_numpy() <= TEXT_BYTES_MAX)
    formats: dict[Format, Mask] = {}
    for name, needs in _NEEDS.items():
        formats[name] = within(shapes, left & needs.met_by(held), FORMATS[name])
        left &= ~formats[name]
    formats[Format.INTEGER] = formats[Format.DECIMAL] & (held & (POINT | E) == 0)
    return formats


def _words(shapes: pa.StringArray) -> tuple[Mask, Mask]:
    """Which shapes are a word for "missing" and which one for yes or no, in any case."""
    missing, yes_or_no = np.zeros((2, len(shapes)), np.bool_)
    short = pc.binary_length(shapes).to_numpy() <= _WORD_BYTES_MAX
    if short.any():
        words = cast(list[str], pc.utf8_lower(shapes if short.all() else shapes.filter(pa.array(short))).to_pylist())
        missing[short] = [word in _MISSING for word in words]
        yes_or_no[short] = [word in _YES_OR_NO_SHAPES for word in words]
    return missing, yes_or_no
