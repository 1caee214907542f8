"""From a labelled table to examples: the features that may be learnt from, and what two models say of the rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from libs.errors import InvalidInput
from libs.tables.columns import REVENUE
from services.scoring.calibrate import prior_shift, probability
from services.scoring.features import Feature, Floats, Matrix, column_spans, encoded_names, matrix, numbers, texts
from services.scoring.model import Model
from services.scoring.training.columns import chosen
from services.scoring.training.echoes import echoes
from services.scoring.training.examples import Examples
from services.scoring.training.leaks import Leak, leaks
from services.scoring.training.quick import quick_auc

LABEL = "churned"

ROWS_MAX = 100_000
"""Labelled rows that are learnt from: more would cost minutes and move no figure that a person can see."""


class Unlabelled(InvalidInput):
    """The table does not say of anyone whether they left."""


@dataclass(frozen=True)
class Ground:
    """What a training stands on.

    table: the labelled rows. features: of the matrix, the baseline's first (those that may not be read, muted), then
        the tenant's own; own_features: what the tenant's own model may read. leaks: what was found out.
    left_out: columns with the reason. unreadable: those of them that no model may read here, lest it know the end.
    examples: of `features`. revenue: (n,) a month, None if not known. lean: the log-odds that the baseline gives rows
        encoded as `features`.
    """

    table: pa.Table
    features: tuple[Feature, ...]
    own_features: tuple[Feature, ...]
    leaks: tuple[Leak, ...]
    left_out: Mapping[str, str]
    unreadable: frozenset[str]
    examples: Examples
    revenue: Floats | None
    lean: Callable[[Matrix], Floats]

    @property
    def names(self) -> tuple[str, ...]:
        return encoded_names(self.features)

    def without_baseline(self) -> Examples:
        """The examples with the columns of `own_features` alone."""
        whole = self.examples
        return Examples(matrix(self.table, self.own_features), whole.labels, whole.customers)

    def without(self, place: int, rows: np.ndarray) -> Examples:
        """Some of the examples with the feature at this place known of nobody."""
        some = self.examples.at(rows)
        encoded = some.encoded.copy()
        span = column_spans(self.features)[place]
        if np.isnan(encoded[:, span]).all():
            return some
        encoded[:, span] = np.nan
        return replace(some, encoded=encoded, baseline=self.lean(encoded))

    def with_leaks(self) -> Examples:
        """The examples with the leaking features beside the honest ones."""
        features = (*self.own_features, *(leak.feature for leak in self.leaks))
        return Examples(matrix(self.table, features), self.examples.labels, self.examples.customers)

    def matrix_of(self, features: tuple[Feature, ...]) -> Matrix:
        """(n, n_columns) the labelled rows as these features read them."""
        return matrix(self.table, features)


def ground(table: pa.Table, baseline: Model, excluded: Mapping[str, str]) -> Ground:
    """What can be learnt from. table: canonical, with the label. Raises Unlabelled, UnreadableColumn."""
    if LABEL not in table.column_names or table.column(LABEL).null_count == table.num_rows:
        raise Unlabelled(
            "no row says whether its customer left; map the column that tells (a flag, a status or an end date) to"
            f" '{LABEL}', or upload a file that has one"
        )
    table = _some(table.filter(pc.is_valid(table.column(LABEL)))).combine_chunks()
    labels = table.column(LABEL).cast(pa.bool_()).to_numpy(zero_copy_only=False).astype(np.float64)
    known = baseline.metadata.features
    choice = chosen(table, baseline.metadata.industry, known, excluded)
    customers = texts(table, "customer_id").dictionary_encode().indices.to_numpy(zero_copy_only=False)
    numbered = np.nan_to_num(customers, nan=-1).astype(np.int64)
    barred = _barred(table, baseline, excluded)
    found = _leaking(table, (*choice.features, *barred), barred, labels, numbered)
    leaking = {column: leak.reason for leak in found for column in leak.feature.columns}
    own = tuple(each for each in choice.features if not leaking.keys() & set(each.columns))
    unreadable = frozenset(excluded) | leaking.keys()
    read = {feature.name for feature in known}
    features = (*muted(known, unreadable), *(each for each in own if each.name not in read))
    encoded = matrix(table, features)

    def lean(rows: Matrix) -> Floats:
        return _log_odds(baseline, np.ascontiguousarray(rows[:, : len(encoded_names(known))]))

    examples = Examples(encoded, labels, numbered, lean(encoded))
    column = REVENUE[baseline.metadata.industry]
    revenue = numbers(table, column).to_numpy(zero_copy_only=False) if column in table.column_names else None
    left_out = {**leaking, **choice.left_out}
    return Ground(table, features, own, tuple(found), left_out, unreadable, examples, revenue, lean)


def _barred(table: pa.Table, baseline: Model, excluded: Mapping[str, str]) -> tuple[Feature, ...]:
    """What the excluded columns would be as features: they are judged, so that it can be said what they pretend."""
    if not excluded:
        return ()
    everything = chosen(table, baseline.metadata.industry, baseline.metadata.features, {}).features
    return tuple(each for each in everything if excluded.keys() & set(each.columns))


def _leaking(
    table: pa.Table, features: tuple[Feature, ...], barred: tuple[Feature, ...], labels: Floats, customers: np.ndarray
) -> list[Leak]:
    """The features that tell the end too well, and those that echo them. customers: (n,) as in Examples."""

    def auc(some: tuple[Feature, ...]) -> float:
        return quick_auc(Examples(matrix(table, some), labels, customers))

    found = leaks(matrix(table, features), labels, features)
    gone = {column for leak in found for column in leak.feature.columns}
    rest = [each for each in features if each not in barred and not gone & set(each.columns)]
    return [*found, *echoes(rest, found, lambda each: matrix(table, (each,)), labels, auc)]


def _some(table: pa.Table) -> pa.Table:
    """At most ROWS_MAX rows: all those of customers whose hash is small enough, whatever their order."""
    if table.num_rows <= ROWS_MAX:
        return table
    ids = texts(table, "customer_id").to_pandas().fillna("").to_numpy()
    hashes = pd.util.hash_array(ids)
    return table.filter(pa.array(hashes < np.partition(hashes, ROWS_MAX)[ROWS_MAX]))


def muted(features: Sequence[Feature], unreadable: frozenset[str]) -> tuple[Feature, ...]:
    """The features, those that read an unreadable column without any: not known of anyone."""
    return tuple(replace(each, columns=()) if unreadable & set(each.columns) else each for each in features)


def chances_of(model: Model, standing: Ground) -> Floats:
    """(n,) what another model says of the same rows, shifted to their rate of leaving, with leaks unread."""
    encoded = matrix(standing.table, muted(model.metadata.features, standing.unreadable))
    rate = float(standing.examples.labels.mean())
    return probability(_log_odds(model, encoded) + prior_shift(rate, model.metadata.base_rate))


def _log_odds(model: Model, encoded: np.ndarray) -> Floats:
    return model.metadata.calibration.log_odds(model.margins(encoded))
