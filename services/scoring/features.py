"""The declared feature specification, shared by training and serving, and the matrix it makes of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables.columns import EXTRA_PREFIX
from libs.tables.words import MISSING
from services.scoring.domain import UnreadableColumn

Matrix: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Cells: TypeAlias = "pa.Array[Any]"

NUMBER_DRESS = " \t%$€£"
"""What a number in an extra column, whose cells are text as the file had them, may wear at its ends."""

_PLAIN_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_UNNAMEABLE = str.maketrans("[]<", "()‹")
"""XGBoost takes no such characters in the name of a column."""


class Encoding(StrEnum):
    """How a feature becomes columns of the matrix. Whatever is not known is NaN, which trees take natively.

    NUMBER: the number. FLAG: 1 for yes, 0 for no. RATIO: the first column divided by the second.
    ORDINAL: the place of the value among `levels`. ONE_HOT: one column of 1 and 0 for each of `levels`.
    """

    NUMBER = "number"
    FLAG = "flag"
    RATIO = "ratio"
    ORDINAL = "ordinal"
    ONE_HOT = "one-hot"


@dataclass(frozen=True)
class Feature:
    """One thing a person knows about a customer, and how the model reads it.

    columns: the canonical or extra columns it is read from; none for a feature that is not to be known of anyone.
    levels: the encoded values of a category, lower case, in order.
    silent: values that are known but leave every one-hot column 0, because another feature says the same
        ("no internet service").
    synonyms: other spellings, by the value they stand for. Any value not named is read as missing.
    monotone: 1 if the churn probability may only rise with it, -1 if only fall, 0 if not constrained.
    group: the feature under whose name its attribution is shown; its own unless it moves with another.
    changeable: whether the company could change it; never so for what a customer is.
    """

    name: str
    columns: tuple[str, ...]
    encoding: Encoding
    levels: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    monotone: int = 0
    group: str = ""
    changeable: bool = True

    @property
    def shown_as(self) -> str:
        return self.group or self.name

    @property
    def encoded(self) -> tuple[str, ...]:
        """Names of its columns in the matrix."""
        if self.encoding is Encoding.ONE_HOT:
            return tuple(f"{self.name}={level}".translate(_UNNAMEABLE) for level in self.levels)
        return (self.name.translate(_UNNAMEABLE),)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "encoding": self.encoding.value, "synonyms": dict(self.synonyms)}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Feature":
        """The feature that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        tuples = {name: tuple(fields[name]) for name in ("columns", "levels", "silent")}
        return cls(**{**fields, **tuples, "encoding": Encoding(fields["encoding"])})


def encoded_names(features: Sequence[Feature]) -> tuple[str, ...]:
    """Names of the matrix's columns, in order."""
    return tuple(name for feature in features for name in feature.encoded)


def group_names(features: Sequence[Feature]) -> tuple[str, ...]:
    """Names under which attributions are shown, in order of first use."""
    return tuple(dict.fromkeys(feature.shown_as for feature in features))


def groups_of_columns(features: Sequence[Feature]) -> np.ndarray:
    """(n_columns,) the index into `group_names` of each column of the matrix."""
    index = {name: place for place, name in enumerate(group_names(features))}
    return np.array([index[feature.shown_as] for feature in features for _ in feature.encoded], dtype=np.intp)


def column_spans(features: Sequence[Feature]) -> tuple[slice, ...]:
    """Where each feature's columns stand in the matrix."""
    ends = np.cumsum([len(feature.encoded) for feature in features]).tolist()
    return tuple(slice(end - len(feature.encoded), end) for feature, end in zip(features, ends, strict=True))


def monotone_constraints(features: Sequence[Feature]) -> tuple[int, ...]:
    """One of -1, 0, 1 for each column of the matrix; one-hot columns are never constrained."""
    return tuple(0 if f.encoding is Encoding.ONE_HOT else f.monotone for f in features for _ in f.encoded)


def missing_features(features: Sequence[Feature], columns: Sequence[str]) -> tuple[str, ...]:
    """Names of the features that a table with these columns cannot give."""
    return tuple(feature.name for feature in features if not set(feature.columns) <= set(columns))


def matrix(table: pa.RecordBatch | pa.Table, features: Sequence[Feature]) -> Matrix:
    """(n_rows, n_columns) float32, rows in the table's order, columns as `encoded_names`; NaN where not known.

    Columns may be absent. Raises UnreadableColumn.
    """
    encoded = np.full((table.num_rows, len(encoded_names(features))), np.nan, dtype=np.float32)
    for feature, span in zip(features, column_spans(features), strict=True):
        if feature.columns and set(feature.columns) <= set(table.schema.names):
            encoded[:, span] = _encode(table, feature)
    return encoded


def values(table: pa.RecordBatch | pa.Table, feature: Feature) -> Cells:
    """(n_rows,) the customers' own values: float64, bool or the text as it stands; null where not known."""
    if not feature.columns or not set(feature.columns) <= set(table.schema.names):
        return pa.nulls(table.num_rows, pa.string())
    if feature.encoding is Encoding.RATIO:
        return pa.array(_ratio(table, feature), from_pandas=True)
    if feature.encoding is Encoding.NUMBER:
        return numbers(table, feature.columns[0])
    return (flags if feature.encoding is Encoding.FLAG else texts)(table, feature.columns[0])


def _encode(table: pa.RecordBatch | pa.Table, feature: Feature) -> Floats:
    """(n_rows, width), NaN where not known."""
    if feature.encoding is Encoding.RATIO:
        return _ratio(table, feature)[:, None]
    if feature.encoding is Encoding.NUMBER:
        return _floats(numbers(table, feature.columns[0]))[:, None]
    if feature.encoding is Encoding.FLAG:
        return _floats(flags(table, feature.columns[0]).cast(pa.float64()))[:, None]
    # Work on the few distinct values, not on the rows.
    words: Any = texts(table, feature.columns[0]).dictionary_encode()
    rows: Floats = np.vstack([*(_level_row(feature, text) for text in words.dictionary.to_pylist()), _unknown(feature)])
    taken: Floats = rows[words.indices.fill_null(len(rows) - 1).to_numpy(zero_copy_only=False)]
    return taken


def _unknown(feature: Feature) -> Floats:
    return np.full(len(feature.encoded), np.nan)


def _level_row(feature: Feature, text: str) -> Floats:
    """(width,) the encoding of one value."""
    value = text.strip().lower()
    value = feature.synonyms.get(value, value)
    if value not in feature.levels:
        return np.zeros(len(feature.encoded)) if value in feature.silent else _unknown(feature)
    place = feature.levels.index(value)
    return np.array([float(place)]) if feature.encoding is Encoding.ORDINAL else np.eye(len(feature.levels))[place]


def _ratio(table: pa.RecordBatch | pa.Table, feature: Feature) -> Floats:
    above, below = (_floats(numbers(table, column)) for column in feature.columns)
    ratio: Floats = np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
    return ratio


def _floats(array: Cells) -> Floats:
    """(n,) float64 with NaN for null and for what is not finite."""
    floats: Floats = array.to_numpy(zero_copy_only=False).astype(np.float64)
    return np.where(np.isfinite(floats), floats, np.nan)


def numbers(table: pa.RecordBatch | pa.Table, column: str) -> Cells:
    """(n_rows,) float64, null where not finite. Raises UnreadableColumn."""
    if column.startswith(EXTRA_PREFIX):
        return plain_numbers(texts(table, column))
    array: Any = _cast(table, column, pa.float64(), "a number")
    finite: Cells = pc.if_else(pc.is_finite(array), array, pa.scalar(None, pa.float64()))
    return finite


def plain_numbers(words: Cells) -> Cells:
    """(n,) float64 of text, null where it is not plainly a number: "12.5", "-3", "9 %", but not "1,200"."""
    bare = pc.utf8_trim(words, characters=NUMBER_DRESS)
    plain: Any = pc.if_else(pc.match_substring_regex(bare, _PLAIN_NUMBER), bare, pa.scalar(None, pa.string()))
    found: Any = plain.cast(pa.float64())
    finite: Cells = pc.if_else(pc.is_finite(found), found, pa.scalar(None, pa.float64()))
    return finite


def blank(words: Cells) -> Cells:
    """(n,) whether a cell of text says nothing: null, empty, or a word for missing."""
    trimmed: Any = pc.utf8_lower(pc.utf8_trim_whitespace(words))
    bare: Any = pc.fill_null(trimmed, "")
    said: Cells = pc.is_in(bare, value_set=pa.array(MISSING))
    return said


def flags(table: pa.RecordBatch | pa.Table, column: str) -> Cells:
    """(n_rows,) bool. Raises UnreadableColumn."""
    return _cast(table, column, pa.bool_(), "yes or no")


def texts(table: pa.RecordBatch | pa.Table, column: str) -> Cells:
    """(n_rows,) string. Raises UnreadableColumn."""
    return _cast(table, column, pa.string(), "text")


def _cast(table: pa.RecordBatch | pa.Table, column: str, wanted: pa.DataType, words: str) -> Cells:
    array = table.column(column)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    # Text is never read as a number here: that is mapping's work, which reports what it could not convert.
    if pa.types.is_string(array.type) and not pa.types.is_string(wanted):
        raise UnreadableColumn(f"column '{column}' is text; scoring needs {words}: map the table first")
    try:
        return array.cast(wanted)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise UnreadableColumn(f"column '{column}' is {array.type}; scoring needs {words} ({wanted})") from error
