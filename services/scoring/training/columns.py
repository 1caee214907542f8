"""Which columns of a labelled table a tenant's own model may learn from, and how each is read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from libs.tables import suspects
from libs.tables.columns import EXTRA_PREFIX, Column, Industry, Kind, by_name
from services.scoring.features import Cells, Encoding, Feature, blank, matrix, plain_numbers, texts

LEVEL_ROWS_MIN = 10
"""Customers that a value of a category needs to be one of its levels."""

LEVELS_MAX = 20
DISTINCT_MAX = 200
"""Values beyond which a column of text is no category: names, ids and remarks."""

COVERED_MIN = 0.8
"""Share of the filled cells that the levels of a category must hold."""

EXTRAS_MAX = 200
"""Extra columns that are looked at."""

_DATE = r"^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([T ].*)?$"


@dataclass(frozen=True)
class Choice:
    """features: what may be learnt from, in order. left_out: column names with the reason, for a person."""

    features: tuple[Feature, ...]
    left_out: Mapping[str, str]


def chosen(table: pa.Table, industry: Industry, known: Sequence[Feature], excluded: Mapping[str, str]) -> Choice:
    """The features that this table can give.

    known: the baseline's, which are read as it reads them. excluded: columns that may not be learnt from, with the
    reason. Every other canonical column that a model may read is taken, and extra columns that are plainly numbers
    or categories.
    """
    left_out = {name: reason for name, reason in excluded.items() if name in table.column_names}
    features = [each for each in known if set(each.columns) <= set(table.column_names) - set(left_out)]
    features = [each for each in features if _tells(matrix(table, (each,)))]
    own = _canonical(table, industry, features, left_out)
    return Choice((*features, *own, *_extras(table, {each.name for each in (*known, *own)}, left_out)), left_out)


def _canonical(
    table: pa.Table, industry: Industry, features: Iterable[Feature], left_out: dict[str, str]
) -> list[Feature]:
    """Canonical columns that the baseline does not read, or whose words it does not know."""
    read = {column for feature in features for column in feature.columns if _understood(table, feature)}
    shown = {column: feature for feature in features for column in feature.columns}
    found = []
    for column in by_name(industry).values():
        if not column.feature or column.name not in table.column_names or column.name in {*read, *left_out}:
            continue
        feature = _feature(table, column)
        if feature is None:
            left_out[column.name] = "it holds nothing that tells customers apart"
        elif column.name in shown:
            group = shown[column.name].shown_as
            found.append(replace(feature, name=f"{column.name} in its own words", group=group))
        else:
            found.append(feature)
    return found


def _understood(table: pa.Table, feature: Feature) -> bool:
    """Whether the feature reads nearly every filled cell of its columns; a ratio leaves its parts to be read too."""
    if feature.encoding is Encoding.RATIO:
        return False
    if feature.encoding not in (Encoding.ORDINAL, Encoding.ONE_HOT):
        return True
    unread = np.isnan(matrix(table, (feature,))).all(axis=1)
    filled = ~_flags(blank(texts(table, feature.columns[0])))
    return bool((unread & filled).sum() <= (1 - COVERED_MIN) * filled.sum())


def _feature(table: pa.Table, column: Column) -> Feature | None:
    changeable = column.kind is not Kind.CATEGORY
    if column.kind is Kind.CATEGORY:
        return _category(column.name, column.name, texts(table, column.name))
    encoding = Encoding.FLAG if column.kind is Kind.FLAG else Encoding.NUMBER
    feature = Feature(column.name, (column.name,), encoding, changeable=changeable)
    return feature if _tells(matrix(table, (feature,))) else None


def _extras(table: pa.Table, taken: set[str], left_out: dict[str, str]) -> list[Feature]:
    names = [name for name in table.column_names if name.startswith(EXTRA_PREFIX)]
    left_out.update(dict.fromkeys(names[EXTRAS_MAX:], f"only the first {EXTRAS_MAX} extra columns are looked at"))
    found: list[Feature] = []
    for column in names[:EXTRAS_MAX]:
        if column in left_out:
            continue
        plain = column.removeprefix(EXTRA_PREFIX)
        name = column if plain in taken else plain
        feature, reason = _extra(name, column, texts(table, column))
        if feature is None:
            left_out[column] = reason
        else:
            found.append(feature)
            taken.add(name)
    return found


def _extra(name: str, column: str, words: Cells) -> tuple[Feature | None, str]:
    """The feature, or None and the reason."""
    if reason := given_away(column):
        return None, reason
    filled = words.filter(pc.invert(blank(words)))
    figures = plain_numbers(filled)
    if len(filled) and figures.null_count == 0:
        distinct = pc.count_distinct(figures).as_py()
        if distinct < 2:
            return None, "it holds the same in every row"
        whole = pc.all(pc.equal(pc.floor(figures), figures)).as_py()
        if whole and distinct == len(figures) and distinct > LEVEL_ROWS_MIN:
            return None, "every customer has a whole number of its own, as in an id"
        return Feature(name, (column,), Encoding.NUMBER, changeable=False), ""
    if len(filled) and pc.all(pc.match_substring_regex(filled, _DATE)).as_py():
        return None, "it holds dates, which a model cannot use as they are"
    feature = _category(name, column, words)
    return feature, "" if feature else "it holds too many different words, or the same in every row"


def given_away(column: str) -> str:
    """Why a column of this name may not be learnt from; empty if it may."""
    if suspects.is_personal(column):
        return "by its name it tells one customer from another"
    if suspects.is_after_the_fact(column):
        return "it is known only once a customer has left"
    if suspects.is_another_score(column):
        return "by its name it is another model's score"
    return ""


def _category(name: str, column: str, words: Cells) -> Feature | None:
    """One column for two levels, one for each of more; None if it has no levels worth the name."""
    filled = pc.utf8_lower(pc.utf8_trim_whitespace(words.filter(pc.invert(blank(words)))))
    counts: Any = pc.value_counts(filled)
    if not 2 <= len(counts) <= DISTINCT_MAX:
        return None
    pairs = sorted(
        ((row["counts"].as_py(), row["values"].as_py()) for row in counts), key=lambda pair: (-pair[0], pair[1])
    )
    kept = [(rows, level) for rows, level in pairs if rows >= LEVEL_ROWS_MIN][:LEVELS_MAX]
    if len(kept) < 2 or sum(rows for rows, _ in kept) < COVERED_MIN * len(filled):
        return None
    levels = tuple(sorted(level for _, level in kept))
    encoding = Encoding.ORDINAL if len(levels) == 2 else Encoding.ONE_HOT
    feature = Feature(name, (column,), encoding, levels=levels, changeable=False)
    return feature if len(set(feature.encoded)) == len(feature.encoded) else None


def _tells(encoded: np.ndarray) -> bool:
    """Whether any column of a feature's matrix holds two values."""
    known = ~np.isnan(encoded)
    low = np.where(known, encoded, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, encoded, -np.inf).max(axis=0, initial=-np.inf)
    return bool((low < high).any() or (known.any(axis=0) & ~known.all(axis=0)).any())


def _flags(cells: Cells) -> np.ndarray:
    found: np.ndarray = cells.to_numpy(zero_copy_only=False).astype(bool)
    return found
